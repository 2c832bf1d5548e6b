"""Every difficult workbook and text file ends in rows or in a clear sentence, fast and in bounded memory."""

import json
import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from spm.intake.model import Severity, Workbook
from spm.intake.reading.workbook import read_workbook
from spm.intake.recognising.table import find_table
from tests.house_rules import CHECKOUT

MOST_SECONDS = 20
MOST_MEBIBYTES = 1024
FOLDERS = ("nasty_xlsx", "nasty_csv")
MEASURED_READING = """
import json, sys, time
from pathlib import Path
from spm.intake.recognising.table import find_table
from spm.intake.reading.workbook import read_workbook
from tests.memory import own_peak

for path in map(Path, sys.argv[1:]):
    started = time.monotonic()
    workbook = read_workbook(path.name, path.read_bytes())
    tables = [find_table(sheet) for sheet in workbook.sheets]
    print(json.dumps({
        "file": path.name,
        "seconds": time.monotonic() - started,
        "mebibytes": own_peak(),
        "rows": sum(len(sheet.rows) for sheet in workbook.sheets),
        "stops": [issue.message for issue in workbook.issues if issue.severity == "stop"],
    }))
"""


def read(folder: Path, path: str) -> Workbook:
    return read_workbook(Path(path).name, (folder / path).read_bytes())


@pytest.fixture(scope="module")
def measured(shared_data: Path) -> dict[str, list[dict[str, object]]]:
    """A child process a folder reads its files and tells time and peak memory."""
    answers = {}
    for folder in FOLDERS:
        files = sorted(path for path in (shared_data / folder).iterdir() if path.name != "MANIFEST.csv")
        child = subprocess.run(
            [sys.executable, "-c", MEASURED_READING, *map(str, files)],
            capture_output=True,
            check=True,
            cwd=CHECKOUT,
            env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
            timeout=MOST_SECONDS * len(files),
        )
        answers[folder] = [json.loads(line) for line in child.stdout.splitlines()]
    return answers


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_ends_in_rows_or_a_clear_sentence(
    shared_data: Path, measured: dict[str, list[dict[str, object]]], folder: str
) -> None:
    files = measured[folder]
    listed = find_table(read(shared_data, f"{folder}/MANIFEST.csv").sheets[0])
    assert listed is not None
    assert {file["file"] for file in files} == {row[0] for row in listed.cells}
    for file in files:
        assert file["rows"] or file["stops"], file
        assert all(sentence[0].isupper() and sentence.endswith((".", "!")) for sentence in file["stops"]), file
        assert file["seconds"] < MOST_SECONDS, file
        assert file["mebibytes"] < MOST_MEBIBYTES, file


SENTENCES = {
    "nasty_xlsx/calamine__pass_protected.xlsx": "protected by a password",
    "nasty_xlsx/msoffcrypto__example_password.xlsx": "protected by a password",
    "nasty_xlsx/openpyxl__null_file.xlsx": "This file is empty",
    "nasty_xlsx/poi__clusterfuzz-testcase-minimized-XLSX2CSVFuzzer-5636439151607808.xlsx": "damaged",
    "nasty_xlsx/poi__poc-xmlbomb.xlsx": "XML entities",
    "nasty_xlsx/excelize__BadWorkbook.xlsx": "no sheets with cells",
    "nasty_xlsx/PhpSpreadsheet__issue.2276.slk": "SYLK",
    "nasty_xlsx/tidyxl__xfd1048576.xlsx": "reaches as far as XFD1048576",
}


@pytest.mark.parametrize("path", SENTENCES)
def test_what_cannot_be_read_says_why_in_one_sentence(shared_data: Path, path: str) -> None:
    stops = [issue for issue in read(shared_data, path).issues if issue.severity == Severity.STOP]
    assert len(stops) == 1
    assert SENTENCES[path] in stops[0].message


FIRST_ROWS = {
    "nasty_xlsx/calamine__date_1904.xlsx": [date(2021, 1, 1), 15],
    "nasty_xlsx/calamine__has_x000D_.xlsx": ["ABC\r\nDEF"],
    "nasty_xlsx/calamine__nonstandard-xml-ns-prefix.xlsx": ["a", "b"],
    "nasty_xlsx/poi__sample.strict.xlsx": ["Lorem", 111],
    "nasty_xlsx/poi__xlsx-corrupted.xlsx": ["test", "DOCTYPE", "XXE", "injection"],
    "nasty_xlsx/openpyxl__guess_types.xlsx": ["3.14", 3.14, "3/14/15", 0.15, 0.15],
    "nasty_xlsx/poi__xlookup.xlsx": [None, "EmpID", "Employee Name", "Department"],
    "nasty_csv/PhpSpreadsheet__premiere.utf32be.csv": ["première", "second", "troisième"],
    "nasty_csv/PhpSpreadsheet__sep.csv": ["A", "1"],
    "nasty_csv/PhpSpreadsheet__contains_html.csv": ["Column A", "<a href=''>Link</a>", "Column C"],
    "nasty_csv/csvkit__mac_newlines.csv": ["a", "b", "c"],
}


@pytest.mark.parametrize("path", FIRST_ROWS)
def test_first_row_as_it_stands_in_the_file(shared_data: Path, path: str) -> None:
    assert read(shared_data, path).sheets[0].rows[0] == FIRST_ROWS[path]


