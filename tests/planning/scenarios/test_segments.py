"""Levers on one segment of what is booked: its part of the baseline, its own funnel."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm.company.settings import DEFAULT_RAMP
from spm.errors import Refusal
from spm.planning.scenarios.contributions import contributions
from spm.planning.scenarios.lever import Lever
from spm.planning.scenarios.levers import (
    Attrition,
    Cycle,
    DealSize,
    Drop,
    Hires,
    Launch,
    Leavers,
    Market,
    Price,
    SeasonShift,
    WinRate,
)
from spm.planning.scenarios.outlook import Outlook, Segment
from spm.planning.scenarios.scenario import Scenario, outcome
from tests.planning.outlooks import EACH_KIND, ELASTICITY, ENTERPRISE, SMB, START, baseline, by_segment

ON_SEGMENTS = tuple(lever for lever in EACH_KIND if lever.takes_segment)
ADDITIVE = (Market, DealSize, Drop, SeasonShift, Cycle)


def brought(lever: Lever, outlook: Outlook | None = None) -> int:
    before = by_segment() if outlook is None else outlook
    return lever.applied(before).total_cents - before.total_cents


def thousands(lever: Lever, unit: int, part: int) -> list[float]:
    return (lever.applied(by_segment()).bookings_cents[unit, part] / 1_000_00).round(6).tolist()


def test_only_the_part_of_a_segment_changes() -> None:
    """North books 40 with enterprises in a usual month, South 5: 10 % are 4 and 0.5."""
    lever = Market(name="m", starts_on=date(2026, 2, 1), ends_on=date(2026, 4, 1), change_share=0.1, segment=ENTERPRISE)
    assert thousands(lever, 0, 0)[:5] == [40, 44, 44, 40, 40]
    assert thousands(lever, 1, 0)[:5] == [5, 5.5, 5.5, 5, 5]
    assert thousands(lever, 0, 1)[:5] == [60] * 5
    assert brought(lever) == 2 * 4_500_00


def test_a_segment_of_one_team() -> None:
    lever = Market(name="m", starts_on=START, change_share=0.1, segment=ENTERPRISE, unit="South")
    assert brought(lever) == round(0.1 * 0.1 * 1_200_000_00)


def test_a_segment_has_its_own_win_rate() -> None:
    """Enterprises: 10 of 100, so that 5 points are half as much again; SMB: 90 of 300, so that they are a sixth."""
    points = WinRate(name="w", starts_on=START, change_points=0.05, segment=ENTERPRISE)
    assert thousands(points, 0, 0)[0] == 60
    assert thousands(replace(points, segment=SMB), 0, 1)[0] == 70
    after = points.applied(by_segment())
    assert (after.won_deals[0, 0, 0], after.closed_deals[0, 0, 0]) == (pytest.approx(15), 100)


def test_all_deals_together_have_the_teams_win_rate() -> None:
    """25 % + 5 points, whatever the parts are: a fifth more of each."""
    lever = WinRate(name="w", starts_on=START, change_points=0.05)
    assert (thousands(lever, 0, 0)[0], thousands(lever, 0, 1)[0]) == (48, 72)
    assert brought(lever) == brought(lever, baseline())


def test_a_team_wins_more_after_its_segment_does() -> None:
    """15 of 100 and 90 of 300 are 105 of 400: 26.25 %, on which 5 points more bring 5 ÷ 26.25."""
    first = WinRate(name="a", starts_on=START, change_points=0.05, segment=ENTERPRISE)
    both = outcome(by_segment(), Scenario("plan", (first, WinRate(name="b", starts_on=START, change_points=0.05))))
    assert both.bookings_cents[0, :, 0] / 1_000_00 == pytest.approx(np.array([60, 60]) * (1 + 5 / 26.25))


def test_a_segments_own_cycle_is_the_most_it_can_be_shortened_by() -> None:
    """Enterprises take 120 days, about four months: 150 days sooner is as 120 days sooner."""
    sooner = Cycle(name="c", starts_on=START, change_days=-150, segment=ENTERPRISE)
    assert thousands(sooner, 0, 0) == thousands(replace(sooner, change_days=-120), 0, 0)
    assert thousands(replace(sooner, change_days=-119), 0, 0) != thousands(sooner, 0, 0)
    again = replace(sooner, name="d").applied(sooner.applied(by_segment()))
    assert again.bookings_cents.tolist() == sooner.applied(by_segment()).bookings_cents.tolist()


def test_a_longer_cycle_of_a_segment_moves_its_part_alone() -> None:
    half_a_month = Cycle(name="c", starts_on=START, change_days=365.25 / 24, segment=ENTERPRISE)
    assert thousands(half_a_month, 0, 0) == [20, *[40] * 10, 280]
    assert thousands(half_a_month, 0, 1) == [*[60] * 11, 780]


def test_a_launch_in_a_segment_goes_to_the_teams_as_they_sell_it() -> None:
    """North books 40 of 45 with enterprises."""
    launch = Launch(name="l", starts_on=START, monthly_bookings_cents=9_000_00, ramp=(1.0,), segment=ENTERPRISE)
    assert (thousands(launch, 0, 0)[0], thousands(launch, 1, 0)[0]) == (48, 6)
    assert brought(launch) == 12 * 9_000_00


def test_hires_sell_what_their_team_does() -> None:
    """Two at 25,000 in a usual month: 40 % of it with enterprises."""
    hires = Hires(name="h", starts_on=START, count=2, unit="North", ramp=(1.0,))
    assert (thousands(hires, 0, 0)[0], thousands(hires, 0, 1)[0]) == (60, 90)


@given(st.sampled_from(ON_SEGMENTS), st.sampled_from(["North", "South", None]))
def test_a_segment_that_covers_everything_is_the_whole(lever: Lever, unit: str | None) -> None:
    covering: Segment = ("currency", "USD")
    whole = replace(baseline(), parts=(frozenset({covering}),))
    in_all, in_segment = (replace(lever, unit=unit, segment=one) for one in (None, covering))
    one, other = in_all.applied(whole), in_segment.applied(whole)
    assert one.bookings_cents.tolist() == other.bookings_cents.tolist()
    assert one.frame().equals(other.frame())
    split = by_segment()
    everywhere = replace(split, parts=tuple(part | {covering} for part in split.parts))
    one, other = in_all.applied(everywhere), in_segment.applied(everywhere)
    assert one.bookings_cents.tolist() == other.bookings_cents.tolist()


@given(st.sampled_from(ON_SEGMENTS), st.sampled_from(["North", "South", None]))
def test_a_lever_on_everything_does_not_mind_the_parts(lever: Lever, unit: str | None) -> None:
    one, other = (replace(lever, unit=unit).applied(each) for each in (baseline(), by_segment()))
    assert one.bookings_cents.sum(axis=1) == pytest.approx(other.bookings_cents.sum(axis=1))


@given(st.sampled_from([lever for lever in ON_SEGMENTS if isinstance(lever, ADDITIVE)]))
def test_equal_levers_on_all_segments_are_one_on_everything(lever: Lever) -> None:
    each = tuple(replace(lever, name=segment[1], unit=None, segment=segment) for segment in (ENTERPRISE, SMB))
    together = outcome(by_segment(), Scenario("plan", each))
    whole = replace(lever, unit=None).applied(by_segment())
    assert together.bookings_cents == pytest.approx(whole.bookings_cents)


def test_segments_that_overlap_show_what_they_bring_together() -> None:
    """A tenth more with enterprises and a tenth more in all is a hundredth of the enterprises' part over both alone."""
    levers = (
        Market(name="all", starts_on=START, change_share=0.1),
        Market(name="large", starts_on=START, change_share=0.1, segment=ENTERPRISE),
    )
    found = contributions(by_segment(), Scenario("plan", levers))
    enterprise = round(0.4 * 2_400_000_00 + 0.1 * 1_200_000_00)
    assert [each.alone_cents for each in found.levers] == [360_000_00, enterprise // 10]
    assert found.interaction_cents == enterprise // 100


@pytest.mark.parametrize(
    "kind",
    [
        lambda **known: Leavers(count=1, **known),
        lambda **known: Attrition(yearly_share=0.1, **known),
        lambda **known: Hires(count=1, ramp=DEFAULT_RAMP, **known),
    ],
)
def test_people_are_of_no_segment(kind: type[Lever]) -> None:
    with pytest.raises(Refusal, match="people, who are of no segment"):
        kind(name="p", starts_on=START, segment=ENTERPRISE)


def test_a_segment_that_is_not_there_is_refused() -> None:
    lever = Price(name="p", starts_on=START, change_share=0.1, elasticity=ELASTICITY, segment=("region", "West"))
    with pytest.raises(Refusal, match="region West, of which nothing is expected"):
        lever.applied(by_segment())
    with pytest.raises(Refusal, match="segment Enterprise"):
        replace(lever, segment=ENTERPRISE).applied(baseline())
