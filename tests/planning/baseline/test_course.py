"""What is known and projected of a plan's months."""

from datetime import date
from math import sqrt

import pandas as pd
import pytest

from spm.forecast.landings.landing import Range
from spm.planning.baseline.course import (
    by_month,
    error_cents,
    implied_correlation,
    ranges_by_month,
    spread_cents,
    widened,
)

JAN, FEB, MAR = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


def rows(*cells: tuple[str, date, float]) -> pd.DataFrame:
    return pd.DataFrame(cells, columns=["rep", "start", "value"])


@pytest.mark.parametrize(("company", "expected"), [(5.0, 0.0), (7.0, 1.0), (sqrt(37.0), 0.5), (2.0, 0.0), (9.0, 1.0)])
def test_correlation_makes_the_reps_as_far_off_together_as_the_company(company: float, expected: float) -> None:
    assert implied_correlation([3.0, 4.0], company) == pytest.approx(expected)


@pytest.mark.parametrize(("company", "expected"), [(5.0, [3.0, 4.0]), (7.0, [3.0, 4.0]), (14.0, [6.0, 8.0])])
def test_reps_are_together_no_surer_than_the_company(company: float, expected: list[float]) -> None:
    assert widened(pd.Series([3.0, 4.0]), company).tolist() == expected


@pytest.mark.parametrize("errors", [[], [3.0], [0.0, 0.0]])
def test_fewer_than_two_who_err_share_nothing(errors: list[float]) -> None:
    assert implied_correlation(errors, 5.0) == 0.0


def test_a_running_month_is_what_is_booked_and_what_is_left() -> None:
    known, future = rows(("Ana", JAN, 100.0)), rows(("Ana", FEB, 80.0), ("Ana", MAR, 60.0), ("Bo", FEB, 10.0))
    found = by_month(known, future, {"Ana": 30.0}, [JAN, FEB, MAR], left=0.25)
    assert found.loc["Ana"].tolist() == [100.0, 30.0 + 20.0, 60.0]
    assert found.loc["Bo", FEB] == 2.5
    assert pd.isna(found.loc["Bo", JAN])


def test_a_running_months_range_is_around_what_is_left() -> None:
    ahead = {FEB: Range(80.0, 40.0, 120.0, 0.0, 160.0), MAR: Range(60.0, 30.0, 90.0, 0.0, 120.0)}
    found = ranges_by_month([JAN, FEB, MAR], ahead, {JAN: 100.0}, (FEB, 30.0, 0.25))
    assert found["low_cents"].tolist() == [100.0, 40.0, 30.0]
    assert found["high_cents"].tolist() == [100.0, 60.0, 90.0]


def test_a_plan_that_begins_later_has_nothing_of_the_running_month() -> None:
    found = ranges_by_month([MAR], {MAR: Range(60.0, 30.0, 90.0, 0.0, 120.0)}, {}, (FEB, 30.0, 0.25))
    assert found[["low_cents", "high_cents"]].to_numpy().tolist() == [[30.0, 90.0]]


def test_errors_of_months_add_up_as_squares() -> None:
    month = Range(100.0, 100.0 - 1.2815515655446004, 100.0 + 1.2815515655446004, 0.0, 200.0)
    assert spread_cents(month) == pytest.approx(1.0)
    assert error_cents([month] * 4, 1.0, (1.0, 1.0)) == pytest.approx(2.0)
    assert error_cents([month, month], 0.0, (1.0, 1.0)) == pytest.approx(1.0)
    assert error_cents([], 1.0, (1.0, 1.0)) == 0.0
