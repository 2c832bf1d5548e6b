"""A table downloaded as .xlsx says what it says on screen, and nothing in it comes alive."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from spm.errors import Refusal
from spm.reports import workbook as subject
from spm.reports.workbook import Format, workbook


def opened(file: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(file))


def read_back(file: bytes, sheet: str = "Table") -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(file)).get_sheet_by_name(sheet).to_python()


def test_values_come_back_as_they_were() -> None:
    frame = pd.DataFrame(
        {
            "Rep": ["Ana Ruiz", "Zoë Müller"],
            "Bookings": [Decimal("1234.56"), None],
            "Win rate": [0.6315, float("nan")],
            "Deals": [3, 4],
            "Closed on": [date(2017, 4, 1), None],
            "Imported at": pd.to_datetime(["2017-04-01 09:30", None]),
            "Won": [True, False],
            "Id": ["00123", "276"],
        }
    )
    assert read_back(workbook({"Table": frame})) == [
        ["Rep", "Bookings", "Win rate", "Deals", "Closed on", "Imported at", "Won", "Id"],
        ["Ana Ruiz", 1234.56, 0.6315, 3.0, date(2017, 4, 1), datetime(2017, 4, 1, 9, 30), "yes", "00123"],
        ["Zoë Müller", "", "", 4.0, "", "", "no", "276"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+49 30 123",
        "-5",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "{=1}",
        "https://a.example",
        "_x0041_",
    ],
)
def test_text_stays_text_and_comes_back_unchanged(text: str) -> None:
    file = workbook({"Table": pd.DataFrame({text: [text]})})
    assert read_back(file) == [[text], [text]]
    sheet = opened(file)["Table"]
    assert [sheet["A1"].data_type, sheet["A2"].data_type] == ["s", "s"]
    assert sheet["A2"].hyperlink is None


@pytest.mark.parametrize(
    ("text", "is_marked"), [("=1+1", True), ("-5", True), ("@a", True), ("＝1＋1", True), ("Ana", False)]
)
def test_what_excel_would_take_for_a_formula_when_edited_is_marked_as_text(text: str, is_marked: bool) -> None:
    cell = opened(workbook({"Table": pd.DataFrame({"Note": [text]})}))["Table"]["A2"]
    assert bool(cell.quotePrefix) is is_marked


def test_columns_are_shown_as_declared_or_by_what_they_hold() -> None:
    frame = pd.DataFrame(
        {
            "Bookings": [1.5],
            "Share": [0.5],
            "Leads": [1200],
            "Year": [2017],
            "Mean": [2.25],
            "Day": [date(2017, 4, 1)],
        }
    )
    formats = {
        "Bookings": Format.MONEY,
        "Share": Format.PERCENT,
        "Leads": Format.COUNT,
        "Elsewhere": Format.DAY,
    }
    sheet = opened(workbook({"Table": frame}, formats))["Table"]
    assert [cell.number_format for cell in sheet[2]] == [
        "#,##0.00;[Red]-#,##0.00", "0.0%", "#,##0", "0", "#,##0.00", "yyyy-mm-dd",
    ]  # fmt: skip


def test_header_is_bold_and_stays_and_filters() -> None:
    sheet = opened(workbook({"Table": pd.DataFrame({"Rep": ["Ana"], "Deals": [3]})}))["Table"]
    assert sheet["A1"].font.bold
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B2"


def test_columns_are_as_wide_as_what_they_show() -> None:
    frame = pd.DataFrame({"A": ["x" * 20], "B": ["x" * 200], "C": ["x"]})
    widths = opened(workbook({"Table": frame}))["Table"].column_dimensions
    assert [round(widths[letter].width) for letter in "ABC"] == [22, 49, 10]


def test_a_moment_with_a_time_zone_keeps_its_clock_time() -> None:
    frame = pd.DataFrame({"At": [datetime(2017, 4, 1, 9, 30, tzinfo=UTC)]})
    assert read_back(workbook({"Table": frame}))[1] == [datetime(2017, 4, 1, 9, 30)]


def test_what_a_cell_cannot_hold_exactly_is_text() -> None:
    frame = pd.DataFrame({"Id": [12345678901234567890, 5], "Born": [date(1899, 5, 1), None]}, dtype=object)
    assert read_back(workbook({"Table": frame}))[1] == ["12345678901234567890", "1899-05-01"]


def test_missing_is_an_empty_cell_however_it_is_written() -> None:
    missing = [None, float("nan"), pd.NA, pd.NaT, Decimal("nan")]
    frame = pd.DataFrame({"Row": range(5), "Value": pd.Series(missing, dtype=object)})
    assert [row[1] for row in read_back(workbook({"Table": frame}))[1:]] == [""] * 5


def test_numbers_of_numpy_are_numbers_and_a_list_is_text() -> None:
    cells = [np.int64(3), np.float64(0.5), np.bool_(True), ["a", "b"]]
    frame = pd.DataFrame({"Value": pd.Series(cells, dtype=object)})
    assert read_back(workbook({"Table": frame}))[1:] == [[3.0], [0.5], ["yes"], ["['a', 'b']"]]


def test_several_sheets_and_names_that_excel_does_not_take() -> None:
    frame = pd.DataFrame({"Rep": ["Ana"]})
    file = workbook({"Teams": frame, "West/Central: all [open] deals of the year": frame, "Empty": pd.DataFrame()})
    assert opened(file).sheetnames == ["Teams", "West.Central. all (open) deals ", "Empty"]


def test_a_frame_without_rows_has_its_header() -> None:
    assert read_back(workbook({"Table": pd.DataFrame({"Rep": [], "Deals": []})})) == [["Rep", "Deals"]]


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "ROWS_LIMIT", 2)
    assert len(read_back(workbook({"Table": pd.DataFrame({"Rep": ["a"] * 2})}))) == 3
    with pytest.raises(Refusal, match="has 3 rows"):
        workbook({"Table": pd.DataFrame({"Rep": ["a"] * 3})})


def test_the_same_moment_makes_the_same_file() -> None:
    made_at = datetime(2017, 12, 31, 12, 0)
    frame = pd.DataFrame({"Rep": ["Ana"]})
    file = workbook({"Table": frame}, made_at=made_at)
    assert opened(file).properties.created == made_at
    assert workbook({"Table": frame}, made_at=made_at) == file
