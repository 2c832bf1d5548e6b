"""A person's target: ramp, presence, season, span; and what a role's could be."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm.calendar import FiscalCalendar, Grain, Span, WorkingCalendar
from spm.metrics.registry import METRICS, Timing
from spm.scorecards.model import Item
from spm.scorecards.targets import (
    Absence,
    Target,
    of_days,
    own_target,
    percentile_words,
    periods_before,
    presence_share,
    ramp_share,
    ramp_words,
    season_index,
    suggested_target,
)

CALENDAR, WORKING = FiscalCalendar(), WorkingCalendar()
MEETINGS = Item("meetings", 100, Timing.LEADING, seasonal=True)


def days(text: str) -> list[date]:
    return WORKING.working_days(CALENDAR.period(text))


def test_ramp_presence_and_season() -> None:
    target = own_target(40, MEETINGS, METRICS["meetings"], 0.75, 0.9, 1.08)
    assert target.value == pytest.approx(29.16)
    assert target.sentence() == "40 × 0.75 ramp × 0.9 present × 1.08 season = 29.16"


def test_without_anything_to_adjust_the_target_is_the_roles() -> None:
    target = own_target(40, MEETINGS, METRICS["meetings"])
    assert (target.value, target.factors, target.sentence()) == (40, (), "40")


def test_the_season_is_left_out_where_the_item_is_not_seasonal() -> None:
    steady = Item("meetings", 100, Timing.LEADING)
    assert own_target(40, steady, METRICS["meetings"], season_index=1.08).value == 40


@pytest.mark.parametrize("metric", ["win_rate", "average_deal_size", "open_pipeline", "median_sales_cycle"])
def test_a_ratio_a_mean_a_stock_and_a_median_stay_as_they_are(metric: str) -> None:
    item = Item(metric, 100, Timing.LAGGING, seasonal=True)
    assert own_target(0.5, item, METRICS[metric], 0.75, 0.9, 1.08, 3.0) == Target(0.5)


def test_lower_is_better_gets_no_ramp_but_its_share_of_the_span() -> None:
    lost = Item("lost_deals", 100, Timing.LAGGING, seasonal=True)
    assert own_target(10, lost, METRICS["lost_deals"], 0.75, 0.9, 1.08, 0.5).value == 5


@pytest.mark.parametrize(("periods_count", "sentence"), [(0.5, "40 × 0.5 of a month = 20"), (3, "40 × 3 months = 120")])
def test_a_target_of_another_span(periods_count: float, sentence: str) -> None:
    assert own_target(40, MEETINGS, METRICS["meetings"], periods_count=periods_count).sentence() == sentence


def test_a_weekly_target_over_a_quarters_end_is_shared_by_working_days() -> None:
    # The week of 26 June 2017 has all its five working days in the second quarter,
    week, quarter = CALENDAR.period("2017-W26"), CALENDAR.period("2017-Q2")
    weekly = Item("calls", 100, Timing.LEADING, period=Grain.WEEK)
    assert own_target(50, weekly, METRICS["calls"], periods_count=WORKING.share(quarter, week)).value == 50
    # the week of 28 March 2016 only its Friday.
    share = WORKING.share(CALENDAR.period("2016-Q2"), CALENDAR.period("2016-W13"))
    assert own_target(50, weekly, METRICS["calls"], periods_count=share).sentence() == "50 × 0.2 of a week = 10"


@pytest.mark.parametrize(
    ("month", "share"),
    [
        ("2017-03", 0.0),
        ("2017-04", 0.25),
        ("2017-05", 0.5),
        ("2017-06", 0.75),
        ("2017-07", 1.0),
        ("2019-07", 1.0),
    ],
)
def test_ramp_by_month_of_tenure(month: str, share: float) -> None:
    assert ramp_share(date(2017, 3, 1), days(month)) == share


def test_a_quarter_of_ramp_is_the_mean_of_its_days() -> None:
    # Since 1 March: April (20 working days) is the second month, May (23) the third, June (22) the fourth.
    assert ramp_share(date(2017, 3, 1), days("2017-Q2")) == pytest.approx((20 * 0.25 + 23 * 0.5 + 22 * 0.75) / 65)
    # Since 15 March the first month goes to 14 April: 10 of April's 20 working days.
    assert ramp_share(date(2017, 3, 15), days("2017-04")) == pytest.approx((10 * 0.0 + 10 * 0.25) / 20)


def test_ramp_without_a_start_or_before_it() -> None:
    assert ramp_share(None, days("2017-04")) == 1.0
    assert ramp_share(date(2018, 1, 1), days("2017-04")) == 1.0
    assert ramp_share(date(2017, 4, 3), days("2017-04"), ramp=(0.5, 1.0)) == 0.5


def test_a_ramp_in_words() -> None:
    assert ramp_words((0.0, 0.25, 1.0)) == (
        "0 % of a full target in the first month, 25 % in month 2, and all of it from month 3 on"
    )
    assert ramp_words((1.0,)) == "all of a full target from the first day on"


def test_presence_leaves_out_leave_and_days_before_the_start() -> None:
    april = days("2017-04")  # 20 working days from Monday the 3rd
    employed = Span(date(2017, 4, 10), date(9999, 1, 1))
    leave = Absence(Span(date(2017, 4, 18), date(2017, 4, 21)))  # Tuesday to Thursday
    mornings = Absence(Span(date(2017, 4, 20), date(2017, 4, 25)), 0.5)  # Thursday, Friday and Monday
    assert presence_share(april, employed) == 15 / 20
    assert presence_share(april, employed, [leave]) == 12 / 20
    assert presence_share(april, employed, [leave, mornings]) == 11 / 20
    assert presence_share([], employed) == 1.0


def test_suggested_target_is_the_60th_percentile_with_who_would_have_met_it() -> None:
    suggestion = suggested_target([10, 20, None, 30, 40, 50, float("nan")], prefers_more=True)
    assert suggestion is not None
    assert (suggestion.value, suggestion.met_share, suggestion.values_count) == (pytest.approx(34), 0.4, 5)


@pytest.mark.parametrize(("percentile", "said"), [(1, "1st"), (52, "52nd"), (63, "63rd"), (60, "60th"), (61, "61st"),
                                                  (11, "11th"), (12, "12th"), (13, "13th"), (62.5, "62.5th")])  # fmt: skip
def test_percentiles_in_words(percentile: float, said: str) -> None:
    assert percentile_words(percentile) == f"{said} percentile"


def test_lower_is_better_takes_the_mirrored_percentile() -> None:
    suggestion = suggested_target([10, 20, 30, 40, 50], prefers_more=False)
    assert suggestion is not None
    assert (suggestion.value, suggestion.met_share) == (pytest.approx(26), 0.4)


def test_a_suggestion_needs_a_value() -> None:
    assert suggested_target([None, float("nan")], prefers_more=True) is None
    alone = suggested_target([0.1 + 0.2], prefers_more=True)
    assert alone is not None
    assert alone.words(Grain.MONTH) == (
        "the 60th percentile of this role's 1 result by month, up to 12 months back; 100 % met it."
    )
    assert (alone.value, alone.met_share) == (pytest.approx(0.3), 1.0)


def test_a_season_is_the_share_of_the_same_period_in_two_years() -> None:
    # Quarters of two years: the next is a first one, of which there were 30 of 240.
    years = [10.0, 20, 30, 40, 20, 30, 40, 50]
    assert season_index(years, 4) == pytest.approx(4 * (10 + 20) / 240)
    assert season_index([1e9, *years], 4) == season_index(years, 4)


def test_the_periods_before_a_day() -> None:
    labels = [one.label for one in periods_before(date(2017, 5, 9), Grain.QUARTER, 3, CALENDAR)]
    assert labels == ["2016-Q3", "2016-Q4", "2017-Q1"]


def test_a_quota_of_a_part_says_of_which_days() -> None:
    quarter = CALENDAR.period("2011-Q2")
    assert of_days(quarter, quarter) == ""
    assert of_days(Span(date(2011, 5, 31), quarter.end), quarter).startswith(" for 31 May 2011 – 30 Jun 2011")


@pytest.mark.parametrize("values", [[1.0] * 7, [None, *[1.0] * 7], []])
def test_less_than_two_years_claim_no_season(values: list[float | None]) -> None:
    assert season_index(values, 4) is None
    target = own_target(40, MEETINGS, METRICS["meetings"], season_index=season_index(values, 4))
    assert (target.value, target.lacks_season) == (40, True)


def test_two_years_in_which_nothing_happened_have_a_level_season() -> None:
    assert season_index([0.0] * 8, 4) == 1.0


@pytest.mark.parametrize(("item", "metric"), [
    (Item("meetings", 100, Timing.LEADING), "meetings"),
    (Item("win_rate", 100, Timing.LAGGING, seasonal=True), "win_rate"),
    (Item("lost_deals", 100, Timing.LAGGING, seasonal=True), "lost_deals"),
])  # fmt: skip
def test_only_an_item_that_follows_the_season_lacks_one(item: Item, metric: str) -> None:
    assert not own_target(40, item, METRICS[metric], season_index=None).lacks_season


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=50), st.floats(0, 100))
def test_a_mirrored_list_has_the_mirrored_suggestion(values: list[float], percentile: float) -> None:
    more = suggested_target(values, True, percentile)
    less = suggested_target([-value for value in values], False, percentile)
    assert more is not None
    assert less is not None
    assert less.value == pytest.approx(-more.value, abs=1e-6)


@given(st.dates(date(2015, 1, 1), date(2020, 1, 1)), st.integers(0, 400))
def test_ramp_never_falls_with_tenure(start: date, later: int) -> None:
    day = start + timedelta(days=later)
    assert ramp_share(start, [day]) <= ramp_share(start, [day + timedelta(days=1)])
