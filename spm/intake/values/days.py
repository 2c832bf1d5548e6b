"""Days out of cells, however they are written. The whole column decides which of two numbers is the month."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from re import VERBOSE, Match, compile

from spm.intake.model import Cell
from spm.intake.values.column import DayOrder, ReadColumn, Unread, as_written, distinct_texts, is_blank, plainly
from spm.intake.values.months import full_year, month_number, month_of, week_of
from spm.intake.values.no_day import FIRST_DAYS, SELDOM, TIME, day_or_none, is_no_day, says_no_day
from spm.intake.values.other_years import in_common_era

EXPECTED = "a day, such as 2017-03-31"
SERIALS = range(20_000, 80_000)  # 1954-10-03 to 2119-01-10 as day numbers of spreadsheets
LARGEST_NUMBER = 100_000_000  # of eight digits, as in 20170331
DAY_0_OF_1900 = date(1899, 12, 30)
DAYS_TO_1904 = 1_462  # from there to 1 January 1904, day 0 of the other way to count
ONLY_TIME = compile(TIME, VERBOSE)
DATE_LENGTH = len("2017-03-31")
LONGEST_DAY = 90  # characters, its time and zone in words included; a longer text is cut, and then is none
YEAR_FIRST = compile(rf"(\d{{4}})[-/.]\s?(\d{{1,2}})[-/.]\s?(\d{{1,2}})\.?{TIME}", VERBOSE)
WITH_SIGNS = compile(rf"(\d{{4}})\s?[年년]\s?(\d{{1,2}})\s?[月월]\s?(\d{{1,2}})\s?[日일]{TIME}", VERBOSE)
SECONDS = range(1_000_000_000, 4_102_444_800)  # since 1970, from 2001 to 2099
MILLISECONDS = range(946_684_800_000, 4_102_444_800_000)
WHOLE = compile(r"\d+(?:\.\d+)?")
FEWEST_SWAPPED = 3  # days of cells, and of texts, that make one think of days and months swapped by a program
COMPACT = compile(r"((?:19|20|21)\d{2})(\d{2})(\d{2})")
NUMBERS = compile(rf"(\d{{1,2}})\s?([-/.])\s?(\d{{1,2}})\s?[-/.]\s?(\d{{4}}|\d{{2}}){TIME}", VERBOSE)
WEEKDAY = r"(?:[^\W\d_]+\.?,?\s+)?"
NAMED_DAY_FIRST = compile(
    rf"{WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?[\s/-]*(?:de\s)?([^\W\d_]+)\.?,?[\s/-]*(?:de\s)?'?(\d{{4}}|\d{{2}}){TIME}",
    VERBOSE,
)
NAMED_MONTH_FIRST = compile(
    rf"{WEEKDAY}([^\W\d_]+)\.?[\s-]+(\d{{1,2}})(?:st|nd|rd|th)?,?[\s-]+(\d{{4}}|\d{{2}}){TIME}", VERBOSE
)
NAMED_YEAR_FIRST = compile(rf"(\d{{4}})[\s-]([^\W\d_]+)\.?[\s-](\d{{1,2}}){TIME}", VERBOSE)


def read_days(cells: Sequence[Cell], order: DayOrder | None = None) -> ReadColumn:
    """The days of a column, as `date`; a time of day and its zone are dropped: the local day as it is
    written.

    `order` decides where the days of the column fit both orders; without it such a column comes with a
    question.
    """
    if set(map(type, cells)) <= {date, type(None)} and FIRST_DAYS.isdisjoint(cells):
        return ReadColumn(list(cells), EXPECTED)
    day_parts, remarks = in_common_era(_day_parts(distinct_texts(cells)))
    parts = set(day_parts.values())
    decided = _decision(parts, order)
    swapped = _swapped_question(cells, parts)
    of_day_part = {text: _day(text, decided.order) for text in parts}
    values: list[date | None] = []
    unread: list[Unread] = []
    for index, cell in enumerate(cells):
        day: date | None
        if isinstance(cell, str):
            day = of_day_part[day_parts[cell]]
        elif isinstance(cell, date):
            day = cell.date() if isinstance(cell, datetime) else cell
            day = None if day.year in SELDOM and is_no_day(day) else day
            if day and swapped and order is decided.order:
                day = day.replace(month=day.day, day=day.month)
        else:
            day = _numbered_day(cell)
        values.append(day)
        if day is None and not (is_blank(cell) or says_no_day(cell)):
            unread.append(Unread(index, as_written(cell)))
    return ReadColumn(
        values,
        EXPECTED,
        unread,
        decided.question or (None if order else swapped),
        remarks + decided.remarks + _numbers_remarks(cells, values),
        day_order=decided.order if decided.is_certain and not swapped else None,
    )


def read_months_as_days(cells: Sequence[Cell]) -> ReadColumn | None:
    """The first days of the months of a column in which each filled cell names one, with the question whether they count on
    those; None for any other column."""
    months = {text: None if is_blank(text) else month_of(text.strip()) for text in distinct_texts(cells)}
    named = min((text for text, month in months.items() if month), default=None)
    if named is None or any(
        cell is not None and not is_blank(cell) and not months.get(str(cell)) for cell in set(cells)
    ):
        return None
    question = f"it names months and no days, such as {named}: does each count on the first day of its month?"
    values = [months[cell] if isinstance(cell, str) else None for cell in cells]
    return ReadColumn(values, EXPECTED, question=question, yes="Yes, on the first day of each month")


def numbered_from_1900(cells: Sequence[Cell]) -> list[Cell]:
    """The cells of a column whose day numbers count from 1904, with those numbers as they are counted from 1900."""
    return [
        cell + DAYS_TO_1904
        if isinstance(cell, int | float) and not isinstance(cell, bool) and int(cell) + DAYS_TO_1904 in SERIALS
        else cell
        for cell in cells
    ]


def _day_parts(texts: set[str]) -> dict[str, str]:
    """Each text without a time of day behind it, so that a day of many times is read once."""
    is_time: dict[str, bool] = {}
    parts = {}
    for text in texts:
        stripped = plainly(text.strip()).removeprefix("'")[:LONGEST_DAY]
        at = DATE_LENGTH if stripped[DATE_LENGTH : DATE_LENGTH + 1] == "T" else stripped.find(" ")
        behind = stripped[at:] if at > 0 else ""
        if behind not in is_time:
            is_time[behind] = bool(behind and ONLY_TIME.fullmatch(behind))
        parts[text] = stripped[:at] if is_time[behind] else stripped
    return parts


@dataclass(frozen=True)
class _Decision:
    """The order of day and month in a column: asked for, certain from the days themselves, or a question."""

    order: DayOrder
    is_certain: bool = False
    question: str | None = None
    remarks: tuple[str, ...] = ()


def _decision(texts: set[str], asked: DayOrder | None) -> _Decision:
    written = [found for text in texts if (found := NUMBERS.fullmatch(text))]
    readings = [(found, {order: _from_numbers(found, order) for order in DayOrder}) for found in written]
    fits_only = Counter(order for _, days in readings for order in DayOrder if days[order] and not days[_other(order)])
    likelier = max(DayOrder, key=lambda order: fits_only[order])
    # A few typing errors do not unsettle a column; both orders side by side do.
    if fits_only[likelier] and fits_only[likelier] >= 100 * fits_only[_other(likelier)]:
        return _Decision(likelier, is_certain=True)
    differing = [found for found, days in readings if len(set(days.values())) > 1]
    if asked or not differing:
        return _Decision(asked or likelier)
    if not fits_only and all(found[2] == "." for found in differing):
        remark = "days with dots were read with the day before the month"
        return _Decision(DayOrder.DAY_FIRST, remarks=(remark,))
    example = min(found[0] for found in differing)
    if fits_only:
        question = f"some days are written day/month, others month/day, such as {example}"
    else:
        question = f"the days fit both orders: is {example} day/month or month/day?"
    return _Decision(likelier, question=question)


def _other(order: DayOrder) -> DayOrder:
    return DayOrder.MONTH_FIRST if order is DayOrder.DAY_FIRST else DayOrder.DAY_FIRST


def _day(text: str, order: DayOrder) -> date | None:
    if found := YEAR_FIRST.fullmatch(text) or COMPACT.fullmatch(text) or WITH_SIGNS.fullmatch(text):
        return day_or_none(int(found[1]), int(found[2]), int(found[3]))
    if found := NUMBERS.fullmatch(text):
        return _from_numbers(found, order)
    for pattern, year, month, day in (
        (NAMED_DAY_FIRST, 3, 2, 1), (NAMED_MONTH_FIRST, 3, 1, 2), (NAMED_YEAR_FIRST, 1, 2, 3),
    ):  # fmt: skip
        if (found := pattern.fullmatch(text)) and (number := month_number(found[month])):
            return day_or_none(full_year(found[year]), number, int(found[day]))
    if week := week_of(text):
        return week
    return _numbered_day(int(text)) if len(text) in (5, 10, 13) and text.isdecimal() else None


def _swapped_question(cells: Sequence[Cell], texts: set[str]) -> str | None:
    """A question where a program seems to have read days as months: it leaves as text what can only be read in the other
    order, and makes dates of all others, so that no date lies after the 12th."""
    days = {(cell.year, cell.month, cell.day) for cell in cells if isinstance(cell, date)}
    written = [found for text in texts if (found := NUMBERS.fullmatch(text))]
    if min(len(days), len(written)) < FEWEST_SWAPPED or any(day > 12 for _, _, day in days):
        return None
    fitting = {order for found in written for order in DayOrder if _from_numbers(found, order)}
    if len(fitting) != 1:
        return None
    year, month, day = min(days)
    first = "day" if DayOrder.DAY_FIRST in fitting else "month"
    return (
        f"days such as {min(found[0] for found in written)} are text, all others are dates up to the 12th of a month: did a "
        f"program take days for months? If the {first} was written first, {date(year, month, day)} is {date(year, day, month)}"
    )


def _from_numbers(found: Match[str], order: DayOrder) -> date | None:
    first, second, year = int(found[1]), int(found[3]), full_year(found[4])
    day, month = (first, second) if order is DayOrder.DAY_FIRST else (second, first)
    return day_or_none(year, month, day)


def _numbers_remarks(cells: Sequence[Cell], values: Sequence[date | None]) -> tuple[str, ...]:
    written = (
        as_written(cell).strip() for cell, day in zip(cells, values, strict=True) if day and not isinstance(cell, date)
    )
    lengths = Counter(len(text.partition(".")[0]) for text in written if WHOLE.fullmatch(text))
    meant = {5: "day numbers of a spreadsheet", 10: "seconds since 1970 (UTC)", 13: "milliseconds since 1970 (UTC)"}
    return tuple(
        f"{lengths[length]:,} numbers were read as {words}" for length, words in meant.items() if lengths[length]
    )


def _numbered_day(cell: Cell) -> date | None:
    """The day of a spreadsheet's day number (1900), of a number such as 19970101, or of seconds or milliseconds since 1970."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    if cell == cell and abs(cell) < MILLISECONDS.stop and (int(cell) in MILLISECONDS or int(cell) in SECONDS):
        return datetime.fromtimestamp(int(cell) / (1000 if int(cell) in MILLISECONDS else 1), UTC).date()
    if not 0 < cell < LARGEST_NUMBER:
        return None
    if int(cell) in SERIALS:
        return DAY_0_OF_1900 + timedelta(days=int(cell))
    if cell == int(cell) and (found := COMPACT.fullmatch(str(int(cell)))):
        return day_or_none(int(found[1]), int(found[2]), int(found[3]))
    return None
