"""What is put into the inbox shows on a page that is open, without anybody touching it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from spm.company.actions import change_settings
from spm.store.opening import open_store
from tests.companies import TESTER, imported

HEADER = "Deal id,Owner,Stage,Amount,Created on,Closed on"
FIRST = f"{HEADER}\nD1,Ana,Won,100000,2024-01-05,2024-02-20"
LATER = f"{HEADER}\nD2,Ben,Won,250000,2024-01-05,2024-03-20"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def database_url(tmp_path: Path, inbox: Path) -> str:
    url = f"sqlite:///{tmp_path / 'spm.db'}"
    store = open_store(url)
    imported(store, {"deals.csv": FIRST})
    change_settings(store, TESTER, inbox_folder=str(inbox))
    store.close()
    return url


def test_a_file_in_the_inbox_moves_the_numbers_of_an_open_page(
    page: Page, ready: Callable[[Page], Page], app_server: str, inbox: Path
) -> None:
    page.goto(f"{app_server}/?period=Q1+2024")
    ready(page)
    bookings = page.get_by_test_id("stMetricValue").first
    expect(bookings).to_have_text("$100K")
    (inbox / "crm export.csv").write_text(LATER)
    expect(bookings).to_have_text("$350K", timeout=60_000)
    (done,) = (inbox / "done").iterdir()
    assert (done / "crm export.csv").exists()
