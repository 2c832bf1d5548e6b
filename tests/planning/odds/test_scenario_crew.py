"""From a scenario to the reps that a simulation takes."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spm.errors import Refusal
from spm.planning.odds.crew import crew_of
from spm.planning.odds.scenario_crew import in_scenario
from spm.planning.scenarios.lever import Lever
from spm.planning.scenarios.levers import Hires, Market
from spm.planning.scenarios.scenario import Scenario, outcome
from tests.planning.outlooks import EACH_KIND, START, baseline


def reps() -> pd.DataFrame:
    """Four reps of North and two of South, who share their unit's baseline evenly."""
    units = ["North"] * 4 + ["South"] * 2
    by_unit = dict(zip(baseline().units, baseline().bookings_cents, strict=True))
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
    found = in_scenario(reps(), baseline(), Scenario("empty"), 0.4)
    pd.testing.assert_frame_equal(found.drop(columns="is_hire"), reps())


@settings(deadline=None)
@given(st.lists(st.sampled_from(EACH_KIND), unique_by=lambda lever: lever.name, max_size=5))
def test_the_crew_adds_up_to_the_scenario(levers: list[Lever]) -> None:
    scenario = Scenario("plan", tuple(levers))
    crew = crew_of(in_scenario(reps(), baseline(), scenario, 0.4))
    assert crew.expected_cents.sum(axis=0) == pytest.approx(outcome(baseline(), scenario).bookings_cents.sum(axis=0))


def test_hires_are_reps_of_their_own_with_the_other_levers_in_what_they_bring() -> None:
    hires = Hires(name="two by August", starts_on=date(2026, 8, 1), count=2, unit="North", ramp=(1.0,))
    grown = Market(name="market", starts_on=START, change_share=0.1)
    found = in_scenario(reps(), baseline(), Scenario("plan", (hires, grown)), 0.4)
    assert found["rep"].tolist()[-2:] == ["two by August 1", "two by August 2"]
    assert found["is_hire"].tolist() == [False] * 6 + [True] * 2
    hire = found.iloc[-1]
    assert hire["expected_cents"][:9] == pytest.approx([0] * 7 + [27_500_00] * 2)
    assert hire["error_cents"] == pytest.approx(0.4 * np.sum(hire["expected_cents"]))
    assert np.isnan(hire["quota_cents"])
    assert found["error_cents"].iloc[0] == pytest.approx(110_000_00)


def test_a_rep_of_no_unit_is_refused() -> None:
    with pytest.raises(Refusal, match="West is not in"):
        in_scenario(reps().assign(unit="West"), baseline(), Scenario("plan"), 0.4)
