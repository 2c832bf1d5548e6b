"""Rows that their program has deleted, and exports all the same. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from spm.intake.layouts import Kind
from spm.intake.model import FoundTable, Issue, Severity
from spm.intake.recognising.headers import folded, name_of
from spm.intake.recognising.left_out import numbered
from spm.intake.values import read_column

SAYS_STATUS = "status"
DELETED = frozenset({"deleted", "gelöscht", "supprimé", "supprimée", "eliminado", "eliminato"})
SAYS_DELETED = frozenset({"isdeleted", "deleted", "isarchived", "gelöscht", "löschkennzeichen", "supprimé"})


def without_deleted(table: FoundTable) -> FoundTable:
    """The table without the rows that a column such as IsDeleted, or a status, says are gone, which are kept beside it, with a
    note."""
    told = next((said for said in _said_of_rows(table) if any(said[1])), None)
    if told is None:
        return table
    at, is_gone = told
    gone = [number for number, deleted in zip(table.row_numbers, is_gone, strict=True) if deleted]
    rows = tuple(row for row, deleted in zip(table.cells, is_gone, strict=True) if deleted)
    kept = [place for place, deleted in enumerate(is_gone) if not deleted]
    note = f"{numbered(gone)} left out: deleted, as {table.header[at]} says."
    return replace(
        table,
        cells=[table.cells[place] for place in kept],
        deleted=rows,
        row_numbers=[table.row_numbers[place] for place in kept],
        issues=(*table.issues, Issue(Severity.NOTE, note, table.sheet, gone[0])),
    )


def _said_of_rows(table: FoundTable) -> Iterator[tuple[int, list[bool]]]:
    """The place of each column that may say it, and whether it says so of each row."""
    for at, name in enumerate(table.header):
        if folded(name) in SAYS_DELETED:
            yield at, [bool(said) for said in read_column(Kind.YES_NO, table.columns[at]).values]
        elif name_of(name).folded == SAYS_STATUS:
            words = {cell for cell in set(table.columns[at]) if isinstance(cell, str) and folded(cell) in DELETED}
            yield at, [cell in words for cell in table.columns[at]] if words else []
