"""What a write does to totals: the facts that it touches, as they were before it and as they are after."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Integer, Select, String, Table, insert, select

from spm.store import purchases, stage_stays, tables
from spm.store.rows import temporary
from spm.store.tallying import COUNTED_FACTS, counted, counting
from spm.store.totals import add

CHUNK = 500  # ids in one IN list
CREDITS = str(tables.DealCredit.__tablename__)
VERSIONS = str(tables.DealVersion.__tablename__)

Ids = Select[Any] | Sequence[int]


class Recount:
    """The facts that one write touches. `settle` brings the totals along."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._temporary = ExitStack()
        self._kept: dict[str, tuple[Table, Table]] = {}
        self._made_from: dict[str, int] = {}  # fact → the first id of those that this write makes
        self._told_anew: Table | None = None  # the ids of the deals of whose history something is told, or taken back

    def will_change(self, fact: str, ids: Ids) -> None:
        """To be told before facts change or go: how they are now is kept, unless they were touched before."""
        if fact == CREDITS:
            for some in _chunks(ids):
                self.will_change("deal", _deals_of(some))
        self._tell_anew(fact, ids)
        if fact not in COUNTED_FACTS:
            return
        for some in _chunks(ids):
            self._keep(fact, some)

    def came_back(self, fact: str, ids: Sequence[int]) -> None:
        """To be told after facts that had gone were put back; of shares of a deal, how it was without them is kept."""
        self._tell_anew(fact, ids)
        for some in _chunks(ids):
            if fact == CREDITS:
                self._keep("deal", _deals_of(some), without=some)
            if fact in COUNTED_FACTS:
                self._touch(fact, some)

    def made(self, fact: str, first: int) -> None:
        """To be told after facts were made, with ids from `first` on: nobody else makes any meanwhile."""
        if fact == CREDITS:
            credit = _table(CREDITS).c
            some = select(credit.id).where(credit.id >= first)
            self._keep("deal", _deals_of(some), without=some)
        if fact == VERSIONS:
            version = _table(VERSIONS).c
            self._tell_anew(VERSIONS, select(version.id).where(version.id >= first))
        if fact in COUNTED_FACTS:
            self._made_from.setdefault(fact, first)

    def settle(self) -> None:
        """Takes from the totals what the touched facts counted, and adds what they count now."""
        for fact in {**self._kept, **self._made_from}:
            are_new = fact not in self._kept
            rows, touched = self._tables_of(fact)
            self._count(fact, rows, 1, _table(fact).c.id.in_(select(touched.c.id)))
            if fact in self._made_from:
                self._count(fact, rows, 1, _table(fact).c.id >= self._made_from[fact])
            add(self._connection, fact, rows)
            if fact in purchases.BOUGHT:
                self._renew_first_purchases(fact, rows, are_new)
        self._renew_stays()
        self.forget()

    def forget(self) -> None:
        """Counts nothing of what was touched so far: to be told before the totals are made anew."""
        self._temporary.close()
        self._kept, self._made_from, self._told_anew = {}, {}, None

    def _tell_anew(self, fact: str, versions: Ids) -> None:
        """Notes the deals of which these are versions."""
        if fact == VERSIONS:
            version = _table(VERSIONS).c
            for some in _chunks(versions):
                self._note(select(version.deal_id).where(version.id.in_(some)))

    def _note(self, deals: Select[Any]) -> None:
        if self._told_anew is None:
            made = temporary(self._connection, "deal_told_anew", [Column("id", Integer, primary_key=True)])
            self._told_anew = self._temporary.enter_context(made)
        new = deals.where(deals.selected_columns.deal_id.not_in(select(self._told_anew.c.id))).distinct()
        self._connection.execute(insert(self._told_anew).from_select(["id"], new))

    def _renew_stays(self) -> None:
        """How long deals stayed in stages is another matter once their history, owner or slice is."""
        if "deal" in self._kept:
            _, touched = self._kept["deal"]
            self._note(stage_stays.with_history(select(touched.c.id)))
        if self._told_anew is not None:
            stage_stays.read_anew(self._connection, select(self._told_anew.c.id))

    def _renew_first_purchases(self, fact: str, touched: Table, are_new: bool) -> None:
        """Who bought first may be another one now, of the accounts of touched facts."""
        account = Column("account", String(), primary_key=True)
        with (
            temporary(self._connection, "touched_account", [account]) as accounts,
            counting(self._connection, purchases.FIRST) as rows,
        ):
            found = purchases.accounts_touched(fact, touched, are_new)
            self._connection.execute(insert(accounts).from_select(["account"], found))
            those = purchases.of_accounts(fact, select(accounts.c.account))
            self._count(purchases.FIRST, rows, -1, *those)
            purchases.read_anew(self._connection, fact, select(accounts.c.account))
            self._count(purchases.FIRST, rows, 1, *those)
            add(self._connection, purchases.FIRST, rows)

    def _keep(self, fact: str, ids: Ids, without: Ids | None = None) -> None:
        """Keeps facts as they are, or were `without` some shares, unless they were touched before."""
        rows, _ = self._tables_of(fact)
        self._count(fact, rows, -1, *self._untouched(fact, ids), without=without)
        self._touch(fact, ids)

    def _touch(self, fact: str, ids: Ids) -> None:
        _, touched = self._tables_of(fact)
        new = select(_table(fact).c.id).where(*self._untouched(fact, ids))
        self._connection.execute(insert(touched).from_select(["id"], new))

    def _untouched(self, fact: str, ids: Ids) -> list[ColumnElement[bool]]:
        """Those of `ids` that this write has neither touched nor made so far, as conditions."""
        _, touched = self._tables_of(fact)
        of_fact = _table(fact).c.id
        there = [of_fact < self._made_from[fact]] if fact in self._made_from else []
        return [of_fact.in_(ids), of_fact.not_in(select(touched.c.id)), *there]

    def _count(
        self, fact: str, rows: Table, sign: int, *meant: ColumnElement[bool], without: Ids | None = None
    ) -> None:
        """Puts facts as they are now beside the `rows` that were counted before."""
        now = counted(fact, sign, *meant, extra=_extra(fact), without=without)
        self._connection.execute(insert(rows).from_select(rows.c.keys(), now))

    def _tables_of(self, fact: str) -> tuple[Table, Table]:
        """Two temporary tables: what touched facts count, as they were and as they are; and the ids of all of these."""
        if fact not in self._kept:
            touched = temporary(self._connection, f"{fact}_touched", [Column("id", Integer, primary_key=True)])
            rows = counting(self._connection, fact, _extra(fact))
            self._kept[fact] = (self._temporary.enter_context(rows), self._temporary.enter_context(touched))
        return self._kept[fact]


def _table(fact: str) -> Table:
    return tables.Table.metadata.tables[fact]


def _extra(fact: str) -> tuple[str, ...]:
    """What must be known of a fact beside what totals count."""
    return purchases.TOLD if fact in purchases.BOUGHT else ()


def _deals_of(credits: Ids) -> Select[Any]:
    credit = _table(CREDITS).c
    return select(credit.deal_id).where(credit.id.in_(credits))


def _chunks(ids: Ids) -> Iterator[Ids]:
    if isinstance(ids, Select):
        yield ids
        return
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
