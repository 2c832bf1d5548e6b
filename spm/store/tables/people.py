"""People over time: who is in which role and team, since when."""

from datetime import date

from sqlalchemy import JSON
from sqlmodel import Field

from spm.store.tables.base import Recorded


class Person(Recorded, table=True):
    """A person who carries a number or leads those who do. `key` is the company's own id, else the name."""

    __tablename__ = "person"
    key: str = Field(unique=True)
    name: str = Field(index=True)
    email: str | None = None
    started_on: date | None = None
    ended_on: date | None = None  # the last day
    attributes: dict[str, str] | None = Field(default=None, sa_type=JSON)


class Spelling(Recorded, table=True):
    """Another id, e-mail or spelling under which sheets name a person."""

    __tablename__ = "spelling"
    text: str = Field(unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)


class Team(Recorded, table=True):
    __tablename__ = "team"
    name: str = Field(unique=True)
    parent_id: int | None = Field(default=None, foreign_key="team.id")


class Assignment(Recorded, table=True):
    """A person's role, team and manager from a day up to another; None is "always" and "until further notice"."""

    __tablename__ = "assignment"
    person_id: int = Field(foreign_key="person.id", index=True)
    starts_on: date | None = None
    ends_before: date | None = None
    role: str | None = None
    team_id: int | None = Field(default=None, foreign_key="team.id")
    manager_id: int | None = Field(default=None, foreign_key="person.id")


class Leave(Recorded, table=True):
    """Days on which a person is away, wholly (share 1) or in part."""

    __tablename__ = "leave"
    person_id: int = Field(foreign_key="person.id", index=True)
    starts_on: date
    ends_before: date
    away_share: float = 1.0
    reason: str = ""
