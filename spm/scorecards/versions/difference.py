"""Two scorecards side by side: what each item asks, and what changed. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from spm.metrics import wording
from spm.metrics.registry import Metric
from spm.scorecards.model import Item, Scope, Scorecard
from spm.scorecards.targets import percentile_words

NEW, GONE, CHANGED, SAME = "new", "gone", "changed", "same"
METRIC_DECIDES = {None: "as the metric", True: "more is better", False: "less is better"}


@dataclass(frozen=True)
class Difference:
    """One item in two scorecards: `before` and `after` in words, empty where it is not there."""

    label: str
    kind: str
    before: str
    after: str
    changes: tuple[str, ...]


def differences(
    before: Scorecard, after: Scorecard, metric: Callable[[str], Metric], currency: str
) -> list[Difference]:
    """Every item of either, those of `after` first and in its order."""
    old = {(item.metric, item.scope): item for item in before.items}
    new = {(item.metric, item.scope): item for item in after.items}
    found = []
    for key in dict.fromkeys([*new, *old]):
        was, now = old.get(key), new.get(key)
        asked = (now or was).metric  # type: ignore[union-attr]
        label = item_label(now or was, metric)  # type: ignore[arg-type]
        texts = [_parts(item, metric(asked) if not item.is_waiting else None, currency) if item else {}
                 for item in (was, now)]  # fmt: skip
        changes = tuple(
            f"{name}: {texts[0].get(name, '–')} → {texts[1].get(name, '–')}"
            for name in dict.fromkeys([*texts[0], *texts[1]])
            if texts[0].get(name) != texts[1].get(name)
        )
        kind = NEW if was is None else GONE if now is None else CHANGED if changes else SAME
        said = [", ".join(f"{name} {words}" for name, words in text.items()) for text in texts]
        found.append(Difference(label, kind, said[0], said[1], changes if kind == CHANGED else ()))
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


def _parts(item: Item, metric: Metric | None, currency: str) -> dict[str, str]:
    parts = {"weight": f"{item.weight:g}"}
    if metric is None:
        return parts | {"waits for": item.waits_for}
    parts |= {"target": target_words(item, metric, currency), "a": item.period.value, "kind": item.timing.value}
    parts |= {f"for {level}": wording.full(metric.unit, target, currency) for level, target in item.levels}
    if item.higher_is_better is not None:
        parts["direction"] = METRIC_DECIDES[item.higher_is_better]
    if item.floor:
        parts["floor"] = f"{item.floor:.0%}"
    return parts | {"cap": f"{item.cap:.0%}", "seasonal": "yes" if item.seasonal else "no"}
