"""What change sets did: the list of them, and what each one made of the rows of a table."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection, or_, select

from spm.store import tables
from spm.store.change_sets import typed
from spm.store.opening import Store
from spm.store.rows import Row


@dataclass(frozen=True)
class Change:
    """A row as it was before a change set and as it was after; None where it was not there."""

    change_set_id: int
    table: str
    before: Row | None
    after: Row | None


def change_sets(store: Store, ids: Iterable[int] | None = None, limit: int = 200) -> pd.DataFrame:
    """The latest change sets, or those of the given ids, the latest first:

    id, kind, author, is_verified, made_at, note, undone_in.
    """
    made = tables.Table.metadata.tables["change_set"].c
    asked = select(made.id, made.kind, made.author, made.is_verified, made.made_at, made.note, made.undone_in)
    if ids is not None:
        asked = asked.where(made.id.in_(list(ids)))
    return store.frame(asked.order_by(made.id.desc()).limit(limit))


def changes(store: Store, model: type[tables.Table], column: str, value: Any) -> list[Change]:
    """Every change of the rows of `model` whose `column` has, or had, that value; in order, without what was undone."""
    table = tables.Table.metadata.tables[str(model.__tablename__)]
    with store.reading() as connection:
        now = {
            row["id"]: dict(row) for row in connection.execute(select(table).where(table.c[column] == value)).mappings()
        }
        images = _images(connection, table.name, column, value, set(now))
        present = {row["id"]: dict(row) for row in connection.execute(
            select(table).where(table.c.id.in_(set(images) | set(now)))).mappings()}  # fmt: skip
    found: list[Change] = []
    for row_id in set(images) | set(now):
        states: list[tuple[int | None, Row | None]] = [
            (change_set_id, typed(table, before)) for change_set_id, before in images.get(row_id, [])
        ]
        states.append((None, present.get(row_id)))
        found += _steps(table.name, states)
    return sorted(found, key=lambda change: change.change_set_id)


def _images(
    connection: Connection, table_name: str, column: str, value: Any, known_ids: set[int]
) -> dict[int, list[tuple[int, Row]]]:
    """Row id → (change set, the row before it), in order."""
    images, change_set = (tables.Table.metadata.tables[name] for name in ("before_image", "change_set"))
    image = images.c
    held = image.row_id == value if column == "id" else image.row_before[column].as_integer() == value
    asked = (
        select(image.row_id, image.change_set_id, image.row_before)
        .join_from(images, change_set, change_set.c.id == image.change_set_id)
        .where(image.table_name == table_name, change_set.c.undone_in.is_(None), or_(held, image.row_id.in_(known_ids)))
        .order_by(image.change_set_id)
    )
    found: dict[int, list[tuple[int, Row]]] = defaultdict(list)
    for row_id, change_set_id, before in connection.execute(asked):
        found[row_id].append((change_set_id, before))
    return found


def _steps(table_name: str, states: list[tuple[int | None, Row | None]]) -> Iterable[Change]:
    """The changes between the states of one id; another maker means another row, that took a free id."""
    previous: Row | None = None
    by: int | None = None
    for replaced_in, state in states:
        if by is not None and (state is None or previous is None or state["created_in"] != previous["created_in"]):
            yield Change(by, table_name, previous, None)
            previous = None
        if state is not None and previous is None:
            yield Change(state["created_in"], table_name, None, state)
        elif state is not None and by is not None:
            yield Change(by, table_name, previous, state)
        previous, by = state, replaced_in
