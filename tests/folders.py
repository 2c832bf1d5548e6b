"""Folders of workbooks brought in whole: what can be decided by flags is decided, what can't is left out."""

from collections.abc import Iterator
from pathlib import Path

from spm.intake.actions import commit, undo
from spm.intake.changes.preview import Preview
from spm.intake.choices import LEFT_OUT, Choices
from spm.intake.model import Issue
from spm.intake.queries import preview_of_workbooks
from spm.intake.reading.workbook import read_workbook
from spm.intake.values import DayOrder
from spm.store.opening import Store
from tests.companies import REAL_TODAY, TESTER
from tests.store.contents import LOGS, fingerprints

SHEETS = {".csv", ".tsv", ".txt", ".xls", ".xlsx"}


def sheets_of(folder: Path) -> list[Path]:
    """The workbooks of a folder and of the folders in it."""
    return sorted(file for file in folder.rglob("*") if file.suffix.lower() in SHEETS and file.name != "MANIFEST.csv")


def decided(store: Store, files: list[Path]) -> Preview:
    """The preview of files as one upload, each stop answered by its flag or by leaving the sheet out."""
    workbooks = [read_workbook(str(file), file.read_bytes()) for file in files]
    by_sheet: dict[tuple[str, str], Choices] = {}
    plan = preview_of_workbooks(store, workbooks, REAL_TODAY)
    while plan.stops:
        for sheet in plan.sheets:
            if stops := [issue for issue in sheet.issues if issue.severity == "stop"]:
                place = (sheet.source.file_name, sheet.source.sheet)
                by_sheet[place] = Choices(layout=LEFT_OUT) if place in by_sheet else _answered(stops)
        plan = preview_of_workbooks(store, workbooks, REAL_TODAY, by_sheet=by_sheet)
    return plan


def _answered(stops: list[Issue]) -> Choices:
    accepted = {issue.column for issue in stops if issue.column and str(issue.flag).startswith("--accept")}
    order = DayOrder.MONTH_FIRST if any(str(issue.flag).startswith("--day-order") for issue in stops) else None
    return Choices(accepted=frozenset(accepted), day_order=order)


def differing_after_an_undo(store: Store, folder: Path) -> Iterator[str]:
    """The tables that are not as they were after a folder was brought in and taken back; the log of batches aside."""
    with store.reading() as connection:
        before = fingerprints(connection, LOGS)
    done = commit(store, decided(store, sheets_of(folder)), TESTER, REAL_TODAY)
    assert done.batch is not None
    with store.reading() as connection:
        assert fingerprints(connection, LOGS) != before
    undo(store, done.batch, TESTER)
    with store.reading() as connection:
        after = fingerprints(connection, LOGS)
    yield from (name for name in before if after[name] != before[name])
