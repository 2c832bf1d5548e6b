"""An older file is backed up and brought up to date with nothing lost; a newer one is refused."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, inspect, text

from spm.errors import NewerDatabase
from spm.sample.actions import load_sample
from spm.store import migration, totals
from spm.store.opening import _engine, open_store
from spm.store.tables import Table
from spm.store.upgrading import upgrade
from tests.companies import TESTER
from tests.store.contents import LIKE_0008, fingerprints

GONE = {(name, "slice_id"): "0" for name in ("total_by_day", "total_by_month", "company_by_month")}
"""Columns that the program has no more, and what an older file had in them."""
NO_CONTENT = {"alembic_version", "purchase"}
"""Tables of an older file that nobody filled: the version, and what was read from facts."""


@pytest.fixture(scope="module")
def filled_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of today with something in every table of facts."""
    file = tmp_path_factory.mktemp("filled") / "today.db"
    store = open_store(f"sqlite:///{file}")
    load_sample(store, TESTER, date(2025, 6, 30), reps_count=6, months_count=6)
    with store.write_transaction() as connection:  # an order and its line, which refers to it
        connection.execute(
            text(
                'INSERT INTO "order" (id, created_in, changed_in, key, slice_id, ordered_on, amount_cents, has_header, has_lines)'
                " VALUES (1, 1, 1, 'O1', 0, '2025-01-31', 1000, 1, 1)"
            )
        )
        connection.execute(
            text(
                "INSERT INTO order_line (id, created_in, changed_in, key, slice_id, order_id, ordered_on, stated_e4, amount_e4)"
                " VALUES (1, 1, 1, 'O1#1', 0, 1, '2025-01-31', 10000000, 10000000)"
            )
        )
        totals.rebuild(connection)
    store.close()
    return file


@pytest.fixture(params=[version for version in migration.versions() if version != migration.newest_version()])
def older_file(request: pytest.FixtureRequest, tmp_path: Path, filled_store: Path) -> Path:
    """A filled database as an earlier version of the program left it: its tables, with the columns that it knew."""
    file = tmp_path / "older.db"
    engine = _engine(f"sqlite:///{file}")
    upgrade(engine, request.param)
    engine.dispose()
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:  # with it foreign keys are off
        connection.execute("ATTACH ? AS today", (str(filled_store),))
        known_today = "SELECT name FROM today.sqlite_schema WHERE type = 'table' AND name <> 'alembic_version'"
        tables = f"SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name IN ({known_today})"
        for (name,) in connection.execute(tables).fetchall():
            of_table = connection.execute("SELECT name FROM pragma_table_info(?, 'main')", (name,)).fetchall()
            known = ", ".join(f'"{column}"' for (column,) in of_table)
            said = ", ".join(GONE.get((name, column), f'"{column}"') for (column,) in of_table)
            connection.execute(f'INSERT INTO main."{name}" ({known}) SELECT {said} FROM today."{name}"')
        if not connection.execute("SELECT 1 FROM main.sqlite_schema WHERE name = 'cost'").fetchone():
            for table in ("total_by_day", "total_by_month"):  # nor did that version add up what it had no table of
                connection.execute(f"DELETE FROM main.{table} WHERE measure = 'cost'")
    return file


def columns_known(connection: Connection, table: str) -> list[str]:
    """The columns of a table that the program has still."""
    found = [column["name"] for column in inspect(connection).get_columns(table)]
    return [name for name in found if (table, name) not in GONE]


def contents_in(file: Path) -> tuple[dict[str, list[str]], dict[str, tuple[int, str]]]:
    """The columns of each table of a database, and the fingerprints of what is in them."""
    with create_engine(f"sqlite:///{file}").connect() as connection:
        names = set(inspect(connection).get_table_names()) - NO_CONTENT
        known = {name: columns_known(connection, name) for name in names}
        return known, fingerprints(connection, columns=known)


def test_a_filled_older_file_keeps_every_row(older_file: Path) -> None:
    known, before = contents_in(older_file)
    assert all(before[name][0] for name in ("person", "deal", "lead", "activity", "quota", "order", "order_line"))
    store = open_store(f"sqlite:///{older_file}")
    with store.reading() as connection:
        assert fingerprints(connection, columns=known) == before
        assert migration.version(connection) == migration.newest_version()
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []


def test_what_an_older_program_counted_is_counted_anew(tmp_path: Path, filled_store: Path) -> None:
    """Version 0008 came with another count of orders, 0009 with first purchases: a file of 0007 is opened with today's."""
    file = tmp_path / "counted.db"
    file.write_bytes(filled_store.read_bytes())
    before = contents_in(file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE total_by_day SET value_e4 = value_e4 + 10000 WHERE measure = 'orders'")
        assert connection.execute("SELECT changes()").fetchone() != (0,)
        for statement in (*LIKE_0008, "UPDATE alembic_version SET version_num = '0007'"):
            connection.execute(statement)
    assert before[1]["first_purchase"][0] > 0
    assert contents_in(file) != before
    open_store(f"sqlite:///{file}").close()
    assert contents_in(file) == before


def test_the_backup_is_the_file_as_it_was(older_file: Path) -> None:
    with create_engine(f"sqlite:///{older_file}").connect() as connection:
        before, version = fingerprints(connection), migration.version(connection)
    open_store(f"sqlite:///{older_file}").close()
    (copy,) = older_file.parent.glob("older.backup-*.db")
    with create_engine(f"sqlite:///{copy}").connect() as connection:
        assert migration.version(connection) == version
        assert fingerprints(connection) == before


def test_a_file_of_today_is_opened_as_it_is(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'spm.db'}"
    open_store(url).close()
    open_store(url).close()
    assert not list(tmp_path.glob("*.backup-*"))


def test_the_scripts_make_the_tables_that_the_program_declares(tmp_path: Path) -> None:
    engine = _engine(f"sqlite:///{tmp_path / 'spm.db'}")
    upgrade(engine, migration.newest_version())
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Table.metadata) == []
        assert migration.version(connection) == migration.newest_version()


def test_a_new_file_is_like_one_that_the_scripts_made(tmp_path: Path) -> None:
    migrated = _engine(f"sqlite:///{tmp_path / 'migrated.db'}")
    upgrade(migrated, migration.newest_version())
    new = open_store(f"sqlite:///{tmp_path / 'new.db'}").engine
    assert {name: columns(new, name) for name in tables_of(new)} == {
        name: columns(migrated, name) for name in tables_of(migrated)
    }


def tables_of(engine: Engine) -> list[str]:
    return inspect(engine).get_table_names()


def columns(engine: Engine, table: str) -> list[tuple[str, str, bool]]:
    """Name, type and nullability, by name: a migrated table has its newer columns at the end."""
    return sorted((one["name"], str(one["type"]), one["nullable"]) for one in inspect(engine).get_columns(table))


def test_a_newer_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'spm.db'}"
    store = open_store(url)
    with store.write_transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    with pytest.raises(NewerDatabase, match=r"newer version of spm\. Update spm"):
        open_store(url)
