"""Where a running period lands: what is booked, what is projected of the rest, how far off that may be. Pure.

Ranges of single months come calibrated from the projection. Two things are added here. The rest of a month that has begun
is its projection times the share that usually is still to come; both may be off, independently of one another. And months
that miss together make a sum less sure than independent ones: `sum_widths` says by how much, from the back-test.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from spm.benchmarks.pace import ExpectedShare
from spm.calendar import Period

LEAST_PERIODS = 4  # past periods that make a spread of the share to date
_NORMAL = NormalDist()
Z_80, Z_95 = _NORMAL.inv_cdf(0.90), _NORMAL.inv_cdf(0.975)
SUREST = 0.975  # nothing is said to be surer than the widest range that was calibrated


@dataclass(frozen=True)
class Range:
    """An expected amount with the ranges that hold 80 % and 95 % of outcomes."""

    value: float
    low_80: float
    high_80: float
    low_95: float
    high_95: float

    def times(self, factor: float) -> "Range":
        return Range(*(factor * part for part in (self.value, self.low_80, self.high_80, self.low_95, self.high_95)))

    def plus(self, amount: float, lowest: float | None = None) -> "Range":
        """Moved by an amount; no part lies below `lowest`."""
        moved = [amount + part for part in (self.value, self.low_80, self.high_80, self.low_95, self.high_95)]
        return Range(*(part if lowest is None else max(part, lowest) for part in moved))

    def holds(self, amount: float) -> bool:
        """Whether an amount lies in the 95 % range."""
        return self.low_95 <= amount <= self.high_95


@dataclass(frozen=True)
class Landing:
    """Where a period lands. Amounts in minor units; `quota` and `chance` (0 to 1, of reaching it) None without a quota."""

    period: Period
    booked: float
    lands: Range
    quota: float | None = None
    chance: float | None = None

    @property
    def quota_share(self) -> float | None:
        """What it lands at, as a share of the quota."""
        return self.lands.value / self.quota if self.quota else None


def rest_of(month: Range, elapsed_share: float, usual: ExpectedShare | None) -> Range:
    """What a month that has begun still brings. `usual`: the share of a month that is in by now, from past months.

    With too few past months to tell how that share varies, days count alike, and the range narrows as for a sum of
    independent days.
    """
    if usual is None or usual.periods_count < LEAST_PERIODS:
        left = 1 - elapsed_share
        return _spread(month.value * left, *(sqrt(left) * side for side in _sides(month)))
    left = 1 - usual.middle
    more, less = month.value * (usual.middle - usual.low), month.value * (usual.high - usual.middle)
    low_80, high_80, low_95, high_95 = (left * side for side in _sides(month))
    wider = Z_95 / Z_80
    return _spread(
        month.value * left,
        _both(low_80, less),
        _both(high_80, more),
        _both(low_95, wider * less),
        _both(high_95, wider * more),
    )


def due_of(month: Range, elapsed_share: float, usual: ExpectedShare | None) -> Range:
    """What a month that has begun should have brought by now: the counterpart of `rest_of`."""
    if usual is None or usual.periods_count < LEAST_PERIODS:
        return _spread(month.value * elapsed_share, *(sqrt(elapsed_share) * side for side in _sides(month)))
    in_by_now = ExpectedShare(1 - usual.middle, 1 - usual.high, 1 - usual.low, usual.periods_count)
    return rest_of(month, 1 - elapsed_share, in_by_now)


def summed(parts: Sequence[Range], sum_widths: Sequence[float]) -> Range:
    """The sum of consecutive months. `sum_widths[n - 1]`: how much wider the range of a sum of n months is than it would
    be if they missed independently; the last one holds for longer sums, and 1 where there is none."""
    width = sum_widths[min(len(parts), len(sum_widths)) - 1] if sum_widths and parts else 1.0
    sides = [width * sqrt(sum(side**2 for side in of_all)) for of_all in zip(*map(_sides, parts), strict=True)]
    return _spread(sum(part.value for part in parts), *(sides or [0.0] * 4))


def landing(
    period: Period,
    booked: float,
    months: Sequence[Range],
    elapsed_share: float,
    usual: ExpectedShare | None,
    sum_widths: Sequence[float],
    quota: float | None = None,
    lower: float | None = 0.0,
) -> Landing:
    """Where `period` lands: `booked` so far, plus its projected months from the first that is not over.

    The first of `months` has come to `elapsed_share` (0 to 1) of its working days. `lower`: what no month can go below;
    the period then lands at least at what is booked.
    """
    ahead = [rest_of(months[0], elapsed_share, usual), *months[1:]] if months else []
    lands = summed(ahead, sum_widths).plus(booked, None if lower is None else booked + lower)
    return Landing(period, booked, lands, quota, None if not quota else chance_of(quota, lands))


def chance_of(amount: float, lands: Range) -> float:
    """The chance that it lands at `amount` or more: between the ranges' ends as of a bell curve through them.

    Never surer than the widest range: 2.5 % to 97.5 %, unless there is no range at all.
    """
    if lands.high_95 <= lands.low_95:
        return 1.0 if lands.value >= amount else 0.0
    side = amount - lands.value
    low, high = lands.value - lands.low_80, lands.high_80 - lands.value
    far_low, far_high = lands.value - lands.low_95, lands.high_95 - lands.value
    near, far = (high, far_high) if side > 0 else (low, far_low)
    score = _score(abs(side), near, far) * (1 if side > 0 else -1)
    return min(max(1 - _NORMAL.cdf(score), 1 - SUREST), SUREST)


def _score(distance: float, near: float, far: float) -> float:
    """How many standard deviations a distance is, where `near` is Z_80 and `far` is Z_95 of them."""
    if distance <= near:
        return Z_80 * distance / near if near > 0 else 0.0
    if distance >= far or far <= near:
        return Z_95
    return Z_80 + (Z_95 - Z_80) * (distance - near) / (far - near)


def _sides(of: Range) -> tuple[float, float, float, float]:
    """The distances of low_80, high_80, low_95 and high_95 from the value."""
    return of.value - of.low_80, of.high_80 - of.value, of.value - of.low_95, of.high_95 - of.value


def _spread(value: float, low_80: float, high_80: float, low_95: float, high_95: float) -> Range:
    return Range(value, value - low_80, value + high_80, value - low_95, value + high_95)


def _both(one: float, other: float) -> float:
    """How far off two independent things are together."""
    return sqrt(one**2 + other**2)
