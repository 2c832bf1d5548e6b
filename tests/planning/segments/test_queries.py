"""The segments that sheets tell, and the baseline split by them."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from spm.calendar import Span
from spm.metrics.queries import Question, Scene, value, values
from spm.planning.baseline.course import Baseline
from spm.planning.baseline.queries import baseline_of
from spm.planning.odds.plan_odds import crew_in
from spm.planning.scenarios.levers import Market, WinRate
from spm.planning.scenarios.scenario import Scenario, outcome
from spm.planning.segments.profile import profile
from spm.planning.segments.queries import known_segments, split
from tests.planning import sellers

ENTERPRISE, SMB, WEST = ("segment", "Enterprise"), ("segment", "SMB"), ("region", "West")
JANUARY = date(2027, 1, 1)
YEAR = Span(date(2025, 10, 1), date(2026, 10, 1))  # October is not over in the sheets


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    folder: Path = tmp_path_factory.mktemp("segments")
    return sellers.scene(sellers.sellers(folder, sellers.deals_by_segment()))


@pytest.fixture(scope="module")
def baseline(scene: Scene) -> Baseline:
    return baseline_of(scene, scene.standing.company.fiscal_calendar.period("2027-Q1"))


def test_every_value_that_bookings_tell_is_a_segment(scene: Scene) -> None:
    whole = value(scene, "bookings", YEAR)
    found = {one.segment: one.share for one in known_segments(scene)}
    assert list(found) == [SMB, ENTERPRISE, ("region", "East"), WEST]
    for (attribute, name), share in found.items():
        assert share == pytest.approx(value(scene, "bookings", YEAR, **{attribute: name}) / whole)  # type: ignore[operator]


def test_a_company_without_attributes_has_no_segments(tmp_path: Path) -> None:
    plain = sellers.scene(sellers.sellers(tmp_path))
    assert known_segments(plain) == []
    known = baseline_of(plain, plain.standing.company.fiscal_calendar.period("2027-Q1"))
    assert split(plain, known, [ENTERPRISE]) is known


@pytest.mark.parametrize("segments", [[ENTERPRISE], [ENTERPRISE, WEST], [ENTERPRISE, SMB], [("segment", "Nowhere")]])
def test_the_parts_add_up_to_the_baseline(scene: Scene, baseline: Baseline, segments: list[tuple[str, str]]) -> None:
    found = split(scene, baseline, segments)
    assert found.outlook.bookings_cents.sum(axis=1) == pytest.approx(baseline.outlook.bookings_cents[:, 0])
    assert found.outlook.total_cents == baseline.outlook.total_cents
    for funnel in ("won_deals", "closed_deals", "cycle_days"):
        whole = getattr(baseline.outlook, funnel)[:, 0]
        assert getattr(found.outlook, funnel).sum(axis=1) == pytest.approx(whole)
    assert found.part_shares.sum(axis=1) == pytest.approx(np.ones((len(baseline.reps), 3)))


def test_a_reps_share_is_what_they_sold_drawn_towards_the_teams(scene: Scene, baseline: Baseline) -> None:
    """Each won 24 deals in the last twelve months: a rep's own share weighs 24 of 34, a team's 48 of 58."""
    rows = values(scene, Question("bookings", ("rep", "segment"), span=YEAR)).fillna({"value": 0})
    booked = rows.set_index(["rep", "segment"])["value"]
    of_rep = {rep: booked[rep].sum() for rep in sellers.REPS}
    enterprise = booked["Ana Ruiz", "Enterprise"]
    company = enterprise / sum(of_rep.values())
    north = (48 * enterprise / (of_rep["Ana Ruiz"] + of_rep["Bo Li"]) + 10 * company) / 58
    south = 10 * company / 58
    expected = {
        "Ana Ruiz": (24 * enterprise / of_rep["Ana Ruiz"] + 10 * north) / 34,
        "Bo Li": 10 * north / 34,
        "Cy Day": 10 * south / 34,
        "Di Fox": 10 * south / 34,
    }
    found = split(scene, baseline, [ENTERPRISE])
    at = found.outlook.parts.index(frozenset({ENTERPRISE}))
    for rep, shares in zip(found.reps["rep"], found.part_shares[:, at], strict=True):
        assert shares == pytest.approx([expected[rep]] * 3)


def test_a_segment_has_its_own_funnel(scene: Scene, baseline: Baseline) -> None:
    """North won 48 of 72 in a year, of them Ana 12 of 24 with enterprises; the company 96 of 144, 12 of 24: shares of North
    are (48 × ¼ + 10 × ⅛) ÷ 58 of the won and (72 × ⅓ + 10 × ⅙) ÷ 82 of the closed."""
    found = split(scene, baseline, [ENTERPRISE])
    at, north = found.outlook.parts.index(frozenset({ENTERPRISE})), found.outlook.units.index("North")
    won, closed = found.outlook.won_deals[north, at, 0], found.outlook.closed_deals[north, at, 0]
    assert won == pytest.approx(48 * (48 / 4 + 10 / 8) / 58)
    assert closed == pytest.approx(72 * (72 / 3 + 10 / 6) / 82)
    known = profile(found.outlook, "North", ENTERPRISE)
    assert known.win_rate == pytest.approx(won / closed)
    assert known.cycle_days == pytest.approx(found.outlook.cycle_days[north, at, 0] / won)
    assert known.share == pytest.approx(found.outlook.bookings_cents[north, at].sum() / baseline.outlook.total_cents)


def test_two_attributes_meet_where_they_met(scene: Scene, baseline: Baseline) -> None:
    """Nobody sold to enterprises in the West."""
    found = split(scene, baseline, [ENTERPRISE, WEST])
    assert set(found.outlook.parts) == {frozenset(), frozenset({ENTERPRISE}), frozenset({WEST})}


def test_a_lever_on_a_segment_reaches_those_who_sell_it(scene: Scene, baseline: Baseline) -> None:
    grown = Market(name="more", starts_on=JANUARY, change_share=0.5, segment=ENTERPRISE)
    scenario = Scenario("up", (grown,))
    found = split(scene, baseline, scenario.segments)
    before, after = (crew_in(found, one).expected_cents.sum(axis=1) for one in (Scenario(""), scenario))
    ratio = dict(zip(crew_in(found, scenario).reps, after / before, strict=True))
    assert ratio["Ana Ruiz"] > 1.2 > 1.1 > ratio["Bo Li"] > ratio["Cy Day"] > 1


def test_an_empty_scenario_is_the_baseline_however_it_is_split(scene: Scene, baseline: Baseline) -> None:
    found = split(scene, baseline, [ENTERPRISE, WEST])
    assert outcome(found.outlook, Scenario("")).frame().equals(baseline.outlook.frame())
    lever = WinRate(name="w", starts_on=JANUARY, change_points=0.03)
    one, other = (lever.applied(each.outlook).total_cents for each in (baseline, found))
    assert one == other
