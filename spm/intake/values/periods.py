"""Periods by their names: a month, a quarter or a year, in the spellings of the big languages, with or without its year."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from re import IGNORECASE, Match, Pattern, compile

from spm.intake.values.months import full_year, month_number, month_of

MONTHS, QUARTERS, HALVES, YEARS = 1, 3, 6, 12
LONGEST_PERIOD = 40  # characters
YEAR = r"(?:FY|CY|GJ)?\s*['’]?(?P<year>\d{4}|\d{2})(?:\s?[/\-–]\s?(?P<to>\d{4}|\d{2}))?(?:\s?年度?)?"
"""A year, or the two that a fiscal year lies in: it is called by the later one."""
ORDINAL = r"(?:st|nd|rd|th|er|[eè]re?|[eè]me|\.|º|°)?"


@dataclass(frozen=True)
class NamedPeriod:
    """What a name says: how many months it spans, which of the year's it is (from 1), and of which year if it says so; the
    year is the fiscal one, but of months that are called by their name."""

    months_count: int
    number: int
    year: int | None = None
    is_counted: bool = False  # a month that is called by its number in the fiscal year: P03

    @property
    def text(self) -> str:
        """As `spm.calendar` reads it with its year ("2026-03", "2026-P03", "2026-Q2", "2026-H1", "2026"); without one "Q2", or
        the month's number."""
        year = "" if self.year is None else f"{self.year}-"
        match self.months_count:
            case 12:
                return year.rstrip("-")
            case 1:
                return f"{year}{'P' if self.is_counted else ''}{self.number:02}"
        return f"{year}{'Q' if self.months_count == QUARTERS else 'H'}{self.number}"

    @property
    def is_of_calendar(self) -> bool:
        """Whether its days are known without the company's fiscal year."""
        return self.months_count == MONTHS and not self.is_counted


_Reading = Callable[[Match[str]], NamedPeriod | None]


def period_of(name: str) -> NamedPeriod | None:
    """The period that a text names and nothing else: "Mar 2026", "202603", "3月", "Q2 FY26", "2T26", "H1 2026", "P03",
    "FY 2025/26"."""
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


@dataclass(frozen=True)
class _Numbered:
    """Parts of a year that are called by their number: `words` before or behind it say which, `with_year` only where the
    year is said, too (T1 alone may be anything)."""

    months_count: int
    words: str
    with_year: str
    numbers: str

    @property
    def readings(self) -> Iterator[tuple[Pattern[str], _Reading]]:
        """Its spellings, without a year first."""
        alone, beside = self._spelt(self.words), self._spelt(f"{self.words}|{self.with_year}")
        for spelling in (alone, rf"{beside}[\s\-/.]*{YEAR}", rf"{YEAR}[\s\-/.]*{beside}"):
            yield compile(spelling, IGNORECASE), self._period

    def _spelt(self, words: str) -> str:
        before = rf"(?:{words})\s?(?P<n1>{self.numbers})"
        return before if self.months_count == MONTHS else rf"(?:{before}|(?P<n2>{self.numbers}){ORDINAL}\s?(?:{words}))"

    def _period(self, found: Match[str]) -> NamedPeriod | None:
        parts = found.groupdict()
        year = _year(parts["year"], parts["to"]) if parts.get("year") else None
        if parts.get("year") and year is None:
            return None
        number = int(parts["n1"] or parts["n2"])
        return NamedPeriod(self.months_count, number, year, self.months_count == MONTHS)


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


NUMBERED = (
    _Numbered(QUARTERS, r"Q|Qtr\.?|Quarter|Quartal|Trimestre", r"T|Trim\.?", "[1-4]"),
    _Numbered(HALVES, r"H|HJ|Half|Halbjahr|Semestre|Semester", r"S|Sem\.?", "[12]"),
    _Numbered(MONTHS, r"M|P|Per\.?|Period|Periode|Période", "Month|Monat", r"0?[1-9]|1[0-2]"),
)
READINGS: tuple[tuple[Pattern[str], _Reading], ...] = (
    *(reading for numbered in NUMBERED for reading in numbered.readings),
    (compile(rf"(?=\D|(?:19|20)\d\d){YEAR}", IGNORECASE), _whole_year),
    (compile(r"(\d{1,2})\s?[月월]"), _lone_month),
)
"""Spelling → how it is read, the first that fits."""
