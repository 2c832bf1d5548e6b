"""Undoing a change set: what it changed is restored, what it made is removed; refused where later ones build on it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, func, or_, select, update

from spm.errors import UndoRefused, UnknownName
from spm.store import tables, undone
from spm.store.change_sets import Writing, chunks, recorded_tables, sql_table, typed
from spm.store.rows import Row, insert_rows, update_rows


def undo(open_set: Writing, change_set_id: int) -> str:
    """Restores, inside `open_set`, what the change set `change_set_id` changed, and removes what it made.

    Returns what was undone, in words. Raises UnknownName where there is none such, UndoRefused where it was undone before
    or where a later change set touched or refers to one of its rows, naming which and whose.
    """
    connection = open_set.connection
    log = sql_table(tables.ChangeSet)
    wrong = connection.execute(select(log).where(log.c.id == change_set_id)).mappings().first()
    if wrong is None:
        raise UnknownName(f"There is no batch {change_set_id}.", "`spm imports` lists them.")
    undone_in, kind, note = wrong["undone_in"], wrong["kind"], wrong["note"]
    if undone_in is not None:
        raise UndoRefused(f"Batch {change_set_id} was undone before.", "Import the files again to bring it back.")
    if kind == "undo":
        raise UndoRefused(f"Batch {change_set_id} undid another one.", "Import the files or make the change again.")
    _refuse_if_replaced_later(connection, change_set_id)
    images = connection.execute(
        select(sql_table(tables.BeforeImage)).where(tables.BeforeImage.change_set_id == change_set_id)
    ).mappings().all()  # fmt: skip
    by_table: dict[str, list[Any]] = defaultdict(list)
    for image in images:
        by_table[image["table_name"]].append(image)
    for table in recorded_tables():
        _refuse_if_touched_later(connection, table, change_set_id, [image["row_id"] for image in by_table[table.name]])
    for table in recorded_tables():
        _refuse_if_referred_to(connection, table, change_set_id)
    for table in recorded_tables():
        _keep_as_it_is(open_set, table, change_set_id, [image["row_id"] for image in by_table[table.name]])
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


def _keep_as_it_is(open_set: Writing, table: Table, change_set_id: int, changed_ids: list[int]) -> None:
    """Keeps what is about to go and to be replaced, and the ids of what is about to come back."""
    connection = open_set.connection
    conditions = [table.c.created_in == change_set_id, *(table.c.id.in_(some) for some in chunks(changed_ids))]
    absent = set(changed_ids) - _present(connection, table, changed_ids)
    undone.keep(connection, open_set.change_set_id, table, conditions, sorted(absent))


def _present(connection: Connection, table: Table, ids: Sequence[int]) -> set[int]:
    """Those of the ids that there are rows of."""
    found: set[int] = set()
    for some in chunks(ids):
        found.update(connection.execute(select(table.c.id).where(table.c.id.in_(some))).scalars())
    return found


def _put_back(open_set: Writing, table: Table, rows: Sequence[Row]) -> None:
    """Gives rows their content again, also those that were taken away."""
    connection, ids = open_set.connection, [row["id"] for row in rows]
    open_set.recount.will_change(table.name, ids)
    present = _present(connection, table, ids)
    if changed := [row for row in rows if row["id"] in present]:
        update_rows(connection, table, changed)
    # Those that were taken away come after the others have given back the keys that they took over.
    if gone := [row for row in rows if row["id"] not in present]:
        insert_rows(connection, table, gone)
        open_set.recount.came_back(table.name, [row["id"] for row in gone])


def _refuse(connection: Connection, change_set_id: int, later_id: int, what: str) -> None:
    later = (
        connection.execute(select(sql_table(tables.ChangeSet)).where(tables.ChangeSet.id == later_id)).mappings().one()
    )
    raise UndoRefused(
        f"Batch {change_set_id} can't be undone: {what} in batch {later_id} "
        f"({later['kind']} by {later['author']}, {later['made_at']:%Y-%m-%d %H:%M}).",
        f"Undo batch {later_id} first.",
    )


def _refuse_if_replaced_later(connection: Connection, change_set_id: int) -> None:
    """A row that this change set made or changed, and a later one changed or took away: the later one has its image."""
    image, change_set = sql_table(tables.BeforeImage).c, sql_table(tables.ChangeSet).c
    made_here = image.row_before["created_in"].as_integer() == change_set_id
    changed_here = image.row_before["changed_in"].as_integer() == change_set_id
    found = connection.execute(
        select(image.change_set_id, image.table_name, func.count())
        .join(sql_table(tables.ChangeSet), change_set.id == image.change_set_id)
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
    for some in chunks(changed_ids):
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
