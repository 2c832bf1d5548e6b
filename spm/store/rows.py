"""Rows into a table by the thousand, as the driver takes them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, bindparam, insert, update

Row = dict[str, Any]


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Adds rows that all have the same columns."""
    insert_columns(connection, table, {name: [row[name] for row in rows] for name in rows[0]})


def insert_columns(connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """Adds rows given as columns of equal length."""
    _execute_many(connection, table, insert(table).values({name: bindparam(name) for name in columns}), columns)


def update_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Changes rows, each told by its `id`, in columns that are the same in all."""
    changed: Row = {name: bindparam(name) for name in rows[0] if name != "id"}
    statement = update(table).where(table.c.id == bindparam("id")).values(changed)
    _execute_many(connection, table, statement, {name: [row[name] for row in rows] for name in rows[0]})


@contextmanager
def temporary(connection: Connection, name: str, columns: Iterable[Column[Any]]) -> Iterator[Table]:
    """An empty temporary table, which is gone at the end of the block."""
    made = Table(name, MetaData(), *columns, prefixes=["TEMPORARY"])
    made.create(connection, checkfirst=False)
    yield made
    made.drop(connection, checkfirst=False)


def _execute_many(connection: Connection, table: Table, statement: Any, columns: Mapping[str, Sequence[Any]]) -> None:
    """Runs a statement for each row through the driver's own `executemany`; parameters are called as the columns are.

    Values are bound by the dialect's types here, once a column: SQLAlchemy's way through dicts takes three times as long.
    """
    compiled = statement.compile(dialect=connection.dialect)
    bound = {name: _bound(connection, table.c[name], values) for name, values in columns.items()}
    if not all(len(values) for values in bound.values()):
        return
    if compiled.positional:
        order = compiled.positiontup or []
        connection.exec_driver_sql(compiled.string, list(zip(*(bound[name] for name in order), strict=True)))
    else:
        rows = [dict(zip(bound, values, strict=True)) for values in zip(*bound.values(), strict=True)]
        connection.exec_driver_sql(compiled.string, rows)


def _bound(connection: Connection, column: Column[Any], values: Sequence[Any]) -> Sequence[Any]:
    """Values as the driver takes them; each object that many rows share is turned once. None is the database's NULL."""
    bind = column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    if bind is None:
        return values
    kept = list(values)
    bound = {key: bind(value) for key, value in dict(zip(map(id, kept), kept, strict=True)).items()}
    if column.nullable:
        bound[id(None)] = None
    return [*map(bound.__getitem__, map(id, kept))]
