"""A real browser and a real server. One Chromium a file of journeys, a fresh server a journey."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import app, chromium

expect.set_options(timeout=20_000)  # a machine that others use too draws late, and is not wrong for it


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium.

    Not one for the whole run: while Playwright is open its event loop counts as running, and any later test
    in the same worker that calls `asyncio.run` would fail.
    """
    with chromium.running() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page at 1440 × 900, with a cookie jar and a cache of its own."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.fixture
def ready() -> Callable[[Page], Page]:
    """`ready(page)` waits until the page has been drawn to its end, and gives it back."""
    return app.ready


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """A scratch database, not there yet. A module that wants it filled fills it in a fixture of this name."""
    return f"sqlite:///{tmp_path / 'spm.db'}"


@pytest.fixture
def app_server(tmp_path: Path, database_url: str) -> Iterator[str]:
    """The address of a fresh server of the app over `database_url`."""
    with app.running_app(database_url, log=tmp_path / "server.log") as address:
        yield address
