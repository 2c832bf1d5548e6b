"""What a write does to totals: the facts that it touches, as they were before it and as they are after."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Integer, MetaData, Select, Table, insert, select, union_all

from spm.store import purchases, tables
from spm.store.totals import COUNTED_FACTS, add, counted, counted_columns

CHUNK = 500  # ids in one IN list
CREDITS = str(tables.DealCredit.__tablename__)

Ids = Select[Any] | Sequence[int]


class Recount:
    """The facts that one write touches. `settle` brings the totals along."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._kept: dict[str, tuple[Table, Table]] = {}

    def will_change(self, fact: str, ids: Ids) -> None:
        """To be told before facts change or go: how they are now is kept, unless they were touched before."""
        if fact == CREDITS:
            for some in _chunks(ids):
                self.will_change("deal", _deals_of(some))
        if fact not in COUNTED_FACTS:
            return
        for some in _chunks(ids):
            self._keep(fact, some)

    def made(self, fact: str, ids: Ids) -> None:
        """To be told after facts were made; of new shares of a deal, how it was without them is kept."""
        if fact == CREDITS:
            for some in _chunks(ids):
                self._keep("deal", _deals_of(some), without=some)
        if fact not in COUNTED_FACTS:
            return
        for some in _chunks(ids):
            self._touch(fact, some)

    def settle(self) -> None:
        """Takes from the totals what the touched facts counted, and adds what they count now."""
        for fact, (before, touched) in self._kept.items():
            names = ["sign", *counted_columns(fact)]
            now = counted(fact, 1, _table(fact).c.id.in_(select(touched.c.id))).subquery()
            then = select(*(before.c[name] for name in names))
            add(self._connection, fact, union_all(select(*(now.c[name] for name in names)), then))
            if fact in purchases.BOUGHT:
                self._renew_purchases(fact, before, touched)
        self.forget()

    def forget(self) -> None:
        """Counts nothing of what was touched so far: the totals were made anew."""
        for kept in self._kept.values():
            for table in kept:
                table.drop(self._connection, checkfirst=False)
        self._kept = {}

    def _renew_purchases(self, fact: str, before: Table, touched: Table) -> None:
        """Who bought first may be another one now, of the accounts of touched facts."""
        those = purchases.of_accounts(fact, purchases.touched_accounts(fact, before, touched))
        add(self._connection, purchases.TABLE, counted(purchases.TABLE, -1, *those))
        purchases.read_anew(self._connection, fact, those, purchases.touched_accounts(fact, before, touched))
        add(self._connection, purchases.TABLE, counted(purchases.TABLE, 1, *those))

    def _keep(self, fact: str, ids: Ids, without: Ids | None = None) -> None:
        """Keeps facts as they are, or were `without` some shares, unless they were touched before."""
        before, touched = self._tables_of(fact)
        columns = _table(fact).c
        meant = (columns.id.in_(ids), columns.id.not_in(select(touched.c.id)))
        rows = counted(fact, -1, *meant, extra=_extra(fact), without=without)
        self._connection.execute(insert(before).from_select(before.c.keys(), rows))
        self._touch(fact, ids)

    def _touch(self, fact: str, ids: Ids) -> None:
        _, touched = self._tables_of(fact)
        columns = _table(fact).c
        new = select(columns.id).where(columns.id.in_(ids), columns.id.not_in(select(touched.c.id)))
        self._connection.execute(insert(touched).from_select(["id"], new))

    def _tables_of(self, fact: str) -> tuple[Table, Table]:
        """Two temporary tables: the facts as they were, as totals count them, and the ids of all that are touched."""
        if fact not in self._kept:
            made, types = MetaData(), {"sign": Integer(), "share_e4": Integer(), "is_overlay": Boolean()}
            names = ["sign", *_extra(fact), *counted_columns(fact)]
            columns = [Column(name, types[name] if name in types else _table(fact).c[name].type) for name in names]
            before = Table(f"{fact}_before", made, *columns, prefixes=["TEMPORARY"])
            touched = Table(f"{fact}_touched", made, Column("id", Integer, primary_key=True), prefixes=["TEMPORARY"])
            made.create_all(self._connection, checkfirst=False)
            self._kept[fact] = (before, touched)
        return self._kept[fact]


def _table(fact: str) -> Table:
    return tables.Table.metadata.tables[fact]


def _extra(fact: str) -> tuple[str, ...]:
    """What must be known of a fact beside what totals count."""
    return ("account",) if fact in purchases.BOUGHT else ()


def _deals_of(credits: Ids) -> Select[Any]:
    credit = _table(CREDITS).c
    return select(credit.deal_id).where(credit.id.in_(credits))


def _chunks(ids: Ids) -> Iterator[Ids]:
    if isinstance(ids, Select):
        yield ids
        return
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
