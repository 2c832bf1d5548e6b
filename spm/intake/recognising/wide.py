"""Sheets with a period in each column, months across: one row for each owner and period instead. Pure."""

import re
from collections.abc import Sequence
from datetime import date

from spm.intake.layouts import Kind
from spm.intake.model import Cell, FoundTable, Issue, Severity
from spm.intake.rules.quotas import period_named
from spm.intake.values import is_blank, read_column

FEWEST_PERIODS = 3
ROWS_JUDGED = 50
LONGEST_NAME = 20  # of a period
SUM = re.compile(r"(?:grand |sub-?)?total|sum|full year|year|ytd|fy\s*['’]?(?:\d{4}|\d{2})?|20\d{2}", re.IGNORECASE)
OF_QUOTAS = re.compile(r"quota|target|goal|budget|plan\b|soll|ziel|objecti", re.IGNORECASE)
YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
PERIOD, YEAR_COLUMN = "Period", "Year"


def unpivoted(table: FoundTable, header_cells: Sequence[Cell], title: str) -> FoundTable:
    """The table with the columns Period and Quota (or Amount) in place of its columns of periods; as it is where it has
    fewer than three of them, or no column that says whose the numbers are.

    `header_cells` are the cells that the names come from, `title` what stands above: either says that the numbers are
    quotas, and of which year. Sums of other columns are left out, with a note.
    """
    periods = {at: period for at, name in enumerate(table.header) if (period := _period(name, header_cells[at]))}
    if len(periods) < FEWEST_PERIODS:
        return table
    finest = min(map(_months_count, periods.values()))
    kept = [at for at, period in periods.items() if _months_count(period) == finest]
    if len(kept) < FEWEST_PERIODS:
        return table
    sums = [at for at, name in enumerate(table.header) if at not in kept and (at in periods or SUM.fullmatch(name))]
    others = [at for at in range(len(table.header)) if at not in kept and at not in sums]
    if not any(_says_who(table, at) for at in others):
        return table
    names = [table.header[at] for at in others]
    year = YEAR.search(title) if YEAR_COLUMN not in names else None
    value = "Quota" if OF_QUOTAS.search(title) else "Amount"
    cells: list[list[Cell]] = []
    row_numbers: list[int] = []
    for row, number in zip(table.cells, table.row_numbers, strict=True):
        for at in (at for at in kept if not is_blank(row[at])):
            period = periods[at] if YEAR.search(periods[at]) or not year else f"{periods[at]} {year[0]}"
            cells.append([*(row[other] for other in others), period, row[at]])
            row_numbers.append(number)
    note = f"{len(kept)} columns are periods, {table.header[kept[0]]} to {table.header[kept[-1]]}: read one by one"
    if sums:
        note += f"; left out as sums of them: {', '.join(table.header[at] for at in sums)}"
    issues = (*table.issues, Issue(Severity.NOTE, note, table.sheet))
    places = (*(table.places[at] for at in others), table.places[kept[0]], table.places[kept[0]])
    return FoundTable(table.sheet, (*names, PERIOD, value), cells, row_numbers, issues, places)


def _says_who(table: FoundTable, at: int) -> bool:
    """Whether a column holds words, such as names of reps or teams."""
    filled = [row[at] for row in table.cells[:ROWS_JUDGED] if not is_blank(row[at])]
    return len(read_column(Kind.NUMBER, filled).unread) > len(filled) / 2


def _period(name: str, cell: Cell) -> str | None:
    """The period that a column is named for, as text: "2026-03", "Mar", "Q2 2026"; None for any other name."""
    if isinstance(cell, date):
        return f"{cell:%Y-%m}"
    return name if len(name) <= LONGEST_NAME and period_named(name) else None


def _months_count(period: str) -> int:
    return 3 if re.search(r"Q\s*[1-4]", period, re.IGNORECASE) else 1
