"""Simulated odds against the worked examples and against closed forms."""

from dataclasses import replace
from math import sqrt
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest

from spm.errors import Refusal
from spm.planning.odds.crew import Assumptions, crew_of
from spm.planning.odds.simulation import odds
from spm.planning.odds.tornado import Swing, tornado
from spm.planning.odds.wanted import hires_for, target_for, target_to_say
from tests.planning.crews import QUOTA, alike, large

NORMAL = NormalDist()


@pytest.mark.parametrize(("mean", "correlation", "expected"), [(0.80, 0, 0.51), (0.85, 0, 0.72), (0.85, 0.3, 0.59)])
def test_the_worked_examples(mean: float, correlation: float, expected: float) -> None:
    """20 reps, error 0.40, quotas 125 % of the target."""
    found = odds(alike(20, mean, 0.40), 20 * QUOTA * 4 // 5, Assumptions(correlation), seed=1, runs_count=40_000)
    assert found.probability == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("correlation", [0.0, 0.2, 1.0])
@pytest.mark.parametrize("target", [0.93, 1.0, 1.05])
def test_the_company_against_the_closed_form(correlation: float, target: float) -> None:
    """Errors too small to reach 0: a normal with variance Σσ² (1 − ρ) + ρ (Σσ)²."""
    found = odds(alike(25, 1.0, 0.2), int(25 * target * QUOTA), Assumptions(correlation), seed=5, runs_count=20_000)
    deviation = 0.2 * sqrt(25 * (1 - correlation) + correlation * 25**2)
    assert found.probability == pytest.approx(1 - NORMAL.cdf(25 * (target - 1) / deviation), abs=0.012)
    assert found.standard_error < 0.004


def test_the_share_of_reps_against_the_closed_form() -> None:
    found = odds(alike(50, 0.9, 0.3), 1, runs_count=4_000)
    for attainment in (1.0, 0.8, 0.5):
        expected = 1 - NORMAL.cdf((attainment - 0.9) / 0.3)
        assert found.share_of_reps(attainment) == pytest.approx(expected, abs=0.005)


def test_over_assignment_moves_the_share_of_reps_and_not_the_odds() -> None:
    crew = alike(20, 0.9, 0.3)
    plain = odds(crew, 18 * QUOTA, seed=3)
    padded = odds(replace(crew, quota_cents=crew.quota_cents * 1.25), 18 * QUOTA, seed=3)
    assert padded.probability == plain.probability
    assert padded.share_of_reps(1.0) == pytest.approx(plain.share_of_reps(1.0, quota_factor=1.25), abs=1e-3)
    assert padded.share_of_reps(1.0) == pytest.approx(1 - NORMAL.cdf((1.25 - 0.9) / 0.3), abs=0.005)


def test_a_bigger_quota_brings_more_only_where_that_is_assumed() -> None:
    """+20 % on last year's quota at 5 % a tenth: 10 % more bookings."""
    crew = replace(alike(20, 0.9, 0.3), reference_cents=np.full(20, QUOTA / 1.2))
    with_gain = odds(crew, 18 * QUOTA, Assumptions(gain_per_tenth=0.05), seed=3)
    without = odds(crew, 18 * QUOTA, seed=3)
    assert with_gain.totals_cents.mean() / without.totals_cents.mean() == pytest.approx(1.10, abs=0.002)
    with pytest.raises(Refusal, match="hold each one against"):
        odds(alike(20, 0.9, 0.3), 18 * QUOTA, Assumptions(gain_per_tenth=0.05))


def test_leavers_against_the_closed_form() -> None:
    """20 % a year: a month's bookings are there with 0.8 to the power of its number ÷ 12."""
    found = odds(alike(100, 1.0, 0.0), 1, Assumptions(yearly_attrition_share=0.2), runs_count=2_000)
    expected = np.mean([0.8 ** (month / 12) for month in range(1, 13)])
    assert found.totals_cents.mean() / (100 * QUOTA) == pytest.approx(expected, abs=0.002)


def test_late_hires_lose_their_last_months() -> None:
    """Each month brings a twelfth, so a Poisson delay of two months on average costs two twelfths; others lose nothing."""
    crew = replace(alike(40, 1.0, 0.0), is_hire=np.arange(40) < 20)
    found = odds(crew, 1, Assumptions(mean_delay_months=2.0), runs_count=4_000)
    assert found.totals_cents.mean() / QUOTA == pytest.approx(20 + 20 * 10 / 12, abs=0.02)


def test_groups_answer_for_their_part_of_the_target() -> None:
    teams = ["north"] * 5 + ["south"] * 15
    found = odds(alike(20, 0.9, 0.2, team=teams, manager=None), 16 * QUOTA, seed=2, runs_count=20_000)
    groups = found.groups.set_index("name")
    assert groups["level"].tolist() == ["team", "team"]  # nobody has a manager
    assert groups["quota_cents"].tolist() == [5 * QUOTA, 15 * QUOTA]
    assert groups["target_cents"].tolist() == [4 * QUOTA, 12 * QUOTA]
    for name, count in (("north", 5), ("south", 15)):
        expected = 1 - NORMAL.cdf((0.8 - 0.9) * sqrt(count) / 0.2)
        assert groups.loc[name, "probability"] == pytest.approx(expected, abs=0.01)
        assert groups.loc[name, "expected_cents"] == pytest.approx(0.9 * count * QUOTA, rel=0.01)


def test_without_quotas_there_are_odds_of_the_target_and_no_shares() -> None:
    crew = replace(alike(4, 1.0, 0.1), quota_cents=np.array([np.nan, 0, np.nan, 0]), groups={"team": ("n",) * 4})
    found = odds(crew, 4 * QUOTA)
    assert found.probability == pytest.approx(0.5, abs=0.02)
    assert found.share_of_reps(1.0) is None
    assert found.groups["probability"].isna().all()


def test_the_seed_is_the_whole_of_chance() -> None:
    crew = large(50)
    one, same, other = (odds(crew, 1, Assumptions(0.2, 0.1, 1.0), seed, 500) for seed in (7, 7, 8))
    assert (one.totals_cents == same.totals_cents).all()
    assert (one.totals_cents != other.totals_cents).any()


def test_500_reps_and_10_000_runs_with_progress() -> None:
    crew, told = large(), list[float]()
    found = odds(crew, 3_900_000_00, Assumptions(0.2, 0.12, 1.0), progress=told.append)
    assert len(found.totals_cents) == 10_000
    assert told == sorted(told)
    assert told[-1] == 1
    assert len(found.groups) == 42


def test_quantiles_are_of_the_totals() -> None:
    found = odds(alike(25, 1.0, 0.2), 25 * QUOTA, runs_count=20_000)
    assert found.quantile_cents(0.1) == pytest.approx((25 - 1.2816) * QUOTA, rel=0.002)


def test_the_target_for_the_odds_one_wants() -> None:
    found = odds(alike(25, 1.0, 0.2), 25 * QUOTA, runs_count=20_000)
    target = target_for(found, 0.8)
    assert target == pytest.approx((25 - 0.8416) * QUOTA, rel=0.002)
    assert replace(found, target_cents=target).probability >= 0.8
    assert replace(found, target_cents=target + 100).probability < 0.8001
    assert 0 <= target - target_to_say(found, 0.8) < target / 100
    assert str(target_to_say(found, 0.8)).rstrip("0") == str(target)[:3].rstrip("0")
    with pytest.raises(Refusal):
        target_for(found, 0)


def test_the_hires_for_the_odds_one_wants() -> None:
    """Each adds 0.5 give or take 0.1: P = Φ((0.5 n − 1) ÷ √(1 + 0.01 n))."""
    found = odds(alike(25, 1.0, 0.2), 26 * QUOTA, runs_count=20_000)
    needed = hires_for(found, alike(1, 0.5, 0.1), 0.8)
    expected = [NORMAL.cdf((0.5 * count - 1) / sqrt(1 + 0.01 * count)) for count in range(5)]
    assert needed.count == 4
    assert needed.probabilities == pytest.approx(expected, abs=0.012)
    with pytest.raises(Refusal, match="Not even 2 hires"):
        hires_for(found, alike(1, 0.5, 0.1), 0.8, most=2)


def test_hires_are_hit_by_the_same_shocks() -> None:
    """All luck shared: the deviations add up, 0.2 × (25 + n), where independent ones would add as squares."""
    found = odds(alike(25, 1.0, 0.2), 55 * QUOTA, Assumptions(correlation=1.0), runs_count=20_000)
    needed = hires_for(found, alike(1, 1.0, 0.2), 0.45)
    expected = [NORMAL.cdf((count - 30) / (0.2 * (25 + count))) for count in range(needed.count + 1)]
    assert needed.probabilities == pytest.approx(expected, abs=0.012)


def test_the_tornado_has_the_widest_first() -> None:
    swings = (Swing("error_scale", "error", 0.9, 1.1), Swing("level", "market", 0.9, 1.1))
    crew = alike(25, 1.0, 0.2)
    wide, narrow = tornado(crew, odds(crew, 25 * QUOTA), swings)
    assert (wide.swing.assumption, narrow.swing.assumption) == ("level", "error_scale")
    assert wide.probability_low == pytest.approx(NORMAL.cdf(-2.5), abs=0.01)
    assert wide.probability_high == pytest.approx(NORMAL.cdf(2.5), abs=0.01)
    assert narrow.width < 0.03


def test_an_end_that_is_as_assumed_has_the_odds_themselves() -> None:
    """They are of fewer runs than the odds, which would else be told twice with two numbers."""
    crew = alike(25, 0.99, 0.3)
    found = odds(crew, 25 * QUOTA, Assumptions(correlation=0.1), seed=5)
    (nobody,) = tornado(crew, found, (Swing("yearly_attrition_share", "nobody leaves", 0.0, 0.25),))
    assert nobody.probability_low == found.probability
    assert nobody.probability_high < found.probability


def test_a_crew_from_a_frame_keeps_what_is_missing() -> None:
    crew = crew_of(pd.DataFrame({"rep": ["a"], "expected_cents": [[1.0]], "error_cents": [0.5], "quota_cents": [None]}))
    assert np.isnan(crew.quota_cents).all()
    assert crew.groups == {}
