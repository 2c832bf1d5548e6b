"""What a database holds, as comparable text: for tests that nothing was lost, or that everything was put back."""

from hashlib import sha256

from sqlalchemy import Connection, inspect, text

LOGS = {"change_set", "before_image", "source", "sheet_issue", "revision", "alembic_version", "slice", "slice_value"}


def fingerprints(connection: Connection, without: set[str] = frozenset()) -> dict[str, tuple[int, str]]:  # type: ignore[assignment]
    """Table → (rows, hash of all of them in order), for every table not in `without`."""
    found = {}
    for name in sorted(set(inspect(connection).get_table_names()) - without):
        rows = sorted(repr(tuple(row)) for row in connection.execute(text(f'SELECT * FROM "{name}"')))
        found[name] = (len(rows), sha256("\n".join(rows).encode()).hexdigest())
    return found
