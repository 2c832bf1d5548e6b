"""What a role answers for: items with weight, target and limits, declared as data."""

from collections import Counter
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from spm.calendar import Grain
from spm.errors import Refusal
from spm.metrics.registry import Metric, Timing
from spm.scorecards.bands import TOLERANCE, Bands, reaches

DEFAULT_CAP = 1.5
DEFAULT_PERCENTILE = 60.0
MOST_ITEMS = 7
LEADING_PER_LAGGING = (1.0, 3.0)  # about two; outside these the editor says so


class Scope(StrEnum):
    """Whose number an item is about: a manager answers for the team's."""

    OWN = "own"
    TEAM = "team"


@dataclass(frozen=True)
class Item:
    """One thing that a role answers for.

    `metric` is a key of the registry. `weight` counts relative to the other items' (together usually
    100). `target` is for one `period` in the metric's unit; `target_from` names a metric whose value for
    the same span is the target instead (quota), where there is one; `levels` pairs skill levels with a target of
    their own. With none of these the suggested target is taken: the `percentile` of the role's last 12 periods.
    `floor` and `cap` are attainments: below the floor an item counts 0, above the cap no more than
    the cap. `higher_is_better` None leaves it to the metric. `waits_for` says what is missing for a
    metric that the registry does not have yet; such an item is listed and not scored.
    """

    metric: str
    weight: float
    timing: Timing
    target: float | None = None
    target_from: str | None = None
    higher_is_better: bool | None = None
    floor: float = 0.0
    cap: float = DEFAULT_CAP
    period: Grain = Grain.MONTH
    seasonal: bool = False
    scope: Scope = Scope.OWN
    waits_for: str = ""
    levels: tuple[tuple[str, float], ...] = ()
    percentile: float = DEFAULT_PERCENTILE

    @property
    def is_waiting(self) -> bool:
        return bool(self.waits_for)

    def prefers_more(self, metric: Metric) -> bool:
        """Whether a higher value of the metric is better on this item."""
        return metric.higher_is_better if self.higher_is_better is None else self.higher_is_better


@dataclass(frozen=True)
class Scorecard:
    """The items of a role (a key of `spm.people.roles` or the company's own).

    `version` is the id under which it is kept, None for what a role starts with and for a draft.
    """

    role: str
    items: tuple[Item, ...]
    version: int | None = None


def checked(scorecard: Scorecard, bands: Bands) -> Scorecard:
    """The scorecard itself, if it can be scored; else Refusal with the first reason."""
    if not scorecard.items:
        raise Refusal("A scorecard needs at least one item.")
    for item in scorecard.items:
        _check(item, bands)
    count = Counter((item.metric, item.scope) for item in scorecard.items)
    (metric, _), times = count.most_common(1)[0]
    if times > 1:
        raise Refusal(f"{metric} is there {times} times.", "Keep one, with all the weight.")
    return scorecard


def _check(item: Item, bands: Bands) -> None:
    name = item.metric
    if not item.weight > 0:
        raise Refusal(f"The weight of {name} is {item.weight:g}.", "Give it one above 0, or remove it.")
    if not 0 <= item.floor <= 1:
        raise Refusal(f"The floor of {name} is {item.floor:.0%}.", "A floor lies between 0 and 100 %.")
    if not reaches(item.cap, bands.outstanding):
        raise Refusal(
            f"The cap of {name} is {item.cap:.0%}: nobody could be outstanding on it.",
            f"Take {bands.outstanding:.0%} or more.",
        )
    if item.target is not None and not item.target >= 0:
        raise Refusal(f"The target of {name} is {item.target:g}.", "A target is 0 or more.")
    for level, target in item.levels:
        if not target >= 0:
            raise Refusal(f"The target of {name} for {level} is {target:g}.", "A target is 0 or more.")
    if not 0 <= item.percentile <= 100:
        raise Refusal(f"The percentile of {name} is {item.percentile:g}.", "It lies between 0 and 100.")


def advice(scorecard: Scorecard) -> list[str]:
    """What usually works better, one sentence each; nothing that would stop a scorecard from being used."""
    found = []
    total = sum(item.weight for item in scorecard.items)
    if abs(total - 100) > TOLERANCE:
        found.append(f"The weights add up to {total:g}, not 100; each counts for its share.")
    items_count = len(scorecard.items)
    if items_count > MOST_ITEMS:
        found.append(f"{items_count} items are hard to keep in mind; {MOST_ITEMS} is the most that works.")
    timings = Counter(item.timing for item in scorecard.items)
    leading, lagging = timings[Timing.LEADING], timings[Timing.LAGGING]
    least, most = LEADING_PER_LAGGING
    if not least * lagging <= leading <= most * lagging:
        found.append(f"{leading} leading and {lagging} lagging items: about two to one works best.")
    return found


def as_plain(item: Item) -> dict[str, Any]:
    """An item as JSON holds it."""
    return asdict(item)


def from_plain(values: dict[str, Any]) -> Item:
    """The item of `as_plain`."""
    named = {
        "timing": Timing(values["timing"]),
        "period": Grain(values["period"]),
        "scope": Scope(values["scope"]),
        "levels": tuple((level, target) for level, target in values.get("levels", ())),
    }
    return Item(**{**values, **named})
