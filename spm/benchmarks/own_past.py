"""A number against its own past, and whether it lies outside what is normal for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, isnan
from statistics import fmean

import numpy as np

from spm.benchmarks import xmr
from spm.calendar import FiscalCalendar, Grain, Period

NOISE = 1e-9  # relative: what changed by less is the same
PERIODS_A_YEAR = {Grain.DAY: 365, Grain.WEEK: 52, Grain.MONTH: 12, Grain.QUARTER: 4, Grain.YEAR: 1}


@dataclass(frozen=True)
class Point:
    """The value of a metric in one period; None or NaN is missing.

    `denominator`: of a ratio or a mean what it is divided by, so that a mean over periods is a sum over a
    sum. `season_index`: what the season makes of an average period here (mean 1), where it is known.
    """

    period: Period
    value: float | None
    denominator: float | None = None
    season_index: float | None = None

    def __post_init__(self) -> None:
        if self.value is not None and isnan(self.value):
            object.__setattr__(self, "value", None)


@dataclass(frozen=True)
class Comparison:
    """A value against one of its past: `against` says which one, `past` is it, `words` says the change.

    `past` and `change` are None where a value is missing, `change_share` also where the past is 0.
    """

    against: str
    past: float | None
    change: float | None
    change_share: float | None
    words: str


@dataclass(frozen=True)
class OwnPast:
    """A value against the period before, the same a year earlier, and the mean of the 12 months before."""

    period_before: Comparison
    year_earlier: Comparison
    trailing_mean: Comparison

    @property
    def words(self) -> tuple[str, ...]:
        """The comparisons whose values are known, in words; of a year the period before is the year earlier."""
        every = (self.period_before, self.year_earlier, self.trailing_mean)
        return tuple(dict.fromkeys(one.words for one in every if one.change is not None))


def own_past(points: Sequence[Point], period: Period, calendar: FiscalCalendar, is_share: bool = False) -> OwnPast:
    """The value of `period` against its own past. `is_share`: changes are told in percentage points.

    The trailing mean is of the periods of the same length in the 12 months before; missing unless all are
    known, and for a range that someone typed.
    """
    known = {point.period: point for point in points}
    current = known[period].value if period in known else None
    before, earlier = calendar.before(period), calendar.year_earlier(period)

    def compared(past: float | None, against: str) -> Comparison:
        return _comparison(current, past, against, is_share)

    return OwnPast(
        period_before=compared(known[before].value if before in known else None, before.title),
        year_earlier=compared(known[earlier].value if earlier in known else None, earlier.title),
        trailing_mean=compared(_trailing_mean(known, period, calendar), "the mean of the 12 months before"),
    )


def _trailing_mean(known: Mapping[Period, Point], period: Period, calendar: FiscalCalendar) -> float | None:
    if period.grain is None:
        return None
    past = [calendar.before(period)]
    while len(past) < PERIODS_A_YEAR[period.grain]:
        past.append(calendar.before(past[-1]))
    chosen = [known[one] for one in past if one in known]
    weights = [1.0 if point.denominator is None else point.denominator for point in chosen]
    # A month in which nothing closed has no win rate and no weight; one that no sheet covers is missing.
    is_whole = all(point.value is not None or not weight for point, weight in zip(chosen, weights, strict=True))
    if len(chosen) < len(past) or not is_whole or not fsum(weights):
        return None
    return fmean([point.value or 0.0 for point in chosen], weights)


def _comparison(current: float | None, past: float | None, against: str, is_share: bool) -> Comparison:
    if current is None or past is None:
        missing = "no value" if current is None else f"no value for {against}"
        return Comparison(against, past, None, None, missing)
    change = current - past
    change_share = change / abs(past) if past else None
    direction = "above" if change > 0 else "below"
    if abs(change) <= NOISE * abs(past):
        words = f"the same as {against}"
    elif is_share:
        words = f"{abs(change) * 100:.1f} points {direction} {against}"
    elif change_share is None:
        words = f"{direction} {against}, which was 0"
    else:
        words = f"{abs(change_share) * 100:.1f} % {direction} {against}"
    return Comparison(against, past, change, change_share, words)


class Signal(StrEnum):
    """Why a value is more than noise."""

    ABOVE = "above its range of normal"
    BELOW = "below its range of normal"
    RUN_ABOVE = "eight in a row above its mean"
    RUN_BELOW = "eight in a row below its mean"

    @property
    def is_above(self) -> bool:
        return self in (Signal.ABOVE, Signal.RUN_ABOVE)


SIGNALS = {
    xmr.ABOVE: Signal.ABOVE,
    xmr.RUN_ABOVE: Signal.RUN_ABOVE,
    xmr.RUN_BELOW: Signal.RUN_BELOW,
    xmr.BELOW: Signal.BELOW,
}


@dataclass(frozen=True)
class NormalRange:
    """What is normal for a value by the points before it: their mean and its limits."""

    low: float
    mean: float
    high: float


@dataclass(frozen=True)
class Judgement:
    """A point with its range of normal (None with fewer than 8 before it) and its signal (None for noise)."""

    point: Point
    normal: NormalRange | None
    signal: Signal | None


def judgements(points: Sequence[Point]) -> list[Judgement]:
    """Every point with a value, in order, judged by those before it on an XmR chart.

    Limits are mean ± 2.66 × mean moving range of the points before. Judged is value ÷ season index where there is a full
    season of points, each with an index above 0, else the value itself; the range is on the value's scale.
    """
    known = [point for point in points if point.value is not None]
    if not known:
        return []
    indexes = np.array(_season_indexes(known))
    series = np.array([[point.value for point in known]], dtype=float) / indexes
    normal, found = xmr.limits(series), xmr.signals(series)[0]
    low, mean, high = (one[0] * indexes for one in (normal.low, normal.mean, normal.high))
    return [
        Judgement(
            point,
            None if isnan(mean[at]) else NormalRange(float(low[at]), float(mean[at]), float(high[at])),
            SIGNALS.get(int(found[at])),
        )
        for at, point in enumerate(known)
    ]


def _season_indexes(points: Sequence[Point]) -> list[float]:
    """The season's index of each point, or 1 for all where there is less than one season of them."""
    grain = points[0].period.grain if points else None
    indexes = [point.season_index for point in points if point.season_index]
    if grain is None or len(points) < PERIODS_A_YEAR[grain] or len(indexes) < len(points) or min(indexes) <= 0:
        return [1.0] * len(points)
    return indexes
