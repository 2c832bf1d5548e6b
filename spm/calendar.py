"""Periods (half-open), fiscal years and working days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from re import IGNORECASE, fullmatch

from spm.errors import UnknownName

ONE_DAY = timedelta(days=1)


class Grain(StrEnum):
    """How long a period is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, order=True)
class Span:
    """Days from `start` up to, not including, `end`."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a span ends on {self.end}, before it starts on {self.start}")

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def last_day(self) -> date:
        """The last day inside the span: what a screen or a command names."""
        return self.end - ONE_DAY

    @property
    def days_count(self) -> int:
        return (self.end - self.start).days

    def days(self) -> Iterator[date]:
        day = self.start
        while day < self.end:
            yield day
            day += ONE_DAY

    def first_days_of_months(self) -> list[date]:
        """The first day of each month that has a day in the span."""
        first, found = self.start.replace(day=1), []
        while max(first, self.start) < self.end:
            found.append(first)
            first = plus_months(first, 1)
        return found

    def overlap(self, other: "Span") -> "Span | None":
        """The days that both spans have, or None where they have none."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start < end else None


@dataclass(frozen=True, order=True)
class Period(Span):
    """A named span: a day, week, month, quarter or fiscal year, or a range that someone typed."""

    label: str
    grain: Grain | None = None

    @property
    def title(self) -> str:
        """The period as a reader says it: "Q2 2017", "April 2017", "2017", "1 Apr – 15 May 2017"."""
        match self.grain:
            case Grain.YEAR:
                return self.label
            case Grain.QUARTER:
                year, quarter = self.label.split("-")
                return f"{quarter} {year}"
            case Grain.MONTH:
                return f"{self.start:%B %Y}"
            case Grain.WEEK:
                return f"week of {self.start.day} {self.start:%b %Y}"
            case Grain.DAY:
                return f"{self.start.day} {self.start:%b %Y}"
        return f"{self.start.day} {self.start:%b %Y} – {self.last_day.day} {self.last_day:%b %Y}"


def typed_range(first_day: date, last_day: date) -> Period:
    """The period from `first_day` to `last_day`, both included. Raises ValueError if they are swapped."""
    if last_day < first_day:
        raise ValueError(f"a range ends on {last_day}, before it starts on {first_day}")
    return Period(first_day, last_day + ONE_DAY, f"{first_day}..{last_day}")


