"""Tables for tests, without a file."""

from pathlib import Path

from spm.intake.model import Cell, FoundTable
from spm.intake.table import find_table
from spm.intake.workbook import read_workbook


def table(header: str, *rows: tuple[Cell, ...], sheet: str = "Sheet1") -> FoundTable:
    """A table whose header is written with commas; its first row is row 2 of the sheet."""
    names = tuple(header.split(","))
    return FoundTable(sheet, names, [list(row) for row in rows], list(range(2, 2 + len(rows))))


def read_table(file: Path, sheet: str | None = None) -> FoundTable:
    """The table of a file's only sheet, or of the one that is named."""
    workbook = read_workbook(file.name, file.read_bytes())
    found = find_table(next(one for one in workbook.sheets if sheet in (None, one.name)))
    assert found is not None
    return found
