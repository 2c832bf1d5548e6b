"""Reads what is called .xls and is a web page, or Excel's XML of 2003: both hold tables of rows of cells."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from spm.intake.reading.delimited import text_of
from spm.intake.reading.raw import Cell, Limits, RawSheet, Reading, Remark, refusal

TABLE, SHEET, ROWS, CELLS = "table", "worksheet", ("tr", "row"), ("td", "th", "cell")
"""What starts a table, a row and a cell, in the words of either; a worksheet has one table and its name."""
SILENT = ("style", "script")
MOST_COLUMNS, MOST_ROWS = 16_384, 1_048_576  # of a sheet of Excel, and so of one cell
READ = "This is a web page or XML file with the name of a workbook: its tables were read."
NO_TABLE = "This is a web page or XML file without a table in it. Open it in Excel and save it as .xlsx or .csv."


def read_web_page(content: bytes, name: str, limits: Limits) -> Reading:
    """A sheet for each table that has cells, under its own name, else under `name`. Numbers that Excel wrote as such are
    numbers, all else is text; of merged cells the first says it."""
    text, remarks = text_of(content)
    page = _Page(limits.cells)
    try:
        page.feed(text)
        page.close()
    except _TooMuch:
        return refusal(f"This file has more than {limits.cells:,} cells: split it.")
    tables = [table for table in page.tables if any(any(row) for row in table.rows)]
    if not tables:
        return refusal(NO_TABLE)
    usual = [name] if len(tables) == 1 else [f"{name} {number}" for number, _ in enumerate(tables, 1)]
    sheets = [
        RawSheet(table.name or called, table.rows, merged=tuple(table.merged))
        for table, called in zip(tables, usual, strict=True)
    ]
    return Reading(sheets, [*remarks, Remark(READ)])


class _TooMuch(Exception):
    """More cells than may be read."""


@dataclass
class _Table:
    """A table while it is read; `taken_until` is the row, for a column, up to which a cell further up or to the left reaches."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[tuple[int, int, int]] = field(default_factory=list)
    taken_until: dict[int, int] = field(default_factory=dict)

    def add_row(self, index: int) -> None:
        """Begins the next row, or the one of that number, from 1."""
        for _ in range(len(self.rows), index - 1):
            self.rows.append([])
        self.rows.append([])

    def add_cell(self, value: Cell, index: int, across: int, down: int) -> None:
        """Puts a value into the next free cell of the row, or the one of that number."""
        at, row = len(self.rows) - 1, self.rows[-1]
        while self.taken_until.get(len(row), 0) > at or len(row) < index - 1:
            row.append(None)
        self.taken_until |= dict.fromkeys(range(len(row), len(row) + across), at + down)
        if down > 1:
            self.merged.append((len(row), at, at + down - 1))
        row.append(value)


class _Page(HTMLParser):
    """The tables of a page; one within a cell of another is a table of its own."""

    def __init__(self, most_cells: int) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._texts: list[str] | None = None  # of the cell that is open
        self._said: dict[str, str] = {}
        self._is_silent = self._is_number = False
        self._cells_left = most_cells

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        tag, said = tag.removeprefix("ss:"), {name.removeprefix("ss:"): value or "" for name, value in attrs}
        if tag == SHEET or (tag == TABLE and not (self._open and self._open[-1].name)):
            self._end_cell()
            self._open.append(_Table(said.get("name", "") if tag == SHEET else ""))
            self.tables.append(self._open[-1])
        elif tag in ROWS and self._open:
            self._end_cell()
            self._open[-1].add_row(_number(said.get("index"), MOST_ROWS))
        elif tag in CELLS and self._open and self._open[-1].rows:
            self._end_cell()
            self._texts, self._said, self._is_number = [], said, False
        elif tag == "data":
            self._is_number = said.get("type") == "Number"
        elif tag == "br" and self._texts is not None:
            self._texts.append(" ")
        self._is_silent = tag in SILENT

    def handle_endtag(self, tag: str) -> None:
        tag = tag.removeprefix("ss:")
        self._is_silent = False
        if tag in (*CELLS, *ROWS):
            self._end_cell()
        elif tag == SHEET or (tag == TABLE and self._open and not self._open[-1].name):
            self._end_cell()
            self._open = self._open[:-1]

    def handle_data(self, data: str) -> None:
        if self._texts is not None and not self._is_silent:
            self._texts.append(data)

    def _end_cell(self) -> None:
        if self._texts is None or not self._open:
            return
        text, said = " ".join("".join(self._texts).split()), self._said
        across = _number(said.get("colspan"), MOST_COLUMNS) or _number(said.get("mergeacross"), MOST_COLUMNS) + 1
        down = _number(said.get("rowspan"), MOST_ROWS) or _number(said.get("mergedown"), MOST_ROWS) + 1
        self._cells_left -= across * down
        if self._cells_left < 0:
            raise _TooMuch
        value = _as_number(text) if self._is_number else text or None
        self._open[-1].add_cell(value, _number(said.get("index"), MOST_COLUMNS), across, down)
        self._texts = None


def _number(text: str | None, most: int) -> int:
    """A number of cells, 0 where none is written; never more than a sheet has."""
    return min(int(text), most) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _as_number(text: str) -> Cell:
    try:
        number = float(text)
    except ValueError:
        return text or None
    return int(number) if number.is_integer() else number
