"""The worked example of the goal breakdown, down and up again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm.errors import Refusal
from spm.planning.goals.funnel import CHAIN, lands_at, needs
from spm.planning.ranges import Range, ratio_of_counts

EXAMPLE = {
    "won_deals": Range.certain(2_500_00),
    "opportunities_opened": Range.certain(0.25),
    "qualified_leads": Range.certain(0.40),
}


def test_the_worked_example() -> None:
    found = needs(1_000_000_00, EXAMPLE)
    assert {need.metric: need.needed.value for need in found} == {
        "won_deals": 400,
        "opportunities_opened": 1600,
        "qualified_leads": 4000,
    }
    assert found[-1].needed.value / 250 == 16  # a working day


def test_each_step_says_how_it_came_about() -> None:
    assert [need.sentence("USD") for need in needs(1_000_000_00, EXAMPLE)] == [
        "$1,000,000 ÷ $2,500 a deal = 400 won deals",
        "400 won deals ÷ 25 % win rate = 1,600 opportunities opened",
        "1,600 opportunities opened ÷ 40 % of qualified leads become an opportunity = 4,000 qualified leads",
    ]


def test_the_range_of_a_ratio_is_in_the_need() -> None:
    won = needs(1_000_000_00, {**EXAMPLE, "opportunities_opened": ratio_of_counts(25, 100)})[1]
    rate = ratio_of_counts(25, 100)
    assert (won.needed.low, won.needed.high) == (pytest.approx(400 / rate.high), pytest.approx(400 / rate.low))
    assert won.sentence("USD").endswith("= 1,600 opportunities opened (1,223 to 2,151)")


def test_a_role_that_books_nothing_starts_where_it_hands_over() -> None:
    ratios = {"leads": Range.certain(0.5), "won_deals": Range.certain(2_500_00)}
    assert [(need.metric, need.needed.value) for need in needs(4000, ratios, of="qualified_leads")] == [("leads", 8000)]


def test_what_has_no_ratio_is_left_out_with_all_below_it() -> None:
    ratios = {"won_deals": Range.certain(2_500_00), "qualified_leads": Range.certain(0.4), "leads": Range.certain(0.5)}
    assert [need.metric for need in needs(1_000_000_00, ratios)] == ["won_deals"]


def test_a_win_rate_of_0_is_refused() -> None:
    with pytest.raises(Refusal):
        needs(100, {"won_deals": Range.certain(10), "opportunities_opened": Range.certain(0)})


def test_in_reverse() -> None:
    ratios = {**EXAMPLE, "meetings": Range.certain(0.5), "calls": Range(0.1, 0.08, 0.12)}
    found = lands_at("calls", 32_000, ratios)
    assert found.value == pytest.approx(1_000_000_00)
    assert (found.low, found.high) == (pytest.approx(800_000_00), pytest.approx(1_200_000_00))


@given(st.floats(1, 1e12), st.lists(st.floats(1e-3, 1e6), min_size=len(CHAIN), max_size=len(CHAIN)))
def test_up_is_the_reverse_of_down(goal: float, values: list[float]) -> None:
    ratios = {metric: Range(value, value / 2, value * 2) for metric, value in zip(CHAIN, values, strict=True)}
    found = needs(goal, ratios)
    assert len(found) == len(CHAIN)
    for need in found:
        assert lands_at(need.metric, need.needed.value, ratios).value == pytest.approx(goal)
        assert need.needed.low <= need.needed.value <= need.needed.high
