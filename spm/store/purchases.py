"""Who bought when: kept from won deals and orders with an account, for what counts customers."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    delete,
    func,
    insert,
    literal,
    select,
)

from spm.store import tables
from spm.store.credited import credited

TABLE = str(tables.Purchase.__tablename__)
BOUGHT: dict[str, tuple[str, Callable[[Any], ColumnElement[bool]]]] = {
    "deal": ("closed_on", lambda deals: deals.status == "won"),
    "order": (
        "ordered_on",
        lambda orders: orders.amount_cents > 0,
    ),  # nothing is bought by what was cancelled or given back
}
"""Fact → the day on which a customer buys, and what must hold for it."""
TOLD = ("id", "account")
"""What tells a purchase beside what totals count of its fact."""


def accounts(fact: str, touched: Table) -> Select[Any]:
    """The accounts that bought otherwise before a write than after it: `touched` has the facts, as `counted`, with the
    columns TOLD."""
    on, is_bought = BOUGHT[fact]
    told = (touched.c[name] for name in (*TOLD, on, "person_id", "share_e4", "slice_id"))
    bought = (touched.c.account.is_not(None), touched.c.is_overlay.is_(False), is_bought(touched.c))
    return select(touched.c.account).where(*bought).group_by(*told).having(func.sum(touched.c.sign) != 0).distinct()


def of_accounts(fact: str, accounts: Select[Any]) -> Sequence[ColumnElement[bool]]:
    """The purchases of accounts, as conditions."""
    kept = tables.Purchase.__table__.c
    return (kept.fact == fact, kept.account.in_(accounts))


def read_anew(
    connection: Connection, fact: str, those: Sequence[ColumnElement[bool]], accounts: Select[Any] | None = None
) -> None:
    """Replaces the purchases `those` by what the facts of `accounts` (None: of all) say now."""
    kept, facts = tables.Purchase.__table__, credited(fact)
    on, is_bought = BOUGHT[fact]
    bought, day, person = facts.c, facts.c[on], func.coalesce(facts.person_id, tables.NOBODY)
    place = func.rank().over(partition_by=bought.account, order_by=(day, bought.id))  # one for all who share a deal
    found = select(literal(fact), bought.account, day, bought.id, person, facts.share_e4, bought.slice_id, place == 1)
    found = found.select_from(facts.rows).where(bought.account.is_not(None), day.is_not(None), is_bought(bought))
    if accounts is not None:
        found = found.where(bought.account.in_(accounts))
    names = ["fact", "account", "bought_on", "fact_id", "person_id", "share_e4", "slice_id", "is_first"]
    connection.execute(delete(kept).where(*those))
    connection.execute(insert(kept).from_select(names, found))


def rebuild(connection: Connection) -> None:
    """Reads all purchases anew."""
    for fact in BOUGHT:
        read_anew(connection, fact, (tables.Purchase.__table__.c.fact == fact,))
