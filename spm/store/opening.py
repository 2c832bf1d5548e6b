"""Opening the store: the engine with its pragmas, reading, and where the database is."""

import gc
import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Lock
from time import monotonic, sleep

import numpy as np
import orjson
import pandas as pd
from sqlalchemy import Connection, Engine, Executable, create_engine, event, select
from sqlalchemy.pool import PoolProxiedConnection

from spm.store import migration
from spm.store.tables import Revision

BUSY_TIMEOUT_MS = 120_000  # longer than an import of a million rows holds the lock
BETWEEN_TRIES_S = 0.01  # for a lock that SQLite itself does not wait for
PAGE_BYTES = 32_768  # of a new SQLite file: rows go in an eighth faster than with 4,096, and are read as fast
MOST_CONNECTIONS = 50  # of one process; who comes later waits as long as for the lock
WRITE = "write"  # the execution option that makes a SQLite transaction take the write lock at once
# Objects come by the hundred thousand and hold hardly a cycle: at Python's 700, looking for some is a fifth of an import. To
# look through 200,000 at once holds a page up by a tenth of a second; 20,000 take a few milliseconds.
OBJECTS_BETWEEN_COLLECTIONS = 20_000
COLLECTIONS_BETWEEN_OLDER = 100  # those that stayed are looked through again: millions, which takes long


def database_url(url: str | None = None) -> str:
    """The database to open: the one given, else `SPM_DATABASE_URL`, else `data/spm.db` in the working directory."""
    return url or os.environ.get("SPM_DATABASE_URL") or f"sqlite:///{Path('data') / 'spm.db'}"


def _engine(url: str) -> Engine:
    """An engine on which no write is lost: on SQLite, WAL, foreign keys, and BEGIN IMMEDIATE for writes.

    SQLAlchemy's defaults let two writers overwrite each other without an error.
    """
    engine = create_engine(
        url,
        max_overflow=MOST_CONNECTIONS - 5,
        pool_timeout=BUSY_TIMEOUT_MS / 1000,
        json_serializer=_as_json,
        json_deserializer=_from_json,
    )
    if engine.dialect.name != "sqlite":
        return engine

    @event.listens_for(engine, "connect")
    def prepare(connection, _record) -> None:  # type: ignore[no-untyped-def]
        connection.isolation_level = None
        connection.execute(f"PRAGMA page_size={PAGE_BYTES}")
        _to_wal(connection)
        for pragma in (
            "synchronous=NORMAL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "cache_size=-65536",
            "temp.cache_size=-65536",  # what waits to be merged need not be written to a file
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITE, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _to_wal(connection: sqlite3.Connection) -> None:
    """Switches the file to WAL, which SQLite refuses at once, whatever its timeout, where another is just doing the same."""
    until = monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(BETWEEN_TRIES_S)


def _as_json(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()


def _from_json(text: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text)  # Python's own, by which earlier files were written, knows NaN


class Store:
    """An open database. One a process; safe to use from many threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._asking = Lock()
        self._watching: PoolProxiedConnection | None = None
        self._seen: tuple[int, dict[str, int]] | None = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write_transaction(self, on: Connection | None = None) -> Iterator[Connection]:
        """A connection that holds the write lock until it commits; use `change_sets.writing` for rows that are recorded.

        `on` is the connection to take, else a new one.
        """
        with nullcontext(on) if on is not None else self.engine.connect() as connection:
            connection.execution_options(**{WRITE: True})
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(4711)")
                yield connection

    def frame(self, statement: Executable) -> pd.DataFrame:
        """The rows of a query; columns named as selected, missing values as None."""
        with self.reading() as connection:
            result = connection.execute(statement)
            names, rows = list(result.keys()), result.fetchall()
        # Rows are no plain tuples: pandas would look at each of their cells, which takes twice as long.
        cells = np.empty((len(rows), len(names)), dtype=object)
        for at, column in enumerate(zip(*rows, strict=True)):
            cells[:, at] = np.fromiter(column, object, len(rows))
        return pd.DataFrame(cells, columns=names, dtype=object)

    def revision(self, *areas: str) -> tuple[int, ...]:
        """How often each area has been written; 0 for one that never was.

        Asked many times a page: of a SQLite file that nobody wrote to since, the last answer holds.
        """
        if self.engine.dialect.name != "sqlite":
            with self.reading() as connection:
                return revision(connection, *areas)
        with self._asking:
            version = self._file_version()
            if self._seen is None or self._seen[0] != version:
                with self.reading() as connection:
                    self._seen = version, _revisions(connection)
            return _of(self._seen[1], areas)

    def _file_version(self) -> int:
        """A number that changes whenever anyone commits to the SQLite file: by a connection that never writes itself."""
        if self._watching is None:
            self._watching = self.engine.raw_connection()
        (version,) = self._watching.cursor().execute("PRAGMA data_version").fetchone()
        return int(version)

    def close(self) -> None:
        if self._watching is not None:
            self._watching.close()
            self._watching = None
        self.engine.dispose()


def revision(connection: Connection, *areas: str) -> tuple[int, ...]:
    """How often each area has been written, as one connection sees it."""
    return _of(_revisions(connection), areas)


def _revisions(connection: Connection) -> dict[str, int]:
    return dict(connection.execute(select(Revision.area, Revision.number)).all())


def _of(numbers: dict[str, int], areas: Sequence[str]) -> tuple[int, ...]:
    return tuple(numbers.get(area, 0) for area in areas)


def open_store(url: str | None = None) -> Store:
    """The store at `url` (see `database_url`), made where there is none, migrated where it is older.

    A backup is taken before a migration. Raises `errors.NewerDatabase` for one that a newer program wrote.
    """
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, COLLECTIONS_BETWEEN_OLDER)
    url = database_url(url)
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    engine = _engine(url)
    migration.migrate(engine)
    return Store(engine)
