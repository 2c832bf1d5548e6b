"""What a company decides: settings, remembered layouts, scorecards."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Text
from sqlmodel import Field

from spm.store.tables.base import Recorded


class RememberedLayout(Recorded, table=True):
    """What a header was taken for, so that the next file with the same header is not asked about again."""

    __tablename__ = "remembered_layout"
    header: str = Field(sa_type=Text, unique=True)
    layout: str | None = None
    fields: dict[str, str] = Field(sa_type=JSON)
    ignored: list[str] = Field(sa_type=JSON)


class RememberedAnswers(Recorded, table=True):
    """How the cells under a header were said to be meant, so that the next file with the same header is not asked again."""

    __tablename__ = "remembered_answers"
    header: str = Field(sa_type=Text, unique=True)
    answers: dict[str, Any] = Field(sa_type=JSON)


class Setting(Recorded, table=True):
    __tablename__ = "setting"
    key: str = Field(unique=True)
    value: Any = Field(sa_type=JSON)


class ScorecardVersion(Recorded, table=True):
    """What a role answers for from a day on."""

    __tablename__ = "scorecard_version"
    role: str = Field(index=True)
    effective_on: date | None = None
    reason: str = ""
    items: list[dict[str, Any]] = Field(sa_type=JSON)


class OwnMeasure(Recorded, table=True):
    """A count of the company's own, brought by a sheet of daily counts: activities whose kind is its key."""

    __tablename__ = "own_measure"
    key: str = Field(unique=True)
    label: str
    unit: str = "count"


class OwnMetric(Recorded, table=True):
    """A metric that the company declared, as an expression over measures.

    `shown_as` says how a quotient of like quantities is shown ("share", "rate", "×"); empty: as the expression suggests.
    """

    __tablename__ = "own_metric"
    key: str = Field(unique=True)
    label: str
    meaning: str = ""
    expression: str = Field(sa_type=Text)
    shown_as: str = ""
    higher_is_better: bool = True
    timing: str = "lagging"
