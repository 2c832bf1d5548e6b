"""What a write does to totals: the facts that it touches, as they were before it and as they are after."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Integer, MetaData, Select, Table, insert, literal, select, union_all

from spm.store import tables
from spm.store.totals import add, counted_columns, counted_facts

CHUNK = 500  # ids in one IN list

Ids = Select[Any] | Sequence[int]


class Recount:
    """The facts that one write touches. `settle` brings the totals along."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._kept: dict[str, tuple[Table, Table]] = {}

    def will_change(self, fact: str, ids: Ids) -> None:
        """To be told before facts change or go: how they are now is kept, unless they were touched before."""
        if fact not in counted_facts():
            return
        before, touched = self._tables_of(fact)
        columns = _table(fact).c
        names = before.c.keys()
        for some in _chunks(ids):
            held = select(*(columns[name] for name in names)).where(columns.id.in_(some))
            untouched = held.where(columns.id.not_in(select(touched.c.id)))
            self._connection.execute(insert(before).from_select(names, untouched))
            self.made(fact, some)

    def made(self, fact: str, ids: Ids) -> None:
        """To be told after facts were made."""
        if fact not in counted_facts():
            return
        _, touched = self._tables_of(fact)
        columns = _table(fact).c
        for some in _chunks(ids):
            new = select(columns.id).where(columns.id.in_(some), columns.id.not_in(select(touched.c.id)))
            self._connection.execute(insert(touched).from_select(["id"], new))

    def settle(self) -> None:
        """Takes from the totals what the touched facts counted, and adds what they count now."""
        for fact, (before, touched) in self._kept.items():
            held = _table(fact).join(touched, touched.c.id == _table(fact).c.id)
            now = select(literal(1).label("sign"), *(_table(fact).c[name] for name in counted_columns(fact)))
            then = select(literal(-1).label("sign"), *(before.c[name] for name in counted_columns(fact)))
            add(self._connection, fact, union_all(now.select_from(held), then))
        self.forget()

    def forget(self) -> None:
        """Counts nothing of what was touched so far: the totals were made anew."""
        for kept in self._kept.values():
            for table in kept:
                table.drop(self._connection, checkfirst=False)
        self._kept = {}

    def _tables_of(self, fact: str) -> tuple[Table, Table]:
        """Two temporary tables: the facts as they were, and the ids of all that are touched."""
        if fact not in self._kept:
            columns = (Column(name, _table(fact).c[name].type) for name in counted_columns(fact))
            made = MetaData()
            before = Table(f"{fact}_before", made, Column("id", Integer), *columns, prefixes=["TEMPORARY"])
            touched = Table(f"{fact}_touched", made, Column("id", Integer, primary_key=True), prefixes=["TEMPORARY"])
            made.create_all(self._connection, checkfirst=False)
            self._kept[fact] = (before, touched)
        return self._kept[fact]


def _table(fact: str) -> Table:
    return tables.Table.metadata.tables[fact]


def _chunks(ids: Ids) -> Iterator[Ids]:
    if isinstance(ids, Select):
        yield ids
        return
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
