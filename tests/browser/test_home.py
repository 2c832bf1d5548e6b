"""Home in a real browser: a link is a view, a month and a row go one level down, a number opens to its rows."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Position, expect

from tests.stores import small_company

FIRST_NAME: Position = {"x": 60, "y": 55}  # on the canvas that a table is drawn on


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    small_company(tmp_path).close()
    return f"sqlite:///{tmp_path / 'spm.db'}"


def test_from_a_link_to_a_month_and_down_to_a_rep(page: Page, ready: Callable[[Page], Page], app_server: str) -> None:
    headline = page.get_by_role("heading", level=1)

    page.goto(f"{app_server}/?period=Year+2017&team=South")
    ready(page)
    expect(headline).to_contain_text("2017")
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("$2K")

    page.locator("path[aria-roledescription='bar'][aria-label*='April 2017']").click()
    ready(page)
    expect(page).to_have_url(re.compile(r"period=April\+2017"))
    expect(headline).to_contain_text("April 2017")

    table = page.locator(".stDataFrameGlideDataEditor").first
    table.hover(position=FIRST_NAME)
    table.click(position=FIRST_NAME, delay=100)  # a redrawn table does not see a click that takes no time
    ready(page)
    expect(page).to_have_url(re.compile(r"/rep\?.*rep=Bo\+Li"))


def test_a_number_opens_to_its_rows(page: Page, ready: Callable[[Page], Page], app_server: str) -> None:
    page.goto(f"{app_server}/?period=Year+2017&team=South")
    ready(page)
    page.get_by_role("button", name="See the rows").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("Won value · 1 row · $2,000")


def test_what_nobody_knows_in_a_link_is_left_out(page: Page, ready: Callable[[Page], Page], app_server: str) -> None:
    page.goto(f"{app_server}/?period=1066-Q1&team=Nowhere")
    ready(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Q1 2017")
    expect(page).not_to_have_url(re.compile("1066|Nowhere"))
