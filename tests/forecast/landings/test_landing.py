"""Landing: booked plus the rest, with its range and the chance of a quota, worked by hand."""

from datetime import date
from math import sqrt
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm.benchmarks.pace import ExpectedShare
from spm.calendar import Grain, Period
from spm.forecast.landings.landing import Range, chance_of, landing, left_share, summed

Q4 = Period(date(2026, 10, 1), date(2027, 1, 1), "2026-Q4", Grain.QUARTER)
MONTH = Range(1000, 872, 1128, 804, 1196)  # about 100 of standard deviation
AS_WORKED_OUT = (1.0, 1.0)
USUAL = ExpectedShare(0.4, 0.3, 0.6, 12)


def test_what_is_left_of_a_month_is_what_usually_still_comes() -> None:
    assert left_share(0.5, USUAL) == pytest.approx(0.6)
    few = ExpectedShare(0.4, 0.4, 0.4, 3)
    assert left_share(0.75, few) == left_share(0.75, None) == 0.25  # too few past months: days count alike


def test_a_part_of_a_month_is_as_sure_as_so_many_independent_days() -> None:
    rest = MONTH.part(0.25)
    assert (rest.value, rest.low_80, rest.high_80) == (250, 250 - 64, 250 + 64)  # √¼ of ± 128
    assert MONTH.part(0.0) == Range(0, 0, 0, 0, 0)
    assert MONTH.part(1.0) == MONTH


def test_months_add_up_by_their_squares_and_are_stretched_by_how_far_off_landings_were() -> None:
    independent = summed([MONTH, MONTH, MONTH], AS_WORKED_OUT)
    assert independent.value == 3000
    assert independent.high_80 == pytest.approx(3000 + sqrt(3) * 128)
    stretched = summed([MONTH, MONTH, MONTH], (1.5, 2.0))
    assert stretched.high_80 == pytest.approx(3000 + 1.5 * sqrt(3) * 128)
    assert stretched.low_95 == pytest.approx(3000 - 2.0 * sqrt(3) * 196)
    assert summed([MONTH], (2.0, 0.5)).high_95 == summed([MONTH], (2.0, 0.5)).high_80  # ranges nest


def test_a_quarter_worked_by_hand() -> None:
    # October booked 900, November so far 350 of a projected 1,000 with 60 % usually to come, December projected 1,000
    found = landing(Q4, 1250, [MONTH, MONTH], 0.6, (1.1, 1.2), quota=3000)
    assert found.lands.value == pytest.approx(1250 + 600 + 1000)
    side = 1.1 * sqrt(0.6 * 128**2 + 128**2)
    assert found.lands.low_80 == pytest.approx(2850 - side)
    assert found.lands.high_80 == pytest.approx(2850 + side)
    # 150 short of the quota: 150 ÷ side × 1.2816 standard deviations
    score = 150 / side * NormalDist().inv_cdf(0.9)
    assert found.chance == pytest.approx(1 - NormalDist().cdf(score))


def test_what_is_booked_stays_booked() -> None:
    wide = Range(100, -500, 700, -900, 1100)
    found = landing(Q4, 250, [wide], 1.0, AS_WORKED_OUT)
    assert (found.lands.low_80, found.lands.low_95) == (250, 250)
    credits = landing(Q4, 250, [wide], 1.0, AS_WORKED_OUT, lower=None)
    assert credits.lands.low_95 == -650


def test_a_period_that_is_over_has_landed() -> None:
    found = landing(Q4, 500, [], 1.0, AS_WORKED_OUT, quota=400)
    assert found.lands == Range(500, 500, 500, 500, 500)
    assert found.chance == 1.0
    assert landing(Q4, 500, [], 1.0, AS_WORKED_OUT, quota=501).chance == 0.0
    assert landing(Q4, 500, [], 1.0, AS_WORKED_OUT).chance is None


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


@given(st.floats(0, 1), st.floats(0.5, 4), st.floats(0.5, 4))
def test_ranges_nest_and_hold_the_value(left: float, near: float, far: float) -> None:
    found = landing(Q4, 0.0, [MONTH, MONTH], left, (near, far)).lands
    assert found.low_95 <= found.low_80 <= found.value <= found.high_80 <= found.high_95
