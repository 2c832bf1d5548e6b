"""Ids of Salesforce in all their 18 characters, as sheets are read since; older programs kept the 15 that sheets wrote."""

from typing import Any

from alembic import op
from sqlalchemy import JSON, Connection, Integer, String, bindparam, column, func, select, table, update

from spm.ids import SHORT_ID_LENGTH, with_full_ids

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

FACTS = ("deal", "order", "order_line", "lead", "activity", "survey", "cost")
UNIQUE = (
    ("person", "key"), ("spelling", "text"), ("product", "key"), ("quota", "key"), ("listed", "key"),
    *((fact, "key") for fact in FACTS),
)  # fmt: skip
OTHER = (("lead", "deal_key"), ("activity", "deal_key"), ("listed", "codes"), *((fact, "account") for fact in FACTS))
"""Where ids are kept: each once in its table, and otherwise."""


def upgrade() -> None:
    write_in_full(op.get_bind())


def write_in_full(connection: Connection) -> int:
    """Writes the short ids of Salesforce in full wherever facts, people and lists have them; how many cells changed.

    A row stays as it is where the store has another one under the full id: those are two already.
    """
    return sum(_renewed(connection, *place) for place in (*UNIQUE, *OTHER))


def _renewed(connection: Connection, name: str, kept_in: str) -> int:
    of_table = table(name, column("id", Integer), column(kept_in, JSON if kept_in == "codes" else String))
    said_in = of_table.c[kept_in]
    asked = select(of_table.c.id, said_in).where(said_in.is_not(None))
    if kept_in != "codes":
        asked = asked.where(func.length(said_in) >= SHORT_ID_LENGTH)
    found = [(row_id, said, _in_full(said)) for row_id, said in connection.execute(asked)]
    changed = [(row_id, full) for row_id, said, full in found if full != said]
    if (name, kept_in) in UNIQUE:
        taken = {said for _, said, _ in found}
        changed = [(row_id, full) for row_id, full in changed if full not in taken]
    if changed:
        statement = update(of_table).where(of_table.c.id == bindparam("of")).values({kept_in: bindparam("full")})
        connection.execute(statement, [{"of": row_id, "full": full} for row_id, full in changed])
    return len(changed)


def _in_full(said: Any) -> Any:
    return [with_full_ids(code) for code in said] if isinstance(said, list) else with_full_ids(said)
