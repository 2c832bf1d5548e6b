"""The rows of an import: put beside the tables before the write lock is taken, merged into them by one statement inside it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    Integer,
    MetaData,
    String,
    Table,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.sql.selectable import FromClause

from spm.store import slices, tables
from spm.store.change_sets import Writing, next_id
from spm.store.opening import Store
from spm.store.rows import Row, insert_columns

STEP = 20_000  # rows between two signs of progress
REFERENCES = {
    "person_id": ("person_key", "person", "key"),
    "team_id": ("team", "team", "name"),
    "order_id": ("order_key", "order", "key"),
    "deal_id": ("deal_key", "deal", "key"),
}
"""Column → what rows that wait have in its place, and the table and column in which that is found."""

Advance = Callable[[int], None]
"""Told how many more rows are staged; it may raise to stop."""


@dataclass(frozen=True)
class Waiting:
    """Rows for the table of `model`, in a temporary table; `combinations` are those that its slices are made of."""

    model: type[tables.Table]
    rows: Table
    combinations: list[dict[str, str]]


class Staging:
    """Where the rows of one import wait. `filters` are the attributes that facts are sliced by."""

    def __init__(self, connection: Connection, filters: Sequence[str], advance: Advance) -> None:
        self.connection = connection
        self._known = {key: slices.known_values(connection, key) for key in filters}
        self._advance = advance
        self._count = 0

    def stage(self, model: type[tables.Table], rows: pd.DataFrame) -> Waiting:
        """Puts rows into a temporary table: the columns that say something, with keys and names in place of ids.

        Rows without the column `attributes` keep the slice that they have.
        """
        target = _table(model)
        references = {key for key, _, _ in REFERENCES.values()}
        told = {name: _plain(rows[name]) for name in rows if name in target.c or name in references}
        values: dict[str, Sequence[Any]] = {
            name: cells for name, cells in told.items() if any(cell is not None for cell in cells)
        }
        types: dict[str, Any] = {name: String() if name in references else target.c[name].type for name in values}
        combinations: list[dict[str, str]] = []
        if "slice_id" in target.c and "attributes" in rows:
            values["combination"], combinations = slices.combinations(rows, self._known)
            types["combination"] = Integer()
        self._count += 1
        columns = [Column("place", Integer, primary_key=True), *(Column(name, kind) for name, kind in types.items())]
        waiting = Table(f"staged_{self._count}", MetaData(), *columns, prefixes=["TEMPORARY"])
        values["place"] = range(len(rows))
        with self.connection.begin():
            waiting.create(self.connection, checkfirst=False)
            for start in range(0, len(rows), STEP):
                some = slice(start, start + STEP)
                insert_columns(self.connection, waiting, {name: column[some] for name, column in values.items()})
                self._advance(min(STEP, len(rows) - start))
        return Waiting(model, waiting, combinations)


@contextmanager
def staging(store: Store, filters: Sequence[str], advance: Advance) -> Iterator[Staging]:
    """A place for rows to wait in, on a connection of its own: what was not merged goes with it."""
    with store.engine.connect() as connection:
        connection.detach()
        with connection.begin():
            made = Staging(connection, filters, advance)
        yield made


def add(open_set: Writing, waiting: Waiting, same: Row) -> None:
    """Merges rows as new ones; `same` are the columns that are alike in all of them."""
    target = _table(waiting.model)
    first = next_id(open_set.connection, target)
    stamp = {"created_in": open_set.change_set_id, "changed_in": open_set.change_set_id}
    values, source = _merged(open_set, waiting, _defaults(waiting.model), {**same, **stamp})
    values["id"] = waiting.rows.c.place + first
    merged = select(*values.values()).select_from(source).order_by(waiting.rows.c.place)
    open_set.connection.execute(insert(target).from_select(list(values), merged))
    open_set.was_made(target, first)


def change(open_set: Writing, waiting: Waiting, given: Sequence[str], same: Row) -> None:
    """Merges rows into those of their `id`: the columns `given`, and those of `same`, which are alike in all of them."""
    target, rows = _table(waiting.model), waiting.rows
    open_set.keep_before(target, select(rows.c.id))
    stamp = {"changed_in": open_set.change_set_id}
    values, source = _merged(open_set, waiting, dict.fromkeys(given), {**same, **stamp})
    kept = {name: values[name] for name in (*given, *same, "changed_in", "slice_id") if name in values}
    said = select(rows.c.id.label("id_"), *(value.label(name) for name, value in kept.items())).select_from(source)
    of_row = said.subquery()
    open_set.connection.execute(
        update(target).values({name: of_row.c[name] for name in kept}).where(target.c.id == of_row.c.id_)
    )


def keep_versions(open_set: Writing, waiting: Waiting, today: date) -> None:
    """What the store holds of deals that are about to change stays readable as of the days it held it."""
    deal, version = _table(tables.Deal), _table(tables.DealVersion)
    first = next_id(open_set.connection, version)
    names = (
        "known_on",
        "stage",
        "status",
        "amount_cents",
        "stated_cents",
        "currency",
        "expected_close_on",
        "person_id",
    )
    stamp = [literal(open_set.change_set_id)] * 2
    held = select(
        waiting.rows.c.place + first, *stamp, deal.c.id, literal(today, Date), *(deal.c[name] for name in names)
    ).join(waiting.rows, waiting.rows.c.id == deal.c.id)
    columns = ["id", "created_in", "changed_in", "deal_id", "superseded_on", *names]
    open_set.connection.execute(insert(version).from_select(columns, held))
    open_set.touched.add(version.name)


def _merged(
    open_set: Writing, waiting: Waiting, default: Row, same: Row
) -> tuple[dict[str, ColumnElement[Any]], FromClause]:
    """Each column's value for the table that the rows wait for, and what it is selected from.

    `same` holds for all of them, `default` where they say nothing.
    """
    target, rows = _table(waiting.model), waiting.rows
    values: dict[str, ColumnElement[Any]] = {
        **{name: literal(value, target.c[name].type) for name, value in default.items() if name in target.c},
        **{column.name: column for column in rows.c if column.name in target.c},
        **{name: literal(value, target.c[name].type) for name, value in same.items() if name in target.c},
    }
    source: FromClause = rows
    for name, (key, other, column) in REFERENCES.items():
        if name in target.c and key in rows.c:
            found = tables.Table.metadata.tables[other].alias()
            source = source.outerjoin(found, found.c[column] == rows.c[key])
            values[name] = found.c.id
    if "combination" in rows.c:
        slice_of = _slices(open_set, waiting)
        source = source.join(slice_of, slice_of.c.combination == rows.c.combination)
        values["slice_id"] = slice_of.c.slice_id
    return values, source


def _slices(open_set: Writing, waiting: Waiting) -> Table:
    """The slice of each combination, made where it is new, in a temporary table."""
    columns = (Column("combination", Integer, primary_key=True), Column("slice_id", Integer))
    found = Table(f"{waiting.rows.name}_slices", MetaData(), *columns, prefixes=["TEMPORARY"])
    found.create(open_set.connection, checkfirst=False)
    ids = slices.slice_ids(open_set.connection, waiting.combinations)
    insert_columns(open_set.connection, found, {"combination": range(len(ids)), "slice_id": ids})
    return found


def _plain(column: pd.Series) -> list[Any]:
    """Values as a driver takes them: NaN and NaT are None, numpy's numbers Python's."""
    return column.to_numpy(dtype=object, na_value=None).tolist()


def _table(model: type[tables.Table]) -> Table:
    return tables.Table.metadata.tables[str(model.__tablename__)]


def _defaults(model: type[tables.Table]) -> Row:
    return {
        name: field.default
        for name, field in model.model_fields.items()
        if name != "id" and not field.is_required() and field.default is not None
    }
