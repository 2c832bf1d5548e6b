"""Every table. Amounts are integer minor units (`_cents`) or ten-thousandths of one (`_e4`); spans are half-open.

A `Recorded` row says which change set made it, which one changed it last, and from which sheet and row it came.
SQLModel does not validate a `table=True` row: what reaches these tables was checked by the intake or the domain.
"""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, CheckConstraint, DateTime, Index, Text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

NOBODY = 0  # the person of totals whose facts name no owner
WHOLE = 0  # the slice of totals that holds every combination of attributes


class Table(SQLModel, registry=registry()):
    """Base of all tables, with a registry of its own: Streamlit's reload imports modules again."""


# -- who did what ------------------------------------------------------------------------------------------------------


class ChangeSet(Table, table=True):
    """One write: an import, an edit, an undo. It is never deleted."""

    __tablename__ = "change_set"
    id: int = Field(primary_key=True)
    kind: str
    author: str
    is_verified: bool = False
    made_at: datetime = Field(sa_type=DateTime)
    note: str = Field(default="", sa_type=Text)
    undone_in: int | None = Field(default=None, foreign_key="change_set.id")


class BeforeImage(Table, table=True):
    """A row as it was before a change set changed or deleted it."""

    __tablename__ = "before_image"
    id: int = Field(primary_key=True)
    change_set_id: int = Field(foreign_key="change_set.id", index=True)
    table_name: str
    row_id: int
    row_before: dict[str, Any] = Field(sa_type=JSON)


class Source(Table, table=True):
    """One sheet of one file, as it was imported by one change set."""

    __tablename__ = "source"
    id: int = Field(primary_key=True)
    change_set_id: int = Field(foreign_key="change_set.id", index=True)
    file_name: str
    sha256: str
    sheet: str
    layout: str
    header: list[str] = Field(sa_type=JSON)
    fields: dict[str, str] = Field(sa_type=JSON)
    new_count: int = 0
    changed_count: int = 0
    same_count: int = 0
    refused_count: int = 0


class SheetIssue(Table, table=True):
    """One issue of an imported sheet, kept so that a refused row can still be explained."""

    __tablename__ = "sheet_issue"
    id: int = Field(primary_key=True)
    source_id: int = Field(foreign_key="source.id", index=True)
    severity: str
    message: str = Field(sa_type=Text)
    row: int | None = None
    column: str | None = None
    found: str | None = Field(default=None, sa_type=Text)
    expected: str | None = Field(default=None, sa_type=Text)


class Revision(Table, table=True):
    """How often an area (facts, people, definitions, plans, notes, settings) has been written: the key of every cache."""

    __tablename__ = "revision"
    area: str = Field(primary_key=True)
    number: int = 0


class Recorded(Table):
    """Columns of every row that a change set writes."""

    id: int = Field(primary_key=True)
    created_in: int = Field(foreign_key="change_set.id", index=True)
    changed_in: int = Field(foreign_key="change_set.id")
    source_id: int | None = Field(default=None, foreign_key="source.id")
    source_row: int | None = None


# -- people over time --------------------------------------------------------------------------------------------------


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


# -- facts: what the spreadsheets say ----------------------------------------------------------------------------------


