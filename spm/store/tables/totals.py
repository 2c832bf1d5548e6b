"""What is derived from facts and kept: slices, covered spans and the totals that pages read."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Index, Text, text
from sqlmodel import Field

from spm.store.tables.base import Recorded, Table


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


def _zeros(table: str) -> Index:
    """The totals that came to 0, of which none is kept: found without looking through the others."""
    is_zero = text("value_e4 = 0")
    return Index(f"{table}_of_zero", "value_e4", "measure", sqlite_where=is_zero, postgresql_where=is_zero)


class TotalByDay(Table, table=True):
    """A measure per day and person, in ten-thousandths of its unit; of single slices the facts themselves tell.

    By `month` (its first day) before persons: the days of a few are next to each other, and what a day brings is in one place.
    """

    __tablename__ = "total_by_day"
    __table_args__: ClassVar[Any] = (_zeros("total_by_day"), {"sqlite_with_rowid": False})
    measure: str = Field(primary_key=True)
    month: date = Field(primary_key=True)
    person_id: int = Field(primary_key=True)
    day: date = Field(primary_key=True)
    value_e4: int = Field(sa_type=BigInteger)


class TotalByMonth(Table, table=True):
    """The same per month, whose first day `month` is."""

    __tablename__ = "total_by_month"
    __table_args__: ClassVar[Any] = (_zeros("total_by_month"), {"sqlite_with_rowid": False})
    measure: str = Field(primary_key=True)
    month: date = Field(primary_key=True)
    person_id: int = Field(primary_key=True)
    value_e4: int = Field(sa_type=BigInteger)


class TotalBySlice(Table, table=True):
    """The same per month and slice: what a few people have of all slices is next to each other."""

    __tablename__ = "total_by_slice"
    __table_args__: ClassVar[Any] = (_zeros("total_by_slice"), {"sqlite_with_rowid": False})
    measure: str = Field(primary_key=True)
    month: date = Field(primary_key=True)
    person_id: int = Field(primary_key=True)
    slice_id: int = Field(primary_key=True)
    value_e4: int = Field(sa_type=BigInteger)


class CompanyByDay(Table, table=True):
    """What everybody's totals of a day come to together: the whole company's numbers need not be added up of them."""

    __tablename__ = "company_by_day"
    __table_args__: ClassVar[Any] = (_zeros("company_by_day"), {"sqlite_with_rowid": False})
    measure: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    value_e4: int = Field(sa_type=BigInteger)


class CompanyByMonth(Table, table=True):
    """The same per month."""

    __tablename__ = "company_by_month"
    __table_args__: ClassVar[Any] = (_zeros("company_by_month"), {"sqlite_with_rowid": False})
    measure: str = Field(primary_key=True)
    month: date = Field(primary_key=True)
    value_e4: int = Field(sa_type=BigInteger)


class CompanyBySlice(Table, table=True):
    """The same per month and slice."""

    __tablename__ = "company_by_slice"
    __table_args__: ClassVar[Any] = (_zeros("company_by_slice"), {"sqlite_with_rowid": False})
    measure: str = Field(primary_key=True)
    month: date = Field(primary_key=True)
    slice_id: int = Field(primary_key=True)
    value_e4: int = Field(sa_type=BigInteger)


class FirstPurchase(Table, table=True):
    """The won deal or the order with which an account bought for the first time: what new customers are counted from.

    A deal that several share is there once for each of them, with their share.
    """

    __tablename__ = "first_purchase"
    __table_args__: ClassVar[Any] = (Index("first_purchase_by_day", "fact", "bought_on"), {"sqlite_with_rowid": False})
    fact: str = Field(primary_key=True)  # "deal" or "order"
    account: str = Field(primary_key=True)
    person_id: int = Field(primary_key=True)
    bought_on: date
    fact_id: int
    share_e4: int
    slice_id: int


class StageStay(Table, table=True):
    """A deal's stay in a stage that has ended, told from its history: see `spm.store.stage_stays`.

    Those of a few people in a period lie next to each other.
    """

    __tablename__ = "stage_stay"
    __table_args__: ClassVar[Any] = (
        Index("stage_stay_by_deal", "deal_id"),
        Index("stage_stay_by_day", "ended_on", "slice_id", "stage", "days", "went_on", "place"),
        {"sqlite_with_rowid": False},
    )
    person_id: int = Field(primary_key=True)  # who has the deal now
    ended_on: date = Field(primary_key=True)
    deal_id: int = Field(primary_key=True)
    place: int = Field(primary_key=True)  # 0 for the deal's first
    slice_id: int
    stage: str
    days: int  # UNSEEN where nobody saw it begin
    went_on: bool  # to another stage, or won


class CompanyStays(Table, table=True):
    """How many stays of all deals ended in a month, of each length; `places_sum` adds up their places."""

    __tablename__ = "company_stays"
    __table_args__: ClassVar[Any] = ({"sqlite_with_rowid": False},)
    month: date = Field(primary_key=True)
    stage: str = Field(primary_key=True)
    days: int = Field(primary_key=True)
    went_on: bool = Field(primary_key=True)
    stays_count: int
    places_sum: int
