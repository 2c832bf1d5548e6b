"""Days that databases and spreadsheets write where there is none, or no end."""

from datetime import date, datetime
from re import VERBOSE, compile

from spm.intake.model import Cell

TIME = r"""(?:[T\s,]+\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp]\.?\s?[Mm]\.?)?
            (?:\s*(?:Uhr|Z|[A-Z]{2,5}|\(?(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?\)?)
            (?:\s*\([^()]{1,40}\))?)?)?"""
NO_DAY = compile(
    rf"0{{4}}[-/.]00[-/.]00{TIME}|00[-/.]00[-/.]0{{4}}{TIME}|9999[-/.]12[-/.]31{TIME}|31[-/.]12[-/.]9999{TIME}"
    rf"|(?:1899[-/.]12[-/.]3[01]|12/3[01]/1899|3[01][/.]12[/.]1899|1900[-/.]01[-/.]0[01]|0?1[/.]0?[01][/.]1900){TIME}",
    VERBOSE,
)
NO_END_YEAR = 9999
FIRST_DAYS = frozenset({date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1)})
"""Nothing as a day of a spreadsheet or of a database."""
SELDOM = frozenset({1899, 1900, NO_END_YEAR})


def says_no_day(cell: Cell) -> bool:
    """Whether a cell says that there is no day, or no end."""
    if isinstance(cell, date):
        return is_no_day(cell.date() if isinstance(cell, datetime) else cell)
    return isinstance(cell, str) and bool(NO_DAY.fullmatch(cell.strip()))


def is_no_day(day: date) -> bool:
    """Whether a day stands for none: 1899-12-30 and 31, 1900-01-01, and those of the year 9999."""
    return day.year in SELDOM and (day.year == NO_END_YEAR or day in FIRST_DAYS)


def day_or_none(year: int, month: int, day: int) -> date | None:
    """The day of these numbers; None where the calendar has no such day, or where it stands for none."""
    try:
        read = date(year, month, day)
    except ValueError:
        return None
    return None if is_no_day(read) else read
