"""Months, weeks and years as sheets name them, in the big European languages."""

from datetime import date
from functools import cache
from itertools import product
from re import IGNORECASE, compile

from babel import Locale

from spm.intake.values.no_day import day_or_none

LANGUAGES = (
    "en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "pl", "ru", "tr", "ar", "cs", "hu", "el", "ro", "fi", "uk",
)  # fmt: skip
TWO_DIGIT_YEARS_FROM = 1969  # 69 is 1969, 68 is 2068, as POSIX has it
WEEK = compile(r"(\d{4})[-\s/]?(?:W|KW)\s?(\d{1,2})|(?:W|KW|Week)\s?(\d{1,2})[\s,/\-]+(\d{4})", IGNORECASE)
MONTH_FIRST = compile(r"([^\W\d_]+)\.?[\s'\-/]*(\d{4}|\d{2})")
MONTH_LAST = compile(r"(\d{4})[\s\-/]*([^\W\d_]+)\.?")
MONTH_NUMBERS = compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})")
LONGEST_MONTH = 30
MONTH_COMPACT = compile(r"((?:19|20)\d{2})(?:-?M)?(\d{2})|(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]")
MORE_MONTHS = {"sept": 9, "jän": 1, "jänner": 1, "febr": 2, "mrz": 3, "фев": 2, "мар": 3, "июн": 6, "июл": 7,
               "сен": 9, "ноя": 11}  # fmt: skip


def month_number(word: str) -> int | None:
    """1 to 12 for the name of a month or its abbreviation in the big European languages, None for any other
    word."""
    return _months().get(word.casefold().rstrip("."))


def week_of(text: str) -> date | None:
    """The Monday of the week that a text names as ISO 8601 counts them: "2026-W02", "KW 2 2026"; None for any other text."""
    found = WEEK.fullmatch(text.strip()[:LONGEST_MONTH])
    if found is None:
        return None
    try:
        return date.fromisocalendar(int(found[1] or found[4]), int(found[2] or found[3]), 1)
    except ValueError:
        return None


def month_of(text: str) -> date | None:
    """The first day of the month that a text names with its year: "2026-03", "202603", "Mar 2026", "März-26", "2026年3月"; None
    for any other text."""
    if len(text) > LONGEST_MONTH:
        return None
    if found := MONTH_COMPACT.fullmatch(text):
        return day_or_none(int(found[1] or found[3]), int(found[2] or found[4]), 1)
    if found := MONTH_NUMBERS.fullmatch(text):
        return day_or_none(int(found[1] or found[4]), int(found[2] or found[3]), 1)
    if (found := MONTH_FIRST.fullmatch(text)) and (number := month_number(found[1])):
        return day_or_none(full_year(found[2]), number, 1)
    if (found := MONTH_LAST.fullmatch(text)) and (number := month_number(found[2])):
        return day_or_none(int(found[1]), number, 1)
    return None


def full_year(year: str) -> int:
    """A year of two digits lies between 1969 and 2068."""
    return int(year) if len(year) == 4 else (int(year) - TWO_DIGIT_YEARS_FROM) % 100 + TWO_DIGIT_YEARS_FROM


@cache
def _months() -> dict[str, int]:
    """Names and abbreviations of months without those that mean different months in different languages."""
    meanings: dict[str, set[int]] = {word: {number} for word, number in MORE_MONTHS.items()}
    for language in LANGUAGES:
        for context, width in product(("format", "stand-alone"), ("wide", "abbreviated")):
            for number, name in Locale(language).months[context][width].items():
                meanings.setdefault(name.casefold().rstrip("."), set()).add(number)
    return {word: next(iter(numbers)) for word, numbers in meanings.items() if len(numbers) == 1}
