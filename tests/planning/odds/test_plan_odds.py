"""The crew of a plan: projections with their errors, the levers of a scenario, the quotas of an allocation."""

from dataclasses import replace
from datetime import date
from math import pi, sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm.company.settings import DEFAULT_RAMP
from spm.errors import Refusal
from spm.planning.allocation.quotas import allocation
from spm.planning.allocation.roster import first_draft, person_key, plan_of
from spm.planning.baseline.course import Baseline
from spm.planning.odds.crew import crew_of, expected_before_zero
from spm.planning.odds.plan_odds import crew_in, hire_error_share, in_scenario, one_hire
from spm.planning.odds.simulation import odds
from spm.planning.scenarios.lever import Lever
from spm.planning.scenarios.levers import Hires, Market
from spm.planning.scenarios.scenario import Scenario, outcome
from tests.planning import outlooks

AS_IT_IS = Scenario("")


def test_a_mean_above_zero_is_found_again() -> None:
    half_normal = 10 / sqrt(2 * pi)  # the mean of max(0, x) around 0
    found = expected_before_zero(np.array([half_normal, 1000.0, 50.0, 0.0]), np.array([10.0, 10.0, 0.0, 10.0]))
    assert found == pytest.approx([0.0, 1000.0, 50.0, 0.0], abs=1e-6)


def test_expectations_of_unsure_reps_stay_those_of_the_projection() -> None:
    expected, error = np.array([100.0, 40.0, 60.0]), np.array([80.0, 45.0, 100.0])
    means = expected_before_zero(expected, error)
    drawn = np.maximum(means + error * np.random.default_rng(1).standard_normal((200_000, 3)), 0).mean(axis=0)
    assert drawn == pytest.approx(expected, rel=0.01)


def test_quotas_are_held_against_each_rep(baseline: Baseline) -> None:
    found = allocation(plan_of(baseline, first_draft(baseline)))
    crew = crew_in(baseline, AS_IT_IS, found)
    of = dict(zip(baseline.members["rep"], baseline.members["person_id"], strict=True))
    for rep, quota in zip(crew.reps, crew.quota_cents, strict=True):
        if rep in of:
            assert quota == found.quotas[person_key(int(of[rep]))].amount_cents
    assert set(crew.groups) == {"team", "manager"}


def test_a_larger_quota_makes_the_plan_no_likelier(baseline: Baseline) -> None:
    draft = first_draft(baseline)
    chances = []
    for over in (1.0, 1.25):
        found = allocation(plan_of(baseline, replace(draft, over_assignment=over)))
        result = odds(crew_in(baseline, AS_IT_IS, found), draft.target_cents, seed=3)
        chances.append((result.probability, result.share_of_reps(1.0)))
    (likely, at_100), (as_likely, fewer_at_100) = chances
    assert likely == as_likely
    assert fewer_at_100 is not None
    assert at_100 is not None
    assert fewer_at_100 < at_100


def test_a_market_lever_reaches_every_rep(baseline: Baseline) -> None:
    lever = Market(name="more", starts_on=date(2027, 1, 1), change_share=0.2)
    before = crew_in(baseline, AS_IT_IS).expected_cents.sum()
    assert crew_in(baseline, Scenario("up", (lever,))).expected_cents.sum() == pytest.approx(1.2 * before)


def test_hires_are_reps_of_their_own(baseline: Baseline) -> None:
    lever = Hires(name="new", starts_on=date(2027, 1, 1), count=2, unit="North", ramp=DEFAULT_RAMP)
    crew = crew_in(baseline, Scenario("hiring", (lever,)))
    assert crew.reps[-2:] == ("new 1", "new 2")
    assert crew.is_hire[-2:].all()
    assert crew.error_cents[-1] <= hire_error_share(baseline) * crew.expected_cents[-1].sum() * 1.5


def test_one_hire_brings_the_teams_productivity_ramped(baseline: Baseline) -> None:
    hire = one_hire(baseline, "North")
    team = baseline.outlook.units.index("North")
    each = baseline.outlook.bookings_cents[team, 0] / 2  # two reps in the North
    ramp = [baseline.ramp[min(at, len(baseline.ramp) - 1)] for at in range(3)]
    assert hire.expected_cents[0] == pytest.approx(each * ramp)


