"""Every write is a change set with its author; what it replaced is kept, so that it can be undone."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, delete, func, insert, select, update

from spm.store import tables
from spm.store.opening import Store
from spm.store.recount import CHUNK, Recount
from spm.store.rows import Row, insert_columns, insert_rows, update_rows


@dataclass(frozen=True)
class Author:
    """Who writes; `is_verified` only where a sign-in has proved it."""

    name: str
    is_verified: bool = False


def recorded_tables() -> list[Table]:
    """The tables whose rows change sets write, parents before children."""
    return [table for table in tables.Table.metadata.sorted_tables if "created_in" in table.c]


def sql_table(model: type[tables.Table]) -> Table:
    """The table of a model."""
    return tables.Table.metadata.tables[str(model.__tablename__)]


def next_id(connection: Connection, table: Table) -> int:
    return (connection.execute(select(func.max(table.c.id))).scalar() or 0) + 1


def chunks(ids: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The ids in parts that fit into one statement."""
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def typed(table: Table, row: Row) -> Row:
    """A row of a table as its image has it, dates and times again from their text."""
    typed = dict(row)
    for column in table.c:
        reader = _reader(column)
        if reader and typed.get(column.name) is not None:
            typed[column.name] = reader(typed[column.name])
    return typed


def _reader(column: Column[Any]) -> Callable[[str], date] | None:
    """What reads a day or a time from its text; None for a column of others."""
    readers = {date: date.fromisoformat, datetime: datetime.fromisoformat}
    return None if column.type.__class__.__name__ == "JSON" else readers.get(column.type.python_type)


@dataclass
class Writing:
    """An open change set. Rows given to it are plain dicts of a table's columns.

    `touched` names the tables that were written; `recount` brings the totals along when the change set lands.
    """

    connection: Connection
    change_set_id: int
    recount: Recount
    touched: set[str] = field(default_factory=set)

    def describe(self, note: str) -> None:
        """Says in words what this change set does, where that is known only inside it."""
        change_set = tables.ChangeSet
        self.connection.execute(update(change_set).where(change_set.id == self.change_set_id).values(note=note))

    def insert(self, model: type[tables.Table], rows: Sequence[Row]) -> list[int]:
        """Adds rows; returns their ids, in order."""
        if not rows:
            return []
        table = sql_table(model)
        first = next_id(self.connection, table)
        stamp = {"created_in": self.change_set_id, "changed_in": self.change_set_id} if "created_in" in table.c else {}
        defaults = {
            column.name: model.model_fields[column.name].default
            for column in table.c
            if column.name != "id" and not model.model_fields[column.name].is_required()
        }
        stamped = [{**defaults, **row, **stamp, "id": first + at} for at, row in enumerate(rows)]
        insert_rows(self.connection, table, stamped)
        self.was_made(table, first)
        return [row["id"] for row in stamped]

    def update(self, model: type[tables.Table], rows: Sequence[Row]) -> None:
        """Changes rows, each given by its `id` and the columns that change (the same columns in all)."""
        if not rows:
            return
        table = sql_table(model)
        self.keep_before(table, [row["id"] for row in rows])
        unsaid = {"fingerprint": None} if "fingerprint" in table.c else {}
        changed = [{**unsaid, **row, "changed_in": self.change_set_id} for row in rows]
        update_rows(self.connection, table, changed)

    def rows(self, model: type[tables.Table], *columns: str, **equal: Any) -> list[Row]:
        """Rows as they are inside this change set: the named columns of those whose other columns equal what is given."""
        table = sql_table(model)
        asked = select(*(table.c[name] for name in columns))
        asked = asked.where(*(table.c[name] == value for name, value in equal.items()))
        return [dict(row) for row in self.connection.execute(asked).mappings()]

    def ids_by(self, model: type[tables.Table], column: str) -> dict[Any, int]:
        """The id of each row by one of its unique columns."""
        return {row[column]: row["id"] for row in self.rows(model, column, "id")}

    def ids_where(self, model: type[tables.Table], column: str, values: Sequence[Any]) -> list[int]:
        """The ids of the rows whose column has one of the values."""
        table = sql_table(model)
        found: list[int] = []
        for some in chunks(values):
            found += self.connection.execute(select(table.c.id).where(table.c[column].in_(some))).scalars()
        return found

    def delete(self, model: type[tables.Table], ids: Sequence[int]) -> None:
        """Takes rows away."""
        table = sql_table(model)
        self.keep_before(table, ids)
        for some in chunks(ids):
            self.connection.execute(delete(table).where(table.c.id.in_(some)))

    def was_made(self, table: Table, first: int) -> None:
        """To be told after rows were made, with ids from `first` on."""
        self.recount.made(table.name, first)
        self.touched.add(table.name)

    def keep_before(self, table: Table, ids: Select[Any] | Sequence[int]) -> None:
        """To be told before rows change or go: how they are now is kept, for the undo and for the totals."""
        self.recount.will_change(table.name, ids)
        self.touched.add(table.name)
        first, names = next_id(self.connection, sql_table(tables.BeforeImage)), table.c.keys()
        for some in [ids] if isinstance(ids, Select) else chunks(ids):
            held = select(table).where(table.c.id.in_(some))
            if "changed_in" in table.c:  # else its image, or that it was made here, is kept already
                held = held.where(table.c.changed_in != self.change_set_id)
            rows = self.connection.execute(held).all()
            if not rows:
                continue
            images = {
                "id": range(first, first + len(rows)),
                "change_set_id": [self.change_set_id] * len(rows),
                "table_name": [table.name] * len(rows),
                "row_id": [row.id for row in rows],
                "row_before": [dict(zip(names, row, strict=True)) for row in rows],
            }
            insert_columns(self.connection, sql_table(tables.BeforeImage), images)
            first += len(rows)


def bump(connection: Connection, areas: Iterable[str]) -> None:
    """One more revision of each area, so that what was cached of it is read again."""
    for area in areas:
        raised = connection.execute(
            update(tables.Revision).where(tables.Revision.area == area).values(number=tables.Revision.number + 1)
        )
        if raised.rowcount == 0:
            connection.execute(insert(tables.Revision), {"area": area, "number": 1})


@contextmanager
def writing(
    store: Store, kind: str, author: Author, areas: Sequence[str], note: str = "", on: Connection | None = None
) -> Iterator[Writing]:
    """A change set that lands whole when the block ends, or not at all when it raises.

    `kind` is "import", "edit", "settings" or "undo"; `areas` are those whose revision grows (see `Store.revision`);
    `on` is an open connection to write on, where something waits on it.
    """
    with store.write_transaction(on) as connection:
        change_set_id = next_id(connection, sql_table(tables.ChangeSet))
        connection.execute(
            insert(tables.ChangeSet),
            {"id": change_set_id, "kind": kind, "author": author.name, "is_verified": author.is_verified,
             "made_at": datetime.now().replace(microsecond=0), "note": note},
        )  # fmt: skip
        open_set = Writing(connection, change_set_id, Recount(connection))
        yield open_set
        open_set.recount.settle()
        bump(connection, areas)
