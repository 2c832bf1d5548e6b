"""Running the migration scripts on an older database."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from spm.store import totals
from spm.store.migration import SCRIPTS, version


def config(connection: Connection) -> Config:
    """What Alembic needs to know: where the scripts are, and the connection they run on."""
    made = Config()
    made.set_main_option("script_location", str(SCRIPTS))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


def upgrade(engine: Engine, target: str) -> None:
    """Runs the migration scripts up to `target` and counts the totals anew, in one transaction.

    On SQLite a table is changed by making it anew, and dropping the old one fails under enforced foreign keys. The pragma
    does nothing inside a transaction, so the connection is opened with it off, and every key is checked before the commit.
    """
    migrating = create_engine(engine.url, poolclass=NullPool)
    is_sqlite = engine.dialect.name == "sqlite"
    if is_sqlite:

        @event.listens_for(migrating, "connect")
        def prepare(connection, _record) -> None:  # type: ignore[no-untyped-def]
            connection.isolation_level = None
            connection.execute("PRAGMA foreign_keys=OFF")
            connection.execute("PRAGMA busy_timeout=30000")

        @event.listens_for(migrating, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    with migrating.begin() as connection:
        if version(connection) == target:  # another process was quicker
            return
        before = version(connection)
        command.upgrade(config(connection), target)
        if before is not None:  # a newer program counts what an older one did not
            totals.rebuild(connection)
        if is_sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"the migration to {target} broke foreign keys: {broken[:5]}")
