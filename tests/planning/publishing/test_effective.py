"""What stays of quotas that give way."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from spm.calendar import Span, WorkingCalendar
from spm.planning.publishing.effective import by_month, quota_key, remaining

CALENDAR = WorkingCalendar()
YEAR = {"starts_on": date(2026, 1, 1), "ends_before": date(2027, 1, 1), "amount_cents": 261_00}  # 261 working days


def test_a_year_that_gives_way_in_july_keeps_its_first_half() -> None:
    (kept,) = remaining(YEAR, Span(date(2026, 7, 1), date(2027, 1, 1)), CALENDAR)
    assert kept == {"starts_on": date(2026, 1, 1), "ends_before": date(2026, 7, 1), "amount_cents": 129_00}


def test_a_quarter_taken_out_of_a_year_leaves_what_lies_before_and_after() -> None:
    before, after = remaining(YEAR, Span(date(2026, 4, 1), date(2026, 7, 1)), CALENDAR)
    assert (before["amount_cents"], after["amount_cents"]) == (64_00, 132_00)  # 64, 65 and 132 working days
    assert after["starts_on"] == date(2026, 7, 1)


def test_nothing_stays_of_what_is_taken_whole() -> None:
    assert remaining(YEAR, Span(date(2025, 1, 1), date(2028, 1, 1)), CALENDAR) == []


@given(
    st.dates(date(2026, 1, 1), date(2026, 12, 1)),
    st.integers(1, 200),
    st.integers(0, 10**9),
    st.integers(-50, 250),
    st.integers(1, 300),
)
def test_what_stays_and_what_is_taken_make_the_whole(
    start: date, days: int, amount: int, cut: int, cut_days: int
) -> None:
    whole = Span(start, start + timedelta(days))
    taken = Span(start + timedelta(cut), start + timedelta(cut + cut_days))
    quota = {"starts_on": whole.start, "ends_before": whole.end, "amount_cents": amount}
    kept = remaining(quota, taken, CALENDAR)
    gone = amount - sum(row["amount_cents"] for row in kept)
    assert all(taken.overlap(Span(row["starts_on"], row["ends_before"])) is None for row in kept)
    overlap = taken.overlap(whole)
    if overlap is None:
        assert gone == 0
    else:
        assert abs(gone - amount * CALENDAR.share(overlap, whole)) <= 1


def test_months_before_the_effective_day_are_left_as_they_are() -> None:
    found = list(by_month([10, 20, 30], date(2026, 11, 1), date(2026, 12, 1)))
    assert found == [(Span(date(2026, 12, 1), date(2027, 1, 1)), 20), (Span(date(2027, 1, 1), date(2027, 2, 1)), 30)]


def test_a_key_is_what_a_sheet_of_quotas_would_give() -> None:
    assert quota_key("E1", Span(date(2026, 1, 1), date(2026, 2, 1))) == "E1 | bookings | 2026-01-01 | 2026-02-01"
