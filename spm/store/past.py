"""The store as it was after an earlier change, in a scratch database: each row as it was before the changes since.

What changed or went since has left its image; what was made since is told by its change set. What was made before and
undone since has left nothing: see `undone_since`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Table, func, select

from spm.store import tables
from spm.store.change_sets import recorded_tables, typed
from spm.store.opening import Store, open_store
from spm.store.rows import Row, insert_rows

COPIED = ("change_set", "source", "slice", "slice_value")
"""Tables that only grow: rows of later changes are left out, or do no harm."""


def last_change(store: Store, until: datetime) -> int | None:
    """The last change set made before a moment; None where there is none."""
    made = tables.ChangeSet
    with store.reading() as connection:
        return connection.execute(select(func.max(made.id)).where(made.made_at < until)).scalar()


def undone_since(store: Store, number: int) -> pd.DataFrame:
    """The change sets up to `number` that a later one undid: id, kind, note, undone_at."""
    made, undoing = tables.ChangeSet, tables.Table.metadata.tables["change_set"].alias("undoing")
    return store.frame(
        select(made.id, made.kind, made.note, undoing.c.made_at.label("undone_at"))
        .join(undoing, undoing.c.id == made.undone_in)
        .where(made.id <= number, undoing.c.id > number)
        .order_by(made.id)
    )


@contextmanager
def as_it_was(store: Store, number: int) -> Iterator[Store]:
    """A scratch store with everything that was recorded when change set `number` had landed; its totals are not counted.

    It goes when the block ends.
    """
    with TemporaryDirectory() as folder:
        then = open_store(f"sqlite:///{Path(folder) / 'then.db'}")
        try:
            recorded = {table.name for table in recorded_tables()}
            with store.reading() as now, then.write_transaction() as scratch:
                scratch.exec_driver_sql("PRAGMA defer_foreign_keys=ON")  # teams name teams below them
                for table in tables.Table.metadata.sorted_tables:
                    if table.name in recorded:
                        rows = _rows_then(now, table, number)
                    elif table.name in COPIED:
                        rows = _copied(now, table, number)
                    else:
                        continue
                    if rows:
                        insert_rows(scratch, table, rows)
            yield then
        finally:
            then.close()


def _rows_then(connection: Connection, table: Table, number: int) -> list[Row]:
    """A table's rows as they were: those that nobody has touched since, and the first image since of the others."""
    untouched = [dict(row) for row in connection.execute(select(table).where(table.c.changed_in <= number)).mappings()]
    image = tables.BeforeImage
    asked = (
        select(image.row_id, image.row_before)
        .where(image.table_name == table.name, image.change_set_id > number)
        .order_by(image.change_set_id)
    )
    known: dict[int, dict[str, Any]] = {}
    for row_id, before in connection.execute(asked):
        known.setdefault(row_id, before)
    standing = {row["id"] for row in untouched}
    changed = [
        typed(table, before)
        for row_id, before in known.items()
        if row_id not in standing and before["created_in"] <= number
    ]
    names = [column.name for column in table.c]
    return untouched + [{name: row.get(name) for name in names} for row in changed]


def _copied(connection: Connection, table: Table, number: int) -> list[Row]:
    asked = select(table)
    if table.name == "change_set":
        asked = asked.where(table.c.id <= number)
    elif table.name == "source":
        asked = asked.where(table.c.change_set_id <= number)
    rows = [dict(row) for row in connection.execute(asked).mappings()]
    if table.name == "change_set":
        rows = [row | {"undone_in": None if (row["undone_in"] or 0) > number else row["undone_in"]} for row in rows]
    return rows
