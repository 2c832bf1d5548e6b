"""From Home to a team, a rep, a metric and its rows; and back to each by its address alone."""

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


def test_from_home_down_to_the_rows_and_back_by_the_address(
    page: Page, ready: Callable[[Page], Page], app_server: str
) -> None:
    headline = page.get_by_role("heading", level=1)
    page.goto(f"{app_server}/?period=Year+2017")
    ready(page)
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Teams").click()
    expect(headline).to_contain_text("2017: no team of")
    expect(page).to_have_url(re.compile(r"/teams\?period=Year\+2017"))
    ready(page)
    teams = page.url

    table = page.locator(".stDataFrameGlideDataEditor").first
    table.click(position=FIRST_NAME)  # a team
    expect(page).to_have_url(re.compile(r"team=(North|South)"))
    expect(headline).to_contain_text("no rep of")
    ready(page)
    team = page.url

    table.click(position=FIRST_NAME)  # a rep of it
    expect(page).to_have_url(re.compile(r"/rep\?.*rep="))
    ready(page)
    rep, name = page.url, headline.inner_text()

    page.get_by_role("button", name="See the rows").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("Where this number comes from")
    expect(page.get_by_role("dialog")).to_contain_text("Won value")
    page.keyboard.press("Escape")

    for address, said in ((rep, re.escape(name)), (team, "no rep of"), (teams, "no team of")):
        page.goto(address)
        ready(page)
        expect(headline).to_contain_text(re.compile(said))


def test_a_link_to_the_reps_of_all_teams_shows_them(page: Page, ready: Callable[[Page], Page], app_server: str) -> None:
    page.goto(f"{app_server}/teams?period=Year+2017&teams_level=Reps&teams_tiers_by=Bookings")
    ready(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("no rep of")
    tiers_by = page.get_by_test_id("stSelectbox").filter(has_text="Tiers by").get_by_role("combobox")
    expect(tiers_by).to_have_value("Bookings")


def test_what_is_selected_can_be_read_on_a_dark_page(
    page: Page, ready: Callable[[Page], Page], app_server: str
) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"{app_server}/teams?period=Year+2017")
    ready(page)
    accent = "rgb(130, 151, 255)"  # the palette's, not the theme's primary colour, which is one for buttons
    expect(page.get_by_role("tab", selected=True).locator("p")).to_have_css("color", accent)
    expect(page.get_by_role("radio", name="Teams").locator("p")).to_have_css("color", accent)


def test_a_link_to_a_comparison_is_the_comparison(page: Page, ready: Callable[[Page], Page], app_server: str) -> None:
    chosen = "period=Year+2017&by=Win+rate&shown_as=Change+on+a+year+earlier&reps=Ana+Ruiz&reps=A.+Ruiz"
    page.goto(f"{app_server}/compare?{chosen}")
    ready(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("no change in win rate on a year earlier is known yet")
    page.get_by_text("Share").click()
    expect(page.get_by_test_id("stPopoverBody")).to_contain_text(f"/compare?{chosen}")
    page.keyboard.press("Escape")
    with page.expect_download() as download:
        page.get_by_role("button", name="PNG").first.click()
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")
