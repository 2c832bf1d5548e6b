"""A period against an earlier one, as far as both have come."""

from datetime import date, timedelta

import pytest

from spm.benchmarks.growth import Growth, to_share
from spm.calendar import Period, Span

FIRST = date(2017, 1, 2)  # a Monday
WEEKS = Period(FIRST, FIRST + timedelta(days=14), "two weeks")
WORKING_DAYS = [FIRST + timedelta(days=days) for days in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)]


@pytest.mark.parametrize(
    ("share", "days_count"),
    [(0.0, 0), (0.1, 1), (0.5, 5), (0.6, 8), (1.0, 14)],  # the sixth working day is the second Monday
)
def test_part_of_a_period_by_working_days(share: float, days_count: int) -> None:
    part = to_share(WEEKS, WORKING_DAYS, share)
    assert (part.start, part.days_count) == (FIRST, days_count)


def test_a_weekend_is_shared_by_its_days() -> None:
    weekend = Period(date(2017, 1, 7), date(2017, 1, 9), "weekend")
    assert to_share(weekend, [], 0.5) == Span(date(2017, 1, 7), date(2017, 1, 8))


@pytest.mark.parametrize(
    ("now", "before", "share"), [(150.0, 100.0, 0.5), (50.0, -100.0, 1.5), (1.0, 0.0, None), (None, 1.0, None)]
)
def test_change_is_a_share_of_what_was(now: float | None, before: float | None, share: float | None) -> None:
    assert Growth(now, before, WEEKS, False).change_share == share
