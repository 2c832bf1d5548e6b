"""What-if scenarios and quota plans. A version is a row and is never changed but for a plan's stage."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, Text, UniqueConstraint
from sqlmodel import Field

from spm.store.tables.base import Recorded


class PlanScenario(Recorded, table=True):
    """One version of a named scenario: its levers as `spm.planning.scenarios.plain` writes them."""

    __tablename__ = "plan_scenario"
    __table_args__: ClassVar[Any] = (UniqueConstraint("name", "version"),)
    name: str
    version: int
    levers: list[dict[str, Any]] = Field(sa_type=JSON)
    copied_from: str = ""
    note: str = Field(default="", sa_type=Text)


class QuotaPlan(Recorded, table=True):
    """One version of the quotas of a span: what was asked (`draft`) and how far it is (draft, reviewed, published).

    From `effective_on` on its quotas are new; before that day they are those of the version before it.
    """

    __tablename__ = "quota_plan"
    __table_args__: ClassVar[Any] = (UniqueConstraint("starts_on", "ends_before", "version"),)
    starts_on: date
    ends_before: date
    version: int
    stage: str = "draft"
    effective_on: date
    target_cents: int = Field(sa_type=BigInteger)
    draft: dict[str, Any] = Field(sa_type=JSON)
    facts: dict[str, Any] = Field(sa_type=JSON)  # what is common to all letters, as it was known then
    note: str = Field(default="", sa_type=Text)


class PlannedQuota(Recorded, table=True):
    """What one rep carries in a version of a plan, and how it came about, as it was worked out when it was saved."""

    __tablename__ = "planned_quota"
    plan_id: int = Field(foreign_key="quota_plan.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    amount_cents: int = Field(sa_type=BigInteger)
    months_cents: list[int] = Field(sa_type=JSON)
    facts: dict[str, Any] = Field(sa_type=JSON)


class QuotaReview(Recorded, table=True):
    """What a manager says of one rep's planned quota; the latest of each counts."""

    __tablename__ = "quota_review"
    plan_id: int = Field(foreign_key="quota_plan.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    is_accepted: bool
    comment: str = Field(default="", sa_type=Text)
