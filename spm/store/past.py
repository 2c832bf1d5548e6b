"""The store as it was after an earlier change, in a scratch database: each row as it was before the changes since.

What changed or went since has left its image, also where that was by an undo; what was made since is told by its change
set. Undos of an earlier version of the program left nothing: see `lost_since`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, Table, case, func, select

from spm.store import tables, undone
from spm.store.change_sets import recorded_tables, typed
from spm.store.opening import Store, open_store
from spm.store.rows import Row, insert_columns

COPIED = ("change_set", "source", "slice", "slice_value")
"""Tables that only grow: rows of later changes are left out, or do no harm."""


def last_change(store: Store, until: datetime) -> int | None:
    """The last change set made before a moment; None where there is none."""
    made = tables.ChangeSet
    with store.reading() as connection:
        return connection.execute(select(func.max(made.id)).where(made.made_at < until)).scalar()


def lost_since(store: Store, number: int) -> pd.DataFrame:
    """The change sets up to `number` that a later one undid without keeping what they had brought, as earlier versions of
    the program did: id, kind, note, undone_at."""
    made, undoing = tables.ChangeSet, tables.Table.metadata.tables["change_set"].alias("undoing")
    return store.frame(
        select(made.id, made.kind, made.note, undoing.c.made_at.label("undone_at"))
        .join(undoing, undoing.c.id == made.undone_in)
        .where(made.id <= number, undoing.c.id > number)
        .where(undoing.c.id.not_in(select(tables.UndoneRows.change_set_id)))
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
                        rows = list(now.execute(_copied(table, number)))
                    else:
                        continue
                    if rows:
                        columns = zip(table.c.keys(), zip(*rows, strict=True), strict=True)
                        insert_columns(scratch, table, dict(columns))
            yield then
        finally:
            then.close()


def _rows_then(connection: Connection, table: Table, number: int) -> list[Sequence[Any]]:
    """A table's rows as they were, in the order of its columns: the first image since of those that were touched, the
    others as they are."""
    image, names = tables.BeforeImage, table.c.keys()
    asked = select(image.change_set_id, image.row_id, image.row_before).where(
        image.table_name == table.name, image.change_set_id > number
    )
    images: dict[int, tuple[int, Row | None]] = {}
    for change_set_id, row_id, before in chain(undone.kept(connection, table, number), connection.execute(asked)):
        if row_id not in images or change_set_id < images[row_id][0]:
            images[row_id] = (change_set_id, before)
    there = (typed(table, row) for _, row in images.values() if row is not None and row["created_in"] <= number)
    untouched = connection.execute(select(table).where(table.c.created_in <= number))
    return [
        *([row.get(name) for name in names] for row in there),
        *(row for row in untouched if row.id not in images),
    ]


def _copied(table: Table, number: int) -> Select[Any]:
    """The rows of a table that only grows, up to a change set; of that one it is not known yet what was undone later."""
    asked = select(table)
    if table.name == "source":
        return asked.where(table.c.change_set_id <= number)
    if table.name != "change_set":
        return asked
    undone_by_then = case((table.c.undone_in <= number, table.c.undone_in))
    columns = [undone_by_then if column.name == "undone_in" else column for column in table.c]
    return select(*columns).where(table.c.id <= number)
