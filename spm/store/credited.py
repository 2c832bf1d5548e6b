"""Whose a fact is, and how much of it: a deal that several share counts for each by their share, and once in all."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Table, and_, case, func, literal, or_, select

from spm.calendar import Span
from spm.store import tables
from spm.store.kept import Kept, kept_of

E4 = 10_000
FEW = 24  # people whose facts are found by their owner; those of more are looked for among everybody's


@dataclass(frozen=True)
class Credited:
    """A fact table as totals count it: `rows` to select from, its columns `c`, whose each row is, and which share of it."""

    rows: FromClause
    c: Any
    person_id: ColumnElement[int | None]
    share_e4: ColumnElement[int]
    is_shared: bool
    is_overlay: bool = False

    def column(self, name: str) -> ColumnElement[Any]:
        """A column of each row; of an amount as much as is credited."""
        if name == "person_id":
            return self.person_id
        if name == "share_e4":
            return self.share_e4
        if name == "is_overlay":
            return literal(self.is_overlay)
        if name != "amount_cents" or not self.is_shared:
            return self.c[name]
        credit = tables.DealCredit.__table__.c
        return case((credit.id.is_(None), self.c[name]), else_=credit[name])


def credited(fact: str, is_overlay: bool = False, without: Any = None, among: FromClause | None = None) -> Credited:
    """The rows of a fact table, a shared deal once for each rep who has a share of it.

    `is_overlay`: only what is credited beside the shares. `without`: ids of shares that are taken not to be there. `among`:
    what stands in for the table, as `rows_of` gives it.
    """
    table = tables.Table.metadata.tables[fact] if among is None else among
    if fact != "deal":
        share_e4 = table.c.get("share_e4", literal(E4))
        return Credited(table, table.c, table.c.person_id, share_e4, is_shared=False)
    credit = tables.DealCredit.__table__.c
    of_deal = and_(credit.deal_id == table.c.id, credit.is_overlay.is_(is_overlay))
    if without is not None:
        of_deal = and_(of_deal, credit.id.not_in(without))
    rows = table.join(tables.DealCredit.__table__, of_deal, isouter=not is_overlay)
    person_id = case((credit.id.is_(None), table.c.person_id), else_=credit.person_id)
    return Credited(rows, table.c, person_id, func.coalesce(credit.share_e4, E4), True, is_overlay)


def few(person_ids: Sequence[int] | None, most: int | None = None) -> Sequence[int] | None:
    """The people, where what is theirs is quickest found by its owner; None where all is looked through.

    `most` (FEW): how many they may be.
    """
    return person_ids if person_ids is not None and len(person_ids) <= (FEW if most is None else most) else None


def rows_of(
    fact: str,
    person_ids: Sequence[int] | None,
    on: str,
    span: Span | None,
    kept: Kept = (),
    names: Collection[str] | None = None,
) -> FromClause | None:
    """The rows of a fact table in which these people have a part, found by who owns them before anything else is asked: which
    index is the best for all conditions together is more than a database can guess.

    None for more than a `few`. Only those of the days (`on`) in `span`, where there is one, with what is `kept`; `names`:
    only these columns.
    """
    table = tables.Table.metadata.tables[fact]
    by_owner = next((one for one in table.indexes if one.name == f"{fact}_by_owner"), None)
    if by_owner is None or (owners := few(person_ids)) is None:
        return None
    days = [] if span is None else [table.c[on] >= span.start, table.c[on] < span.end]
    return theirs(table, owners, *days, *kept_of(table.c.slice_id, kept), names=names)


def deals_not_closed(day: date, person_ids: Sequence[int] | None) -> FromClause | None:
    """The same of the deals that were not closed by the end of `day`; an open one has no day on which it closed."""
    if (owners := few(person_ids)) is None:
        return None
    closed_on = tables.Deal.__table__.c.closed_on
    return theirs(tables.Deal.__table__, owners, or_(closed_on.is_(None), closed_on > day))


def theirs(
    table: Table, person_ids: Sequence[int], *meant: ColumnElement[bool], names: Collection[str] | None = None
) -> FromClause:
    """The rows of a fact table in which these people have a part and which are meant, found before anything else is asked;
    `names`: only these columns."""
    is_theirs: ColumnElement[bool] = table.c.person_id.in_(person_ids)
    if table.name == "deal":
        credit = tables.DealCredit.__table__.c
        is_theirs = or_(is_theirs, table.c.id.in_(select(credit.deal_id).where(credit.person_id.in_(person_ids))))
    kept = [column for column in table.c if names is None or column.name in names]
    return select(*kept).where(is_theirs, *meant).cte().prefix_with("MATERIALIZED")
