"""Rows that their program has deleted, and exports all the same. Pure."""

from dataclasses import replace

from spm.intake.layouts import Kind
from spm.intake.model import FoundTable, Issue, Severity
from spm.intake.recognising.headers import folded
from spm.intake.recognising.left_out import numbered
from spm.intake.values import read_column

SAYS_DELETED = frozenset({"isdeleted", "deleted", "isarchived", "gelöscht", "löschkennzeichen", "supprimé"})


def without_deleted(table: FoundTable) -> FoundTable:
    """The table without the rows that a column such as IsDeleted says are gone, which are kept beside it, with a note."""
    places = [at for at, name in enumerate(table.header) if folded(name) in SAYS_DELETED]
    if not places:
        return table
    is_gone = read_column(Kind.YES_NO, [row[places[0]] for row in table.cells]).values
    gone = [number for number, deleted in zip(table.row_numbers, is_gone, strict=True) if deleted]
    if not gone:
        return table
    rows = tuple(row for row, deleted in zip(table.cells, is_gone, strict=True) if deleted)
    kept = [at for at, deleted in enumerate(is_gone) if not deleted]
    note = f"{numbered(gone)} left out: deleted, as {table.header[places[0]]} says."
    return replace(
        table,
        cells=[table.cells[at] for at in kept],
        deleted=rows,
        row_numbers=[table.row_numbers[at] for at in kept],
        issues=(*table.issues, Issue(Severity.NOTE, note, table.sheet, gone[0])),
    )
