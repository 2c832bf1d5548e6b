"""Making a new database with this program's tables, and bringing an older one up to them, with a backup first."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from spm.errors import NewerDatabase
from spm.store.tables import Table

SCRIPTS = Path(__file__).parent / "migrations"


def versions() -> list[str]:
    """The versions that this program knows, oldest first: each migration script begins with its own."""
    return sorted(script.stem.partition("_")[0] for script in (SCRIPTS / "versions").glob("[0-9]*.py"))


def newest_version() -> str:
    return versions()[-1]


def version(connection: Connection) -> str | None:
    """The schema's version of an open database, None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(engine: Engine) -> None:
    """Brings the database of `engine` to the newest version; backs up a SQLite file that holds an older one.

    Raises NewerDatabase for a version that this program does not know.
    """
    with engine.connect() as connection:
        current = version(connection)
        is_empty = not inspect(connection).get_table_names()
    if is_empty:
        create(engine)
    elif current != newest_version():
        if current is not None and current not in versions():
            raise NewerDatabase(
                "This database was written by a newer version of spm.",
                "Update spm, or open an older backup of the file.",
            )
        back_up(engine)
        # Alembic takes half a second to import, and only an older file needs it.
        from spm.store import upgrading

        upgrading.upgrade(engine, newest_version())


def create(engine: Engine) -> None:
    """Makes all tables in an empty database, at the newest version; another process may be doing the same."""
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        if version(connection) is not None:
            return
        Table.metadata.create_all(connection)
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:newest)"), {"newest": newest_version()})


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
