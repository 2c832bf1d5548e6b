"""Whose a fact is, and how much of it: a deal that several share counts for each by their share, and once in all."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, case, func, literal

from spm.store import tables

E4 = 10_000


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


def credited(fact: str, is_overlay: bool = False, without: Any = None) -> Credited:
    """The rows of a fact table, a shared deal once for each rep who has a share of it.

    `is_overlay`: only what is credited beside the shares. `without`: ids of shares that are taken not to be there.
    """
    table = tables.Table.metadata.tables[fact]
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
