"""Tables and checked sheets for tests."""

from pathlib import Path
from typing import Any

from spm.intake.checking.check import check
from spm.intake.model import Cell, CheckedSheet, FoundTable, Issue, Severity
from spm.intake.reading.workbook import read_workbook
from spm.intake.recognising.overrides import recognise_as
from spm.intake.recognising.recognise import recognise
from spm.intake.recognising.table import find_table


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


def checked(sheet: FoundTable, layout: str, **choices: Any) -> CheckedSheet:
    return check(sheet, recognise_as(sheet, layout), "x.csv", **choices)


def checked_file(file: Path, sheet: str | None = None) -> CheckedSheet:
    found = read_table(file, sheet)
    return check(found, recognise(found, file.name), file.name)


def told(sheet: CheckedSheet, severity: Severity) -> list[Issue]:
    return [issue for issue in sheet.issues if issue.severity is severity]


def column(sheet: CheckedSheet, key: str) -> list[Any]:
    return sheet.rows[key].tolist()


DEAL = "Deal id,Stage,Amount,Created on,Closed on,Region"


def deal(
    key: str,
    stage: str = "Won",
    amount: object = 5,
    created: object = "2017-01-01",
    closed: object = "2017-02-01",
    region: object = None,
) -> tuple[Any, ...]:
    return key, stage, amount, created, closed, region