def reps() -> pd.DataFrame:
    """Four reps of North and two of South, who share their unit's baseline evenly."""
    units = ["North"] * 4 + ["South"] * 2
    by_unit = dict(zip(outlooks.baseline().units, outlooks.baseline().bookings_cents[:, 0], strict=True))
    return pd.DataFrame(
        {
            "rep": [f"rep {at}" for at in range(6)],
            "unit": units,
            "expected_cents": [by_unit[unit] / units.count(unit) for unit in units],
            "error_cents": 100_000_00.0,
            "quota_cents": 700_000_00,
        }
    )


def test_an_empty_scenario_leaves_every_rep() -> None:
    found = in_scenario(reps(), outlooks.baseline(), Scenario("empty"), 0.4)
    pd.testing.assert_frame_equal(found.drop(columns="is_hire"), reps())


@given(st.lists(st.sampled_from(outlooks.EACH_KIND), unique_by=lambda lever: lever.name, max_size=5))
def test_the_crew_adds_up_to_the_scenario(levers: list[Lever]) -> None:
    scenario = Scenario("plan", tuple(levers))
    crew = crew_of(in_scenario(reps(), outlooks.baseline(), scenario, 0.4))
    assert crew.expected_cents.sum(axis=0) == pytest.approx(
        outcome(outlooks.baseline(), scenario).bookings_cents.sum(axis=(0, 1))
    )


@given(
    st.lists(st.sampled_from(outlooks.EACH_KIND + outlooks.IN_SEGMENTS), unique_by=lambda lever: lever.name, max_size=5)
)
def test_the_crew_adds_up_to_the_scenario_by_segment(levers: list[Lever]) -> None:
    """Of North the first two reps sell all that enterprises book, of South every rep as the team does."""
    enterprise = np.array([0.8, 0.8, 0, 0, 0.1, 0.1])
    shares = np.stack([enterprise, 1 - enterprise], axis=1)[:, :, None]
    scenario = Scenario("plan", tuple(levers))
    crew = crew_of(in_scenario(reps(), outlooks.by_segment(), scenario, 0.4, shares))
    assert crew.expected_cents.sum(axis=0) == pytest.approx(
        outcome(outlooks.by_segment(), scenario).bookings_cents.sum(axis=(0, 1))
    )


def test_a_lever_on_a_segment_moves_who_sells_it() -> None:
    grown = Market(name="large ones", starts_on=outlooks.START, change_share=0.5, segment=outlooks.ENTERPRISE)
    shares = np.array([[0.8, 0.2], [0.8, 0.2], [0, 1], [0, 1], [0.1, 0.9], [0.1, 0.9]])[:, :, None]
    before = in_scenario(reps(), outlooks.by_segment(), AS_IT_IS, 0.4, shares)["expected_cents"].map(sum)
    after = in_scenario(reps(), outlooks.by_segment(), Scenario("plan", (grown,)), 0.4, shares)["expected_cents"].map(
        sum
    )
    assert (after / before).tolist() == pytest.approx([1.4, 1.4, 1, 1, 1.05, 1.05])


def test_hires_are_reps_of_their_own_with_the_other_levers_in_what_they_bring() -> None:
    hires = Hires(name="two by August", starts_on=date(2026, 8, 1), count=2, unit="North", ramp=(1.0,))
    grown = Market(name="market", starts_on=outlooks.START, change_share=0.1)
    found = in_scenario(reps(), outlooks.baseline(), Scenario("plan", (hires, grown)), 0.4)
    assert found["rep"].tolist()[-2:] == ["two by August 1", "two by August 2"]
    assert found["is_hire"].tolist() == [False] * 6 + [True] * 2
    hire = found.iloc[-1]
    assert hire["expected_cents"][:9] == pytest.approx([0] * 7 + [27_500_00] * 2)
    assert hire["error_cents"] == pytest.approx(0.4 * np.sum(hire["expected_cents"]))
    assert np.isnan(hire["quota_cents"])
    assert found["error_cents"].iloc[0] == pytest.approx(110_000_00)


def test_a_rep_of_no_unit_is_refused() -> None:
    with pytest.raises(Refusal, match="West is not in"):
        in_scenario(reps().assign(unit="West"), outlooks.baseline(), Scenario("plan"), 0.4)
