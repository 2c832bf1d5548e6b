"""Ids that older programs kept as the sheets wrote them, in 15 characters, brought to the 18 in which all are read since."""

from typing import Any

from sqlalchemy import JSON, Column, Connection, Table, Update, bindparam, func, select, update

from spm.ids import SHORT_ID_LENGTH, with_full_ids
from spm.store import tables

OF_FACTS: tuple[type[tables.Table], ...] = (
    tables.Deal, tables.Order, tables.OrderLine, tables.Lead, tables.Activity, tables.Survey, tables.Cost,
)  # fmt: skip
COLUMNS: tuple[tuple[type[tables.Table], tuple[str, ...]], ...] = (
    (tables.Person, ("key",)),
    (tables.Spelling, ("text",)),
    *(
        (model, tuple(name for name in ("key", "account", "deal_key") if name in model.__table__.c))
        for model in OF_FACTS
    ),
    (tables.Product, ("key",)),
    (tables.Quota, ("key",)),
    (tables.Listed, ("key", "codes")),
)
"""Where ids are kept."""


def write_in_full(connection: Connection) -> int:
    """Writes the short ids of Salesforce in full wherever facts, people and lists have them; how many cells changed.

    A row stays as it is where the store has another one under the full id: those are two already.
    """
    return sum(_renewed(connection, model.__table__, name) for model, names in COLUMNS for name in names)


def _renewed(connection: Connection, table: Table, name: str) -> int:
    column: Column[Any] = table.c[name]
    asked = select(table.c.id, column).where(column.is_not(None))
    if not isinstance(column.type, JSON):
        asked = asked.where(func.length(column) >= SHORT_ID_LENGTH)
    found = [(row_id, said, _in_full(said)) for row_id, said in connection.execute(asked)]
    changed = [(row_id, full) for row_id, said, full in found if full != said]
    if column.unique:
        taken = {said for _, said, _ in found}
        changed = [(row_id, full) for row_id, full in changed if full not in taken]
    if changed:
        statement: Update = update(table).where(table.c.id == bindparam("of")).values({name: bindparam("full")})
        connection.execute(statement, [{"of": row_id, "full": full} for row_id, full in changed])
    return len(changed)


def _in_full(said: Any) -> Any:
    return [with_full_ids(code) for code in said] if isinstance(said, list) else with_full_ids(said)
