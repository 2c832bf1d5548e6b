"""Bringing an older database up to this program's tables, with a backup first."""

from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.pool import NullPool

from spm.errors import NewerDatabase

SCRIPTS = Path(__file__).parent / "migrations"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def newest_version() -> str:
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def version(connection: Connection) -> str | None:
    """The schema's version of an open database, None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def migrate(engine: Engine) -> None:
    """Brings the database of `engine` to the newest version; backs up a SQLite file that holds an older one.

    Raises NewerDatabase for a version that this program does not know.
    """
    newest = newest_version()
    with engine.connect() as connection:
        current = version(connection)
        is_empty = not inspect(connection).get_table_names()
    if current == newest:
        return
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if current is not None and current not in known:
        raise NewerDatabase(
            "This database was written by a newer version of spm.", "Update spm, or open an older backup of the file."
        )
    if not is_empty:
        back_up(engine)
    upgrade(engine, newest)


def upgrade(engine: Engine, target: str) -> None:
    """Runs the migration scripts up to `target`, in one transaction.

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
        command.upgrade(_config(connection), target)
        if is_sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"the migration to {target} broke foreign keys: {broken[:5]}")


def backups(engine: Engine) -> list[Path]:
    """The copies that `back_up` made of a database file, the latest first."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return []
    file = Path(engine.url.database)
    return sorted(file.parent.glob(f"{file.stem}.backup-*{file.suffix}"), reverse=True)


def back_up(engine: Engine) -> Path | None:
    """A copy of a SQLite file beside it, named with the time; None where the database is a server's (its own tools do that)."""
    if engine.dialect.name != "sqlite" or not engine.url.database or engine.url.database == ":memory:":
        return None
    file = Path(engine.url.database)
    copy = file.with_name(f"{file.stem}.backup-{datetime.now():%Y%m%d-%H%M%S-%f}{file.suffix}")
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM INTO ?", (str(copy),))
    finally:
        connection.close()
    return copy
