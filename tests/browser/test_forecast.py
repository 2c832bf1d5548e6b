"""Forecast in a real browser: it follows the facts without a reload, opens to a rep, and keeps what people call."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from spm.sample.actions import load_sample
from tests.companies import TESTER, empty_store, files_of, imported

MADE = 120_000  # a busy machine makes the forecast late, and is not wrong for it
ADVENTURE_WORKS = "adventureworks"


@pytest.fixture
def database_url(tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The sample company, or AdventureWorks where the test asks for the shared data; nothing is forecast yet."""
    store = empty_store(tmp_path)
    if "shared_data" in request.fixturenames:
        folder = request.getfixturevalue("shared_data") / ADVENTURE_WORKS
        imported(store, files_of(folder, *sorted(file.name for file in folder.glob("*.csv"))))
    else:
        load_sample(store, TESTER, date.today())
    store.close()
    return f"sqlite:///{tmp_path / 'spm.db'}"


def test_the_forecast_comes_by_itself_and_a_call_stays(
    page: Page, ready: Callable[[Page], Page], app_server: str
) -> None:
    headline = page.get_by_role("heading", level=1)
    page.goto(f"{app_server}/forecast")
    expect(headline).to_contain_text(re.compile("Bookings of|lands at"), timeout=MADE)
    expect(headline).to_contain_text("lands at", timeout=MADE)  # without a reload
    ready(page)
    expect(page.get_by_text("Off by").first).to_be_visible()

    page.goto(f"{app_server}/forecast?of=Rep&member=Ananya+Rao")
    ready(page)
    expect(headline).to_contain_text(re.compile("Ananya Rao: .* lands at"))
    page.get_by_label("Commit, in USD").fill("50000")
    page.get_by_label("Commit, in USD").press("Tab")
    page.get_by_role("button", name="Call for Ananya Rao").click()
    expect(page.get_by_text(re.compile(r"Called \$50K for"))).to_be_visible(timeout=MADE)

    page.goto(app_server)
    ready(page)
    expect(page.get_by_text(re.compile("lands at")).first).to_be_visible()


def test_what_the_forecast_rests_on_and_how_good_it_has_been(
    page: Page, ready: Callable[[Page], Page], app_server: str
) -> None:
    """A leader asks whether they can rely on it, and looks at quarters, a ratio and a product."""
    headline = page.get_by_role("heading", level=1)
    page.goto(f"{app_server}/forecast")
    expect(headline).to_contain_text("lands at", timeout=MADE)
    ready(page)
    expect(
        page.get_by_text(re.compile(r"[Oo]ff by \d+\s% on average; the simple rule is off by \d+\s%")).first
    ).to_be_visible()
    expect(page.get_by_text(re.compile(r"The 80\s% range held \d+\s% of what came"))).to_be_visible()
    expect(page.get_by_text(re.compile("A year before: .*it came"))).to_be_visible()
    expect(page.get_by_text("The season is clear.")).to_be_visible()
    page.get_by_text("Every model that was tried").click()
    expect(page.get_by_test_id("stExpanderDetails").get_by_test_id("stDataFrame")).to_be_visible()

    page.goto(f"{app_server}/forecast?grain=Quarters")
    ready(page)
    expect(headline).to_contain_text(re.compile(r"Bookings of Q\d \d{4}: \$"), timeout=MADE)
    page.goto(f"{app_server}/forecast?projected=Win+rate")
    ready(page)
    expect(headline).to_contain_text(re.compile(r"Win rate of \w+ \d{4}: \d+"), timeout=MADE)
    page.goto(f"{app_server}/forecast?of=Product")
    ready(page)
    expect(headline).to_contain_text(re.compile(r": (Bookings of|Q\d)"), timeout=MADE)


def test_adventure_works_lands(page: Page, app_server: str, shared_data: Path) -> None:
    page.goto(f"{app_server}/forecast")
    headline = page.get_by_role("heading", level=1)
    expect(headline).to_contain_text("Q2 2014 lands at", timeout=MADE)
    expect(page.get_by_text("out of range").first).to_be_attached(timeout=MADE)
