"""A reader in front of the app, without a browser: `reader(database_url, page="home", period="2017-Q1")`."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from spm.cli import main
from tests.caches import forget_all
from tests.house_rules import CHECKOUT
from tests.stores import small_company

Command = Callable[..., dict[str, Any]]

FRAME = CHECKOUT / "spm" / "ui" / "frame.py"


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    """No test sees what another one's store answered."""
    forget_all()
    yield
    forget_all()


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Opens a page over a database, with the shared filters set to what is given by key."""

    def opened(database_url: str, page: str = "home", **chosen: object) -> AppTest:
        monkeypatch.setenv("SPM_DATABASE_URL", database_url)
        app = AppTest.from_file(str(FRAME), default_timeout=30)
        for key, value in chosen.items():
            app.session_state[key] = value
        return app.switch_page(str(CHECKOUT / "pages" / f"{page}.py")).run()

    return opened


@pytest.fixture
def empty_url(tmp_path: Path) -> str:
    """A database that is not there yet."""
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
def filled_url(tmp_path: Path) -> str:
    """The small company of tests/stores.py: two reps in two teams, deals, activities and quotas of 2017."""
    store = small_company(tmp_path)
    store.close()
    return f"sqlite:///{tmp_path / 'spm.db'}"


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """`spm value METRIC --by …`: the value of each group by name; without a dimension the one value as ""."""

    def asked(url: str, key: str, period: str, by: str = "", **where: str) -> dict[str, Any]:
        capsys.readouterr()
        options = [part for name, value in where.items() for part in ("--where", f"{name}={value}")]
        options += ["--by", by] if by else []
        assert main(["value", key, "--period", period, "--database", url, "--json", *options]) == 0
        rows = json.loads(capsys.readouterr().out)
        return {str(row.get(by) or ""): row["value"] for row in rows}

    return asked