LAST_ROWS = {
    "nasty_csv/tabulator-py__escaping.csv": ["3", 'Test " line 3'],
    "nasty_csv/tabulator-py__latin1.csv": ["2", "©"],
    "nasty_csv/csvkit__mac_newlines.csv": ["Once upon\ra time", "5", "6"],
    "nasty_csv/csvkit__test_locale.csv": ["1,7", "200.000.000", None],
    "nasty_csv/PhpSpreadsheet__semicolon_separated.csv": ["Two colons and a comma", "B|3", ":,:"],
    "nasty_csv/PhpSpreadsheet__sep.csv": ["2", "3"],
}


@pytest.mark.parametrize("path", LAST_ROWS)
def test_last_row_as_it_stands_in_the_file(shared_data: Path, path: str) -> None:
    assert read(shared_data, path).sheets[0].rows[-1] == LAST_ROWS[path]


def test_hidden_sheets_are_flagged_and_charts_are_no_sheets(shared_data: Path) -> None:
    def visibility(path: str) -> list[tuple[str, bool]]:
        return [(sheet.name, sheet.hidden) for sheet in read(shared_data, path).sheets]

    three = [("Visible", False), ("Hidden", True), ("VeryHidden", True)]
    assert visibility("nasty_xlsx/poi__TwoSheetsOneHidden.xlsx") == [("Sheet1", True), ("Sheet2", False)]
    assert visibility("nasty_xlsx/sheetjs__sheet_visibility.xlsb") == three
    assert visibility("nasty_xlsx/calamine__any_sheets.xlsb") == three


def test_formats_that_reach_too_far_do_not_stop_the_cells(shared_data: Path) -> None:
    sheet = read(shared_data, "nasty_xlsx/calamine__issue_174.xlsx").sheets[0]
    assert (len(sheet.rows), sheet.rows[1][0]) == (2, 123)


def test_dates_and_times_of_day(shared_data: Path) -> None:
    rows = read(shared_data, "nasty_xlsx/calamine__date_iso.xlsx").sheets[0].rows
    assert rows[:2] == [[date(2021, 1, 1)], [datetime(2021, 1, 1, 10, 10, 10)]]


# header (its first names), number of rows, number of the first row
TABLES = {
    "nasty_csv/messytables__mixedGLB.csv": (["Year", "Jan", "Feb"], 133, 5),
    "nasty_csv/messytables__spanish_chars.csv": (["GF_ID", "FN_ID", "SF_ID"], 114, 2),
    "nasty_csv/packt__Sales Colombia.csv": (["Row ID", "Order ID", "Order Date"], 360, 2),
    "nasty_xlsx/janitor__dirty_data.xlsx": (["First Name", "Last Name", "Employee Status"], 12, 3),
    "nasty_xlsx/PhpSpreadsheet__TableFormulae.xlsx": (["Sales Person", "Region", "Sales Amount"], 6, 2),
    "nasty_xlsx/readxl__names-need-repair-xlsx.xlsx": (["a b", "a b (2)", "column C"], 2, 2),
    "nasty_xlsx/readxl__style-only-cells.xlsx": (["var1", "var2", "var3"], 3, 2),
    "nasty_xlsx/samanatt__Report02.xlsx": (["ردیف", "نام منطقه", "شرح فعالیت"], 24, 3),
    "pipeline_excel_pivots/Sales Pipeline.xlsx": (["index", "Row ID", "Opportunity ID"], 9994, 3),
    "superstore/Sample - Superstore (2013-2016, DeltaOptimist).xls": (
        ["Row ID", "Order ID", "Order Date"],
        9994,
        2,
    ),
    "crm_sales_opportunities/maven_original/sales_pipeline.csv": (
        ["opportunity_id", "sales_agent", "product"],
        8800,
        2,
    ),
    "adventureworks_pl300/pipe/Sales.csv": (["SalesOrderNumber", "OrderDate", "ProductKey"], 57851, 2),
    "adventureworks_pl300/tab_us_text/Targets.csv": (["EmployeeID", "Target", "TargetMonth"], 809, 2),
}


@pytest.mark.parametrize("path", TABLES)
def test_table_found_in_real_files(shared_data: Path, path: str) -> None:
    table = find_table(read(shared_data, path).sheets[0])
    assert table is not None
    assert (list(table.header[:3]), len(table.cells), table.row_numbers[0]) == TABLES[path]
    assert all(len(row) == len(table.header) for row in table.cells)


def test_pivots_beside_the_rows_are_sheets_of_their_own(shared_data: Path) -> None:
    workbook = read(shared_data, "pipeline_excel_pivots/Sales Pipeline.xlsx")
    assert [sheet.name for sheet in workbook.sheets] == [
        "Sales Pipeline",
        "Pivot 2",
        "Sales Lead_Stage",
        "Pivot",
    ]
    table = find_table(workbook.sheets[0])
    assert table is not None
    assert [issue.message for issue in table.issues] == [
        "Row 1 above the header left out: “2297200.860299921”.",
    ]


@pytest.mark.parametrize("edition", ["accounts", "products", "sales_pipeline", "sales_teams"])
def test_the_same_table_as_text_and_as_workbook(shared_data: Path, edition: str) -> None:
    folder = shared_data / "crm_sales_opportunities/precursor_gtx_clicks"
    as_text = find_table(read(folder, f"{edition}.csv").sheets[0])
    as_workbook = find_table(read(folder, f"{edition}.xlsx").sheets[0])
    assert as_text is not None
    assert as_workbook is not None
    assert as_text.header == as_workbook.header
    assert as_text.row_numbers == as_workbook.row_numbers
