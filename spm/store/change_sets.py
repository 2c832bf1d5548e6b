"""Every write is a change set with its author; what it replaced is kept, so that it can be undone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, func, insert, or_, select, update

from spm.errors import UndoRefused, UnknownName
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


def _sql_table(model: type[tables.Table]) -> Table:
    return tables.Table.metadata.tables[str(model.__tablename__)]


def next_id(connection: Connection, table: Table) -> int:
    return (connection.execute(select(func.max(table.c.id))).scalar() or 0) + 1


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def _plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    return value.isoformat() if isinstance(value, date) else value


def typed(table: Table, row: Row) -> Row:
    """The inverse of `_plain`: dates and times again from their text."""
    readers = {date: date.fromisoformat, datetime: datetime.fromisoformat}
    typed = dict(row)
    for column in table.c:
        reader = None if column.type.__class__.__name__ == "JSON" else readers.get(column.type.python_type)
        if reader and typed.get(column.name) is not None:
            typed[column.name] = reader(typed[column.name])
    return typed


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
        table = _sql_table(model)
        first = next_id(self.connection, table)
        stamp = {"created_in": self.change_set_id, "changed_in": self.change_set_id} if "created_in" in table.c else {}
        defaults = {
            column.name: model.model_fields[column.name].default
            for column in table.c
            if column.name != "id" and not model.model_fields[column.name].is_required()
        }
        stamped = [{**defaults, **row, **stamp, "id": first + at} for at, row in enumerate(rows)]
        insert_rows(self.connection, table, stamped)
        self.was_made(table, select(table.c.id).where(table.c.id >= first))
        return [row["id"] for row in stamped]

    def update(self, model: type[tables.Table], rows: Sequence[Row]) -> None:
        """Changes rows, each given by its `id` and the columns that change (the same columns in all)."""
        if not rows:
            return
        table = _sql_table(model)
        self.keep_before(table, [row["id"] for row in rows])
        unsaid = {"fingerprint": None} if "fingerprint" in table.c else {}
        changed = [{**unsaid, **row, "changed_in": self.change_set_id} for row in rows]
        update_rows(self.connection, table, changed)

    def rows(self, model: type[tables.Table], *columns: str, **equal: Any) -> list[Row]:
        """Rows as they are inside this change set: the named columns of those whose other columns equal what is given."""
        table = _sql_table(model)
        asked = select(*(table.c[name] for name in columns))
        asked = asked.where(*(table.c[name] == value for name, value in equal.items()))
        return [dict(row) for row in self.connection.execute(asked).mappings()]

    def ids_by(self, model: type[tables.Table], column: str) -> dict[Any, int]:
        """The id of each row by one of its unique columns."""
        return {row[column]: row["id"] for row in self.rows(model, column, "id")}

    def ids_where(self, model: type[tables.Table], column: str, values: Sequence[Any]) -> list[int]:
        """The ids of the rows whose column has one of the values."""
        table = _sql_table(model)
        found: list[int] = []
        for some in _chunks(values):
            found += self.connection.execute(select(table.c.id).where(table.c[column].in_(some))).scalars()
        return found

    def delete(self, model: type[tables.Table], ids: Sequence[int]) -> None:
        """Takes rows away."""
        table = _sql_table(model)
        self.keep_before(table, ids)
        for some in _chunks(ids):
            self.connection.execute(delete(table).where(table.c.id.in_(some)))

    def was_made(self, table: Table, ids: Select[Any]) -> None:
        """To be told after rows were made, whose ids are given."""
        self.recount.made(table.name, ids)
        self.touched.add(table.name)

    def keep_before(self, table: Table, ids: Select[Any] | Sequence[int]) -> None:
        """To be told before rows change or go: how they are now is kept, for the undo and for the totals."""
        self.recount.will_change(table.name, ids)
        self.touched.add(table.name)
        first = next_id(self.connection, _sql_table(tables.BeforeImage))
        for some in [ids] if isinstance(ids, Select) else _chunks(ids):
            held = select(table).where(table.c.id.in_(some))
            if "changed_in" in table.c:  # else its image, or that it was made here, is kept already
                held = held.where(table.c.changed_in != self.change_set_id)
            rows = self.connection.execute(held).mappings().all()
            images = {
                "id": range(first, first + len(rows)),
                "change_set_id": [self.change_set_id] * len(rows),
                "table_name": [table.name] * len(rows),
                "row_id": [row["id"] for row in rows],
                "row_before": [{name: _plain(value) for name, value in row.items()} for row in rows],
            }
            insert_columns(self.connection, _sql_table(tables.BeforeImage), images)
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
        change_set_id = next_id(connection, _sql_table(tables.ChangeSet))
        connection.execute(
            insert(tables.ChangeSet),
            {"id": change_set_id, "kind": kind, "author": author.name, "is_verified": author.is_verified,
             "made_at": datetime.now().replace(microsecond=0), "note": note},
        )  # fmt: skip
        open_set = Writing(connection, change_set_id, Recount(connection))
        yield open_set
        open_set.recount.settle()
        bump(connection, areas)


def undo(open_set: Writing, change_set_id: int) -> str:
    """Restores, inside `open_set`, what the change set `change_set_id` changed, and removes what it made.

    Returns what was undone, in words. Raises UnknownName where there is none such, UndoRefused where it was undone before
    or where a later change set touched or refers to one of its rows, naming which and whose.
    """
    connection = open_set.connection
    log = _sql_table(tables.ChangeSet)
    undone = connection.execute(select(log).where(log.c.id == change_set_id)).mappings().first()
    if undone is None:
        raise UnknownName(f"There is no batch {change_set_id}.", "`spm imports` lists them.")
    undone_in, kind, note = undone["undone_in"], undone["kind"], undone["note"]
    if undone_in is not None:
        raise UndoRefused(f"Batch {change_set_id} was undone before.", "Import the files again to bring it back.")
    if kind == "undo":
        raise UndoRefused(f"Batch {change_set_id} undid another one.", "Import the files or make the change again.")
    _refuse_if_replaced_later(connection, change_set_id)
    images = connection.execute(
        select(_sql_table(tables.BeforeImage)).where(tables.BeforeImage.change_set_id == change_set_id)
    ).mappings().all()  # fmt: skip
    by_table: dict[str, list[Any]] = defaultdict(list)
    for image in images:
        by_table[image["table_name"]].append(image)
    for table in recorded_tables():
        _refuse_if_touched_later(connection, table, change_set_id, [image["row_id"] for image in by_table[table.name]])
    for table in recorded_tables():
        _refuse_if_referred_to(connection, table, change_set_id)
    for table in reversed(recorded_tables()):
        open_set.recount.will_change(table.name, select(table.c.id).where(table.c.created_in == change_set_id))
        gone = connection.execute(delete(table).where(table.c.created_in == change_set_id))
        if gone.rowcount or by_table[table.name]:
            open_set.touched.add(table.name)
    for table in recorded_tables():
        _put_back(open_set, table, [typed(table, image["row_before"]) for image in by_table[table.name]])
    connection.execute(
        update(tables.ChangeSet).where(tables.ChangeSet.id == change_set_id).values(undone_in=open_set.change_set_id)
    )
    return f"{kind} {change_set_id}{f' ({note})' if note else ''}"


def _put_back(open_set: Writing, table: Table, rows: Sequence[Row]) -> None:
    """Gives rows their content again, also those that were taken away."""
    connection, ids = open_set.connection, [row["id"] for row in rows]
    open_set.recount.will_change(table.name, ids)
    present: set[int] = set()
    for some in _chunks(ids):
        present.update(connection.execute(select(table.c.id).where(table.c.id.in_(some))).scalars())
    if changed := [row for row in rows if row["id"] in present]:
        update_rows(connection, table, changed)
    # Those that were taken away come after the others have given back the keys that they took over.
    if gone := [row for row in rows if row["id"] not in present]:
        insert_rows(connection, table, gone)
        open_set.recount.made(table.name, [row["id"] for row in gone])


def _refuse(connection: Connection, change_set_id: int, later_id: int, what: str) -> None:
    later = (
        connection.execute(select(_sql_table(tables.ChangeSet)).where(tables.ChangeSet.id == later_id)).mappings().one()
    )
    raise UndoRefused(
        f"Batch {change_set_id} can't be undone: {what} in batch {later_id} "
        f"({later['kind']} by {later['author']}, {later['made_at']:%Y-%m-%d %H:%M}).",
        f"Undo batch {later_id} first.",
    )


def _refuse_if_replaced_later(connection: Connection, change_set_id: int) -> None:
    """A row that this change set made or changed, and a later one changed or took away: the later one has its image."""
    image, change_set = _sql_table(tables.BeforeImage).c, _sql_table(tables.ChangeSet).c
    made_here = image.row_before["created_in"].as_integer() == change_set_id
    changed_here = image.row_before["changed_in"].as_integer() == change_set_id
    found = connection.execute(
        select(image.change_set_id, image.table_name, func.count())
        .join(_sql_table(tables.ChangeSet), change_set.id == image.change_set_id)
        .where(image.change_set_id > change_set_id, change_set.undone_in.is_(None), or_(made_here, changed_here))
        .group_by(image.change_set_id, image.table_name)
        .order_by(image.change_set_id.desc())
    ).first()
    if found:
        later_id, table_name, count = found
        _refuse(connection, change_set_id, later_id, f"{count} {table_name} rows were changed or taken away later,")


def _refuse_if_touched_later(connection: Connection, table: Table, change_set_id: int, changed_ids: list[int]) -> None:
    made = select(table.c.id, table.c.changed_in).where(
        table.c.created_in == change_set_id, table.c.changed_in != change_set_id
    )
    rows = list(connection.execute(made))
    for some in _chunks(changed_ids):
        rows += connection.execute(
            select(table.c.id, table.c.changed_in).where(table.c.id.in_(some), table.c.changed_in != change_set_id)
        )
    if rows:
        _refuse(connection, change_set_id, rows[0].changed_in, f"{len(rows)} {table.name} rows were changed later,")


def _refuse_if_referred_to(connection: Connection, table: Table, change_set_id: int) -> None:
    """A row of another change set that points to a row which this one made would be left hanging."""
    made = select(table.c.id).where(table.c.created_in == change_set_id)
    for other in recorded_tables():
        for key in other.foreign_keys:
            if key.column.table is not table:
                continue
            rows = connection.execute(
                select(other.c.changed_in).where(key.parent.in_(made), other.c.created_in != change_set_id)
            ).all()
            if rows:
                _refuse(
                    connection, change_set_id, rows[0][0], f"{len(rows)} {other.name} rows refer to its {table.name}s,"
                )
