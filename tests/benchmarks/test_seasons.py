"""What the season makes of a month."""

from datetime import date

import pytest

from spm.benchmarks.seasons import month_indexes
from spm.calendar import plus_months

YEAR = [100.0] * 11 + [300.0]  # twelve months of which the last brings three times as much: 1,400 in all


def months(values: list[float | None], first: date = date(2024, 1, 1)) -> dict[date, float | None]:
    return {plus_months(first, at): value for at, value in enumerate(values)}


def test_two_years_say_what_december_brings() -> None:
    indexes = month_indexes(months(YEAR * 2))
    assert indexes[12] == pytest.approx(300 / 1400 * 12)
    assert indexes[1] == pytest.approx(100 / 1400 * 12)
    assert sum(indexes.values()) == pytest.approx(12)


def test_years_are_counted_back_from_the_last_month() -> None:
    # 2024 grew, so its share of each month is weighed alike with 2025's whatever their totals.
    values = months([2 * one for one in YEAR] + YEAR)
    values[date(2023, 12, 1)] = 9e9  # one month more is no whole year
    assert month_indexes(values)[12] == pytest.approx(300 / 1400 * 12)


@pytest.mark.parametrize("values", [[], [1.0] * 23, [1.0] * 12 + [None] + [1.0] * 12, [0.0] * 24])
def test_less_than_two_whole_years_are_no_season(values: list[float | None]) -> None:
    assert month_indexes(months(values)) == {}


def test_years_that_differ_have_no_season_in_common() -> None:
    assert month_indexes(months([100.0] * 12 + YEAR)) == {}
    assert month_indexes(months(YEAR[::-1] + YEAR)) == {}
