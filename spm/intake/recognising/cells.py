"""Single cells and rows of a sheet, looked at before anything is known of them. Pure."""

import re
from datetime import date

from spm.intake.model import Cell

LONGEST_LABEL = 100
NUMBER = re.compile(r"[\s$€£¥₦(+-]*\d[\d\s.,']*%?\)?(?:[eE][+-]?\d+)?")
DAY = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T].*)?")
YEARS = range(1900, 2101)
MONTHS = range(1, 13)

Row = list[Cell]


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def is_blank_row(row: Row) -> bool:
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in row)


def is_label(cell: Cell) -> bool:
    """Whether a cell may name a column: short text that spells no number or day; or a real year, month or day."""
    if isinstance(cell, str):
        text = cell.strip()
        if not text or len(text) > LONGEST_LABEL:
            return False
        return not (NUMBER.fullmatch(text) or DAY.fullmatch(text)) or (text.isdecimal() and names_a_period(int(text)))
    return names_a_period(cell) or isinstance(cell, date)


def names_a_period(cell: Cell) -> bool:
    """Whether a number names a year (2026) or a month of one (202603)."""
    if not isinstance(cell, int) or isinstance(cell, bool):
        return False
    return cell in YEARS or (cell // 100 in YEARS and cell % 100 in MONTHS)


def text_of(cell: Cell) -> str:
    return "" if cell is None else " ".join(str(cell).split())