class Fact(Recorded):
    """Columns of every fact: its key (the company's own, or made of its content), owner, slice and own columns."""

    key: str = Field(unique=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    account: str | None = None
    source: str | None = None
    slice_id: int = Field(default=WHOLE)
    attributes: dict[str, str] | None = Field(default=None, sa_type=JSON)


class Deal(Fact, table=True):
    """A deal as it is known now; what it was before is in `deal_version`."""

    __tablename__ = "deal"
    __table_args__ = (
        Index("deal_by_close", "status", "closed_on"),
        Index("deal_by_owner", "person_id", "closed_on"),
    )
    name: str | None = None
    product: str | None = None
    stage: str | None = None
    status: str
    amount_cents: int | None = Field(default=None, sa_type=BigInteger)
    currency: str | None = None
    probability: float | None = None
    created_on: date | None = Field(default=None, index=True)
    closed_on: date | None = None
    expected_close_on: date | None = None
    kind: str | None = None
    cycle_days: int | None = None
    known_on: date  # since when the store holds this state


class DealVersion(Recorded, table=True):
    """What the store held of a deal from `known_on` up to `superseded_on`."""

    __tablename__ = "deal_version"
    deal_id: int = Field(foreign_key="deal.id", index=True)
    known_on: date
    superseded_on: date
    stage: str | None = None
    status: str
    amount_cents: int | None = Field(default=None, sa_type=BigInteger)
    expected_close_on: date | None = None
    person_id: int | None = Field(default=None, foreign_key="person.id")


class Order(Fact, table=True):
    """An order: its header where a sheet brought one, else the sum of its lines."""

    __tablename__ = "order"
    __table_args__ = (
        Index("order_by_owner", "person_id", "ordered_on"),
        CheckConstraint("has_header OR has_lines", name="order_has_a_source"),
    )
    ordered_on: date
    product: str | None = None
    amount_cents: int = Field(sa_type=BigInteger)
    cost_cents: int | None = Field(default=None, sa_type=BigInteger)
    currency: str | None = None
    has_header: bool = True
    has_lines: bool = False


class OrderLine(Fact, table=True):
    """One product on an order. The lines' `amount_e4` add up to the order's amount exactly."""

    __tablename__ = "order_line"
    __table_args__ = (Index("order_line_by_owner", "person_id", "ordered_on"),)
    order_id: int = Field(foreign_key="order.id", index=True)
    ordered_on: date
    product: str | None = None
    quantity: float | None = None
    stated_e4: int = Field(sa_type=BigInteger)  # as the sheet says
    amount_e4: int = Field(sa_type=BigInteger)  # its share of the order's amount
    currency: str | None = None


class Lead(Fact, table=True):
    __tablename__ = "lead"
    __table_args__ = (Index("lead_by_owner", "person_id", "created_on"),)
    name: str | None = None
    created_on: date
    status: str | None = None
    qualified_on: date | None = None
    converted_on: date | None = None
    deal_key: str | None = None
    days_to_deal: int | None = None


class Activity(Fact, table=True):
    __tablename__ = "activity"
    __table_args__ = (Index("activity_by_owner", "person_id", "happened_on"),)
    happened_on: date
    kind: str
    outcome: str | None = None
    is_completed: bool = True
    direction: str | None = None
    count: float = 1.0
    deal_key: str | None = None


class Quota(Recorded, table=True):
    """A number for a metric that a person or a team answers for; exactly one of the two owners is given."""

    __tablename__ = "quota"
    __table_args__ = (CheckConstraint("(person_id IS NULL) <> (team_id IS NULL)", name="quota_has_one_owner"),)
    key: str = Field(unique=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    team_id: int | None = Field(default=None, foreign_key="team.id")
    metric: str = "bookings"
    starts_on: date
    ends_before: date
    amount_cents: int = Field(sa_type=BigInteger)
    currency: str | None = None
    attributes: dict[str, str] | None = Field(default=None, sa_type=JSON)


class Product(Recorded, table=True):
    __tablename__ = "product"
    key: str = Field(unique=True)
    name: str
    category: str | None = None
    price_cents: int | None = Field(default=None, sa_type=BigInteger)
    attributes: dict[str, str] | None = Field(default=None, sa_type=JSON)


# -- what is derived from facts, and kept ------------------------------------------------------------------------------


class Attribute(Recorded, table=True):
    """A column of the company's own; `is_filter` marks those that totals are sliced by."""

    __tablename__ = "attribute"
    key: str = Field(unique=True)
    label: str
    is_filter: bool = False


class Slice(Table, table=True):
    """One combination of values of the attributes marked to filter by."""

    __tablename__ = "slice"
    id: int = Field(primary_key=True)
    combination: str = Field(sa_type=Text, unique=True)


class SliceValue(Table, table=True):
    __tablename__ = "slice_value"
    slice_id: int = Field(primary_key=True, foreign_key="slice.id")
    attribute: str = Field(primary_key=True)
    value: str = Field(index=True)


class CoveredSpan(Recorded, table=True):
    """From when to when a batch speaks for a measure: inside, no row is 0; outside, it is missing."""

    __tablename__ = "covered_span"
    measure: str = Field(index=True)
    starts_on: date
    ends_before: date


class TotalByDay(Table, table=True):
    """A measure per slice, day and person, in ten-thousandths of its unit."""

    __tablename__ = "total_by_day"
    __table_args__: ClassVar[Any] = ({"sqlite_with_rowid": False},)
    measure: str = Field(primary_key=True)
    slice_id: int = Field(primary_key=True)
    day: date = Field(primary_key=True)
    person_id: int = Field(primary_key=True)
    value_e4: int = Field(sa_type=BigInteger)


class TotalByMonth(Table, table=True):
    """The same per month; `month` is its first day."""

    __tablename__ = "total_by_month"
    __table_args__: ClassVar[Any] = ({"sqlite_with_rowid": False},)
    measure: str = Field(primary_key=True)
    slice_id: int = Field(primary_key=True)
    month: date = Field(primary_key=True)
    person_id: int = Field(primary_key=True)
    value_e4: int = Field(sa_type=BigInteger)


# -- definitions and settings ------------------------------------------------------------------------------------------


class RememberedLayout(Recorded, table=True):
    """What a header was taken for, so that the next file with the same header is not asked about again."""

    __tablename__ = "remembered_layout"
    header: str = Field(sa_type=Text, unique=True)
    layout: str | None = None
    fields: dict[str, str] = Field(sa_type=JSON)
    ignored: list[str] = Field(sa_type=JSON)


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
