"""What is due of quotas by now: by season between the months, by working days within one."""

from datetime import date

import pandas as pd
import pytest

from spm.calendar import Span, WorkingCalendar
from spm.planning.fairness.so_far import due_cents, season_share
from spm.planning.seasons import EVEN_SEASON, Season

EVERY_DAY = WorkingCalendar(weekend=frozenset())
YEAR = Span(date(2026, 1, 1), date(2027, 1, 1))
SPRING = Season((0.2, 0.3, 0.5, *(0.0,) * 9))


def test_a_year_is_due_as_its_season_goes() -> None:
    """20 / 30 / 50 %: after February half of it, after half of March three quarters."""
    assert season_share(YEAR, Span(date(2026, 1, 1), date(2026, 3, 1)), SPRING, EVERY_DAY) == pytest.approx(0.5)
    until_16_march = Span(date(2026, 1, 1), date(2026, 3, 17))
    assert season_share(YEAR, until_16_march, SPRING, EVERY_DAY) == pytest.approx(0.5 + 0.5 * 16 / 31)
    assert season_share(YEAR, Span(date(2026, 6, 1), date(2026, 9, 1)), SPRING, EVERY_DAY) == 0


def test_within_a_month_it_goes_by_working_days() -> None:
    """1 June 2026 is a Monday: ten of 22 working days are over after two weeks."""
    june = Span(date(2026, 6, 1), date(2026, 7, 1))
    share = season_share(june, Span(date(2026, 6, 1), date(2026, 6, 15)), EVEN_SEASON, WorkingCalendar())
    assert share == pytest.approx(10 / 22)


def test_a_span_without_a_season_goes_by_days() -> None:
    summer = Span(date(2026, 7, 1), date(2026, 7, 11))
    assert season_share(summer, Span(date(2026, 7, 1), date(2026, 7, 6)), SPRING, EVERY_DAY) == 0.5


def test_quotas_on_odd_days_add_up_to_what_is_due() -> None:
    quotas = pd.DataFrame(
        [
            (1, date(2025, 12, 17), date(2026, 1, 16), 3_000),  # 15 of its 30 days lie in 2026: months weigh 1/31 a day
            (1, date(2026, 1, 16), date(2026, 3, 1), 1_000),
            (2, date(2026, 1, 1), date(2027, 1, 1), 12_000),
        ],
        columns=["person_id", "starts_on", "ends_before", "amount_cents"],
    )
    due = due_cents(quotas, Span(date(2026, 1, 1), date(2026, 3, 1)), EVEN_SEASON, EVERY_DAY)
    assert due == {1: pytest.approx(1_500 + 1_000), 2: pytest.approx(2_000)}
