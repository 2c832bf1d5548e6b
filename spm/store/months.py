"""Totals by month, each month read once: what is asked of a longer span is put together from the months that it has."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd

from spm.calendar import Span, plus_months

Read = Callable[[Sequence[str], Span], pd.DataFrame]
"""Measures and whole months → measure, value_e4, person_id and period (the month's first day) of each total."""


class Months:
    """The totals of some people in the months that were asked for."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._held: dict[str, dict[date, tuple[np.ndarray, np.ndarray]]] = {}

    def totals(self, measures: Sequence[str], span: Span, per_period: bool) -> pd.DataFrame:
        """Totals of `span`, which is whole months: measure, value_e4, person_id, and if `per_period` period."""
        months = _first_days(span)
        self._hold(measures, months)
        parts = [self._held[measure][month] for measure in measures for month in months]
        counts = np.array([len(people) for people, _ in parts])
        people, values = (np.concatenate(column) for column in zip(*parts, strict=True))
        measure = np.repeat(np.repeat(np.arange(len(measures)), len(months)), counts)
        if not per_period:
            keys = people * len(measures) + measure
            at, known = pd.factorize(keys)
            sums = np.zeros(len(known), np.int64)
            np.add.at(sums, at, values)
            people, measure, values = known // len(measures), known % len(measures), sums
        columns = {
            "value_e4": values,
            "measure": pd.Categorical.from_codes(measure, list(measures)),
            "person_id": people,
        }
        if per_period:
            days = np.array(months * len(measures), dtype="datetime64[s]")
            columns["period"] = np.repeat(days, counts)
        return pd.DataFrame(columns, copy=False)

    def _hold(self, measures: Sequence[str], months: Sequence[date]) -> None:
        """Reads what is not held yet, in one piece."""
        lacking = {one: [month for month in months if month not in self._held.setdefault(one, {})] for one in measures}
        wanted = [one for one, its in lacking.items() if its]
        if not wanted:
            return
        every = [month for one in wanted for month in lacking[one]]
        span = Span(min(every), plus_months(max(every), 1))
        rows = self._read(wanted, span)
        codes, days = _codes(rows["measure"].array, wanted), rows["period"].to_numpy("datetime64[M]")
        first = np.datetime64(span.start, "M")
        held = _first_days(span)
        place = codes * len(held) + (days - first).astype(np.int64)
        in_order = np.argsort(place, kind="stable")
        ends = np.searchsorted(place[in_order], np.arange(len(wanted) * len(held) + 1))
        people, values = rows["person_id"].to_numpy()[in_order], rows["value_e4"].to_numpy()[in_order]
        for at, (start, end) in enumerate(pairwise(ends)):
            self._held[wanted[at // len(held)]][held[at % len(held)]] = people[start:end], values[start:end]


def _first_days(span: Span) -> list[date]:
    count = (span.end.year - span.start.year) * 12 + span.end.month - span.start.month
    return [plus_months(span.start, at) for at in range(count)]


def _codes(kinds: pd.Categorical, wanted: Sequence[str]) -> np.ndarray:
    """The place of each text among those wanted."""
    places = {key: at for at, key in enumerate(wanted)}
    known = np.array([places[key] for key in kinds.categories], np.int64)
    return known[kinds.codes] if len(kinds) else np.empty(0, np.int64)
