"""What the spreadsheets say, one row each."""

from datetime import date

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, text
from sqlmodel import Field

from spm.store.tables.base import Recorded


class Fact(Recorded):
    """Columns of every fact: its key (the company's own, or made of its content), owner, slice and own columns."""

    key: str = Field(unique=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    account: str | None = None
    source: str | None = None
    slice_id: int
    attributes: dict[str, str] | None = Field(default=None, sa_type=JSON)
    fingerprint: int | None = Field(default=None, sa_type=BigInteger)  # of what the last sheet said of it, see intake


CLOSE_INDEX = ("status", "closed_on", "created_on", "cycle_days", "person_id", "amount_cents", "expected_close_on",
               "probability", "slice_id")  # fmt: skip
EXPECTED_INDEX = ("expected_close_on", "created_on", "closed_on", "status", "person_id", "amount_cents", "probability",
                  "slice_id")  # fmt: skip
OWNER_INDEX = ("person_id", "closed_on", "created_on", "status", "amount_cents", "cycle_days", "kind", "slice_id")


def _purchases(table: str, is_bought: str, *columns: str) -> Index:
    """Who bought when is read from the index alone, and what an account bought found in it."""
    meant = text(f"{is_bought} AND account IS NOT NULL")
    return Index(f"{table}_purchases", *columns, sqlite_where=meant, postgresql_where=meant)


class Deal(Fact, table=True):
    """A deal as it is known now; what it was before is in `deal_version`."""

    __tablename__ = "deal"
    __table_args__ = (
        # What stands on a day and what closed is read from the index alone.
        Index("deal_by_close", *CLOSE_INDEX),
        # What totals count of a few people's deals is read from the index alone, too: it is a fifth of looking each up.
        Index("deal_by_owner", *OWNER_INDEX),
        # What is expected to close in a period, of which only what was open on a day counts.
        Index("deal_by_expected_close", *EXPECTED_INDEX),
        _purchases("deal", "status = 'won'", "status", "account", "closed_on", "id", "person_id", "slice_id"),
    )
    name: str | None = None
    product: str | None = None
    stage: str | None = None
    status: str
    amount_cents: int | None = Field(default=None, sa_type=BigInteger)
    stated_cents: int | None = Field(
        default=None, sa_type=BigInteger
    )  # as the sheet says, in minor units of `currency`
    currency: str | None = None
    probability: float | None = None
    created_on: date | None = Field(default=None, index=True)
    closed_on: date | None = None
    expected_close_on: date | None = None
    kind: str | None = None
    cycle_days: int | None = None
    known_on: date  # since when the store holds this state


class DealCredit(Recorded, table=True):
    """One rep's part of a deal that several share; a deal without any is its owner's alone.

    The shares of a deal that are not overlay add up to 10,000, their amounts to the deal's; overlay is in no roll-up.
    """

    __tablename__ = "deal_credit"
    __table_args__ = (Index("deal_credit_of", "deal_id", "person_id", "is_overlay", unique=True),)
    deal_id: int = Field(foreign_key="deal.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    share_e4: int
    amount_cents: int | None = Field(default=None, sa_type=BigInteger)
    is_overlay: bool = False


class DealVersion(Recorded, table=True):
    """What the store held of a deal from `known_on` up to `superseded_on`."""

    __tablename__ = "deal_version"
    deal_id: int = Field(foreign_key="deal.id", index=True)
    known_on: date
    superseded_on: date
    stage: str | None = None
    status: str
    amount_cents: int | None = Field(default=None, sa_type=BigInteger)
    stated_cents: int | None = Field(default=None, sa_type=BigInteger)
    currency: str | None = None
    expected_close_on: date | None = None
    person_id: int | None = Field(default=None, foreign_key="person.id")


class Order(Fact, table=True):
    """An order: its header where a sheet brought one, else the sum of its lines."""

    __tablename__ = "order"
    __table_args__ = (
        Index("order_by_owner", "person_id", "ordered_on"),
        _purchases("order", "amount_cents > 0", "account", "ordered_on", "id", "person_id", "slice_id", "amount_cents"),
        CheckConstraint("has_header OR has_lines", name="order_has_a_source"),
    )
    ordered_on: date = Field(index=True)
    product: str | None = None
    amount_cents: int = Field(sa_type=BigInteger)
    stated_cents: int | None = Field(default=None, sa_type=BigInteger)
    cost_cents: int | None = Field(default=None, sa_type=BigInteger)
    stated_cost_cents: int | None = Field(default=None, sa_type=BigInteger)
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
    stated_e4: int = Field(sa_type=BigInteger)  # as the sheet says, in the company's currency
    foreign_e4: int | None = Field(default=None, sa_type=BigInteger)  # as it says in `currency`, where that is another
    amount_e4: int = Field(sa_type=BigInteger)  # its share of the order's amount
    currency: str | None = None


class Lead(Fact, table=True):
    __tablename__ = "lead"
    __table_args__ = (Index("lead_by_owner", "person_id", "created_on"),)
    name: str | None = None
    created_on: date = Field(index=True)
    status: str | None = None
    qualified_on: date | None = Field(default=None, index=True)
    converted_on: date | None = None
    deal_key: str | None = None
    days_to_deal: int | None = None


class Activity(Fact, table=True):
    __tablename__ = "activity"
    __table_args__ = (
        Index("activity_by_owner", "person_id", "happened_on"),
        Index("activity_by_kind", "kind", "happened_on"),
    )
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
    stated_cents: int | None = Field(default=None, sa_type=BigInteger)
    currency: str | None = None
    attributes: dict[str, str] | None = Field(default=None, sa_type=JSON)


class Product(Recorded, table=True):
    __tablename__ = "product"
    key: str = Field(unique=True)
    name: str
    category: str | None = None
    price_cents: int | None = Field(default=None, sa_type=BigInteger)
    attributes: dict[str, str] | None = Field(default=None, sa_type=JSON)


class Survey(Fact, table=True):
    """What one customer answered when asked how satisfied they are, from 0 (worst) to 1 (best)."""

    __tablename__ = "survey"
    __table_args__ = (Index("survey_by_owner", "person_id", "answered_on"),)
    answered_on: date = Field(index=True)
    score: float
    stated: str | None = None  # as the sheet says: "4 of 5"


class Cost(Fact, table=True):
    """Money spent on winning customers; `category` tells sales from marketing."""

    __tablename__ = "cost"
    __table_args__ = (Index("cost_by_owner", "person_id", "spent_on"),)
    spent_on: date = Field(index=True)
    category: str | None = None
    amount_cents: int = Field(sa_type=BigInteger)
    stated_cents: int | None = Field(default=None, sa_type=BigInteger)
    currency: str | None = None


class ExchangeRate(Recorded, table=True):
    """What one unit of a currency is worth in the company's: in a month, or as planned for a year."""

    __tablename__ = "exchange_rate"
    __table_args__ = (Index("exchange_rate_of", "currency", "is_plan", "starts_on", unique=True),)
    currency: str
    is_plan: bool = False
    starts_on: date  # the first day of the month, or of the fiscal year
    rate: str  # a decimal number as text: a float would not give it back
    origin: str | None = None  # where it was taken from: "ECB, monthly average"
