"""A link to a rep's page, opened as the very first request of a server: with menu, filters and the rep."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.stores import small_company


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    small_company(tmp_path).close()
    return f"sqlite:///{tmp_path / 'spm.db'}"


def test_a_deep_link_on_a_fresh_server_passes_through_the_frame(
    page: Page, ready: Callable[[Page], Page], app_server: str
) -> None:
    page.goto(f"{app_server}/rep?period=Year+2017&rep=Bo+Li")
    ready(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bo Li")
    expect(page.get_by_test_id("stSidebarNav").get_by_role("link", name="Upload")).to_be_visible()
    expect(page).to_have_url(re.compile(r"period=Year\+2017&rep=Bo\+Li"))
    page.get_by_role("button", name="See the rows").first.click()
    expect(page.get_by_role("dialog")).to_contain_text(re.compile(r"Where this number comes from"))
