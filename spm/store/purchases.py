"""Who bought when, told from won deals and orders with an account; the first of each account is kept, to count customers by."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, delete, func, insert, literal, literal_column, select

from spm.calendar import Span
from spm.store import tables
from spm.store.credited import credited, theirs

FIRST = str(tables.FirstPurchase.__tablename__)
# Conditions are told, not bound: so that their index is used.
BOUGHT: dict[str, tuple[str, Callable[[Any], ColumnElement[bool]]]] = {
    "deal": ("closed_on", lambda deals: deals.status == literal_column("'won'")),
    # Nothing is bought by what was cancelled or given back.
    "order": ("ordered_on", lambda orders: orders.amount_cents > literal_column("0")),
}
"""Fact → the day on which a customer buys, and what must hold for it."""

DECIDES = ("status", "amount_cents")
"""What must hold is told from one of these, where a fact has it."""

TOLD = ("id", "account")
"""What must be known of facts, beside what totals count, to tell purchases apart."""


def purchases(fact: str) -> Select[Any]:
    """Who bought when: account, bought_on, fact_id, person_id (NOBODY's where it has no owner), share_e4, slice_id.

    A deal that several share is there once for each of them.
    """
    return _told(fact).where(*_is_purchase(fact, tables.Table.metadata.tables[fact].c))


def sold_to(fact: str, person_ids: Sequence[int], span: Span) -> Select[Any]:
    """The accounts that bought from these people on days of `span`, or something in which they had a part."""
    table, (on, _) = tables.Table.metadata.tables[fact], BOUGHT[fact]
    sold = theirs(table, person_ids, table.c[on] >= span.start, table.c[on] < span.end, names=("account", on, *DECIDES))
    return select(sold.c.account).where(*_is_purchase(fact, sold.c))


def accounts_touched(fact: str, touched: Table, are_new: bool) -> Select[Any]:
    """The accounts of which the facts that a write touches tell other purchases after it than before, in order.

    `touched` has these, as `tallying.counted` with `TOLD`; `are_new`: none was there before. Another amount or name makes a
    purchase no other one.
    """
    columns = touched.c
    if are_new:
        return select(columns.account).where(*_is_purchase(fact, columns)).group_by(columns.account)
    told = (*(columns[name] for name in TOLD), columns[BOUGHT[fact][0]], columns.person_id, columns.share_e4)
    moved = func.sum(columns.sign) != literal_column("0")
    other = select(columns.account).where(*_is_purchase(fact, columns)).group_by(*told, columns.slice_id).having(moved)
    account = other.subquery().c.account
    return select(account).group_by(account)


def of_accounts(fact: str, accounts: Select[Any]) -> Sequence[ColumnElement[bool]]:
    """The first purchases of accounts, as conditions."""
    kept = tables.FirstPurchase.__table__.c
    return (kept.fact == fact, kept.account.in_(accounts))


def read_anew(connection: Connection, fact: str, accounts: Select[Any]) -> None:
    """Replaces the first purchases of accounts by what the facts say now."""
    kept, those = tables.FirstPurchase.__table__, accounts.subquery()
    one = tables.Table.metadata.tables[fact].alias().c
    of_account = select(one.id).where(*_is_purchase(fact, one), one.account == those.c.account)
    first = of_account.order_by(one[BOUGHT[fact][0]], one.id).limit(1).correlate(those).scalar_subquery()
    told = _told(fact)
    bought = told.where(told.selected_columns.fact_id.in_(select(first).select_from(those)))
    columns = {"fact": literal(fact), **dict(told.selected_columns)}
    connection.execute(delete(kept).where(*of_accounts(fact, accounts)))
    connection.execute(insert(kept).from_select(list(columns), bought.with_only_columns(*columns.values())))


def rebuild(connection: Connection) -> None:
    """Reads all first purchases anew."""
    connection.execute(delete(tables.FirstPurchase))
    for fact in BOUGHT:
        facts = tables.Table.metadata.tables[fact].c
        read_anew(connection, fact, select(facts.account).where(*_is_purchase(fact, facts)).distinct())


def _told(fact: str) -> Select[Any]:
    """What is told of purchases, of every fact."""
    facts = credited(fact)
    person_id = func.coalesce(facts.person_id, tables.NOBODY).label("person_id")
    share_e4, bought_on = facts.share_e4.label("share_e4"), facts.c[BOUGHT[fact][0]].label("bought_on")
    return select(
        facts.c.account, bought_on, facts.c.id.label("fact_id"), person_id, share_e4, facts.c.slice_id
    ).select_from(facts.rows)


def _is_purchase(fact: str, columns: Any) -> Sequence[ColumnElement[bool]]:
    """Whether facts are purchases, by their columns."""
    on, is_bought = BOUGHT[fact]
    return (columns.account.is_not(None), columns[on].is_not(None), is_bought(columns))
