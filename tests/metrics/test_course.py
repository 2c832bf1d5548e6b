"""A metric over time asks each period once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from math import isnan
from threading import Event

import numpy as np

from spm.calendar import FiscalCalendar, Grain, Span
from spm.metrics.course import Course
from spm.rows import Labels, Rows

CALENDAR = FiscalCalendar()
Q1, Q2 = CALENDAR.period("2026-Q1"), CALENDAR.period("2026-Q2")


class Company:
    """Bookings of 1 on each day but those of February; with what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Grain, Span]] = []

    def bookings(self, grain: Grain, span: Span) -> Rows:
        self.asked.append((grain, span))
        known = [one for one in CALENDAR.periods(grain, span) if one.start.month != 2]
        values = np.array([one.days_count for one in known], float)
        return Rows({"value": values}, {grain.value: Labels.of(one.label for one in known)})


def months(first: int, last: int) -> Span:
    return Span(date(2026, first, 1), date(2026, last + 1, 1))


def test_only_what_is_lacking_is_asked() -> None:
    company = Company()
    course = Course(company.bookings)
    assert course.values(Grain.MONTH, CALENDAR.periods(Grain.MONTH, months(3, 4))) == [31, 30]
    january, february, *later = course.values(Grain.MONTH, CALENDAR.periods(Grain.MONTH, months(1, 5)))
    assert (january, later) == (31, [31, 30, 31])
    assert isnan(february)
    assert isnan(course.values(Grain.MONTH, CALENDAR.periods(Grain.MONTH, months(2, 2)))[0])
    assert company.asked == [(Grain.MONTH, months(3, 4)), (Grain.MONTH, months(1, 5))]


def test_each_length_of_period_is_asked_for_itself() -> None:
    company = Company()
    course = Course(company.bookings)
    assert course.values(Grain.QUARTER, [Q1, Q2]) == [90, 91]
    assert course.values(Grain.QUARTER, []) == []
    assert company.asked == [(Grain.QUARTER, Span(Q1.start, Q2.end))]


def test_days_are_asked_by_whole_months_and_cut_to_the_span() -> None:
    company = Company()
    course = Course(company.bookings)
    assert list(course.by_day(Span(date(2026, 1, 30), date(2026, 3, 2)))) == [
        date(2026, 1, 30), date(2026, 1, 31), date(2026, 3, 1),
    ]  # fmt: skip
    assert len(course.by_day(Span(Q1.start, Q2.end))) == 31 + 31 + 30 + 31 + 30
    assert company.asked == [(Grain.DAY, months(1, 3)), (Grain.DAY, months(4, 6))]


def test_who_asks_while_another_is_being_answered_gets_the_whole_answer() -> None:
    company, is_asked, may_answer = Company(), Event(), Event()

    def bookings(grain: Grain, span: Span) -> Rows:
        if not is_asked.is_set():
            is_asked.set()
            may_answer.wait(10)
        return company.bookings(grain, span)

    course = Course(bookings)
    with ThreadPoolExecutor(1) as others:
        first = others.submit(course.by_day, months(1, 1))
        assert is_asked.wait(10)
        second = course.by_day(months(1, 1))
        may_answer.set()
    assert second == first.result()
    assert len(second) == 31
