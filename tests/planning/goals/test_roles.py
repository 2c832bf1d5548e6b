"""A company's goal as what each role answers for."""

from dataclasses import replace

import pytest

from spm.calendar import Grain
from spm.metrics.registry import Timing
from spm.planning.goals.roles import Doing, role_goals, with_targets
from spm.planning.ranges import Range
from spm.scorecards.model import Item, Scorecard

RATIOS = {
    "won_deals": Range.certain(2_500_00),
    "opportunities_opened": Range.certain(0.25),
    "qualified_leads": Range.certain(0.4),
    "leads": Range.certain(0.5),
    "calls": Range.certain(0.2),
    "meetings": Range.certain(0.5),
}
CLOSER = Doing("closer", RATIOS, {"bookings": 1.0, "qualified_leads": 25.0}, hands_over=False)
FINDER = Doing("finder", RATIOS, {"qualified_leads": 75.0}, hands_over=True)
QUOTAS = {"closer": {"Ana": [500_000_00] * 2}}


def test_who_books_answers_for_the_quota_and_who_finds_for_their_part_of_the_leads() -> None:
    closer, finder = role_goals([CLOSER, FINDER], QUOTAS, {"finder": ["Fay", "Gil"]})
    assert (closer.role, closer.amount, closer.of) == ("closer", 1_000_000_00, "bookings")
    assert [round(need.needed.value) for need in closer.needs][:3] == [400, 1_600, 4_000]  # DEFINITIONS 6
    assert (finder.role, finder.of) == ("finder", "qualified_leads")
    assert finder.amount == pytest.approx(3_000)  # three quarters of 4,000
    assert finder.weights == {"Fay": [1.0, 1.0], "Gil": [1.0, 1.0]}
    assert [(need.metric, round(need.needed.value)) for need in finder.needs] == [("leads", 6_000)]


def test_a_role_without_people_has_no_goal() -> None:
    assert [goal.role for goal in role_goals([CLOSER, FINDER], QUOTAS, {})] == ["closer"]
    assert role_goals([], {}, {}) == []


def item(metric: str, **others: object) -> Item:
    return Item(metric, 50.0, Timing.LEADING, target=7.0, **others)  # type: ignore[arg-type]


def test_a_goal_becomes_targets_for_a_mean_month() -> None:
    (goal,) = role_goals([CLOSER], QUOTAS, {})
    card = Scorecard(
        "closer", (item("opportunities_opened"), item("leads", period=Grain.QUARTER), item("win_rate"), item("emails"))
    )
    opened, leads, rate, emails = with_targets(card, goal, 2).items
    assert opened.target == 800  # 1,600 in two months by one rep
    assert leads.target == 3 * 4_000
    assert (rate.target, emails.target) == (7.0, 7.0)


def test_what_is_counted_from_two_measures_needs_both() -> None:
    card = Scorecard("closer", (item("calls_and_emails"),))
    (goal,) = role_goals([CLOSER], QUOTAS, {})
    assert with_targets(card, goal, 2) == card
    (both,) = role_goals([replace(CLOSER, ratios=RATIOS | {"emails": Range.certain(0.4)})], QUOTAS, {})
    assert with_targets(card, both, 2).items[0].target == 8_000 + 4_000  # for 1,600 meetings a month, each on its own
