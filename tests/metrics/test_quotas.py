"""Quotas spread over working days: the days add up to the quota, and any part is its share to the cent."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm.calendar import Span, WorkingCalendar
from spm.metrics.quotas import E4, by_day

WEEKDAYS = WorkingCalendar()


def quotas(*rows: tuple[int, date, date, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["person_id", "starts_on", "ends_before", "amount_cents"])


def test_a_week_of_five_working_days() -> None:
    spread = by_day(quotas((1, date(2024, 1, 1), date(2024, 1, 8), 10_03)), "person_id", WEEKDAYS)
    # running sums of 1003 × k ÷ 5: 200.6, 401.2, 601.8, 802.4, 1003 → 201, 401, 602, 802, 1003
    assert [value // E4 for value in spread["value_e4"]] == [201, 200, 201, 200, 201]
    assert spread["day"].max() == date(2024, 1, 5)


def test_a_span_without_a_working_day_is_spread_over_its_days() -> None:
    spread = by_day(quotas((1, date(2024, 1, 6), date(2024, 1, 8), 100)), "person_id", WEEKDAYS)
    assert [value // E4 for value in spread["value_e4"]] == [50, 50]


def test_two_quotas_of_one_day_add_up_and_days_outside_are_left_out() -> None:
    rows = quotas((1, date(2024, 1, 1), date(2024, 1, 3), 100), (1, date(2024, 1, 2), date(2024, 1, 4), 40))
    spread = by_day(rows, "person_id", WEEKDAYS, Span(date(2024, 1, 2), date(2024, 1, 3)))
    assert spread.to_dict("records") == [{"person_id": 1, "day": date(2024, 1, 2), "value_e4": (50 + 20) * E4}]


@given(st.integers(0, 10**12), st.integers(1, 400), st.integers(0, 400))
def test_the_days_add_up_and_a_part_is_within_a_cent(amount_cents: int, days_count: int, part_count: int) -> None:
    start = date(2024, 1, 1)
    end = date.fromordinal(start.toordinal() + days_count)
    spread = by_day(quotas((1, start, end, amount_cents)), "person_id", WEEKDAYS)
    assert spread["value_e4"].sum() == amount_cents * E4
    part = Span(start, min(end, date.fromordinal(start.toordinal() + part_count)))
    inside = sum(value for day, value in zip(spread["day"], spread["value_e4"], strict=True) if day in part) / E4
    assert inside == pytest.approx(amount_cents * WEEKDAYS.share(part, Span(start, end)), abs=1)
