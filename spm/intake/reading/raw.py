"""What the readers hand on: sheets as they stand in the file, and remarks about them."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

Cell = str | int | float | bool | date | datetime | time | None


@dataclass(frozen=True)
class Limits:
    """How much one file may ask of this machine. A file beyond them is answered with a sentence."""

    file_bytes: int = 200_000_000
    expanded_bytes: int = 1_000_000_000  # of all parts of a zipped workbook together
    expansion: int = 150  # how many times larger a part may be than packed; sheets are 5 to 60 times
    cells: int = 20_000_000  # of one sheet, from A1 to its last cell, empty ones counted
    rows: int = 4_000_000  # of a text file, which may have a cell or none in each
    child_memory_bytes: int = 1_000_000_000
    child_seconds: int = 9  # of the processor; there may be two children


@dataclass(frozen=True)
class Remark:
    """One sentence about a sheet, or the file where `sheet` is empty; `stops` where it could not be read."""

    message: str
    sheet: str = ""
    stops: bool = False


@dataclass(frozen=True)
class RawSheet:
    """One sheet: its rows of cells from A1 on, ragged or not."""

    name: str
    rows: list[list[Cell]]
    hidden: bool = False
    merged: tuple[tuple[int, int, int], ...] = ()  # column, first and last row, from 0
    from_1904: bool = False  # day numbers count from 1904, as in older workbooks of a Mac


@dataclass(frozen=True)
class Reading:
    """All that one file gave."""

    sheets: list[RawSheet] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def refusal(message: str) -> Reading:
    """A file of which nothing could be read, and the sentence that says why and what to do."""
    return Reading(remarks=[Remark(message, stops=True)])
