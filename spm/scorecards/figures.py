"""What metrics come to for the people and teams of one period, each thing asked for once however many need it. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isnan, nan

import pandas as pd

from spm.benchmarks.own_past import PERIODS_A_YEAR
from spm.calendar import Grain, Period, Span
from spm.company.settings import Company
from spm.metrics.registry import Metric, Nature
from spm.people.org import below
from spm.scorecards.model import Item, Scope
from spm.scorecards.stretches import PARTS, Parts, Stretch, held_throughout, rolled_up
from spm.scorecards.targets import (
    PAST_PERIODS,
    SuggestedTarget,
    periods_before,
    season_index,
    suggested_target,
)
from spm.scorecards.working_days import WorkingDays

SEASONS = (Grain.MONTH, Grain.QUARTER)
WHO = {Scope.OWN: "rep", Scope.TEAM: "manager"}


@dataclass(frozen=True)
class Source:
    """Whom figures are asked of.

    `answers`: metrics, dimensions, span → the frame of each, as `metrics.queries.answers` gives them. `is_covered`:
    whether the sheets reach over all of a span for a metric. `reach`: the days for which some sheet speaks of it.
    `active`: everyone's roles in a span, as `people.org.active` lists them. `bookings_due`: the part of a period's
    bookings that is due by now.
    """

    metric: Callable[[str], Metric]
    answers: Callable[[Sequence[str], tuple[str, ...], Span], Mapping[str, pd.DataFrame]]
    is_covered: Callable[[Metric, Span], bool]
    reach: Callable[[Metric], Span | None]
    active: Callable[[Span], pd.DataFrame]
    bookings_due: Callable[[], float]


class Figures:
    """The figures of one period, up to `over`: the part of it that is over."""

    def __init__(self, source: Source, company: Company, people: pd.DataFrame, period: Period, over: Span) -> None:
        self.source, self.period, self.over = source, period, over
        self.calendar = company.fiscal_calendar
        self.working = WorkingDays(company.working_calendar)
        self.elapsed_share = self.working.share(over, period)
        self._teams = below(source.active(period), people)
        self._values: dict[tuple[str, Scope, Span], dict[str, Parts]] = {}
        self._past: dict[tuple[str, tuple[str, ...], Span], pd.DataFrame] = {}
        self._expected: dict[Scope, list[str]] = {scope: [] for scope in Scope}
        self._suggesting: list[Item] = []
        self._suggested: dict[tuple[str, Scope, Grain, float, str], tuple[Item, SuggestedTarget | None]] = {}
        self._seasons: dict[str, float] = {}
        self._bookings_due: float | None = None

    @property
    def is_running(self) -> bool:
        return 0 < self.elapsed_share < 1

    def expect(self, items: Iterable[Item]) -> None:
        """Names items whose figures will be asked for: what one of them needs is then fetched for all of them at once."""
        for item in items:
            needed = [item.metric, *([item.target_from] if item.target_from else [])]
            known = self._expected[item.scope]
            known += [metric for metric in needed if metric not in known]
            if item.target is None:
                self._suggesting.append(item)

    def value(self, metric: str, stretch: Stretch, scope: Scope, span: Span) -> float | None:
        """The metric of a person, or of the team below them, None where it is missing."""
        return self.parts(metric, stretch, scope, span)[0]

    def parts(self, metric: str, stretch: Stretch, scope: Scope, span: Span) -> tuple[float | None, ...]:
        """The metric's value with its numerator and denominator; each None where it is missing or there is none."""
        key = (metric, scope, span)
        if key not in self._values:
            together = dict.fromkeys([metric, *self._expected[scope]])
            missing = [one for one in together if (one, scope, span) not in self._values]
            for one, frame in self.source.answers(missing, (WHO[scope],), span).items():
                self._values[one, scope, span] = self._by_name(one, scope, frame)
        found = self._values[key].get(stretch.rep if scope is Scope.OWN else stretch.name, (nan, nan, nan))
        return tuple(None if isnan(part) else part for part in found)

    def _by_name(self, metric: str, scope: Scope, frame: pd.DataFrame) -> dict[str, Parts]:
        if scope is Scope.TEAM:
            return rolled_up(frame, self.source.metric(metric), self._teams)
        columns = (frame[part].astype(float).tolist() for part in PARTS)
        return dict(zip(frame["rep"].tolist(), zip(*columns, strict=True), strict=True))

    def periods_count(self, grain: Grain, span: Span) -> float:
        """How many periods of that length a span is, by working days: half a month is 0.5."""
        return self.working.periods_count(grain, span, self.calendar)

    def suggested(self, item: Item, role: str) -> tuple[Item, SuggestedTarget | None]:
        """What the role's own last 12 periods suggest, and the item with the length of period they are of.

        Of an additive metric only periods that the sheets cover wholly are taken; where there is none of the item's
        length, months.
        """
        key = (item.metric, item.scope, item.period, item.percentile, role)
        if key not in self._suggested:
            results = self.past_results(item, role)
            if not results and self._adds_up(item) and item.period is not Grain.MONTH:
                item = replace(item, period=Grain.MONTH)
                results = self.past_results(item, role)
            found = suggested_target(results, item.prefers_more(self.source.metric(item.metric)), item.percentile)
            self._suggested[key] = item, found
        return self._suggested[key]

    def past_results(self, item: Item, role: str) -> list[float]:
        """What the last 12 periods of the item's length came to, one value a rep (or team) and period.

        Only of those who had the role on all days of a period.
        """
        grain, past = item.period.value, self._past_periods(item)
        if not past:
            return []
        span = Span(past[0].start, past[-1].end)
        frame = self._past_values(item.metric, (WHO[item.scope], grain), span, self._alike(item, past))
        known = frame.dropna(subset=["value"])
        if item.scope is Scope.TEAM:
            return known["value"].tolist()
        held = held_throughout(self.source.active(span), role, past)
        theirs = zip(*(known[name].astype(object) for name in ("rep", grain, "value")), strict=True)
        return [value for rep, period, value in theirs if (rep, period) in held]

    def _past_periods(self, item: Item) -> list[Period]:
        past = periods_before(self.period.start, item.period, PAST_PERIODS, self.calendar)
        if self._adds_up(item):
            metric = self.source.metric(item.metric)
            past = [one for one in past if self.source.is_covered(metric, one)]
        return past

    def _alike(self, item: Item, past: list[Period]) -> list[str]:
        """The metrics of expected items that look back on the same periods."""
        return [
            other.metric
            for other in self._suggesting
            if (other.scope, other.period) == (item.scope, item.period) and self._past_periods(other) == past
        ]

    def due_share(self, metric: Metric, span: Span) -> float:
        """What part of a target for `span` is due by now: of bookings what past periods had by this day, of other
        things the elapsed share of working days.
        """
        if "bookings" in metric.numerator and span == Span(self.period.start, self.period.end):
            if self._bookings_due is None:
                self._bookings_due = self.source.bookings_due()
            return self._bookings_due
        return self.working.share(self.over, span)

    def season(self, metric: str) -> float:
        """What the season makes of the metric in this period, by the whole company."""
        grain = self.period.grain
        if grain not in SEASONS:
            return 1.0
        if metric not in self._seasons:
            count = PERIODS_A_YEAR[grain]
            past = periods_before(self.period.start, grain, 2 * count, self.calendar)
            frame = self._past_values(metric, (grain.value,), Span(past[0].start, past[-1].end))
            by_label = dict(zip(frame[grain.value], frame["value"], strict=True))
            whole = [one for one in past if self.source.is_covered(self.source.metric(metric), one)]
            self._seasons[metric] = season_index([by_label.get(one.label) for one in whole], count)
        return self._seasons[metric]

    def _adds_up(self, item: Item) -> bool:
        return self.source.metric(item.metric).nature is Nature.SUM

    def _past_values(self, metric: str, by: tuple[str, ...], span: Span, together: Sequence[str] = ()) -> pd.DataFrame:
        if (metric, by, span) not in self._past:
            missing = [one for one in dict.fromkeys([metric, *together]) if (one, by, span) not in self._past]
            for one, frame in self.source.answers(missing, by, span).items():
                self._past[one, by, span] = frame.assign(value=frame["value"].astype(float))
        return self._past[metric, by, span]
