"""What the items of everybody's scorecards come to in one period, and what such a period has come to before. Pure."""

from collections.abc import Mapping
from copy import copy
from dataclasses import replace

from spm.benchmarks.own_past import PERIODS_A_YEAR
from spm.calendar import Grain, Span
from spm.company.settings import Company
from spm.metrics.registry import Metric, Nature
from spm.scorecards.days import Parts
from spm.scorecards.model import Item, Scope
from spm.scorecards.past import Past
from spm.scorecards.record import Record
from spm.scorecards.stretches import Stretch
from spm.scorecards.targets import (
    PAST_PERIODS,
    SuggestedTarget,
    periods_before,
    season_index,
    suggested_target,
)
from spm.scorecards.working_days import WorkingDays

SEASONS = (Grain.MONTH, Grain.QUARTER)


class Figures:
    """The figures of one period of a record, up to `over`: the part of it that is over."""

    def __init__(self, record: Record, past: Past, company: Company, over: Span) -> None:
        self.record, self.past, self.source, self.period, self.over = record, past, record.source, record.period, over
        self.calendar = company.fiscal_calendar
        self.working = WorkingDays(company.working_calendar)
        self.elapsed_share = self.working.share(over, self.period)
        self._suggested: dict[tuple[str, Scope, Grain, float, str], tuple[Item, SuggestedTarget | None]] = {}
        self._seasons: dict[str, float | None] = {}
        self._bookings_due: float | None = None

    def of_few(self, names: Mapping[int, str]) -> "Figures":
        """The same for a few people, see `Record.of_few`."""
        found = copy(self)
        found.record = self.record.of_few(names)
        return found

    @property
    def is_running(self) -> bool:
        return 0 < self.elapsed_share < 1

    def value(self, metric: str, stretch: Stretch, scope: Scope, span: Span) -> float | None:
        """The metric of a person, or of the team below them, None where it is missing."""
        return self.parts(metric, stretch, scope, span)[0]

    def parts(self, metric: str, stretch: Stretch, scope: Scope, span: Span) -> Parts:
        """The metric's value with its numerator and denominator; each None where it is missing or there is none."""
        return self.record.parts(metric, scope, span, stretch)

    def periods_count(self, grain: Grain, span: Span) -> float:
        """How many periods of that length a span is, by working days: half a month is 0.5."""
        return self.working.periods_count(grain, span, self.calendar)

    def shares_of_periods(self, grain: Grain, span: Span) -> list[float]:
        """Of each of those periods the share that is in the span: they add up to `periods_count`."""
        return self.working.shares_of_periods(grain, span, self.calendar)

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
        """What the last 12 periods of the item's length came to: see `Past.results`."""
        past = periods_before(self.period.start, item.period, PAST_PERIODS, self.calendar)
        if self._adds_up(item):
            metric = self.source.metric(item.metric)
            past = [one for one in past if self.source.is_covered(metric, one)]
        return self.past.results(item, role, past)

    def due_share(self, metric: Metric, span: Span, part: Span | None = None) -> float:
        """What part of a target for `span` is due by now: of bookings what past periods had by this day, of other
        things the elapsed share of working days.

        Of a target for a `part` of the span it is so much that those of an even target come to the span's.
        """
        elapsed_share = self.working.share(self.over, span)
        due_share = elapsed_share
        if "bookings" in metric.numerator and span == Span(self.period.start, self.period.end):
            if self._bookings_due is None:
                self._bookings_due = self.source.bookings_due(self.period)
            due_share = self._bookings_due
        if part is None or not elapsed_share:
            return due_share
        return due_share * self.working.share(self.over, part) / elapsed_share

    def season(self, metric: str) -> float | None:
        """What the season makes of the metric in this period, by the whole company; None where too little is known.

        1.0 for a span of which no season is told, such as a week or a year.
        """
        grain = self.period.grain
        if grain not in SEASONS:
            return 1.0
        if metric not in self._seasons:
            self._seasons[metric] = season_index(self.season_values(metric, grain), PERIODS_A_YEAR[grain])
        return self._seasons[metric]

    def season_values(self, metric: str, grain: Grain) -> list[float]:
        """What the whole company came to in the periods of two years before this one, as far as sheets cover them.

        NaN where it is missing.
        """
        count = 2 * PERIODS_A_YEAR[grain]
        past = periods_before(self.period.start, grain, count, self.calendar)
        whole = [one for one in past if self.source.is_covered(self.source.metric(metric), one)]
        return self.source.of_company(metric, grain, whole)

    def _adds_up(self, item: Item) -> bool:
        return self.source.metric(item.metric).nature is Nature.SUM
