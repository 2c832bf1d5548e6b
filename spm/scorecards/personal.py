"""What is set for one person: the skill level over time, and targets agreed in place of the calculated ones. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from spm.calendar import Grain
from spm.people.org import ALWAYS, NEVER
from spm.scorecards.model import Item, Scope


class Level(StrEnum):
    """How far somebody is in their role; a scorecard may ask each level a target of its own."""

    NEW = "new"
    DEVELOPING = "developing"
    PROFICIENT = "proficient"
    EXPERT = "expert"


@dataclass(frozen=True)
class Held:
    """A level that a person has from a day on, up to their next one."""

    id: int
    person_id: int
    level: Level
    starts_on: date = ALWAYS


@dataclass(frozen=True)
class Override:
    """A target agreed with one person, for one period of `grain`, from a day up to another.

    `calculated` and `calculated_words`: what it replaced when it was set. `is_full`: ramp, presence and season still
    apply to it; otherwise it is final. `author` and `set_on`: by whom and when.
    """

    id: int
    person_id: int
    metric: str
    scope: Scope
    grain: Grain
    target: float
    calculated: float | None
    calculated_words: str
    is_full: bool
    starts_on: date
    ends_before: date
    reason: str
    author: str
    set_on: date


@dataclass(frozen=True)
class Personal:
    """Everybody's levels and overrides, by person."""

    levels: Mapping[int, tuple[Held, ...]] = field(default_factory=dict)
    overrides: Mapping[int, tuple[Override, ...]] = field(default_factory=dict)

    def level_on(self, person_id: int, day: date) -> Level | None:
        """The skill level on a day, None where none was given."""
        begun = [held for held in self.levels.get(person_id, ()) if held.starts_on <= day]
        return max(begun, key=lambda held: held.starts_on).level if begun else None

    def override_on(self, person_id: int, item: Item, day: date) -> Override | None:
        """The override of an item in force on a day: of several the one set last."""
        if person_id not in self.overrides:
            return None
        found = [
            one
            for one in self.overrides[person_id]
            if (one.metric, one.scope) == (item.metric, item.scope) and one.starts_on <= day < one.ends_before
        ]
        return max(found, key=lambda one: one.id) if found else None


def personal(levels: Iterable[Held], overrides: Iterable[Override]) -> Personal:
    """Levels and overrides put together by person."""
    by_person: dict[int, list[Held]] = {}
    for held in levels:
        by_person.setdefault(held.person_id, []).append(held)
    agreed: dict[int, list[Override]] = {}
    for one in overrides:
        agreed.setdefault(one.person_id, []).append(one)
    return Personal(
        {person: tuple(known) for person, known in by_person.items()},
        {person: tuple(known) for person, known in agreed.items()},
    )


def until(day: date | None) -> date:
    """The day before which something ends; an open end never comes."""
    return day or NEVER
