"""A person's target for a span, with how it came about; and what a role's target could be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import isnan, prod

import numpy as np

from spm.calendar import FiscalCalendar, Grain, Period, Span
from spm.company.settings import DEFAULT_RAMP
from spm.metrics.registry import Metric, Nature
from spm.scorecards.bands import TOLERANCE
from spm.scorecards.model import DEFAULT_PERCENTILE, Item

PAST_PERIODS = 12  # how far back a suggestion looks
ENDINGS: dict[float, str] = {1: "st", 2: "nd", 3: "rd"}


@dataclass(frozen=True)
class Factor:
    """One thing that makes a target larger or smaller."""

    value: float
    name: str


@dataclass(frozen=True)
class Target:
    """A target in the metric's unit: `base` × the factors, none of which is 1.

    `lacks_season`: it is to follow the season, and too little is known to tell one.
    """

    base: float
    factors: tuple[Factor, ...] = ()
    lacks_season: bool = False

    @cached_property
    def value(self) -> float:
        return self.base * prod(factor.value for factor in self.factors)

    def sentence(self, shown: Callable[[float], str] = "{:,.6g}".format) -> str:
        """The arithmetic: "40 × 0.75 ramp × 0.9 present × 1.08 season = 29.16"; "40" without factors.

        `shown` writes a value of the metric.
        """
        if not self.factors:
            return shown(self.base)
        parts = (f"{factor.value:.4g} {factor.name}" for factor in self.factors)
        return f"{shown(self.base)} × {' × '.join(parts)} = {shown(self.value)}"


def own_target(
    base: float,
    item: Item,
    metric: Metric,
    ramp_share: float = 1.0,
    presence_share: float = 1.0,
    season_index: float | None = 1.0,
    periods_count: float = 1.0,
) -> Target:
    """The target of one person: `base` is for a full period of the item, at full ramp, present every day.

    Ramp, presence and, where the item is seasonal, the season's index (None: too little is known to tell one) apply to
    additive items where higher is better. `periods_count` is the span in view in periods of the item, by working days (half a
    month is 0.5, a quarter of a monthly item 3); it scales every additive item. A ratio, a stock and a
    median stay as they are.
    """
    if metric.nature is not Nature.SUM:
        return Target(base)
    factors = [Factor(periods_count, f"of a {item.period}" if periods_count < 1 else f"{item.period}s")]
    lacks_season = item.seasonal and item.prefers_more(metric) and season_index is None
    if item.prefers_more(metric):
        season = season_index if item.seasonal and season_index is not None else 1.0
        personal = (Factor(ramp_share, "ramp"), Factor(presence_share, "present"), Factor(season, "season"))
        factors = [*personal, *factors]
    return Target(base, tuple(factor for factor in factors if factor.value != 1.0), lacks_season)


def ramp_share(started_on: date | None, days: Sequence[date], ramp: Sequence[float] = DEFAULT_RAMP) -> float:
    """The mean share of a full target over `days` (a span's working days), by month of tenure on each.

    Days before the start do not count: presence takes them out. 1.0 where the start is unknown or no day
    is left.
    """
    if days and started_on and _months_since(started_on, days[0]) >= len(ramp) - 1:
        return ramp[-1]
    return _mean(ramp_shares(started_on, days, ramp))


def ramp_shares(started_on: date | None, days: Sequence[date], ramp: Sequence[float]) -> list[float]:
    """The share of a full target on each of `days` from the start on; none where the start is unknown."""
    if started_on is None:
        return []
    return [ramp[min(_months_since(started_on, day), len(ramp) - 1)] for day in days if day >= started_on]


def ramp_words(ramp: Sequence[float]) -> str:
    """A ramp in words: "0 % of a full target in the first month, 25 % in month 2, and all of it from month 3 on"."""
    *rising, _ = ramp
    if not rising:
        return "all of a full target from the first day on"
    first, *later = (f"{100 * share:g} %" for share in rising)
    months = [
        f"{first} of a full target in the first month",
        *(f"{one} in month {at}" for at, one in enumerate(later, 2)),
    ]
    return f"{', '.join(months)}, and all of it from month {len(ramp)} on"


@dataclass(frozen=True)
class Absence:
    """Days on which a person is away, wholly (`away_share` 1.0) or in part."""

    span: Span
    away_share: float = 1.0


def presence_share(days: Sequence[date], employed: Span, leaves: Sequence[Absence] = ()) -> float:
    """The share of `days` (working days of the span) employed and not on leave; 1.0 where there is no day."""
    if days and not leaves and days[0] in employed and days[-1] in employed:
        return 1.0
    return _mean(presence_shares(days, employed, leaves))


def presence_shares(days: Sequence[date], employed: Span, leaves: Sequence[Absence]) -> list[float]:
    """How much of each of `days` somebody is there: 1.0 without leave, 0.0 before the first day and after the last."""
    return [_present_on(day, leaves) if day in employed else 0.0 for day in days]


def _present_on(day: date, leaves: Sequence[Absence]) -> float:
    return 1.0 - max((leave.away_share for leave in leaves if day in leave.span), default=0.0)


def _mean(shares: Sequence[float]) -> float:
    return sum(shares) / len(shares) if shares else 1.0


def _months_since(start: date, day: date) -> int:
    return (day.year - start.year) * 12 + day.month - start.month - (day.day < start.day)


@dataclass(frozen=True)
class SuggestedTarget:
    """A target taken from what a role has done: the value, its percentile, and who would have met it.

    `met_share` is the share of `values_count` values (one a rep and period) at the target or better.
    """

    value: float
    percentile: float
    met_share: float
    values_count: int

    @property
    def results(self) -> str:
        """As in "36 results"."""
        return "1 result" if self.values_count == 1 else f"{self.values_count} results"

    def words(self, grain: Grain) -> str:
        """Where it comes from, for values by `grain`."""
        return (
            f"the {percentile_words(self.percentile)} of this role's {self.results} by {grain}, "
            f"up to {PAST_PERIODS} {grain}s back; {100 * self.met_share:.0f} % met it."
        )


def percentile_words(percentile: float) -> str:
    """As in "60th percentile", "61st percentile", "12th percentile"."""
    ending = ENDINGS.get(percentile % 10, "th") if not 11 <= percentile % 100 <= 13 else "th"
    return f"{percentile:g}{ending} percentile"


def suggested_target(
    values: Sequence[float | None], prefers_more: bool, percentile: float = DEFAULT_PERCENTILE
) -> SuggestedTarget | None:
    """The percentile (0 to 100) of a role's values, one a rep and period; missing ones are left out.

    Linear between two values. Where lower is better it is the mirrored one: as demanding as the 60th is
    where higher is better is then the 40th. None without any value.
    """
    known = np.array([value for value in values if value is not None], float)
    known = known[~np.isnan(known)]
    if not len(known):
        return None
    value = float(np.percentile(known, percentile if prefers_more else 100 - percentile))
    slack = TOLERANCE * max(abs(value), 1.0)
    met = known >= value - slack if prefers_more else known <= value + slack
    return SuggestedTarget(value, percentile, float(met.mean()), len(known))


def periods_before(day: date, grain: Grain, count: int, calendar: FiscalCalendar) -> list[Period]:
    """The `count` periods before the one that holds `day`, the latest last."""
    found = [calendar.before(calendar.period_of(grain, day))]
    while len(found) < count:
        found.insert(0, calendar.before(found[0]))
    return found


def of_days(part: Span, whole: Span) -> str:
    """Which days of `whole` a quota speaks for, as its target says it; "" for all of them."""
    if part == whole:
        return ""
    days = f"{part.start.day} {part.start:%b %Y} – {part.last_day.day} {part.last_day:%b %Y}"
    return f" for {days}, and what was reached on these days"


def season_index(values: Sequence[float | None], periods_a_year: int) -> float | None:
    """What the season makes of the period that follows `values` (one a period, the latest last); the mean is 1.

    The share of the same period in the last two years, × periods a year; 1.0 where nothing happened in them. None where
    fewer than two years are known: one year cannot tell a season from chance.
    """
    years = [value for value in values[-2 * periods_a_year :] if value is not None and not isnan(value)]
    if len(years) < 2 * periods_a_year:
        return None
    whole = sum(years)
    return periods_a_year * (years[0] + years[periods_a_year]) / whole if whole > 0 else 1.0
