"""Reads .xlsx, .xlsm, .xls, .xlsb and .ods with calamine, and with openpyxl what calamine cannot open."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from itertools import islice
from typing import Any

from defusedxml.common import DefusedXmlException
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from spm.intake.reading.kind import DAMAGED, PASSWORD
from spm.intake.reading.office_xml import OfficeXml, SheetMarks, column_letters
from spm.intake.reading.raw import Cell, Limits, RawSheet, Reading, Remark, refusal
from spm.intake.values.column import UNCALCULATED

HOSTILE = (
    "This workbook defines XML entities, which no spreadsheet program writes and attacks use, so it was not "
    "opened: copy its cells into a new workbook and save that."
)
UNREADABLE = (CalamineError, OSError, ValueError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)
MIDNIGHT = time()


def read_with_calamine(content: bytes, is_office_xml: bool, limits: Limits, *, skip_far: bool = False) -> Reading:
    """All sheets of a workbook. Raises one of `UNREADABLE` where calamine cannot open it at all.

    `skip_far` leaves out sheets that only declare to reach too far: most of those hold formats out there and
    no cells, so they are read unless memory has run out once.
    """
    xml = OfficeXml(content) if is_office_xml else None
    if xml and xml.declares_entities:
        return refusal(HOSTILE)
    reading = Reading()
    # calamine parses without holding the interpreter, so the XML is looked through meanwhile.
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook, ThreadPoolExecutor(1) as beside:
        for about in workbook.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            declared = xml.last_cell(about.name) if xml and skip_far else None
            if too_far := _too_far(declared, about.name, limits):
                reading.remarks.append(too_far)
                continue
            marks = beside.submit(xml.marks, about.name) if xml else None
            try:
                sheet = workbook.get_sheet_by_name(about.name)
            except UNREADABLE:
                reading.remarks.append(Remark(f"Sheet “{about.name}” is damaged and was left out.", about.name, True))
                continue
            if too_far := _too_far(_end(sheet), about.name, limits):
                reading.remarks.append(too_far)
                continue
            rows = _rows(sheet)
            if marks:
                reading.remarks.extend(_mark_errors(rows, marks.result(), about.name))
            hidden = about.visible != SheetVisibleEnum.Visible
            reading.sheets.append(RawSheet(about.name, rows, hidden, _merged(sheet), bool(xml and xml.from_1904)))
    return reading


def read_spreadsheet(content: bytes, is_office_xml: bool, limits: Limits, *, skip_far: bool = False) -> Reading:
    """All sheets, by calamine or else by openpyxl; a refusal where neither can open the file."""
    try:
        return read_with_calamine(content, is_office_xml, limits, skip_far=skip_far)
    except PasswordError:
        return refusal(PASSWORD)
    except UNREADABLE:
        return read_with_openpyxl(content, limits) if is_office_xml else refusal(DAMAGED)


def read_with_openpyxl(content: bytes, limits: Limits) -> Reading:
    """All sheets of an .xlsx that calamine refuses. openpyxl uses defusedxml, which stops entity bombs."""
    from openpyxl import load_workbook  # slow to import, and rarely needed
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    reading = Reading()
    try:
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in workbook.worksheets:
            rows_declared, columns_declared = sheet.max_row or 0, sheet.max_column or 0
            end = (rows_declared, columns_declared, f"{column_letters(columns_declared)}{rows_declared}")
            if too_far := _too_far(end, sheet.title, limits):
                reading.remarks.append(too_far)
                continue
            clean = _Clean()
            rows = [[clean[cell] for cell in row] for row in sheet.iter_rows(values_only=True)]
            from_1904 = workbook.epoch == CALENDAR_MAC_1904
            reading.sheets.append(RawSheet(sheet.title, rows, sheet.sheet_state != "visible", from_1904=from_1904))
    except MemoryError:
        raise
    except Exception as failure:  # openpyxl raises whatever a broken part makes it stumble over
        hostile = isinstance(failure.__cause__ or failure, DefusedXmlException)
        return refusal(HOSTILE if hostile else DAMAGED)
    return reading


class _Clean(dict[Any, Cell]):
    """What a cell becomes: blanks None, whole numbers int, midnight a date, durations text.

    Looked up rather than called, since most cells repeat and equal text is then kept once. 0 and 1 are worked
    out each time, as True and False equal them.
    """

    def __missing__(self, cell: Any) -> Cell:
        if cell and isinstance(cell, str):
            self[cell] = cell
            return cell
        value = _cleaned(cell)
        if cell != 0 and cell != 1:
            self[cell] = value
        return value


def _cleaned(cell: Any) -> Cell:
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else cell
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == MIDNIGHT else cell
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(int(cell.total_seconds()), 60)
        hours, minutes = divmod(minutes, 60)
        return time(hours, minutes, seconds) if 0 <= hours < 24 else f"{hours}:{minutes:02}:{seconds:02}"
    return None if cell == "" else cell


def is_calm(content: bytes, limits: Limits) -> bool:
    """Whether every sheet of an .xlsx declares a range within the limits: then it is read in this process."""
    xml = OfficeXml(content)
    ends = [xml.last_cell(sheet) for sheet in xml.sheets]
    return bool(ends) and all(end and end[0] * end[1] <= limits.cells for end in ends)


def _rows(sheet: CalamineSheet) -> list[list[Cell]]:
    """The rows from the first row and column on; each is cleaned as it comes, so that equal text never is there twice."""
    top, left = sheet.start or (0, 0)
    clean = _Clean().__getitem__
    padding: list[Cell] = [None] * left
    return [[] for _ in range(top)] + [[*padding, *map(clean, row)] for row in islice(sheet.iter_rows(), top, None)]


def _merged(sheet: CalamineSheet) -> tuple[tuple[int, int, int], ...]:
    """Cells merged over several rows, by their column; formats that calamine tells none of have none."""
    return tuple((left, top, bottom) for (top, left), (bottom, _) in sheet.merged_cell_ranges or () if bottom > top)


def _end(sheet: CalamineSheet) -> tuple[int, int, str] | None:
    if sheet.end is None:
        return None
    row, column = sheet.end
    return row + 1, column + 1, f"{column_letters(column + 1)}{row + 1}"


def _too_far(end: tuple[int, int, str] | None, sheet: str, limits: Limits) -> Remark | None:
    if end is None or end[0] * end[1] <= limits.cells:
        return None
    return Remark(
        f"Sheet “{sheet}” reaches as far as {end[2]}, more than a table needs, so it was not read: delete "
        "the stray cells beyond the table (Ctrl+End in Excel goes to the last one) and save it again.",
        sheet,
        stops=True,
    )


def _mark_errors(rows: list[list[Cell]], marks: SheetMarks, sheet: str) -> list[Remark]:
    """Writes "#N/A" and the like into `rows`, and UNCALCULATED, where calamine left blanks; tells what is hidden."""
    for row, column, text in (*marks.errors, *((*place, UNCALCULATED) for place in marks.uncalculated)):
        if row < len(rows):
            rows[row].extend([None] * (column + 1 - len(rows[row])))
            rows[row][column] = text
    remarks = list(_hidden(marks, sheet))
    if count := len(marks.uncalculated):
        what = "1 formula" if count == 1 else f"{count:,} formulas"
        remarks.append(
            Remark(f"{what} in sheet “{sheet}” never had a value calculated: open the file in Excel and save it again.", sheet)
        )  # fmt: skip
    return remarks


def _hidden(marks: SheetMarks, sheet: str) -> Iterator[Remark]:
    """What a reader does not see in the spreadsheet program, a filter perhaps, and is read all the same."""
    if count := marks.hidden_row_count:
        rows = "1 row is" if count == 1 else f"{count:,} rows are"
        yield Remark(f"{rows} hidden in sheet “{sheet}”, by a filter or by hand, and read like all others.", sheet)
    if marks.hides_columns:
        yield Remark(f"Columns are hidden in sheet “{sheet}”, and read like all others.", sheet)
