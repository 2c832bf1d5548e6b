"""From a sheet of the company's own daily counts and a new role to a rep's score, in a real browser."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from spm.store.opening import open_store
from tests.companies import imported

PEOPLE = """
    Rep id,Name,Role,Hire date
    1,Ana Ruiz,Sales rep,2020-01-01
    2,Bo Li,Sales rep,2020-01-01
"""
COUNTS = """
    Rep,Date,Doors,Sets
    Ana Ruiz,2026-01-02,1,1
    Ana Ruiz,2026-07-03,45,4
    Ana Ruiz,2026-08-14,36,5
    Bo Li,2026-08-14,120,2
    Ana Ruiz,2026-10-01,1,1
"""


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """Two reps with the company's own counts of doors and sets."""
    url = f"sqlite:///{tmp_path / 'spm.db'}"
    store = open_store(url)
    imported(store, {"people.csv": PEOPLE, "counts.csv": COUNTS}, date(2026, 10, 1))
    store.close()
    return url


def choose(page: Page, ready: Callable[[Page], Page], label: str, option: str, at: int = 0) -> None:
    """Types into a select box and takes the first that fits."""
    page.get_by_role("combobox", name=re.compile(label)).nth(at).click()
    page.keyboard.type(option)  # into the open box: all others are hidden from readers who listen meanwhile
    page.get_by_role("option", name=option, exact=True).first.click()
    ready(page)


def type_in(page: Page, ready: Callable[[Page], Page], label: str, text: str, at: int = 0) -> None:
    field = page.get_by_label(label, exact=True).nth(at)
    field.fill(text)
    field.press("Tab")
    ready(page)


def test_from_a_new_role_with_own_counts_to_a_rep_s_score(
    page: Page, ready: Callable[[Page], Page], app_server: str
) -> None:
    headline = page.get_by_role("heading", level=1)
    page.goto(f"{app_server}/scorecards?period=Q3+2026")
    ready(page)
    page.get_by_role("tab", name="Shape a scorecard").click()
    ready(page)

    page.get_by_role("button", name="New role").click()
    type_in(page, ready, "Name of the new role", "Canvasser")
    page.get_by_role("button", name="Start it").click()
    ready(page)
    expect(headline).to_have_text("What a canvasser answers for")

    remove = page.get_by_role("button", name="Remove")
    for items_count in (4, 3, 2):  # of the five items of a sales representative, whose scorecard is copied
        remove.nth(2).click()
        expect(remove).to_have_count(items_count)
        ready(page)
    choose(page, ready, "Metric", "Doors", 0)
    choose(page, ready, "Metric", "Sets", 1)
    choose(page, ready, "^Target", "A number", 0)
    type_in(page, ready, "Number a month", "30", 0)
    choose(page, ready, "^Target", "A number", 1)
    type_in(page, ready, "Number a month", "2", 1)
    type_in(page, ready, "Weight", "75", 0)
    type_in(page, ready, "Weight", "20", 1)
    expect(page.get_by_text("Weights 95 of 100: 5 to give")).to_be_visible()
    type_in(page, ready, "Weight", "25", 1)
    expect(page.get_by_text("Weights add up to 100")).to_be_visible()
    # Tried on the two who have the role that was copied: Ana would have 105, Bo 0.75 × 133 1/3 + 0.25 × 33 1/3 = 108.
    expect(page.get_by_text("Tried on its model: sales representative.")).to_be_visible()
    expect(page.get_by_text("the score in the middle would be 108")).to_be_visible()

    type_in(page, ready, "Why", "knocking on doors")
    page.get_by_role("button", name="Save the version").click()
    expect(page.get_by_text("The scorecard of Canvasser was saved.")).to_be_visible()

    expect(page.get_by_text("Nobody is a canvasser yet")).to_be_visible()
    page.get_by_role("button", name="To the people").click()
    ready(page)
    page.get_by_role("tab", name="Change several").click()
    ready(page)
    choose(page, ready, "Whom to change", "Ana Ruiz")
    page.keyboard.press("Escape")
    choose(page, ready, "^Role", "Canvasser")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Changed: 1 person.")).to_be_visible()

    page.goto(f"{app_server}/rep?period=Q3+2026&rep=Ana+Ruiz")
    ready(page)
    # 81 of 90 doors are 90 %, 9 of 6 sets 150 %: 0.75 × 90 + 0.25 × 150 = 105.
    expect(headline).to_contain_text("Ana Ruiz scores 105")
    expect(page.get_by_text("Canvasser").first).to_be_visible()
