"""Forecast in a real browser: it follows the facts without a reload, opens to a rep, and keeps what people call."""

import csv
import json
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, Position, expect

from spm import money
from spm.forecast.outlook.projecting import AMOUNTS
from spm.sample.actions import load_sample
from tests.command_line import SPM
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


def test_adventure_works_from_the_company_to_a_team_a_rep_and_the_rows(
    page: Page, ready: Callable[[Page], Page], app_server: str, database_url: str, shared_data: Path
) -> None:
    """What the pages say is what `spm projection` says and what the orders add up to."""
    booked = orders_of(shared_data / ADVENTURE_WORKS / "orders.csv")
    headline, months = page.get_by_role("heading", level=1), projected(database_url)
    page.goto(f"{app_server}/forecast")
    expect(headline).to_contain_text("Q2 2014 lands at", timeout=MADE)
    ready(page)
    expect(page.get_by_text(f"April 2014 came to {in_short(booked[None, '2014-04'])}.")).to_be_visible()
    expect(page.get_by_text(f"what is in so far, {in_short(booked[None, '2014-05'])};")).to_be_visible()
    expect(page.get_by_text("quotas end on 31 May 2014").first).to_be_visible()
    expect(page.get_by_text("out of range").first).to_be_attached()
    shown = downloaded(page)
    assert [row[1:] for row in shown] == [[pytest.approx(row[part]) for part in AMOUNTS] for row in months]

    page.goto(f"{app_server}/forecast?of=Team")
    ready(page)
    teams = downloaded(page, at=1)
    assert sum(row[1] for row in teams) == pytest.approx(months[0]["value"], abs=0.005)
    first_months = [row for row in projected(database_url, "--by", "team") if row["period"] == months[0]["period"]]
    assert sorted(row[1] for row in teams) == pytest.approx(sorted(row["value"] for row in first_months))
    table, second = page.locator(".stDataFrameGlideDataEditor").last, Position(x=60, y=90)
    table.hover(position=second)  # it comes into view only now
    ready(page)
    table.click(position=second)
    expect(headline).to_contain_text(re.compile(f"{re.escape(teams[1][0])}: Q2 2014 lands at"))

    page.goto(f"{app_server}/forecast?of=Rep&member=Linda+Mitchell")
    expect(headline).to_contain_text("Linda Mitchell: Q2 2014 lands at")
    lands = headline.inner_text().split("lands at ")[1].removesuffix(".")
    page.goto(f"{app_server}/rep?rep=Linda+Mitchell&period=Q1+2014")
    ready(page)
    expect(page.get_by_text(f"Q2 2014 at {lands}; 2014 at")).to_be_visible()
    page.get_by_role("button", name="See the rows").first.click()
    quarter = sum(booked["Linda Mitchell", month] for month in ("2014-01", "2014-02", "2014-03"))
    expect(page.get_by_role("dialog")).to_contain_text(money.full(quarter, "USD"))


def orders_of(file: Path) -> Counter[tuple[str | None, str]]:
    """Cents by rep (None: everybody) and month."""
    found: Counter[tuple[str | None, str]] = Counter()
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for order in csv.DictReader(lines):
            for rep in (order["rep_name"], None):
                found[rep, order["order_date"][:7]] += int(Decimal(order["amount"]) * 100)
    return found


def in_short(cents: int) -> str:
    return money.short(cents, "USD")


def projected(database_url: str, *options: str) -> list[dict[str, Any]]:
    asked = [*SPM, "projection", "bookings", *options, "--json", "--database", database_url]
    found: list[dict[str, Any]] = json.loads(subprocess.run(asked, check=True, capture_output=True).stdout)
    return found


def downloaded(page: Page, at: int = 0) -> list[list[Any]]:
    """The rows of a table's workbook, without its header."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Download", exact=True).nth(at).click()
    book = openpyxl.load_workbook(BytesIO(download.value.path().read_bytes()))
    return [list(row) for row in book.worksheets[0].values][1:]
