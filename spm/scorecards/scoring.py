"""From targets and actuals to attainments, points and a score. Edge cases: section 3 of the definitions."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import floor, fsum, isnan, log10

from spm.metrics.registry import Metric, Timing, Unit
from spm.scorecards.bands import Band, Bands, reaches
from spm.scorecards.model import Item

NEXT_UNIT = {Unit.COUNT: 1.0, Unit.DAYS: 1.0, Unit.SHARE: 0.01, Unit.TIMES: 0.1}


class Standing(StrEnum):
    """Whether an item counts in the score, and if not, why."""

    COUNTED = "counted"
    MISSING = "no value"
    NO_TARGET = "no target"
    NOTHING_ASKED = "nothing asked"


@dataclass(frozen=True)
class Reading:
    """What was asked of an item in a span and what it came to, in the metric's unit; None or NaN is missing.

    `is_covered`: of pipeline coverage, where nothing is left of the quota; it then stands at its cap,
    whatever `actual` says. `numerator` and `denominator` are those of a ratio's actual: what a group's is made from.
    """

    item: Item
    metric: Metric
    target: float | None = None
    actual: float | None = None
    is_covered: bool = False
    numerator: float | None = None
    denominator: float | None = None

    def __post_init__(self) -> None:
        if self.target is not None and isnan(self.target):
            object.__setattr__(self, "target", None)
        if self.actual is not None and isnan(self.actual):
            object.__setattr__(self, "actual", None)

    @property
    def prefers_more(self) -> bool:
        return self.item.prefers_more(self.metric)

    @property
    def standing(self) -> Standing:
        if self.target is None:
            return Standing.MISSING if self.actual is None and not self.is_covered else Standing.NO_TARGET
        if self.target <= 0 and self.prefers_more:
            return Standing.NOTHING_ASKED
        return Standing.COUNTED if self.is_covered or self.actual is not None else Standing.MISSING

    @property
    def best_attainment(self) -> float:
        """The most that this item can count: the cap, or 1.0 where the target is to have none at all."""
        is_none_asked = not self.prefers_more and self.target is not None and self.target <= 0
        return 1.0 if is_none_asked else self.item.cap

    @property
    def uncapped_attainment(self) -> float | None:
        """Actual ÷ target, or target ÷ actual where lower is better; None where the item does not count.

        Two have no such ratio and stand at the cap: "covered", and an actual of 0 where lower is better.
        Where the target is 0 and lower is better it is 1.0 if the actual is 0, else 0.0.
        """
        if self.standing is not Standing.COUNTED:
            return None
        return self.item.cap if self.is_covered or self.actual is None else self._uncapped_at(self.actual)

    @property
    def attainment(self) -> float | None:
        """The attainment that counts: 0 below the floor, at most the cap; None where the item is left out."""
        uncapped = self.uncapped_attainment
        return None if uncapped is None else self._limited(uncapped)

    def attainment_at(self, actual: float) -> float:
        """What would count with another actual, of an item that counts."""
        return self._limited(self._uncapped_at(actual))

    def _uncapped_at(self, actual: float) -> float:
        target = self.target or 0.0
        if self.prefers_more:
            return max(actual, 0.0) / target
        if target <= 0:
            return float(actual <= 0)
        return target / actual if actual > 0 else self.item.cap

    def _limited(self, uncapped: float) -> float:
        return min(uncapped, self.item.cap) if reaches(uncapped, self.item.floor) else 0.0

    @property
    def next_unit(self) -> float:
        """What "one more" means here: one deal, one day, one percentage point, 0.1 ×.

        Of money and of rates it is the largest power of ten that is at most a tenth of the target: 10,000 of 637,000,
        0.001 of 0.0663 sets per door.
        """
        if self.metric.unit in NEXT_UNIT:
            return NEXT_UNIT[self.metric.unit]
        return 10.0 ** floor(log10(self.target / 10)) if self.target and self.target > 0 else 1.0

    @property
    def attainment_one_better(self) -> float:
        """What would count with an actual one `next_unit` better: lower, to 0 at most, where lower is better."""
        if self.is_covered or self.actual is None:
            return self.item.cap
        better = self.actual + self.next_unit if self.prefers_more else max(self.actual - self.next_unit, 0.0)
        return self.attainment_at(better)


@dataclass(frozen=True)
class ItemScore:
    """What an item that counts adds to the score.

    `weight_share`: its share of the weights that count. Points are hundredths of the score: an item with
    a share of 0.4 at 90 % has 36 points, has lost 4 and gained none.
    """

    reading: Reading
    weight_share: float
    attainment: float
    bands: Bands

    @property
    def band(self) -> Band:
        return self.bands.band(self.attainment)

    @property
    def points(self) -> float:
        return 100 * self.weight_share * self.attainment

    @property
    def points_lost(self) -> float:
        return 100 * self.weight_share * max(1 - self.attainment, 0.0)

    @property
    def points_gained(self) -> float:
        return 100 * self.weight_share * max(self.attainment - 1, 0.0)

    @property
    def next_unit_points(self) -> float:
        """What being one `reading.next_unit` better would add; 0 at the cap."""
        return 100 * self.weight_share * (self.reading.attainment_one_better - self.attainment)


@dataclass(frozen=True)
class Score:
    """A score (1.0 is 100 points), its band, its leading and lagging parts, and its items in their order.

    `value` and `band` are None where nothing counts, `leading` and `lagging` where nothing of that timing
    does. `left_out`: the readings that don't count; their `standing` says why.
    """

    value: float | None
    band: Band | None
    leading: float | None
    lagging: float | None
    counted: tuple[ItemScore, ...]
    left_out: tuple[Reading, ...]
    waiting: tuple[Item, ...] = ()

    @property
    def completeness(self) -> str:
        """How many items count: "3 of 4 items"."""
        items_count = len(self.counted) + len(self.left_out) + len(self.waiting)
        return f"{len(self.counted)} of {items_count} items"

    @property
    def is_partial(self) -> bool:
        """Whether an item is left out or waits."""
        return bool(self.left_out or self.waiting)

    @property
    def points_lost(self) -> float:
        """The points that items below target miss, together; what others gained is not set against it."""
        return fsum(item.points_lost for item in self.counted)


def score(readings: Sequence[Reading], bands: Bands, waiting: Sequence[Item] = ()) -> Score:
    """The score of these readings: Σ weight × attainment of those that count, their weights scaled to 1.

    `waiting`: the items that wait for their metric, so that "3 of 4 items" has them.
    """
    found = [(reading, reading.attainment) for reading in readings]
    weight = fsum(reading.item.weight for reading, attainment in found if attainment is not None)
    counted = tuple(
        ItemScore(reading, reading.item.weight / weight, attainment, bands)
        for reading, attainment in found
        if attainment is not None
    )
    value = _mean(counted)
    return Score(
        value=value,
        band=None if value is None else bands.band(value),
        leading=_mean([item for item in counted if item.reading.item.timing is Timing.LEADING]),
        lagging=_mean([item for item in counted if item.reading.item.timing is Timing.LAGGING]),
        counted=counted,
        left_out=tuple(reading for reading, attainment in found if attainment is None),
        waiting=tuple(waiting),
    )


def _mean(items: Sequence[ItemScore]) -> float | None:
    """The attainment of several items together, by their weights; None without any."""
    if not items:
        return None
    total = fsum([item.weight_share * item.attainment for item in items])
    return total / fsum([item.weight_share for item in items])
