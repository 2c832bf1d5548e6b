"""What a database holds, as comparable text: for tests that nothing was lost, or that everything was put back."""

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256

from sqlalchemy import Connection, inspect, text

LIKE_0008 = (
    "DROP TABLE stage_stay",
    "DROP TABLE company_stays",
    "DROP TABLE first_purchase",
    "DROP TABLE company_by_day",
    "DROP TABLE company_by_month",
    "DROP TABLE company_by_slice",
    "ALTER TABLE total_by_month ADD COLUMN slice_id INTEGER NOT NULL DEFAULT 0",
    "DROP TABLE total_by_slice",
    "DROP INDEX deal_purchases",
    "DROP INDEX order_purchases",
    "CREATE TABLE purchase (account TEXT)",
)
"""What makes a file of today look as version 0008 left it."""
LOGS = {
    "change_set",
    "before_image",
    "undone_rows",
    "source",
    "sheet_issue",
    "revision",
    "alembic_version",
    "slice",
    "slice_value",
}


def fingerprints(
    connection: Connection, without: Collection[str] = (), columns: Mapping[str, Sequence[str]] | None = None
) -> dict[str, tuple[int, str]]:
    """Table → (rows, hash of all of them in order), for every table not in `without`; or of these columns of these tables."""
    found = {}
    names = columns if columns is not None else set(inspect(connection).get_table_names()) - set(without)
    for name in sorted(names):
        wanted = ", ".join(f'"{column}"' for column in columns[name]) if columns is not None else "*"
        rows = sorted(repr(tuple(row)) for row in connection.execute(text(f'SELECT {wanted} FROM "{name}"')))
        found[name] = (len(rows), sha256("\n".join(rows).encode()).hexdigest())
    return found
