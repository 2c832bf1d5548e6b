"""A score in sentences: what each item was asked, came to, and cost or gained."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isinf

from spm.metrics import wording
from spm.metrics.registry import Metric, Unit
from spm.metrics.wording import shown_percent
from spm.scorecards.bands import Bands, reaches
from spm.scorecards.model import Item
from spm.scorecards.scoring import ItemScore, Reading, Score, Standing
from spm.scorecards.ways import Step, shortest_way

Shown = Callable[[Metric, float], str]
"""How a reader wants a value of a metric, such as "$459,057.34": never rounded to less than it is."""

LEFT_OUT = {
    Standing.MISSING: "No value for this span, so it is left out.",
    Standing.NO_TARGET: "No target, so it is left out.",
    Standing.NOTHING_ASKED: "Nothing asked: the target is 0, so it is left out.",
}


@dataclass(frozen=True)
class ItemExplanation:
    """One item in words. `reading` is None while it waits for its metric, `score` where it does not count.

    `next_unit` says what one more is worth, "" where it is worth nothing.
    """

    label: str
    item: Item
    reading: Reading | None
    score: ItemScore | None
    sentence: str
    next_unit: str = ""


@dataclass(frozen=True)
class Explanation:
    """A score in words: the whole, each item, and the shortest way to the next band ("" where none leads).

    `verdict` is what the whole comes down to: "bookings cost 12 of the 15 missing points".
    """

    sentence: str
    verdict: str
    items: tuple[ItemExplanation, ...]
    way: str


def explanation(score: Score, bands: Bands, shown: Shown, to_reach: Shown | None = None) -> Explanation:
    """The explanation of a score, items that count first.

    `shown` writes a value of a metric, `to_reach` one that is enough for the next band (as `shown`, if not given).
    """
    counted = [
        ItemExplanation(
            label=item.reading.metric.label,
            item=item.reading.item,
            reading=item.reading,
            score=item,
            sentence=_counted(item, shown),
            next_unit=_next_unit(item, shown),
        )
        for item in score.counted
    ]
    left_out = [
        ItemExplanation(reading.metric.label, reading.item, reading, None, LEFT_OUT[reading.standing])
        for reading in score.left_out
    ]
    waiting = [
        ItemExplanation(_words(item.metric), item, None, None, f"Waits for {item.waits_for}.") for item in score.waiting
    ]
    verdict = _verdict(score)
    return Explanation(
        _whole(score, verdict), verdict, (*counted, *left_out, *waiting), _way(score, bands, shown, to_reach or shown)
    )


def explained(score: Score, bands: Bands, currency: str) -> Explanation:
    """The explanation with amounts in the company's currency, in whole units."""

    def shown(metric: Metric, value: float) -> str:
        return wording.whole(metric.unit, value, currency)

    def to_reach(metric: Metric, value: float) -> str:
        return wording.enough(metric.unit, value, currency, metric.higher_is_better)

    return explanation(score, bands, shown, to_reach)


def points(value: float) -> str:
    """Points as a sentence says them: whole ("12"), below 1 with one digit ("0.4")."""
    return f"{value:.1f}" if 0 < abs(value) < 0.95 else f"{value:.0f}"


def _words(key: str) -> str:
    return key.replace("one_on_one", "one-on-one").replace("_", " ").capitalize()


def _whole(score: Score, verdict: str) -> str:
    if score.value is None or score.band is None:
        return f"No score: {verdict}."
    partly = f" ({score.completeness})" if score.is_partial else ""
    return f"Score {shown_percent(score.value)}, {score.band}{partly}: {verdict}."


def _verdict(score: Score) -> str:
    if score.value is None:
        return f"{score.completeness} have both a value and a target"
    costliest = max(score.counted, key=lambda item: item.points_lost)
    if reaches(costliest.attainment, 1.0):
        return "no item is below its target"
    cost, missing = points(costliest.points_lost), points(score.points_lost)
    label = costliest.reading.metric.label.lower()
    best = max(score.counted, key=lambda item: item.points_gained)
    if reaches(score.value, 1.0):
        gained = points(best.points_gained)
        noun = "point" if gained == "1" else "points"
        return f"{best.reading.metric.label.lower()} gained {gained} {noun}, {label} lost {cost}"
    if cost != missing:
        return f"{label} cost {cost} of the {missing} missing points"
    return f"{label} cost {'the 1 missing point' if missing == '1' else f'all {missing} missing points'}"


def _counted(item: ItemScore, shown: Shown) -> str:
    reading, limits = item.reading, item.reading.item
    share = f"{points(item.points)} of {points(100 * item.weight_share)} points"
    target, actual, uncapped = reading.target, reading.actual, reading.uncapped_attainment
    if reading.is_covered or target is None or actual is None or uncapped is None:
        return f"Covered, nothing is left to cover: {shown_percent(item.attainment)} %, {share}."
    at_most = "" if reading.prefers_more else "at most "
    asked = f"{shown(reading.metric, actual)} of {at_most}{shown(reading.metric, target)}"
    percent = f"{shown_percent(uncapped)} %"
    if not reaches(uncapped, limits.floor):
        percent += f", below the floor of {shown_percent(limits.floor)} %"
    elif uncapped > limits.cap:
        percent += f", capped at {shown_percent(limits.cap)} %"
    return f"{asked}: {percent}, {share}."


def _next_unit(item: ItemScore, shown: Shown) -> str:
    if not item.next_unit_points:
        return ""
    reading = item.reading
    is_share = reading.metric.unit is Unit.SHARE
    unit = "1 percentage point" if is_share else shown(reading.metric, reading.next_unit)
    change = "more" if reading.prefers_more else "less"
    return f"{unit} {change} is worth {points(item.next_unit_points)} points."


def _way(score: Score, bands: Bands, shown: Shown, to_reach: Shown) -> str:
    way = shortest_way(score, bands)
    return f"To reach {way.band}: {' and '.join(_step(step, shown, to_reach) for step in way.steps)}." if way else ""


def _step(step: Step, shown: Shown, to_reach: Shown) -> str:
    metric = step.reading.metric
    sign = "+" if step.to_actual > step.from_actual else "−"
    change = "" if isinf(step.change_share) else f" ({sign}{100 * step.change_share:.0f} %)"
    values = f"from {shown(metric, step.from_actual)} to {to_reach(metric, step.to_actual)}"
    return f"{metric.label.lower()} {values}{change}"
