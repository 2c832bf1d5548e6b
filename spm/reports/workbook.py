"""Tables as an .xlsx file: every table download of the app.

No text of a stranger becomes a formula. Text is written as a text cell, whatever it starts with; where Excel
would take it for a formula as soon as someone edits the cell, the cell also carries Excel's own mark for
"this is text" (the leading apostrophe that the sheet does not show). So the text itself stays as it was, and
comes back unchanged when the file is read in again.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
import xlsxwriter

from spm.errors import Refusal

ROWS_LIMIT = 1_048_575  # of a sheet, below the header
TEXT_LIMIT = 32_767  # characters of a cell
EXACT_NUMBER_LIMIT = 10**15  # a cell holds fifteen digits
FIRST_YEAR = 1900  # a sheet has no earlier days
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # the wide ones where Excel is Japanese
WIDTH_LIMITS, MEASURED_ROWS_COUNT = (9, 48), 200


class Format(StrEnum):
    """How Excel shows the numbers and days of a column."""

    COUNT = "#,##0"
    NUMBER = "#,##0.00"
    PLAIN = "0"  # a year, a row number
    MONEY = "#,##0.00;[Red]-#,##0.00"
    PERCENT = "0.0%"
    FACTOR = "0.00##"
    DAY = "yyyy-mm-dd"
    MOMENT = "yyyy-mm-dd hh:mm"


def workbook(
    sheets: Mapping[str, pd.DataFrame],
    formats: Mapping[str, Format] = MappingProxyType({}),
    made_at: datetime | None = None,
) -> bytes:
    """The frames as an .xlsx file, one sheet each by its name, without their indexes.

    `formats` is by column name; other columns are shown by what they hold (whole numbers plain, other
    numbers with two digits, days and moments as ISO). Missing values are empty cells, a time zone is
    dropped, yes and no are words. `made_at` is what the file says of itself, by default the moment of the
    call. Raises Refusal for more rows than a sheet holds.
    """
    file = BytesIO()
    options = {"constant_memory": True, "in_memory": True, "remove_timezone": True}
    with xlsxwriter.Workbook(file, options) as book:
        if made_at is not None:
            book.set_properties({"created": made_at})
        styles = _Styles(book)
        for name, frame in sheets.items():
            if len(frame) > ROWS_LIMIT:
                raise Refusal(f"“{name}” has {len(frame):,} rows; a sheet holds {ROWS_LIMIT:,}.", "Filter it first.")
            _write_sheet(book.add_worksheet(_sheet_name(name)), frame, formats, styles)
    return file.getvalue()


class _Styles:
    """The cell styles of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.header = book.add_format({"bold": True, "bottom": 1, "valign": "top", "quote_prefix": True})
        self.text_mark = book.add_format({"quote_prefix": True})
        self.shown_as = {format: book.add_format({"num_format": str(format)}) for format in Format}


def _write_sheet(sheet: Any, frame: pd.DataFrame, formats: Mapping[str, Format], styles: _Styles) -> None:
    columns = [frame.iloc[:, at].astype(object).tolist() for at in range(frame.shape[1])]
    declared = [formats.get(name) for name in frame.columns]
    for at, (name, cells) in enumerate(zip(frame.columns, columns, strict=True)):
        sheet.set_column(at, at, _width(str(name), cells))
        sheet.write_string(0, at, str(name), styles.header)
    for row, values in enumerate(zip(*columns, strict=True), start=1):
        for at, value in enumerate(values):
            _write_cell(sheet, row, at, value, declared[at], styles)
    sheet.freeze_panes(1, 0)
    if columns:
        sheet.autofilter(0, 0, len(frame), len(columns) - 1)


def _write_cell(sheet: Any, row: int, at: int, value: object, declared: Format | None, styles: _Styles) -> None:
    match value:
        case str():
            style = styles.text_mark if value.startswith(FORMULA_STARTS) else None
            sheet.write_string(row, at, value[:TEXT_LIMIT], style)
        case None:
            pass
        case bool() | np.bool_():
            sheet.write_string(row, at, "yes" if value else "no")
        case _ if value is pd.NA or value != value:  # the missing are not equal to themselves
            pass
        case date() if value.year < FIRST_YEAR:
            sheet.write_string(row, at, value.isoformat())
        case datetime():
            sheet.write_datetime(row, at, value, styles.shown_as[declared or Format.MOMENT])
        case date():
            sheet.write_datetime(row, at, value, styles.shown_as[declared or Format.DAY])
        case int() | np.integer() if abs(int(value)) >= EXACT_NUMBER_LIMIT:
            sheet.write_string(row, at, str(value))
        case int() | np.integer():
            sheet.write_number(row, at, int(value), styles.shown_as[declared or Format.PLAIN])
        case float() | Decimal():
            sheet.write_number(row, at, float(value), styles.shown_as[declared or Format.NUMBER])
        case _:
            sheet.write_string(row, at, str(value)[:TEXT_LIMIT], styles.text_mark)


def _width(name: str, cells: list[Any]) -> int:
    """Characters that show the header with its filter button, and most of the cells."""
    longest = max((len(str(cell)) for cell in cells[:MEASURED_ROWS_COUNT] if cell is not None), default=0)
    low, high = WIDTH_LIMITS
    return min(max(len(name) + 3, longest + 1, low), high)


def _sheet_name(name: str) -> str:
    """The name without the characters that Excel does not take in one, cut to its 31."""
    return name.translate(str.maketrans("[]:*?/\\", "().....")).strip("'")[:31]
