"""Two scorecards side by side: what each item asks, and what changed. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from spm.metrics import wording
from spm.metrics.registry import Metric
from spm.scorecards.model import Item, Scope, Scorecard
from spm.scorecards.targets import percentile_words

NEW, GONE, CHANGED, SAME = "new", "gone", "changed", "same"
DIRECTIONS = {True: "more is better", False: "less is better"}


@dataclass(frozen=True)
class Change:
    """What is set otherwise for an item, in words; None where it is not set, or the item is not there."""

    what: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Difference:
    """One item in two scorecards: whether it is new, gone, changed or the same, and all that differs."""

    label: str
    kind: str
    changes: tuple[Change, ...]


def differences(
    before: Scorecard, after: Scorecard, metric: Callable[[str], Metric], currency: str
) -> list[Difference]:
    """Every item of either, those of `after` first and in its order."""
    old = {(item.metric, item.scope): item for item in before.items}
    new = {(item.metric, item.scope): item for item in after.items}
    found = []
    for key in dict.fromkeys([*new, *old]):
        was, now = old.get(key), new.get(key)
        texts = [_settings(item, metric, currency) if item else {} for item in (was, now)]
        changes = tuple(
            Change(name, texts[0].get(name), texts[1].get(name))
            for name in dict.fromkeys([*texts[1], *texts[0]])
            if texts[0].get(name) != texts[1].get(name)
        )
        kind = NEW if was is None else GONE if now is None else CHANGED if changes else SAME
        found.append(Difference(item_label(now or was, metric), kind, changes))  # type: ignore[arg-type]
    return found


def item_label(item: Item, metric: Callable[[str], Metric]) -> str:
    """What an item is called: the metric's label, of a team with that word; a waiting one by its key."""
    label = item.metric.replace("_", " ").capitalize() if item.is_waiting else metric(item.metric).label
    return f"{label} of the team" if item.scope is Scope.TEAM else label


def target_words(item: Item, metric: Metric, currency: str) -> str:
    """Where an item's target comes from: "quota", "40", "60th percentile of the past"."""
    if item.target is not None:
        own = wording.full(metric.unit, item.target, currency)
    else:
        own = f"{percentile_words(item.percentile)} of the past"
    return f"quota, else {own}" if item.target_from else own


def _settings(item: Item, metric: Callable[[str], Metric], currency: str) -> dict[str, str]:
    """What is set for an item, by name and in words."""
    weight = {"weight": f"{item.weight:g}"}
    if item.is_waiting:
        return weight | {"target": f"waits for {item.waits_for}"}
    known = metric(item.metric)
    settings = weight | {"target": target_words(item, known, currency), "for a": item.period.value}
    settings |= {f"for {level}": wording.full(known.unit, target, currency) for level, target in item.levels}
    settings |= {
        "counts as": item.timing.value,
        "seasonal": "yes" if item.seasonal else "no",
        "cap": _percent(item.cap),
    }
    if item.floor:
        settings["floor"] = _percent(item.floor)
    if item.higher_is_better is not None:
        settings["direction"] = DIRECTIONS[item.higher_is_better]
    return settings


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
