"""Giving people skill levels and targets of their own."""

from datetime import date

from spm.calendar import ONE_DAY
from spm.errors import Refusal, UnknownName
from spm.metrics.queries import Scene
from spm.scorecards.agreed.queries import calculated
from spm.scorecards.model import Item
from spm.scorecards.personal import Level
from spm.store.change_sets import Author, Writing, writing
from spm.store.opening import Store
from spm.store.tables import Person, SkillLevel, TargetOverride


def set_level(store: Store, author: Author, person_id: int, level: Level, starts_on: date | None) -> None:
    """Gives a person a skill level from a day on (None: always), up to the next one that they have."""
    with writing(store, "edit", author, ["definitions"]) as open_set:
        name = _name(open_set, person_id)
        known = open_set.rows(SkillLevel, "id", "level", person_id=person_id, starts_on=starts_on)
        if known and known[0]["level"] == level:
            raise Refusal("That is how it is already.")
        if known:
            open_set.update(SkillLevel, [{"id": known[0]["id"], "level": level.value}])
        else:
            row = {"person_id": person_id, "level": level.value, "starts_on": starts_on}
            open_set.insert(SkillLevel, [row])
        since = f" from {starts_on:%-d %b %Y}" if starts_on else ""
        open_set.describe(f"{name}: {level.value}{since}")


def remove_level(store: Store, author: Author, level_id: int) -> None:
    """Takes a level away: the one before it holds on."""
    with writing(store, "edit", author, ["definitions"]) as open_set:
        row = open_set.rows(SkillLevel, "person_id", "level", id=level_id)
        if not row:
            raise UnknownName("This level is not there any more.", "Load the page again.")
        open_set.delete(SkillLevel, [level_id])
        open_set.describe(f"{_name(open_set, row[0]['person_id'])}: no longer {row[0]['level']}")


def override_target(
    store: Store,
    author: Author,
    scene: Scene,
    person_id: int,
    item: Item,
    target: float,
    starts_on: date,
    last_day: date | None,
    reason: str,
    is_full: bool = False,
) -> int:
    """Agrees a target with one person for an item, per period of the item's length, from a day to a day; returns its id.

    What was calculated for the period of the first day is kept beside it. `is_full`: ramp, presence and season still
    apply. Raises Refusal without a reason, for a target below 0, or days in the wrong order.
    """
    if not reason.strip():
        raise Refusal("Say why this target is another one.", "It stays beside the calculated one.")
    if not target >= 0:
        raise Refusal("A target is 0 or more.")
    if last_day and last_day < starts_on:
        raise Refusal("The last day lies before the first.")
    before = calculated(scene, person_id, item, starts_on)
    with writing(store, "edit", author, ["definitions"]) as open_set:
        row = {
            "person_id": person_id,
            "metric": item.metric,
            "scope": item.scope.value,
            "grain": item.period.value,
            "target": float(target),
            "calculated": before.target.value if before and before.target else None,
            "calculated_words": before.words if before and before.target else "",
            "is_full": is_full,
            "starts_on": starts_on,
            "ends_before": last_day + ONE_DAY if last_day else None,
            "reason": reason.strip(),
        }
        (override_id,) = open_set.insert(TargetOverride, [row])
        open_set.describe(f"{_name(open_set, person_id)}: target of {item.metric} agreed, {reason.strip()}")
    return override_id


def withdraw_override(store: Store, author: Author, override_id: int) -> None:
    """Takes an agreed target away: the calculated one holds again."""
    with writing(store, "edit", author, ["definitions"]) as open_set:
        row = open_set.rows(TargetOverride, "person_id", "metric", id=override_id)
        if not row:
            raise UnknownName("This agreed target is not there any more.", "Load the page again.")
        open_set.delete(TargetOverride, [override_id])
        open_set.describe(f"{_name(open_set, row[0]['person_id'])}: no agreed target of {row[0]['metric']} any more")


def _name(open_set: Writing, person_id: int) -> str:
    rows = open_set.rows(Person, "name", id=person_id)
    if not rows:
        raise UnknownName("This person is not there any more.", "Load the page again.")
    return str(rows[0]["name"])
