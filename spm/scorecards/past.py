"""What everybody came to in periods that are over, each asked once: what suggested targets are taken from. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from spm.calendar import FiscalCalendar, Grain, Period, Span
from spm.scorecards.days import ADD_UP
from spm.scorecards.model import Item, Scope
from spm.scorecards.record import WHO, Source
from spm.scorecards.stretches import held_throughout

Kind = tuple[Scope, Grain, bool]
"""Whose results, by which length of period, and whether a quota may stand in for what they suggest."""


class Past:
    """The results of everybody in past periods, as far as somebody asked for them."""

    def __init__(self, source: Source, calendar: FiscalCalendar) -> None:
        self.source, self.calendar = source, calendar
        self._expected: dict[Kind, dict[str, None]] = defaultdict(dict)
        self._results: dict[tuple[str, Scope, Grain], dict[str, dict[str, float]]] = defaultdict(dict)
        self._held: dict[Grain, dict[str, dict[str, set[str]]]] = defaultdict(dict)
        self._of_role: dict[tuple[str, Grain, str, str], list[float]] = {}

    def expect(self, items: Iterable[Item]) -> None:
        """Names items that will be asked for: what one of them needs is then read for all of them at once.

        What is no sum is read when it is asked for: it takes a reading of its own, which few roles need.
        """
        for item in items:
            if item.target is None and self.source.metric(item.metric).nature in ADD_UP:
                self._expected[_kind(item)] |= {item.metric: None}

    def results(self, item: Item, role: str, periods: Sequence[Period]) -> list[float]:
        """What the item's metric came to in periods of its length: one value a rep (or team) and period.

        Only of those who had the role on all days of a period.
        """
        self._look_back(item, periods)
        by_label = self._results[item.metric, item.scope, item.period]
        if item.scope is Scope.TEAM:
            return [value for one in periods for value in by_label[one.label].values()]
        held, found = self._holders(item.period, periods), []
        for one in periods:
            key = item.metric, item.period, one.label, role
            if key not in self._of_role:
                theirs = held[one.label].get(role, set())
                self._of_role[key] = [value for name, value in by_label[one.label].items() if name in theirs]
            found += self._of_role[key]
        return found

    def _look_back(self, item: Item, periods: Sequence[Period]) -> None:
        scope, grain, _ = kind = _kind(item)
        known = self._results[item.metric, scope, grain]
        lacking = [one for one in periods if one.label not in known]
        if not lacking:
            return
        span, who = _hull(lacking), WHO[scope]
        metrics = list(dict.fromkeys([item.metric, *self._expected[kind]]))
        for metric, rows in self.source.answers(metrics, (who, grain.value), span, None).items():
            by_label: dict[str, dict[str, float]] = {one.label: {} for one in self.calendar.periods(grain, span)}
            told = rows[~np.isnan(rows.numbers["value"])]
            texts = (told.labels[one].texts.tolist() for one in (who, grain.value))
            for name, label, value in zip(*texts, told.numbers["value"].tolist(), strict=True):
                by_label[label][name] = value
            self._results[metric, scope, grain] |= by_label

    def _holders(self, grain: Grain, periods: Sequence[Period]) -> Mapping[str, Mapping[str, set[str]]]:
        """Label → role → who had it on all days of the period."""
        held = self._held[grain]
        if lacking := [one for one in periods if one.label not in held]:
            found = held_throughout(self.source.active(_hull(lacking)), lacking)
            held |= found  # when they are whole: readers of other sessions look on
        return held


def _kind(item: Item) -> Kind:
    return item.scope, item.period, bool(item.target_from)


def _hull(periods: Sequence[Period]) -> Span:
    return Span(min(one.start for one in periods), max(one.end for one in periods))
