"""Every folder of input workbooks goes in by the page as by the command: what is asked is answered by a click here and by a
flag there, and both stores hold the same, row for row."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from spm.cli import main
from spm.cli.codes import DONE, SOME_REFUSED
from spm.store.opening import open_store
from tests.folders import SHEETS, sheets_of
from tests.store.contents import LOGS, fingerprints

Reader = Callable[..., AppTest]

FOLDERS = (
    "adventureworks_pl300/tab_us_text",
    "b2b_martech_opsmadeez",
    "crm_sales_opportunities/maven_original",
    "crm_sales_opportunities/precursor_gtx_clicks",
    "crm_sales_opportunities/us_dates_variant",
    "fmcg_nigeria",
    "hubspot_dummy",
    "northwind",
    "sales_perf_portfolio",
    "salesforce_exports",
    "salesforce_exports/anlytx_hackathon",
    "salesforce_exports/data_cloud_workshop",
    "salesforce_exports/powerbi_demo_org",
    "superstore",
)
LARGE = {
    "adventureworks": "60,855 order lines, 3,796 orders, 163 quotas, 17 people and 14 rows of teams over time to come in",
    "adventureworks_pl300/pipe": "57,851 order lines, 809 quotas, 711 rows of lists, 397 products and 18 people to come in",
    "cdnow_orders": "69,659 orders to come in",
    "pbi_regional_sales": "20,000 deals, 408 rows of lists, 20 people and 9 products to come in",
    "pipeline_excel_pivots": "9,994 deals to come in",
    "telecom_calls": "53,902 activities to come in",
}
"""Folders that only the bench brings in, with what the page says of them before: every test run goes as far."""
NO_SALES = ("ts_m3",)
OF_SINGLE_FILES = ("nasty_csv", "nasty_xlsx")  # each goes in alone: see tests/intake/test_nasty_files.py
ASKED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "pipeline_excel_pivots": ("9,993 of its rows stand in Sales Pipeline.xlsx, too", ("--sheet", "Sales Pipeline")),
    "salesforce_exports/powerbi_demo_org": (
        "Leads need a column for Created on",
        ("--layout", "Lead.csv=left out"),
    ),
}
"""What is asked of a folder, answered on the page by leaving the sheet out, and the flag that does so."""
FOR_ONCE = {"pipeline_excel_pivots": {"remembered_layout"}}
"""What the page keeps and the command doesn't: `--sheet` answers for this time, a click for the next file, too."""


def files_in(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.suffix.lower() in SHEETS and file.name != "MANIFEST.csv")


def dropped(app: AppTest, files: list[Path]) -> None:
    """Drops these files on the page and waits for what it says of them."""
    app.file_uploader[0].set_value([(file.name, file.read_bytes(), "text/csv") for file in files])
    app.run(timeout=120)
    assert not app.exception


def answer(app: AppTest, folder: str) -> None:
    """Leaves out the sheet that is asked about, if one is; nothing else may be asked."""
    question, _ = ASKED.get(folder, ("", ()))
    assert (app.title[0].value == "One question waits for your answer") is bool(question)
    if question:
        assert any(question in text.value for text in app.markdown)
        pressed(app, next(str(button.key) for button in app.button if button.label == "Leave the sheet out"))


def pressed(app: AppTest, key: str) -> None:
    next(button for button in app.button if str(button.key).startswith(key)).click().run(timeout=120)
    assert not app.exception


def held(database_url: str, without: set[str]) -> dict[str, tuple[int, str]]:
    store = open_store(database_url)
    with store.reading() as connection:
        found = fingerprints(connection, LOGS | without)
    store.close()
    return found


@pytest.fixture
def page(reader: Reader, empty_url: str) -> AppTest:
    return reader(empty_url, "upload")


def test_every_folder_is_among_these(shared_data: Path) -> None:
    every = {file.parent.relative_to(shared_data).as_posix() for file in sheets_of(shared_data)}
    assert every == {*FOLDERS, *LARGE, *NO_SALES, *OF_SINGLE_FILES}


@pytest.mark.parametrize("folder", [*FOLDERS, *(pytest.param(folder, marks=pytest.mark.bench) for folder in LARGE)])
def test_a_folder_goes_in_by_the_page_as_by_the_command(
    page: AppTest, empty_url: str, tmp_path: Path, shared_data: Path, folder: str
) -> None:
    files, by_command = files_in(shared_data / folder), f"sqlite:///{tmp_path / 'command.db'}"
    dropped(page, files)
    answer(page, folder)
    pressed(page, "upload_commit")
    assert str(page.title[0].value).endswith("rows are in")
    _, flags = ASKED.get(folder, ("", ()))
    assert main(["import", *map(str, files), *flags, "--database", by_command]) in (DONE, SOME_REFUSED)
    without = FOR_ONCE.get(folder, set())
    assert held(empty_url, without) == held(by_command, without)


@pytest.mark.parametrize("folder", LARGE)
def test_a_large_folder_is_read_to_what_it_would_bring(page: AppTest, shared_data: Path, folder: str) -> None:
    dropped(page, files_in(shared_data / folder))
    answer(page, folder)
    assert str(page.title[0].value).startswith(LARGE[folder])


@pytest.mark.parametrize("folder", NO_SALES)
def test_a_folder_without_sales_ends_in_a_sentence(page: AppTest, shared_data: Path, folder: str) -> None:
    dropped(page, files_in(shared_data / folder))
    assert page.title[0].value == "Nothing in these files is known to spm"
