"""What holds for every scorecard, whatever the numbers are."""

from dataclasses import replace
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm.calendar import Span
from spm.metrics.registry import METRICS, Timing
from spm.people.roles import REP
from spm.scorecards.bands import Bands
from spm.scorecards.model import Item
from spm.scorecards.rollup import everybody, group_score
from spm.scorecards.scored import RoleScore, Scored, whole
from spm.scorecards.scoring import Reading, score
from tests.scorecards.test_golden import MARCH

BANDS = Bands()
MORE = ("calls", "bookings", "win_rate", "demos")
LESS = ("lost_deals", "sales_cycle")
numbers = st.floats(0, 1e6, allow_nan=False).map(lambda number: round(number, 3))


@st.composite
def readings(draw: st.DrawFn, metrics: tuple[str, ...] = MORE + LESS) -> list[Reading]:
    chosen = draw(st.lists(st.sampled_from(metrics), min_size=1, max_size=6, unique=True))
    return [
        Reading(
            Item(
                key,
                draw(st.floats(0.5, 100)),
                draw(st.sampled_from(list(Timing))),
                floor=draw(st.sampled_from((0.0, 0.3, 0.8))),
                cap=draw(st.sampled_from((1.2, 1.5, 3.0))),
            ),
            METRICS[key],
            draw(st.none() | numbers),
            draw(st.none() | numbers),
        )
        for key in chosen
    ]


@given(readings())
def test_a_score_lies_between_0_and_the_highest_cap(known: list[Reading]) -> None:
    found = score(known, BANDS)
    assert all(0 <= item.attainment <= item.reading.item.cap for item in found.counted)
    if found.value is not None:
        assert 0 <= found.value <= max(reading.item.cap for reading in known) + 1e-9


@given(readings(), st.integers(0, 5), st.floats(0, 1e5))
def test_more_of_a_good_thing_never_lowers_the_score(known: list[Reading], at: int, more: float) -> None:
    chosen = known[at % len(known)]
    if chosen.actual is None:
        return
    actual = max(chosen.actual + (more if chosen.prefers_more else -more), 0.0)
    better = [replace(one, actual=actual) if one is chosen else one for one in known]
    before, after = score(known, BANDS), score(better, BANDS)
    assert len(before.counted) == len(after.counted)
    if before.value is not None and after.value is not None:
        assert after.value >= before.value - 1e-12


@given(readings(), st.integers(0, 5), st.floats(0, 1))
def test_logging_less_never_makes_a_value_missing(known: list[Reading], at: int, share: float) -> None:
    chosen = known[at % len(known)]
    if chosen.actual is None:
        return
    less = [replace(one, actual=chosen.actual * share) if one is chosen else one for one in known]
    assert score(less, BANDS).completeness == score(known, BANDS).completeness


@given(readings(), st.floats(0.01, 1000))
def test_weights_scaled_by_any_factor_change_nothing(known: list[Reading], factor: float) -> None:
    scaled = [replace(one, item=replace(one.item, weight=one.item.weight * factor)) for one in known]
    before, after = score(known, BANDS), score(scaled, BANDS)
    assert (before.value is None) == (after.value is None)
    if before.value is not None:
        assert after.value == pytest.approx(before.value)


@given(readings())
def test_the_parts_add_up_to_the_whole(known: list[Reading]) -> None:
    whole_score = score(known, BANDS)
    if whole_score.value is None:
        return
    counted = whole_score.counted
    assert fsum(item.weight_share for item in counted) == pytest.approx(1)
    assert fsum(item.points for item in counted) == pytest.approx(100 * whole_score.value)
    gained, lost = fsum(item.points_gained for item in counted), fsum(item.points_lost for item in counted)
    assert 100 + gained - lost == pytest.approx(100 * whole_score.value)
    shares = {
        timing: fsum(item.weight_share for item in counted if item.reading.item.timing is timing) for timing in Timing
    }
    parts = [(whole_score.leading, shares[Timing.LEADING]), (whole_score.lagging, shares[Timing.LAGGING])]
    assert fsum(part * share for part, share in parts if part is not None) == pytest.approx(whole_score.value)


def person(at: int, target: float, actual: float) -> Scored:
    reading = Reading(Item("calls", 100, Timing.LEADING, cap=100), METRICS["calls"], target, actual)
    part = RoleScore(REP, "North", "Nora", "Nora", Span(MARCH.start, MARCH.end), 21, score([reading], BANDS), None, ())
    return Scored(at, f"Rep {at}", "North", "Nora", False, (part,), whole([part], BANDS), None)


@given(st.lists(st.tuples(st.integers(1, 100), st.integers(0, 100)), min_size=1, max_size=12))
def test_a_group_is_what_all_did_of_what_all_were_asked(members: list[tuple[int, int]]) -> None:
    people = [person(at, target, actual) for at, (target, actual) in enumerate(members)]
    group = group_score("North", everybody(people), BANDS)
    asked, reached = (sum(numbers) for numbers in zip(*members, strict=True))
    assert group.whole.value == pytest.approx(min(reached / asked, 100))
    assert group.people_count == len(members)
