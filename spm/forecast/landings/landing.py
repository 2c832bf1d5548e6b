"""Where a running period lands: what is booked, what is projected of the rest, how far off that may be. Pure.

Ranges of single months come from the projection. The rest of a month that has begun is its projection times the part that
usually is still to come, and months add up as if they missed independently; how far off landings really are, a stretch
says that was measured on past ones (see `stretches`).
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
Stretch = tuple[float, float]
"""How many times wider the 80 % and the 95 % range are than worked out."""
SUREST = 0.975  # nothing is said to be surer than the widest range that was calibrated


@dataclass(frozen=True)
class Range:
    """An expected amount with the ranges that hold 80 % and 95 % of outcomes."""

    value: float
    low_80: float
    high_80: float
    low_95: float
    high_95: float

    def part(self, share: float) -> "Range":
        """What a share of the month brings: the square of its range shrinks as that of a sum of independent days."""
        return _spread(share * self.value, *(sqrt(share) * side for side in _sides(self)))

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


def left_share(elapsed_share: float, usual: ExpectedShare | None) -> float:
    """The part of a month that is still to come at a share of its working days, by what is usual; with too few past months
    to tell, days count alike."""
    return 1 - (usual.middle if usual and usual.periods_count >= LEAST_PERIODS else elapsed_share)


def summed(parts: Sequence[Range], stretch: Stretch) -> Range:
    """The sum of consecutive months, its range `stretch` times as wide as if each missed independently of the others."""
    sides = [sqrt(sum(side**2 for side in of_all)) for of_all in zip(*map(_sides, parts), strict=True)] or [0.0] * 4
    near, far = stretch
    low_80, high_80 = near * sides[0], near * sides[1]
    low_95, high_95 = max(far * sides[2], low_80), max(far * sides[3], high_80)
    return _spread(sum(part.value for part in parts), low_80, high_80, low_95, high_95)


def landing(
    period: Period,
    booked: float,
    months: Sequence[Range],
    left: float,
    stretch: Stretch,
    quota: float | None = None,
    lower: float | None = 0.0,
) -> Landing:
    """Where `period` lands: `booked` so far, plus its projected months from the first that is not over.

    Of the first of `months` the part `left` (0 to 1) is still to come. `lower`: what no month can go below; the period then
    lands at least at what is booked.
    """
    ahead = [months[0].part(left), *months[1:]] if months else []
    lands = summed(ahead, stretch).plus(booked, None if lower is None else booked + lower)
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
