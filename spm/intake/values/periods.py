"""Periods by their names: a month, a quarter or a year, in the spellings of the big languages, with or without its year."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from re import IGNORECASE, Match, Pattern, compile

from spm.intake.values.days import full_year, month_number, month_of

MONTHS, QUARTERS, YEARS = 1, 3, 12
LONGEST_PERIOD = 40  # characters
YEAR = r"(?:FY|CY|GJ)?\s*['’]?(?P<year>\d{4}|\d{2})(?:\s?[/\-–]\s?(?P<to>\d{4}|\d{2}))?(?:\s?年度?)?"
"""A year, or the two that a fiscal year lies in: it is called by the later one."""
ORDINAL = r"(?:st|nd|rd|th|er|[eè]me|\.|º|°)?"
QUARTER = rf"(?:Q|Qtr\.?|Quarter|Quartal)\s?([1-4])|([1-4]){ORDINAL}\s?(?:Q|Qtr|Quarter|Quartal|Trimestre)"
QUARTER_OF_YEAR = (
    r"(?:(?:Q|T|Qtr\.?|Quarter|Quartal|Trim\.?|Trimestre)\s?(?P<q1>[1-4])"
    rf"|(?P<q2>[1-4]){ORDINAL}\s?(?:Q|T|Qtr|Quarter|Quartal|Trimestre))"
)
"""T1 alone may be anything; with a year it is a quarter in the languages that call it trimestre."""


@dataclass(frozen=True)
class NamedPeriod:
    """What a name says: how many months it spans, which of the year's it is (from 1), and of which year if it says so; a
    year of quarters and years is the fiscal one."""

    months_count: int
    number: int
    year: int | None = None

    @property
    def text(self) -> str:
        """As `spm.calendar` reads it with its year ("2026-03", "2026-Q2", "2026"); without one "Q2", or the month's number."""
        year = "" if self.year is None else f"{self.year}-"
        if self.months_count == YEARS:
            return year.rstrip("-")
        return f"{year}Q{self.number}" if self.months_count == QUARTERS else f"{year}{self.number:02}"


def period_of(name: str) -> NamedPeriod | None:
    """The period that a text names and nothing else: "Mar 2026", "202603", "3月", "Q2 FY26", "2T26", "FY 2025/26"."""
    text = name.strip()
    if len(text) > LONGEST_PERIOD:
        return None
    if month := month_of(text):
        return period_starting(month)
    if number := month_number(text):
        return NamedPeriod(MONTHS, number)
    return next(
        (period for pattern, read in READINGS if (found := pattern.fullmatch(text)) and (period := read(found))), None
    )


def period_starting(day: date) -> NamedPeriod:
    """The month that a day lies in."""
    return NamedPeriod(MONTHS, day.month, day.year)


def _quarter(found: Match[str]) -> NamedPeriod | None:
    year = _year(found["year"], found["to"])
    number = next(int(part) for name, part in found.groupdict().items() if name[0] == "q" and part)
    return NamedPeriod(QUARTERS, number, year) if year else None


def _lone_quarter(found: Match[str]) -> NamedPeriod:
    return NamedPeriod(QUARTERS, int(found[1] or found[2]))


def _whole_year(found: Match[str]) -> NamedPeriod | None:
    year = _year(found["year"], found["to"])
    return NamedPeriod(YEARS, 1, year) if year else None


def _lone_month(found: Match[str]) -> NamedPeriod | None:
    return NamedPeriod(MONTHS, int(found[1])) if 1 <= int(found[1]) <= 12 else None


def _year(first: str, last: str | None) -> int | None:
    """The year, or the later one of two that follow each other; None for any other two."""
    year = full_year(first)
    if last is None:
        return year
    return year + 1 if full_year(last) == year + 1 else None


READINGS: tuple[tuple[Pattern[str], Callable[[Match[str]], NamedPeriod | None]], ...] = (
    (compile(QUARTER, IGNORECASE), _lone_quarter),
    (compile(rf"{QUARTER_OF_YEAR}[\s\-/.]*{YEAR}", IGNORECASE), _quarter),
    (compile(rf"{YEAR}[\s\-/.]*{QUARTER_OF_YEAR}", IGNORECASE), _quarter),
    (compile(rf"(?=\D|(?:19|20)\d\d){YEAR}", IGNORECASE), _whole_year),
    (compile(r"(\d{1,2})\s?[月월]"), _lone_month),
)
"""Spelling → how it is read, the first that fits."""
