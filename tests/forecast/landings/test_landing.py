"""Landing: booked plus the rest, with its range and the chance of a quota, worked by hand."""

from datetime import date
from math import sqrt
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm.benchmarks.pace import ExpectedShare
from spm.calendar import Grain, Period
from spm.forecast.landings.landing import Range, chance_of, due_of, landing, rest_of, summed

Q4 = Period(date(2026, 10, 1), date(2027, 1, 1), "2026-Q4", Grain.QUARTER)
MONTH = Range(1000, 872, 1128, 804, 1196)  # about 100 of standard deviation
USUAL = ExpectedShare(0.4, 0.3, 0.6, 12)


def test_the_rest_is_the_projection_times_what_is_usually_still_to_come() -> None:
    rest = rest_of(MONTH, 0.5, USUAL)
    assert rest.value == pytest.approx(600)
    # below: the month may be 128 × 0.6 lower, or 0.2 × 1000 more of it may be in already
    assert rest.low_80 == pytest.approx(600 - sqrt(76.8**2 + 200**2))
    # above: 128 × 0.6 higher, or 0.1 × 1000 less may be in
    assert rest.high_80 == pytest.approx(600 + sqrt(76.8**2 + 100**2))


def test_with_few_past_months_days_count_alike() -> None:
    few = ExpectedShare(0.4, 0.4, 0.4, 3)
    assert rest_of(MONTH, 0.75, few) == rest_of(MONTH, 0.75, None)
    rest = rest_of(MONTH, 0.75, None)
    assert (rest.value, rest.low_80, rest.high_80) == (250, 250 - 64, 250 + 64)  # √¼ of ± 128


def test_nothing_is_left_of_a_month_that_is_over_and_all_of_one_that_has_not_begun() -> None:
    assert rest_of(MONTH, 1.0, None) == Range(0, 0, 0, 0, 0)
    assert rest_of(MONTH, 0.0, None) == MONTH


def test_what_is_due_and_what_is_left_make_the_month() -> None:
    due, rest = due_of(MONTH, 0.5, USUAL), rest_of(MONTH, 0.5, USUAL)
    assert due.value + rest.value == pytest.approx(1000)
    assert due.value == pytest.approx(400)
    assert due.high_80 == pytest.approx(400 + sqrt((0.4 * 128) ** 2 + 200**2))


def test_independent_months_add_up_by_their_squares_and_joint_misses_widen_them() -> None:
    independent = summed([MONTH, MONTH, MONTH], [])
    assert independent.value == 3000
    assert independent.high_80 == pytest.approx(3000 + sqrt(3) * 128)
    joint = summed([MONTH, MONTH, MONTH], [1.0, 1.2, 1.5])
    assert joint.high_80 == pytest.approx(3000 + 1.5 * sqrt(3) * 128)
    assert summed([MONTH] * 5, [1.0, 1.2]).low_95 == pytest.approx(5000 - 1.2 * sqrt(5) * 196)


def test_a_quarter_worked_by_hand() -> None:
    # October booked 900, November so far 350 of a projected 1,000 with 40 % usually in, December projected 1,000
    found = landing(Q4, 1250, [MONTH, MONTH], 0.5, USUAL, [1.0, 1.1], quota=3000)
    assert found.lands.value == pytest.approx(1250 + 600 + 1000)
    below = 1.1 * sqrt(76.8**2 + 200**2 + 128**2)
    above = 1.1 * sqrt(76.8**2 + 100**2 + 128**2)
    assert found.lands.low_80 == pytest.approx(2850 - below)
    assert found.lands.high_80 == pytest.approx(2850 + above)
    # 150 short of the quota: 150 ÷ above × 1.2816 standard deviations
    score = 150 / above * NormalDist().inv_cdf(0.9)
    assert found.chance == pytest.approx(1 - NormalDist().cdf(score))


def test_what_is_booked_stays_booked() -> None:
    wide = Range(100, -500, 700, -900, 1100)
    found = landing(Q4, 250, [wide], 0.0, None, [])
    assert (found.lands.low_80, found.lands.low_95) == (250, 250)
    credits = landing(Q4, 250, [wide], 0.0, None, [], lower=None)
    assert credits.lands.low_95 == -650


def test_a_period_that_is_over_has_landed() -> None:
    found = landing(Q4, 500, [], 1.0, None, [], quota=400)
    assert found.lands == Range(500, 500, 500, 500, 500)
    assert found.chance == 1.0
    assert landing(Q4, 500, [], 1.0, None, [], quota=501).chance == 0.0
    assert landing(Q4, 500, [], 1.0, None, []).chance is None


def test_chances_at_the_ends_of_the_ranges_are_those_of_the_ranges() -> None:
    assert chance_of(1000, MONTH) == pytest.approx(0.5)
    assert chance_of(1128, MONTH) == pytest.approx(0.1)
    assert chance_of(872, MONTH) == pytest.approx(0.9)
    assert chance_of(1196, MONTH) == pytest.approx(0.025)
    assert chance_of(5000, MONTH) == pytest.approx(0.025)  # surer than the ranges it never is
    assert chance_of(0, MONTH) == pytest.approx(0.975)


@given(st.floats(0, 3000), st.floats(0, 3000))
def test_more_is_never_likelier(one: float, other: float) -> None:
    assert chance_of(min(one, other), MONTH) >= chance_of(max(one, other), MONTH)


@given(st.floats(0, 1))
def test_ranges_nest_and_hold_the_value(elapsed_share: float) -> None:
    for found in (rest_of(MONTH, elapsed_share, USUAL), due_of(MONTH, elapsed_share, None)):
        assert found.low_95 <= found.low_80 <= found.value <= found.high_80 <= found.high_95


def test_the_rest_of_independent_days_is_covered_as_promised() -> None:
    """Months of 20 days that know nothing of each other: 80 % of the rests lie in the 80 % range."""
    rng = np.random.default_rng(6)
    days = rng.gamma(2.0, 25.0, size=(4000, 20))
    totals = days.sum(axis=1)
    low_80, high_80, low_95, high_95 = np.percentile(totals, (10, 90, 2.5, 97.5))
    month = Range(float(totals.mean()), low_80, high_80, low_95, high_95)
    shares = days[:, :8].sum(axis=1) / totals
    low, middle, high = np.percentile(shares, (10, 50, 90))
    usual = ExpectedShare(middle, low, high, 4000)
    rests = days[:, 8:].sum(axis=1)
    for rest in (rest_of(month, 0.4, usual), rest_of(month, 0.4, None)):
        inside_80 = np.mean((rests >= rest.low_80) & (rests <= rest.high_80))
        inside_95 = np.mean((rests >= rest.low_95) & (rests <= rest.high_95))
        assert inside_80 == pytest.approx(0.80, abs=0.03)
        assert inside_95 == pytest.approx(0.95, abs=0.02)
