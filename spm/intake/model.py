"""What the intake passes from step to step: a workbook, a table found in it, what it was recognised as, its checked
rows."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property
from itertools import chain

import pandas as pd

REASONS = "Why it was refused"
"""The column that refused rows are given back with; it is passed over when they come again, mended."""

JOINT = "\x1f"  # between the names of a header that is kept as one text

Merge = tuple[int, int, int]
"""A column, and the first and the last row of cells in it that are merged into one, all from 0."""

Cell = str | int | float | bool | date | datetime | time | None


def sheet_name(file_name: str, sheet: str) -> str:
    """File and sheet, as a reader finds them; a text file is its own only sheet."""
    return file_name if file_name.rsplit(".", 1)[0] == sheet else f"{file_name} › {sheet}"


class Severity(StrEnum):
    """What an issue does: a refused cell takes its row out, a stop holds up the commit, a note only informs."""

    NOTE = "note"
    REFUSED = "refused"
    STOP = "stop"


@dataclass(frozen=True)
class Issue:
    """One thing wrong with, or worth knowing of, one cell, row, column or sheet.

    `row` is the row number a spreadsheet shows (the first is 1), None for a whole column or sheet;
    `column` is the header as it is written there.
    """

    severity: Severity
    message: str
    sheet: str = ""
    row: int | None = None
    column: str | None = None
    found: str | None = None
    expected: str | None = None
    flag: str | None = None  # what to add on the command line to decide a stop
    new_name: tuple[str, str] | None = (
        None  # what may be another number than it is taken for, and what it could be called
    )


@dataclass(frozen=True)
class Sheet:
    """One sheet as read: rows of cells from the first row down, ragged or not; `hidden` where the workbook hides it,
    `merged` the cells that stand for several rows, `from_1904` where its day numbers count from that year."""

    name: str
    rows: list[list[Cell]]
    hidden: bool = False
    merged: tuple[Merge, ...] = ()
    from_1904: bool = False


@dataclass(frozen=True)
class Workbook:
    """One file as read. `sheets` is empty where nothing could be read; `issues` then says why."""

    file_name: str
    sha256: str
    sheets: tuple[Sheet, ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True)
class FoundTable:
    """The table inside a sheet.

    `header` holds the column names, unique and stripped (an empty name becomes "column C"); `cells` one list per row,
    as long as the header; `row_numbers` the spreadsheet's number of each; `issues` what was left out above, below and
    beside; `places` where each column stands in the sheet, from 0; `scale` how many times its amounts count, and `currency`
    in which they are, as a title says ("in EUR thousands"); `deleted` the rows of which the sheet says that they are gone;
    `from_1904` as of the sheet.
    """

    sheet: str
    header: tuple[str, ...]
    cells: list[list[Cell]]
    row_numbers: list[int]
    issues: tuple[Issue, ...] = ()
    places: tuple[int, ...] = ()
    scale: int = 1
    currency: str | None = None
    deleted: tuple[list[Cell], ...] = ()
    from_1904: bool = False

    @cached_property
    def columns(self) -> list[list[Cell]]:
        """The cells of each column, in the order of the header."""
        cells = list(chain.from_iterable(self.cells))
        return [cells[at :: len(self.header)] for at in range(len(self.header))]


@dataclass(frozen=True)
class Recognition:
    """What a table seems to be, and which column is which.

    `layout` is a key of `layouts.LAYOUTS`, None where it is no facts; `confidence` 0 to 1. `fields` maps a header to a
    field key of the layout; a header that is in neither `fields` nor `ignored` is kept as an attribute of the company's
    own. `said` are the headers of which a person said what they are, now or of an earlier sheet. `reason` says in a few
    words why ("7 of 8 columns known: opportunity_id, sales_agent, …").
    """

    layout: str | None
    confidence: float
    fields: dict[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    reason: str = ""
    said: frozenset[str] = frozenset()


@dataclass(frozen=True)
class CheckedSheet:
    """The rows of one sheet that can be accepted, and everything that is wrong with the others.

    `rows`: one row per accepted row of the sheet, one column per field of the layout (missing ones all None):
    text as str, days as datetime.date, money as Decimal in major units, numbers as float, yes/no as bool; None is
    missing. Further columns: `row` (spreadsheet row number, int) and `attributes` (dict of the company's own columns,
    text → text). `refused`: row numbers of refused rows. `issues`: all of them, notes included.
    """

    layout: str
    file_name: str
    sheet: str
    header: tuple[str, ...]
    rows: pd.DataFrame
    refused: tuple[int, ...]
    issues: tuple[Issue, ...]


@dataclass
class Wanted:
    """Rows for one table from one sheet: columns of the table, `person_key` in place of `person_id`, `source_row`.

    `given` names the columns that the sheet has something to say about: an update leaves the others alone. Rows that
    are `is_derived` follow from a sheet about something else (the header of an order of which only lines are known).
    `repeated_count` rows said again what another row of the upload says, and are not among `rows`.
    """

    table: str
    rows: pd.DataFrame
    given: tuple[str, ...]
    issues: list[Issue] = field(default_factory=list)
    is_derived: bool = False
    repeated_count: int = 0
