"""Periods, fiscal years, ISO weeks, working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm.calendar import (
    FiscalCalendar,
    Grain,
    Period,
    Span,
    WorkingCalendar,
    plus_months,
    typed_range,
)
from spm.errors import UnknownName
from spm.holidays import subdivision_names

CALENDAR_YEAR = FiscalCalendar()
FROM_FEBRUARY = FiscalCalendar(first_month=2)
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
grains = st.sampled_from(list(Grain))
calendars = st.integers(1, 12).map(FiscalCalendar)


def span_of(period: Period) -> tuple[str, str]:
    """First and last day, as a screen shows them."""
    return str(period.start), str(period.last_day)


def test_a_span_is_half_open() -> None:
    april = Span(date(2017, 4, 1), date(2017, 5, 1))
    assert date(2017, 4, 1) in april
    assert date(2017, 4, 30) in april
    assert date(2017, 5, 1) not in april
    assert april.days_count == 30 == len(list(april.days()))
    assert april.last_day == date(2017, 4, 30)


def test_a_span_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Span(date(2017, 4, 2), date(2017, 4, 1))


def test_the_months_of_which_a_span_has_a_day() -> None:
    assert Span(date(2017, 4, 30), date(2017, 6, 2)).first_days_of_months() == [
        date(2017, 4, 1), date(2017, 5, 1), date(2017, 6, 1)
    ]  # fmt: skip
    assert Span(date(2017, 4, 30), date(2017, 6, 1)).first_days_of_months() == [date(2017, 4, 1), date(2017, 5, 1)]
    assert Span(date(2017, 4, 30), date(2017, 4, 30)).first_days_of_months() == []


def test_overlap() -> None:
    april, may = Span(date(2017, 4, 1), date(2017, 5, 1)), Span(date(2017, 5, 1), date(2017, 6, 1))
    assert april.overlap(may) is None
    assert april.overlap(Span(date(2017, 4, 20), date(2017, 5, 10))) == Span(date(2017, 4, 20), date(2017, 5, 1))


@pytest.mark.parametrize(
    ("day", "months_count", "first"),
    [
        (date(2017, 1, 31), 1, date(2017, 2, 1)),
        (date(2017, 12, 15), 1, date(2018, 1, 1)),
        (date(2017, 1, 15), -1, date(2016, 12, 1)),
        (date(2017, 6, 15), -18, date(2015, 12, 1)),
        (date(2017, 6, 15), 0, date(2017, 6, 1)),
    ],
)
def test_plus_months(day: date, months_count: int, first: date) -> None:
    assert plus_months(day, months_count) == first


@pytest.mark.parametrize(
    ("calendar", "text", "first", "last"),
    [
        (CALENDAR_YEAR, "2017", "2017-01-01", "2017-12-31"),
        (CALENDAR_YEAR, "2017-Q2", "2017-04-01", "2017-06-30"),
        (CALENDAR_YEAR, "2017q2", "2017-04-01", "2017-06-30"),
        (CALENDAR_YEAR, "2017-04", "2017-04-01", "2017-04-30"),
        (CALENDAR_YEAR, "2016-02", "2016-02-01", "2016-02-29"),
        (CALENDAR_YEAR, "2017-W14", "2017-04-03", "2017-04-09"),
        (CALENDAR_YEAR, "2015-W53", "2015-12-28", "2016-01-03"),
        (CALENDAR_YEAR, "2017-04-01", "2017-04-01", "2017-04-01"),
        (CALENDAR_YEAR, " 2017-04-01..2017-06-30 ", "2017-04-01", "2017-06-30"),
        (FROM_FEBRUARY, "FY2018", "2017-02-01", "2018-01-31"),
        (FROM_FEBRUARY, "2018-Q1", "2017-02-01", "2017-04-30"),
        (FROM_FEBRUARY, "2018-Q4", "2017-11-01", "2018-01-31"),
        (CALENDAR_YEAR, "2017-H2", "2017-07-01", "2017-12-31"),
        (FROM_FEBRUARY, "2018-H1", "2017-02-01", "2017-07-31"),
        (FROM_FEBRUARY, "2018-P03", "2017-04-01", "2017-04-30"),
        (FROM_FEBRUARY, "2018-P12", "2018-01-01", "2018-01-31"),
        (FROM_FEBRUARY, "2018-01", "2018-01-01", "2018-01-31"),
        (FiscalCalendar(12), "2018-Q1", "2017-12-01", "2018-02-28"),
    ],
)
def test_the_period_that_a_text_names(calendar: FiscalCalendar, text: str, first: str, last: str) -> None:
    assert span_of(calendar.period(text)) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2017-Q5",
        "2017-13",
        "2017-W53",
        "2017-02-29",
        "2017-04-02..2017-04-01",
        "9999-12-31",
        "9999-W52",
    ],
)
def test_what_names_no_period_is_refused_with_examples(text: str) -> None:
    with pytest.raises(UnknownName, match="Write 2017, 2017-Q2"):
        CALENDAR_YEAR.period(text)


@pytest.mark.parametrize(
    ("day", "year", "quarter"),
    [
        (date(2017, 1, 31), "2017", "2017-Q4"),
        (date(2017, 2, 1), "2018", "2018-Q1"),
        (date(2017, 4, 30), "2018", "2018-Q1"),
        (date(2017, 5, 1), "2018", "2018-Q2"),
        (date(2017, 12, 31), "2018", "2018-Q4"),
        (date(2018, 1, 31), "2018", "2018-Q4"),
        (date(2018, 2, 1), "2019", "2019-Q1"),
    ],
)
def test_a_fiscal_year_from_february_is_named_for_the_year_it_ends_in(day: date, year: str, quarter: str) -> None:
    assert FROM_FEBRUARY.period_of(Grain.YEAR, day).label == year
    assert FROM_FEBRUARY.period_of(Grain.QUARTER, day).label == quarter


@pytest.mark.parametrize("month", [0, 13])
def test_a_fiscal_year_starts_in_a_month(month: int) -> None:
    with pytest.raises(ValueError, match="month 1 to 12"):
        FiscalCalendar(month)


def test_a_week_across_a_quarters_end_belongs_to_both_quarters() -> None:
    week = CALENDAR_YEAR.period("2017-W26")
    assert span_of(week) == ("2017-06-26", "2017-07-02")
    second, third = CALENDAR_YEAR.period("2017-Q2"), CALENDAR_YEAR.period("2017-Q3")
    assert [week.overlap(second), week.overlap(third)] == [
        Span(date(2017, 6, 26), date(2017, 7, 1)),
        Span(date(2017, 7, 1), date(2017, 7, 3)),
    ]
    assert CALENDAR_YEAR.periods(Grain.WEEK, second)[-1] == week == CALENDAR_YEAR.periods(Grain.WEEK, third)[0]


@pytest.mark.parametrize(
    ("day", "label"),
    [(date(2016, 1, 3), "2015-W53"), (date(2014, 12, 29), "2015-W01"), (date(2017, 1, 1), "2016-W52")],
)
def test_a_week_across_new_year_has_its_iso_name(day: date, label: str) -> None:
    assert CALENDAR_YEAR.period_of(Grain.WEEK, day).label == label


@given(calendars, grains, days)
def test_a_label_names_its_own_period_again(calendar: FiscalCalendar, grain: Grain, day: date) -> None:
    period = calendar.period_of(grain, day)
    assert day in period
    assert calendar.period(period.label) == period


@given(calendars, grains, days)
def test_periods_follow_each_other_without_a_gap(calendar: FiscalCalendar, grain: Grain, day: date) -> None:
    period = calendar.period_of(grain, day)
    assert calendar.before(period).end == period.start
    assert calendar.after(calendar.before(period)) == period


@given(calendars, days)
def test_a_fiscal_year_is_its_four_quarters_and_twelve_months(calendar: FiscalCalendar, day: date) -> None:
    year = calendar.period_of(Grain.YEAR, day)
    for grain, periods_count in ((Grain.QUARTER, 4), (Grain.MONTH, 12)):
        parts = calendar.periods(grain, year)
        assert len(parts) == periods_count
        assert (parts[0].start, parts[-1].end) == (year.start, year.end)
        assert [part.end for part in parts[:-1]] == [part.start for part in parts[1:]]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2017", "2016-01-01", "2016-12-31"),
        ("2017-Q2", "2016-04-01", "2016-06-30"),
        ("2017-02", "2016-02-01", "2016-02-29"),
        ("2017-W14", "2016-04-04", "2016-04-10"),
        ("2016-02-29", "2015-02-28", "2015-02-28"),
        ("2017-04-10..2017-05-20", "2016-04-10", "2016-05-20"),
    ],
)
def test_a_year_earlier(text: str, first: str, last: str) -> None:
    assert span_of(CALENDAR_YEAR.year_earlier(CALENDAR_YEAR.period(text))) == (first, last)


def test_a_year_earlier_on_a_fiscal_calendar_is_the_same_quarter() -> None:
    assert FROM_FEBRUARY.year_earlier(FROM_FEBRUARY.period("2018-Q1")) == FROM_FEBRUARY.period("2017-Q1")


def test_before_and_after_a_typed_range_lie_as_many_days() -> None:
    ten_days = typed_range(date(2017, 4, 11), date(2017, 4, 20))
    assert span_of(CALENDAR_YEAR.before(ten_days)) == ("2017-04-01", "2017-04-10")
    assert span_of(CALENDAR_YEAR.after(ten_days)) == ("2017-04-21", "2017-04-30")


def test_a_typed_range_cannot_be_empty() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        typed_range(date(2017, 4, 2), date(2017, 4, 1))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("2017", "2017"),
        ("2017-Q2", "Q2 2017"),
        ("2017-04", "April 2017"),
        ("2017-W14", "week of 3 Apr 2017"),
        ("2017-04-01", "1 Apr 2017"),
        ("2017-04-01..2017-05-15", "1 Apr 2017 – 15 May 2017"),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert CALENDAR_YEAR.period(text).title == title


def test_working_days_leave_out_weekends_holidays_and_closing_days() -> None:
    july = CALENDAR_YEAR.period("2017-07")
    assert WorkingCalendar().working_days_count(july) == 21
    assert WorkingCalendar("US").working_days_count(july) == 20  # Independence Day, a Tuesday
    assert WorkingCalendar("US", frozenset({date(2017, 7, 3)})).working_days_count(july) == 19
    assert not WorkingCalendar("US").is_working(date(2017, 7, 4))


def test_a_subdivision_has_holidays_of_its_own() -> None:
    corpus_christi = date(2017, 6, 15)
    assert WorkingCalendar("DE").is_working(corpus_christi)
    assert not WorkingCalendar("DE-BY").is_working(corpus_christi)
    assert "BY" in subdivision_names("DE")


@pytest.mark.parametrize("label", ["2017-04", "2017-Q2", "2017", "2017-04-01..2017-05-31"])
def test_days_that_are_a_fiscal_period_have_its_name(label: str) -> None:
    for calendar in (CALENDAR_YEAR, FiscalCalendar(2)):
        period = calendar.period(label)
        assert calendar.exactly(Span(period.start, period.end)) == period


@pytest.mark.parametrize("country", ["XX", "US-ZZ"])
def test_a_country_without_known_holidays_is_refused(country: str) -> None:
    with pytest.raises(UnknownName, match="No holidays are known"):
        WorkingCalendar(country)


def test_the_share_of_working_days() -> None:
    working = WorkingCalendar()
    quarter = CALENDAR_YEAR.period("2017-Q2")  # 65 working days: 20 in April, 23 in May, 22 in June
    assert working.share(CALENDAR_YEAR.period("2017-04"), quarter) == 20 / 65
    assert working.share(CALENDAR_YEAR.period("2017-07"), quarter) == 0.0
    assert working.share(CALENDAR_YEAR.period("2017"), quarter) == 1.0


def test_a_weekend_is_shared_by_calendar_days() -> None:
    weekend = typed_range(date(2017, 4, 1), date(2017, 4, 2))
    assert WorkingCalendar().share(CALENDAR_YEAR.period("2017-04-01"), weekend) == 0.5


@given(days, st.integers(1, 200), st.integers(0, 200))
def test_the_shares_of_two_parts_add_up_to_the_whole(start: date, days_count: int, cut: int) -> None:
    whole = Span(start, start + timedelta(days=days_count))
    middle = start + timedelta(days=min(cut, days_count))
    working = WorkingCalendar("US")
    parts = working.share(Span(start, middle), whole), working.share(Span(middle, whole.end), whole)
    assert sum(parts) == pytest.approx(1.0)
