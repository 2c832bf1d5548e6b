"""What scorecards add to their versions: targets of one person, closed periods with their results, what reps say of items.

The versions themselves are in `definitions`.
"""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Text
from sqlmodel import Field

from spm.store.tables.base import Recorded


class SkillLevel(Recorded, table=True):
    """A person's skill level from a day on, up to their next one; None is "always"."""

    __tablename__ = "skill_level"
    person_id: int = Field(foreign_key="person.id", index=True)
    level: str
    starts_on: date | None = None


class TargetOverride(Recorded, table=True):
    """The target of one person for an item, in place of the calculated one, per period of the item's length.

    `calculated` is what it replaced on the day it was set, None where there was no target. `is_full`: ramp, presence and
    season still apply; otherwise the number is final.
    """

    __tablename__ = "target_override"
    person_id: int = Field(foreign_key="person.id", index=True)
    metric: str
    scope: str
    grain: str
    target: float
    calculated: float | None = None
    calculated_words: str = Field(default="", sa_type=Text)
    is_full: bool = False
    starts_on: date
    ends_before: date | None = None
    reason: str = Field(default="", sa_type=Text)


class ClosedPeriod(Recorded, table=True):
    """A period whose scores are frozen from `closed_on` on, up to `reopened_on`."""

    __tablename__ = "closed_period"
    label: str
    grain: str
    starts_on: date = Field(index=True)
    ends_before: date
    closed_on: date
    is_automatic: bool = False
    reopened_on: date | None = None
    reopen_reason: str = Field(default="", sa_type=Text)


class ClosedScore(Recorded, table=True):
    """What one person's scorecard came to when its period was closed: items, targets, scores, role, team, version."""

    __tablename__ = "closed_score"
    closed_period_id: int = Field(foreign_key="closed_period.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    scorecard: dict[str, Any] = Field(sa_type=JSON)


class ItemOpinion(Recorded, table=True):
    """What somebody says of an item of their role's scorecard; the latest of each counts."""

    __tablename__ = "item_opinion"
    person_id: int = Field(foreign_key="person.id", index=True)
    role: str
    metric: str
    scope: str
    is_fair: bool | None = None
    is_within_reach: bool | None = None
    comment: str = Field(default="", sa_type=Text)
    given_on: date
