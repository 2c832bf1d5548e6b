"""The months that the sample company lives through, and how busy each is."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from spm.calendar import Span, WorkingCalendar, plus_months

Numbers = NDArray[np.float64]
Indexes = NDArray[np.int64]
Objects = NDArray[np.object_]

OPENING_SEASON = (0.95, 1.0, 1.1, 0.98, 1.03, 1.08, 0.84, 0.76, 1.1, 1.06, 1.1, 0.9)  # January to December
GROWTH_PER_YEAR = 0.14
BEYOND_DAYS = 800  # how far an expected close may lie beyond the last day


@dataclass(frozen=True)
class Timeline:
    """Whole months up to the one that holds `last_day`, cut off after that day.

    Days are counted from the first day (0); `days_count` of them are lived, later ones only expected.
    """

    last_day: date
    months_count: int

    @cached_property
    def first_day(self) -> date:
        return plus_months(self.last_day, 1 - self.months_count)

    @cached_property
    def days_count(self) -> int:
        return (self.last_day - self.first_day).days + 1

    @cached_property
    def dates(self) -> Objects:
        """The date of each day, the expected ones beyond the last day included."""
        return np.array([self.first_day + timedelta(days=day) for day in range(self.days_count + BEYOND_DAYS)])

    @cached_property
    def month_starts(self) -> Indexes:
        """The first day of each month, and the end of the last one that is lived (not included)."""
        starts = [self.day(plus_months(self.first_day, month)) for month in range(self.months_count)]
        return np.array([*starts, self.days_count])

    @cached_property
    def workdays(self) -> Indexes:
        """The days on which the company works, American holidays left out; all days if there is none."""
        lived = Span(self.first_day, self.last_day + timedelta(days=1))
        worked = [self.day(day) for day in WorkingCalendar().working_days(lived)]
        return np.array(worked or range(self.days_count))

    @cached_property
    def month_of(self) -> Indexes:
        """The month's number of each day, expected days included."""
        first = self.first_day.year * 12 + self.first_day.month
        return np.array([day.year * 12 + day.month - first for day in self.dates])

    @cached_property
    def quarter_of(self) -> Indexes:
        """The calendar quarter's number of each day, expected days included; the first day's quarter is 0."""
        return (self.month_of + (self.first_day.month - 1) % 3) // 3

    @cached_property
    def busyness(self) -> Numbers:
        """How much is opened in each month: the season times the company's growth."""
        months = np.arange(self.months_count)
        season = np.array(OPENING_SEASON)[(self.first_day.month - 1 + months) % 12]
        return np.asarray(season * (1 + GROWTH_PER_YEAR) ** (months / 12))

    def day(self, day: date) -> int:
        """The number of a date; negative before the first day."""
        return (day - self.first_day).days

    def workday_before(self, days: Indexes) -> Indexes:
        """The last working day on or before each day; the first one where there is none."""
        at = np.searchsorted(self.workdays, days, side="right") - 1
        return self.workdays[np.maximum(at, 0)]

    def workday_between(self, starts: Indexes, ends: Indexes, luck: Numbers) -> Indexes:
        """A working day in each [start, end), where `luck` (0 to 1) says how far into it."""
        low, high = np.searchsorted(self.workdays, starts), np.searchsorted(self.workdays, ends)
        at = low + (luck * (high - low)).astype(np.int64)
        return self.workdays[np.minimum(at, len(self.workdays) - 1)]

    def workdays_between_count(self, starts: Indexes, ends: Indexes) -> Indexes:
        return np.maximum(np.searchsorted(self.workdays, ends) - np.searchsorted(self.workdays, starts), 0)
