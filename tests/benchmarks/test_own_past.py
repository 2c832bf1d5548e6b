"""A number against its own past, and signal or noise."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm.benchmarks.own_past import Comparison, Judgement, Point, Signal, judgements, own_past
from spm.calendar import FiscalCalendar, Grain, Period, Span

CALENDAR = FiscalCalendar()


def months(count: int, first: str = "2016-01") -> list[Period]:
    found = [CALENDAR.period(first)]
    while len(found) < count:
        found.append(CALENDAR.after(found[-1]))
    return found


def monthly(values: Sequence[float | None], indexes: Sequence[float] | None = None) -> list[Point]:
    of_each = indexes or [None] * len(values)
    periods = months(len(values))
    return [Point(one, value, None, index) for one, value, index in zip(periods, values, of_each, strict=True)]


def last(values: Sequence[float | None], indexes: Sequence[float] | None = None) -> Judgement:
    return judgements(monthly(values, indexes))[-1]


def test_the_three_comparisons() -> None:
    past = own_past(monthly([*range(10, 22), 33]), CALENDAR.period("2017-01"), CALENDAR)
    assert past.period_before == Comparison(
        "December 2016", 21, 12, pytest.approx(12 / 21), "57.1 % above December 2016"
    )
    assert past.year_earlier == Comparison("January 2016", 10, 23, pytest.approx(2.3), "230.0 % above January 2016")
    assert past.trailing_mean == Comparison(
        "the mean of the 12 months before", 15.5, 17.5, pytest.approx(17.5 / 15.5),
        "112.9 % above the mean of the 12 months before",
    )  # fmt: skip


def test_in_words_are_the_known_comparisons_each_once() -> None:
    years = [Point(CALENDAR.period(label), value) for label, value in (("2016", 10.0), ("2017", 15.0))]
    past = own_past(years, CALENDAR.period("2017"), CALENDAR)
    assert past.words == ("50.0 % above 2016", "50.0 % above the mean of the 12 months before")


def test_a_share_changes_by_points() -> None:
    past = own_past(monthly([0.25, 0.20]), CALENDAR.period("2016-02"), CALENDAR, is_share=True)
    assert past.period_before.words == "5.0 points below January 2016"


def test_the_same_and_from_nothing() -> None:
    same = own_past(monthly([5, 5]), CALENDAR.period("2016-02"), CALENDAR).period_before
    assert (same.change, same.words) == (0, "the same as January 2016")
    from_nothing = own_past(monthly([0, 5]), CALENDAR.period("2016-02"), CALENDAR).period_before
    assert (from_nothing.change, from_nothing.change_share) == (5, None)
    assert from_nothing.words == "above January 2016, which was 0"


def test_a_missing_past_or_present_is_no_change() -> None:
    past = own_past(monthly([None, 5]), CALENDAR.period("2016-02"), CALENDAR)
    assert past.period_before == Comparison("January 2016", None, None, None, "no value for January 2016")
    assert past.year_earlier.words == "no value for February 2015"
    present = own_past(monthly([5, float("nan")]), CALENDAR.period("2016-02"), CALENDAR)
    assert present.period_before == Comparison("January 2016", 5, None, None, "no value")


def test_the_trailing_mean_of_a_ratio_is_a_sum_over_a_sum() -> None:
    # 11 months of 1 won of 10, one of 9 won of 10; a month in which nothing closed weighs nothing.
    periods = months(13)
    points = [Point(one, 0.1, 10) for one in periods[:10]] + [
        Point(periods[10], 0.9, 90),
        Point(periods[11], None, 0),
    ]
    past = own_past([*points, Point(periods[12], 0.5, 10)], periods[12], CALENDAR)
    assert past.trailing_mean.past == pytest.approx((10 * 1 + 81) / 190)


def test_the_trailing_mean_needs_all_twelve_months() -> None:
    points = monthly([*range(10, 22), 33])
    january = CALENDAR.period("2017-01")
    assert own_past(points[1:], january, CALENDAR).trailing_mean.past is None
    points[3] = Point(points[3].period, None)
    assert own_past(points, january, CALENDAR).trailing_mean.past is None


def test_the_trailing_mean_of_quarters_is_of_four_and_a_typed_range_has_none() -> None:
    quarters = CALENDAR.periods(Grain.QUARTER, Span(CALENDAR.period("2016").start, CALENDAR.period("2017-Q1").end))
    points = [Point(one, value) for one, value in zip(quarters, (1, 2, 3, 6, 9), strict=True)]
    assert own_past(points, quarters[-1], CALENDAR).trailing_mean.past == 3
    typed = CALENDAR.period("2017-01-01..2017-01-20")
    assert own_past([Point(typed, 5)], typed, CALENDAR).trailing_mean.past is None


def test_xmr_limits_by_hand() -> None:
    # Mean 11, seven moving ranges of 2: 11 ± 2.66 × 2.
    normal = last([10, 12] * 4 + [11]).normal
    assert normal is not None
    assert (normal.low, normal.mean, normal.high) == pytest.approx((5.68, 11, 16.32))


@pytest.mark.parametrize(
    ("value", "signal"), [(16.4, Signal.ABOVE), (16.3, None), (11, None), (5.7, None), (5.6, Signal.BELOW)]
)
def test_a_point_outside_the_limits_of_those_before_it(value: float, signal: Signal | None) -> None:
    judged = last([10, 12] * 4 + [value])
    assert judged.signal is signal


def test_fewer_than_eight_before_it_are_not_enough() -> None:
    assert last([10, 12, 10, 12, 10, 12, 10, 1000]) == Judgement(monthly([10] * 7 + [1000])[-1], None, None)


def test_eight_in_a_row_on_one_side() -> None:
    low, high = [12, 8] * 8, [12.5] * 8
    assert last(low + high[:7]).signal is None
    assert last(low + high).signal is Signal.RUN_ABOVE
    assert last([-value for value in low + high]).signal is Signal.RUN_BELOW


def test_a_constant_series_is_no_signal_until_it_moves() -> None:
    assert last([0.1 + 0.2] * 8 + [0.3]).signal is None
    assert last([5] * 8 + [5.1]).signal is Signal.ABOVE


def test_a_season_is_no_signal() -> None:
    indexes = [0.5, 0.5, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0] * 2
    wobble = [9, 11] * 12
    values = [base * index for base, index in zip(wobble, indexes, strict=True)]
    judged = last(values, indexes)
    assert judged.signal is None
    assert last(values).signal is Signal.ABOVE
    assert judged.normal is not None
    # The range stands on the value's own scale: December's, twice an average month's.
    assert judged.normal.mean == pytest.approx(2 * sum(wobble[:23]) / 23)


def test_with_less_than_one_season_values_are_judged_raw() -> None:
    values = [10, 12] * 4 + [16.4]
    assert last(values, [1.0] * 8 + [2.0]).signal is Signal.ABOVE  # 8.2 of an average month would be normal


def test_missing_points_are_passed_over() -> None:
    assert last([10, None, 12, 10, 12, None, 10, 12, 10, 12, 16.4]).signal is Signal.ABOVE
    assert judgements([]) == []


@given(st.lists(st.floats(0, 1e6), min_size=9, max_size=30), st.floats(0.1, 1000))
def test_the_unit_of_a_series_does_not_change_its_signals(values: list[float], factor: float) -> None:
    rounded = [round(value) for value in values]
    plain = [one.signal for one in judgements(monthly(rounded))]
    assert [one.signal for one in judgements(monthly([value * factor for value in rounded]))] == plain
