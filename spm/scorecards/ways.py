"""The shortest way from a score to the next band."""

from dataclasses import dataclass
from math import ceil, floor, inf

from spm.metrics.registry import Unit
from spm.scorecards.bands import TOLERANCE, Band, Bands, reaches
from spm.scorecards.scoring import ItemScore, Reading, Score

COUNTED_WHOLE = {Unit.COUNT, Unit.MONEY}  # half a deal or half a cent cannot be added


@dataclass(frozen=True)
class Step:
    """One item brought from its actual to `to_actual` (whole deals, whole cents), which brings `points`.

    `change_share` is the change relative to the actual, positive also where lower is better; infinite
    from 0.
    """

    reading: Reading
    from_actual: float
    to_actual: float
    points: float

    @property
    def change_share(self) -> float:
        return abs(self.to_actual - self.from_actual) / abs(self.from_actual) if self.from_actual else inf


@dataclass(frozen=True)
class Way:
    """What is enough for the next band: one step where one item can do it, else several."""

    band: Band
    steps: tuple[Step, ...]


def shortest_way(score: Score, bands: Bands) -> Way | None:
    """The way to the band above; None in the highest band, without a score, or where no way leads there.

    A single item, if one can do it within its cap: the one with the smallest relative change of its
    actual, and among equals the heaviest, then the first. Otherwise items are brought to their caps in
    the order of the points they still have to give, most first (among equals the first), the last one
    only as far as needed.
    """
    if score.value is None or (band := bands.next_above(score.value)) is None:
        return None
    missing = bands.begins[band] - score.value
    alone = [(step, item) for item in score.counted if (step := _step(item, missing)) is not None]
    if alone:
        least, _ = min(alone, key=lambda found: (found[0].change_share, -found[1].weight_share))
        return Way(band, (least,))
    steps = []
    for item in sorted(score.counted, key=_left_to_give, reverse=True):
        last = _step(item, missing)
        step = last or _step(item, _left_to_give(item))
        if step is None:
            break
        steps.append(step)
        if last:
            return Way(band, tuple(steps))
        missing -= step.points / 100
    return None


def _left_to_give(item: ItemScore) -> float:
    """By how much an item at its best would raise the score."""
    return item.weight_share * (item.reading.best_attainment - item.attainment)


def _step(item: ItemScore, rise: float) -> Step | None:
    """The step of this item that raises the score by `rise` or just more, None where it cannot."""
    reading = item.reading
    needed = max(item.attainment + rise / item.weight_share, reading.item.floor)
    if reading.actual is None or needed <= item.attainment or not reaches(reading.best_attainment, needed):
        return None
    to_actual = _actual_at(reading, min(needed, reading.best_attainment))
    rise = reading.attainment_at(to_actual) - item.attainment
    return Step(reading, reading.actual, to_actual, 100 * item.weight_share * rise)


def _actual_at(reading: Reading, attainment: float) -> float:
    """The actual with this attainment; of what is counted the next whole unit on the better side."""
    target = reading.target or 0.0
    exact = target * attainment if reading.prefers_more else target / attainment
    if reading.metric.unit not in COUNTED_WHOLE:
        return exact
    noise = TOLERANCE * max(abs(exact), 1.0)
    return float(ceil(exact - noise) if reading.prefers_more else floor(exact + noise))
