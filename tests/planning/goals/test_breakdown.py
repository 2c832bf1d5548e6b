"""A goal by rep, month and working day; and the four questions that make it one."""

from datetime import date

import pytest

from spm.metrics.registry import METRICS
from spm.planning.goals.breakdown import RoleGoal, by_rep_and_month, smart
from spm.planning.ranges import Range
from tests.planning.goals.test_funnel import EXAMPLE
from tests.planning.plans import YEAR


def test_counts_are_whole_add_up_and_follow_the_quota() -> None:
    quotas = {"ana": [75_00, 25_00], "ben": [150_00, 50_00]}
    goal = RoleGoal("account_executive", 1_000_000_00, EXAMPLE, quotas)
    frame = by_rep_and_month(goal, YEAR[:2], [20, 0])
    deals = frame[frame["metric"] == "won_deals"].set_index(["rep", "month"])["needed_count"]
    assert deals.tolist() == [100, 33, 200, 67]
    assert frame.groupby("metric")["needed_count"].sum().to_dict() == {
        "won_deals": 400,
        "opportunities_opened": 1600,
        "qualified_leads": 4000,
    }
    ana = frame[(frame["rep"] == "ana") & (frame["metric"] == "qualified_leads")]
    assert ana["per_day_count"].iloc[0] == 50
    assert ana["per_day_count"].isna().tolist() == [False, True]


def test_the_range_of_the_need_is_in_each_month() -> None:
    ratios = {"won_deals": Range(2_500_00, 2_000_00, 3_125_00)}
    frame = by_rep_and_month(RoleGoal("rep", 1_000_000_00, ratios, {"ana": [1, 1]}), YEAR[:2], [21, 20])
    assert frame.loc[0, ["needed_count", "low_count", "high_count"]].tolist() == [
        200,
        pytest.approx(160),
        pytest.approx(250),
    ]


def test_the_four_answers() -> None:
    found = smart(METRICS["bookings"], date(2026, 12, 31), "Ana Ruiz", 0.64)
    assert [answer.is_met for answer in found] == [True] * 4
    assert [answer.answer for answer in found[1:]] == [
        "31 December 2026",
        "Ana Ruiz",
        "Yes: 64 % likely by the projection.",
    ]


@pytest.mark.parametrize(("probability", "start"), [(0.19, "Hardly"), (0.91, "Too easily"), (None, "No projection")])
def test_a_goal_out_of_reach_or_too_near_says_so(probability: float | None, start: str) -> None:
    found = smart(None, None, None, probability)
    assert [answer.is_met for answer in found] == [False] * 4
    assert found[3].answer.startswith(start)


@pytest.mark.parametrize("probability", [0.2, 0.9])
def test_the_ends_are_within_reach(probability: float) -> None:
    assert smart(None, None, None, probability)[3].is_met
