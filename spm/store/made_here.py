"""What people made in the app itself, such as scorecards and plans, with names in place of ids: out of one store, and into
another."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, Table, select

from spm.store import tables
from spm.store.change_sets import Writing, typed
from spm.store.opening import Store
from spm.store.rows import Row

BOOKKEEPING = ("id", "created_in", "changed_in", "source_id", "source_row")
NAMED_BY = {"person": "key", "team": "name"}
"""Tables whose rows are called by one of their columns; the others by their number, in the order in which they were made."""
IDS_INSIDE = {"person_id": "person", "version": "scorecard_version"}
"""Ids within what is kept as JSON, and of which table they are."""
PERSON = re.compile(r"person (.+)", re.DOTALL)  # how plans call a rep: person 12
MEMBERS = {"rep": "person", "team": "team"}  # whom a call of that level is of

Names = dict[str, dict[Any, Any]]
"""Table → what its rows are called, by id; or the other way round."""
Made = tuple[str, Row]
"""A table, and one row of it as JSON holds it."""


def told(store: Store, table_names: Iterable[str]) -> list[Made]:
    """Every row of these tables, in the order in which they were made."""
    found: list[Made] = []
    with store.reading() as connection:
        names = {name: _names(connection, name, column) for name, column in NAMED_BY.items()}
        names["person"] |= {str(row_id): key for row_id, key in names["person"].items()}  # as plans write them
        for table in _in_order(table_names):
            rows = [dict(row) for row in connection.execute(select(table).order_by(table.c.id)).mappings()]
            names[table.name] = {row["id"]: number for number, row in enumerate(rows, 1)}
            found += [(table.name, _swapped(table, _plain(row), names)) for row in rows]
    return found


def filled(store: Store, table_names: Iterable[str]) -> set[str]:
    """Those of the tables that have rows."""
    with store.reading() as connection:
        return {
            table.name for table in _in_order(table_names) if connection.execute(select(table.c.id).limit(1)).first()
        }


def fits(made: Made) -> bool:
    """Whether a row has the columns that its table has."""
    table = tables.Table.metadata.tables[made[0]]
    return set(made[1]) == {column.name for column in _columns(table)}


def people_named(rows: Iterable[Made]) -> set[str]:
    """The keys of the people whom rows name."""
    found: set[str] = set()

    def keep(table: str, name: Any) -> Any:
        if table == "person":
            found.add(name)
        return name

    for table_name, row in rows:
        _walked(tables.Table.metadata.tables[table_name], row, keep)
    return found


def take_over(open_set: Writing, rows: Sequence[Made]) -> None:
    """Adds rows that `told` gave out to a store that has none of these tables, but the people whom they name."""
    ids: Names = {
        "person": open_set.ids_by(tables.Person, "key"),
        "team": open_set.ids_by(tables.Team, "name"),
    }
    models = {str(model.__tablename__): model for model in tables.Recorded.__subclasses__()}
    for table in _in_order({name for name, _ in rows}):
        own = [typed(table, _swapped(table, row, ids)) for name, row in rows if name == table.name]
        ids[table.name] = dict(enumerate(open_set.insert(models[table.name], own), 1))


def _names(connection: Connection, name: str, column: str) -> dict[Any, Any]:
    table = tables.Table.metadata.tables[name]
    asked = select(table.c.id, table.c[column].label("called"))
    return {row["id"]: row["called"] for row in connection.execute(asked).mappings()}


def _in_order(table_names: Iterable[str]) -> list[Table]:
    """The tables, those that others refer to first."""
    wanted = set(table_names)
    return [table for table in tables.Table.metadata.sorted_tables if table.name in wanted]


def _columns(table: Table) -> list[Column[Any]]:
    return [column for column in table.c if column.name not in BOOKKEEPING]


def _plain(row: Row) -> Row:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in row.items()
        if name not in BOOKKEEPING
    }


def _swapped(table: Table, row: Row, names: Names) -> Row:
    """A row with what is called by `names` called otherwise."""
    return _walked(table, row, lambda of, name: names.get(of, {}).get(name))


def _walked(table: Table, row: Row, swap: Callable[[str, Any], Any]) -> Row:
    """A row whose references to others, also those within JSON, are given to `swap` with the table that they are of."""
    found = {name: _walked_inside(value, swap) for name, value in row.items()}
    for column in _columns(table):
        for key in column.foreign_keys:
            if row[column.name] is not None:
                found[column.name] = swap(key.column.table.name, row[column.name])
    if row.get("member_id") is not None:
        found["member_id"] = swap(MEMBERS[row["level"]], row["member_id"])
    return found


def _walked_inside(value: Any, swap: Callable[[str, Any], Any]) -> Any:
    if isinstance(value, list):
        return [_walked_inside(part, swap) for part in value]
    if not isinstance(value, dict):
        return value
    found: Row = {}
    for name, part in value.items():
        if person := PERSON.fullmatch(name):
            called = swap("person", person[1])
            if called is None:  # somebody whom an undo took away
                continue
            name = f"person {called}"
        is_id = name in IDS_INSIDE and part is not None
        found[name] = swap(IDS_INSIDE[name], part) if is_id else _walked_inside(part, swap)
    return found