def plus_months(day: date, months_count: int) -> date:
    """The first of the month that lies `months_count` months after the one of `day`; before, if negative."""
    months = day.year * 12 + day.month - 1 + months_count
    return date(months // 12, months % 12 + 1, 1)


@dataclass(frozen=True)
class FiscalCalendar:
    """The company's year: it starts on the first of `first_month` and is named for the year in which it ends.

    Starting in January it is the calendar year; starting in February, the fiscal year 2018 runs from
    2017-02-01 to 2018-01-31 and its first quarter is February to April 2017.
    """

    first_month: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.first_month <= 12:
            raise ValueError(f"a fiscal year starts in month 1 to 12, not {self.first_month}")

    def year_start(self, fiscal_year: int) -> date:
        return date(fiscal_year if self.first_month == 1 else fiscal_year - 1, self.first_month, 1)

    def fiscal_year(self, day: date) -> int:
        return day.year + (self.first_month > 1 and day.month >= self.first_month)

    def period_of(self, grain: Grain, day: date) -> Period:
        """The period of this grain that holds `day`. Weeks start on Monday and are ISO weeks."""
        if grain is Grain.DAY:
            return Period(day, day + ONE_DAY, day.isoformat(), grain)
        if grain is Grain.WEEK:
            monday = day - timedelta(days=day.weekday())
            year, week, _ = monday.isocalendar()
            return Period(monday, monday + timedelta(days=7), f"{year}-W{week:02d}", grain)
        if grain is Grain.MONTH:
            start = day.replace(day=1)
            return Period(start, plus_months(start, 1), f"{start:%Y-%m}", grain)
        year = self.fiscal_year(day)
        if grain is Grain.YEAR:
            return Period(self.year_start(year), self.year_start(year + 1), str(year), grain)
        quarter = (day.year * 12 + day.month - self._months(self.year_start(year))) // 3
        start = plus_months(self.year_start(year), 3 * quarter)
        return Period(start, plus_months(start, 3), f"{year}-Q{quarter + 1}", grain)

    def periods(self, grain: Grain, span: Span) -> list[Period]:
        """Every period of this grain with a day in `span`, in order; first and last may reach beyond it."""
        found = []
        day = span.start
        while day < span.end:
            found.append(self.period_of(grain, day))
            day = found[-1].end
        return found

    def before(self, period: Period) -> Period:
        """The period just before: of the same grain, or for a typed range as many days."""
        if period.grain is None:
            return typed_range(period.start - timedelta(days=period.days_count), period.start - ONE_DAY)
        return self.period_of(period.grain, period.start - ONE_DAY)

    def after(self, period: Period) -> Period:
        """The period just after, likewise."""
        if period.grain is None:
            return typed_range(period.end, period.end + timedelta(days=period.days_count - 1))
        return self.period_of(period.grain, period.end)

    def year_earlier(self, period: Period) -> Period:
        """The same period one year before: a week 52 weeks back, a typed range on the same dates."""
        if period.grain is Grain.WEEK:
            return self.period_of(Grain.WEEK, period.start - timedelta(weeks=52))
        if period.grain in (Grain.MONTH, Grain.QUARTER, Grain.YEAR):
            return self.period_of(period.grain, plus_months(period.start, -12))
        first, last = _year_before(period.start), _year_before(period.last_day)
        return self.period_of(Grain.DAY, first) if period.grain is Grain.DAY else typed_range(first, last)

    def exactly(self, span: Span) -> Period:
        """The month, quarter or fiscal year with just these days; a typed range where there is none."""
        grains = (Grain.MONTH, Grain.QUARTER, Grain.YEAR)
        named = [self.period_of(grain, span.start) for grain in grains]
        alike = (one for one in named if (one.start, one.end) == (span.start, span.end))
        return next(alike, typed_range(span.start, span.last_day))

    def period(self, text: str) -> Period:
        """The period that a text names.

        `2017` a fiscal year, `2017-H1` half of one, `2017-Q2` a fiscal quarter, `2017-P03` the third month of a fiscal
        year, `2017-04` a month, `2017-W14` an ISO week,
        `2017-04-01` a day, `2017-04-01..2017-06-30` a range whose last day is included.
        Raises UnknownName for anything else.
        """
        text = text.strip()
        try:
            if found := fullmatch(r"(?:FY ?)?(\d{4})", text, IGNORECASE):
                return self.period_of(Grain.YEAR, self.year_start(int(found[1])))
            if found := fullmatch(r"(\d{4})-?[Qq]([1-4])", text):
                return self.period_of(
                    Grain.QUARTER, plus_months(self.year_start(int(found[1])), 3 * (int(found[2]) - 1))
                )
            if found := fullmatch(r"(\d{4})-?[Hh]([12])", text):
                start = plus_months(self.year_start(int(found[1])), 6 * (int(found[2]) - 1))
                return typed_range(start, plus_months(start, 6) - ONE_DAY)
            if found := fullmatch(r"(\d{4})-?[Pp](0?[1-9]|1[0-2])", text):
                return self.period_of(Grain.MONTH, plus_months(self.year_start(int(found[1])), int(found[2]) - 1))
            if found := fullmatch(r"(\d{4})-(\d{2})", text):
                return self.period_of(Grain.MONTH, date(int(found[1]), int(found[2]), 1))
            if found := fullmatch(r"(\d{4})-?[Ww](\d{1,2})", text):
                return self.period_of(Grain.WEEK, date.fromisocalendar(int(found[1]), int(found[2]), 1))
            if ".." in text:
                first, last = (date.fromisoformat(part.strip()) for part in text.split("..", 1))
                return typed_range(first, last)
            return self.period_of(Grain.DAY, date.fromisoformat(text))
        except (ValueError, OverflowError) as wrong:
            raise UnknownName(
                f"“{text}” is no period.",
                "Write 2017, 2017-Q2, 2017-04, 2017-W14, 2017-04-01 or 2017-04-01..2017-06-30.",
            ) from wrong

    @staticmethod
    def _months(day: date) -> int:
        return day.year * 12 + day.month


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days the company works: Monday to Friday, but no holidays of the country and no closing days.

    `country` is an ISO 3166 code such as "US" or "DE-BY" (with a subdivision), or None for no holidays.
    """

    country: str | None = None
    closing_days: frozenset[date] = frozenset()
    weekend: frozenset[int] = frozenset({5, 6})

    def __post_init__(self) -> None:
        """Raises UnknownName for a country or subdivision whose holidays nobody knows."""
        if self.country is None:
            return
        try:
            self._holidays(date.min.year)
        except NotImplementedError as wrong:
            sentence = f"No holidays are known for “{self.country}”."
            raise UnknownName(sentence, "Write a code such as US or DE-BY.") from wrong

    def is_working(self, day: date) -> bool:
        if day.weekday() in self.weekend or day in self.closing_days:
            return False
        return day not in self._holidays(day.year)

    def _holidays(self, year: int) -> dict[date, str]:
        if self.country is None:
            return {}
        from spm.holidays import public_holidays

        return public_holidays(self.country, year)

    def days_off(self, span: Span) -> dict[date, str]:
        """The holidays and closing days in `span`, in order, with their names."""
        years = range(span.start.year, span.last_day.year + 1)
        named = {day: name for year in years for day, name in self._holidays(year).items()}
        named |= dict.fromkeys(self.closing_days, "Closing day")
        return {day: named[day] for day in sorted(named) if day in span}

    def working_days(self, span: Span) -> list[date]:
        return [day for day in span.days() if self.is_working(day)]

    def working_days_count(self, span: Span) -> int:
        return len(self.working_days(span))

    def share(self, part: Span, whole: Span) -> float:
        """The share of the working days of `whole` that lie in `part`, 0 to 1.

        A span without any working day (a weekend) is shared by calendar days instead.
        """
        inside = part.overlap(whole)
        if inside is None:
            return 0.0
        days_count = self.working_days_count(whole)
        if days_count == 0:
            return inside.days_count / whole.days_count
        return self.working_days_count(inside) / days_count
