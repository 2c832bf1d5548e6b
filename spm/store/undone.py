"""What undos took away or replaced, kept beside the log, so that a day on which it counted can still be told."""

import json
import zlib
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Connection, Table, insert, select

from spm.store import tables
from spm.store.rows import Row

STEP = 20_000  # rows in one piece
LEVEL = 1  # zlib's quickest: one column's values are alike, and higher levels take three times as long for a fifth less


def keep(
    connection: Connection, undoing: int, table: Table, conditions: Sequence[ColumnElement[bool]], absent: Sequence[int]
) -> None:
    """Keeps rows as they are before the change set `undoing` takes them away or replaces them: those that one of the
    conditions names. `absent` are the ids of rows that it is about to put back."""
    if absent:
        _keep_piece(connection, undoing, table, {"id": list(absent)})
    for condition in conditions:
        for rows in connection.execute(select(table).where(condition)).partitions(STEP):
            columns = zip(table.c.keys(), zip(*rows, strict=True), strict=True)
            _keep_piece(connection, undoing, table, dict(columns))


def kept(connection: Connection, table: Table, after: int) -> Iterator[tuple[int, int, Row | None]]:
    """What undos after a change set took away or replaced in a table: undo, id of the row, and the row before it (as JSON
    has it; None where it was not there)."""
    one = tables.UndoneRows
    asked = select(one.change_set_id, one.columns).where(one.table_name == table.name, one.change_set_id > after)
    for undoing, packed in connection.execute(asked.order_by(one.id)):
        columns = json.loads(zlib.decompress(packed))
        names, is_there = list(columns), "created_in" in columns
        for values in zip(*columns.values(), strict=True):
            row = dict(zip(names, values, strict=True))
            yield undoing, row["id"], row if is_there else None


def _keep_piece(connection: Connection, undoing: int, table: Table, columns: dict[str, Sequence[object]]) -> None:
    packed = zlib.compress(json.dumps(columns, default=date.isoformat, separators=(",", ":")).encode(), LEVEL)
    values = {"change_set_id": undoing, "table_name": table.name, "columns": packed}
    connection.execute(insert(tables.UndoneRows), values)
