"""A year's season: shares by hand, from two years, one, part of one, none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm.calendar import plus_months
from spm.money import split
from spm.planning.seasons import EVEN_SEASON, season_of

JANUARY_2023 = date(2023, 1, 1)
PEAK = [100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 900]  # December brings 45 % of 2,000


def months(values: list[float | None], start: date = JANUARY_2023) -> dict[date, float | None]:
    return {plus_months(start, at): value for at, value in enumerate(values)}


def test_two_years_are_averaged_share_by_share() -> None:
    """A bigger year has no bigger say: December is 45 % of the first and 12/34 of the second."""
    bigger = [2000.0] * 11 + [12000.0]
    season = season_of(months([*PEAK, *bigger]))
    assert season.shares[11] == pytest.approx((0.45 + 12 / 34) / 2)
    assert sum(season.shares) == pytest.approx(1)


def test_one_year_is_drawn_half_way_to_an_even_one() -> None:
    season = season_of(months(PEAK))
    assert season.shares[11] == pytest.approx((0.45 + 1 / 12) / 2)
    assert season.shares[0] == pytest.approx((0.05 + 1 / 12) / 2)


def test_without_a_whole_year_it_is_even() -> None:
    assert season_of({}) == season_of(months([None, 0, 0])) == season_of(months(PEAK[:11])) == EVEN_SEASON


def test_a_missing_month_breaks_the_year_that_it_is_in() -> None:
    season = season_of(months([*PEAK[:5], None, *PEAK[6:], *PEAK]))
    assert season.shares[11] == pytest.approx((0.45 + 1 / 12) / 2)


def test_a_fiscal_plan_takes_the_shares_of_its_own_months() -> None:
    weights = season_of(months(PEAK * 2)).weights([date(2025, 12, 1), date(2026, 1, 1)])
    assert weights == pytest.approx([0.45, 0.05])
    assert split(100_001, weights) == [90_001, 10_000]


@given(st.lists(st.none() | st.floats(-1e6, 1e9, allow_nan=False), max_size=50))
def test_shares_are_shares(values: list[float | None]) -> None:
    season = season_of(months(values))
    assert sum(season.shares) == pytest.approx(1)
    assert min(season.shares) >= 0
    assert sum(split(120_000_07, season.weights(list(months([0] * 12))))) == 120_000_07
