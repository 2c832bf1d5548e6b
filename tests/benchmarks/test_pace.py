"""Pace against a straight line and against the company's own way through a period."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm.benchmarks.pace import (
    booked_share,
    expected_share,
    needed_per_day,
    pace_index,
    straight_line_pace,
)
from spm.calendar import FiscalCalendar, WorkingCalendar

QUARTER = FiscalCalendar().period("2017-Q1")
WORKING_DAYS = WorkingCalendar().working_days(QUARTER)  # 22 in January, 20 in February, 23 in March
BY_MONTH = {date(2017, 1, 31): 20.0, date(2017, 2, 28): 30.0, date(2017, 3, 31): 50.0}


def test_a_quarter_that_brings_20_30_and_50_percent() -> None:
    # After month two, 42 of 65 working days, half is booked as it should be; a straight line wants more.
    share = booked_share(BY_MONTH, WORKING_DAYS, 42 / 65)
    expected = expected_share([share])
    assert share == 0.5
    assert expected is not None
    assert pace_index(50_000, 100_000, expected.middle) == 1.0
    assert pace_index(50_000, 100_000, 2 / 3) == pytest.approx(0.75)
    assert straight_line_pace(50_000, 2 / 3) == pytest.approx(75_000)


@pytest.mark.parametrize(
    ("elapsed_share", "share"), [(0.0, 0.0), (22 / 65, 0.2), (21.5 / 65, 0.1), (64 / 65, 0.5), (1.0, 1.0)]
)
def test_the_share_booked_by_a_share_of_the_working_days(elapsed_share: float, share: float) -> None:
    assert booked_share(BY_MONTH, WORKING_DAYS, elapsed_share) == pytest.approx(share)


def test_what_is_booked_on_a_weekend_counts_with_the_working_day_before() -> None:
    new_year, saturday = date(2017, 1, 1), date(2017, 1, 7)  # 1 January has no working day before
    assert booked_share({new_year: 1, saturday: 1, date(2017, 1, 9): 2}, WORKING_DAYS, 5 / 65) == 0.5
    assert booked_share({new_year: 1, date(2017, 3, 1): 1}, WORKING_DAYS, 1 / 65) == 0.5


def test_a_period_without_bookings_says_nothing() -> None:
    assert booked_share({}, WORKING_DAYS, 0.5) is None
    assert booked_share({date(2017, 1, 2): -5.0}, WORKING_DAYS, 0.5) is None
    assert booked_share({date(2017, 1, 2): 5.0}, [], 0.5) is None


def test_the_expected_share_is_the_median_of_the_past_with_its_spread() -> None:
    expected = expected_share([0.30, 0.50, None, 0.40, 0.60, 0.70, float("nan")])
    assert expected is not None
    assert (expected.middle, expected.low, expected.high) == pytest.approx((0.50, 0.34, 0.66))
    assert expected.periods_count == 5
    assert expected_share([None]) is None


def test_needed_per_day() -> None:
    assert needed_per_day(100_000, 40_000, 24) == 2_500
    assert needed_per_day(100_000, 100_000, 24) == 0.0
    assert needed_per_day(100_000, 120_000, 0) == 0.0
    assert needed_per_day(100_000, 40_000, 0) is None


def test_no_pace_before_the_start_or_without_a_quota() -> None:
    assert straight_line_pace(0, 0.0) is None
    assert pace_index(50, 0, 0.5) is None
    assert pace_index(50, 100, 0.0) is None


amounts = st.dictionaries(
    st.sampled_from([date.fromordinal(QUARTER.start.toordinal() + number) for number in range(90)]),
    st.floats(1, 1e6),
    min_size=1,
)


@given(amounts, st.floats(0, 1), st.floats(0, 1))
def test_the_booked_share_grows_from_0_to_1(bookings: dict[date, float], one: float, other: float) -> None:
    earlier, later = sorted((one, other))
    early = booked_share(bookings, WORKING_DAYS, earlier)
    late = booked_share(bookings, WORKING_DAYS, later)
    assert early is not None
    assert late is not None
    assert -1e-9 <= early <= late + 1e-9 <= 1 + 2e-9
