"""The main job as a new user does it: an empty app, sheets as they lie there, the preview, Home, a rep, a number's rows."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

DROPZONE = "[data-testid='stFileUploaderDropzoneInput']"


def test_from_an_empty_app_to_the_rows_behind_a_number(
    page: Page, ready: Callable[[Page], Page], app_server: str, shared_data: Path
) -> None:
    folder = shared_data / "crm_sales_opportunities" / "maven_original"
    headline = page.get_by_role("heading", level=1)

    page.goto(app_server)
    ready(page)
    page.get_by_role("button", name="Choose files").click()
    ready(page)
    expect(headline).to_have_text("Bring in your sheets")

    page.set_input_files(DROPZONE, [folder / "sales_pipeline.csv", folder / "sales_teams.csv"])
    expect(headline).to_have_text("8,800 deals and 35 people to come in", timeout=20_000)
    ready(page)
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("8,835")

    page.get_by_role("button", name="Bring in 8,835 new rows").last.click()
    expect(headline).to_have_text("8,835 new rows are in", timeout=30_000)

    page.get_by_role("button", name="See Home").click()
    ready(page)
    expect(headline).to_contain_text("Q4 2017")
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("$2.8M")

    page.goto(f"{app_server}/rep?rep=Darcel+Schlecht&period=Year+2017")
    ready(page)
    expect(headline).to_contain_text("Darcel Schlecht")

    page.goto(f"{app_server}/?period=Q2+2017")
    ready(page)
    page.get_by_role("button", name="See the rows").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("1,254 rows")
    expect(page.get_by_role("dialog")).to_contain_text("$3,086,111")


def test_a_column_said_by_hand_a_double_click_and_the_way_back(
    page: Page, ready: Callable[[Page], Page], app_server: str, tmp_path: Path
) -> None:
    sheet = tmp_path / "deals.csv"
    sheet.write_text(
        "Opportunity ID,Sales Agent,Stage,Amount,Close Date,Thing\n"
        "D1,Ana Ruiz,Won,1000,2017-02-10,Box\nD2,Bo Li,Won,500,2017-02-11,Jar\n"
    )
    headline = page.get_by_role("heading", level=1)
    page.goto(f"{app_server}/upload")
    ready(page)
    page.set_input_files(DROPZONE, sheet)
    expect(headline).to_have_text("2 deals to come in", timeout=20_000)
    ready(page)

    columns = page.locator(".stDataFrameGlideDataEditor").first
    width = columns.evaluate("table => table.clientWidth")
    columns.dblclick(position={"x": width - 60, "y": 38 + 5 * 35 + 17})  # the sixth row, in the column “Is”
    choice = page.locator("#portal input").first
    expect(choice).to_be_focused(timeout=20_000)  # the list opens a moment after the click
    page.keyboard.type("Product")
    expect(page.locator("#portal").get_by_text("Product", exact=True).first).to_be_visible(timeout=20_000)
    page.keyboard.press("Enter")
    ready(page)
    expect(page.get_by_text("columns as you said")).to_be_visible()
    expect(page.get_by_text("To filter and group by: Product.")).to_be_visible()

    page.get_by_role("button", name="Bring in 2 new rows").last.dblclick()
    expect(headline).to_have_text("2 new rows are in", timeout=20_000)
    ready(page)

    page.get_by_role("button", name="Undo", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Deals: 2 new")
    dialog.get_by_role("button", name="Undo batch 1").click()
    ready(page)
    expect(page.get_by_text(re.compile(r"Undone: import 1"))).to_be_visible()

    page.get_by_role("link", name="Imports").click()
    ready(page)
    expect(headline).to_have_text("Nothing stands: every import was undone")


def test_days_that_a_sheet_speaks_for_are_said_in_the_table(
    page: Page, ready: Callable[[Page], Page], app_server: str, tmp_path: Path
) -> None:
    sheet = tmp_path / "deals.csv"
    sheet.write_text(
        "Opportunity ID,Sales Agent,Stage,Amount,Created,Close Date\n"
        "D1,Ana Ruiz,Won,1000,2017-01-03,2017-02-10\nD2,Bo Li,Won,500,2017-01-03,2017-02-20\n"
    )
    page.goto(f"{app_server}/upload")
    ready(page)
    page.set_input_files(DROPZONE, sheet)
    expect(page.get_by_text("Won deals, lost deals")).to_contain_text("20 Feb 2017")
    ready(page)

    page.get_by_text("Does a sheet speak for other days?").click()
    days = (
        page.get_by_test_id("stExpander").filter(has_text="Does a sheet speak").locator(".stDataFrameGlideDataEditor")
    )
    days.first.scroll_into_view_if_needed()
    width = days.first.evaluate("table => table.clientWidth")
    days.first.dblclick(position={"x": width * 0.85, "y": 38 + 17})  # the first row, in the column “To (last day)”
    expect(page.locator("#portal input").first).to_be_focused(timeout=20_000)
    page.keyboard.type("02282017", delay=100)
    page.keyboard.press("Enter")
    ready(page)
    expect(page.get_by_text("Won deals: ")).to_contain_text("to 28 Feb 2017", timeout=20_000)
