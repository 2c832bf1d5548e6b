"""Scenarios: empty is the baseline, a lever leaves no trace, order does not matter, parts add up, versions differ as said."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm.errors import Refusal
from spm.planning.scenarios.contributions import contributions
from spm.planning.scenarios.lever import Lever
from spm.planning.scenarios.levers import DealSize, Market, WinRate
from spm.planning.scenarios.plain import as_plain, from_plain
from spm.planning.scenarios.scenario import Change, Scenario, by_month, changes, outcome
from tests.planning.outlooks import EACH_KIND, IN_SEGMENTS, START, baseline, by_segment
from tests.planning.plans import YEAR

some_levers = st.lists(st.sampled_from(EACH_KIND + IN_SEGMENTS), unique_by=lambda lever: lever.name, max_size=6)


def test_without_levers_it_is_the_baseline_exactly() -> None:
    pd.testing.assert_frame_equal(outcome(baseline(), Scenario("empty")).frame(), baseline().frame())
    found = contributions(baseline(), Scenario("empty"))
    assert (found.outcome_cents, found.levers, found.interaction_cents) == (baseline().total_cents, (), 0)


@given(some_levers, st.sampled_from(EACH_KIND + IN_SEGMENTS))
def test_a_lever_set_and_removed_leaves_no_trace(levers: list[Lever], lever: Lever) -> None:
    before = Scenario("plan", tuple(each for each in levers if each.name != lever.name))
    after = before.with_lever(lever).without(lever.name)
    assert after == before
    assert as_plain(after) == as_plain(before)
    pd.testing.assert_frame_equal(outcome(by_segment(), after).frame(), outcome(by_segment(), before).frame())


def test_a_lever_that_is_moved_stays_in_its_place() -> None:
    before = Scenario("plan", tuple(EACH_KIND[:3]))
    moved = replace(EACH_KIND[0], starts_on=date(2026, 5, 1))
    assert before.with_lever(moved).levers == (moved, *EACH_KIND[1:3])


@given(st.data(), some_levers)
def test_the_order_of_levers_changes_nothing(data: st.DataObject, levers: list[Lever]) -> None:
    shuffled = data.draw(st.permutations(levers))
    one, other = (outcome(by_segment(), Scenario("plan", tuple(each))).frame() for each in (levers, shuffled))
    pd.testing.assert_frame_equal(one, other)


@given(some_levers)
def test_what_each_brings_adds_up_to_the_cent(levers: list[Lever]) -> None:
    found = contributions(by_segment(), Scenario("plan", tuple(levers)))
    assert found.outcome_cents == outcome(by_segment(), Scenario("plan", tuple(levers))).total_cents
    assert found.baseline_cents + sum(each.shared_cents or 0 for each in found.levers) == found.outcome_cents
    assert [each.lever for each in found.levers] == levers


def test_two_that_multiply_share_what_they_bring_together() -> None:
    """3,600: × 1.2 is +720 and × 1.1 is +360 alone, together 32 % or 1,152: the 72 over are shared by halves."""
    levers = (
        WinRate(name="w", starts_on=START, change_points=0.05),
        DealSize(name="d", starts_on=START, change_share=0.1),
    )
    found = contributions(baseline(), Scenario("plan", levers))
    assert found.baseline_cents == 3_600_000_00
    assert [each.alone_cents for each in found.levers] == [720_000_00, 360_000_00]
    assert [each.shared_cents for each in found.levers] == [756_000_00, 396_000_00]
    assert found.interaction_cents == 72_000_00


def test_over_twelve_levers_the_interaction_is_shown() -> None:
    levers = [Market(name=f"m {at}", starts_on=START, change_share=0.01) for at in range(13)]
    found = contributions(baseline(), Scenario("many", tuple(levers)))
    assert {each.shared_cents for each in found.levers} == {None}
    assert found.interaction_cents == found.outcome_cents - found.baseline_cents - 13 * 36_000_00


def test_the_range_has_the_baselines_and_the_elasticities() -> None:
    """Baseline ± 10 %; the lever brings 1.2 ** 0.3, between 1.2 ** 0.1 and 1.2 ** 0.5."""
    whole = baseline().months_cents
    ranges = pd.DataFrame({"month": YEAR, "low_cents": 0.9 * whole, "high_cents": 1.1 * whole})
    calls = next(lever for lever in EACH_KIND if lever.name == "calls")
    first = by_month(baseline(), Scenario("plan", (calls,)), ranges).iloc[0]
    value = 150_000_00 * 1.2**0.3
    assert (first["baseline_cents"], first["bookings_cents"]) == (150_000_00, pytest.approx(value, abs=1))
    low = value - np.hypot(0.1 * value, value - 150_000_00 * 1.2**0.1)
    high = value + np.hypot(0.1 * value, 150_000_00 * 1.2**0.5 - value)
    assert (first["low_cents"], first["high_cents"]) == (pytest.approx(low, abs=2), pytest.approx(high, abs=2))
    assert by_month(baseline(), Scenario("plan"), ranges)["low_cents"].tolist() == np.rint(0.9 * whole).tolist()
    assert by_month(baseline(), Scenario("plan"))["low_cents"].isna().all()


def test_two_levers_of_one_name_are_refused() -> None:
    with pytest.raises(Refusal, match="Two levers are called"):
        Scenario("plan", (EACH_KIND[0], replace(EACH_KIND[1], name=EACH_KIND[0].name)))


def test_every_lever_survives_being_stored() -> None:
    scenario = Scenario("plan", EACH_KIND + IN_SEGMENTS)
    assert from_plain(json.loads(json.dumps(as_plain(scenario)))) == scenario


@pytest.mark.parametrize(
    "levers", [[{"kind": "Magic", "name": "x"}], [{"kind": "Market", "name": "x", "luck": 1}], [{}]]
)
def test_a_stored_lever_that_nobody_knows_is_refused(levers: list[dict[str, object]]) -> None:
    with pytest.raises(Refusal, match="no lever that this version knows"):
        from_plain({"name": "plan", "levers": levers})


def test_a_stored_lever_on_behaviour_without_elasticity_is_refused() -> None:
    plain = {"kind": "Activity", "name": "calls", "starts_on": "2026-01-01", "change_share": 0.1}
    with pytest.raises(Refusal, match="how bookings follow"):
        from_plain({"name": "plan", "levers": [plain]})


def test_what_changed_between_two_versions() -> None:
    grows = Market(name="market", starts_on=START, change_share=0.1)
    before = Scenario("plan", (grows, WinRate(name="win rate", starts_on=START, change_points=0.02)))
    later = replace(grows, starts_on=date(2026, 4, 1), change_share=0.08)
    after = Scenario("plan", (DealSize(name="deals", starts_on=START, change_share=0.1), later))
    assert changes(before, after) == [
        Change("market", "starts_on", date(2026, 1, 1), date(2026, 4, 1)),
        Change("market", "change_share", 0.1, 0.08),
        Change("win rate", "", "Win rate", None),
        Change("deals", "", None, "Deal size"),
    ]
    assert changes(before, Scenario("plan", before.levers[::-1])) == []
