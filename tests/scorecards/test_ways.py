"""The shortest way to the next band: a single item where one can do it, else as few as can."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from spm.metrics.registry import METRICS
from spm.scorecards.bands import Band, Bands, reaches
from spm.scorecards.model import DEFAULT_CAP, Item
from spm.scorecards.scoring import Reading, score
from spm.scorecards.ways import Way, shortest_way

BANDS = Bands()


def reading(
    metric: str, weight: float, target: float, actual: float, floor: float = 0.0, cap: float = DEFAULT_CAP
) -> Reading:
    return Reading(Item(metric, weight, METRICS[metric].timing, floor=floor, cap=cap), METRICS[metric], target, actual)


def way(*readings: Reading) -> Way | None:
    return shortest_way(score(readings, BANDS), BANDS)


def steps(*readings: Reading) -> list[tuple[str, float]]:
    found = way(*readings)
    return [(step.reading.metric.key, step.to_actual) for step in found.steps] if found else []


def test_the_item_with_the_smallest_relative_rise() -> None:
    # 0.9, and 0.1 is missing: bookings need 1/6 more of their target (+18.5 %), win rate a quarter (+27.8 %).
    found = way(reading("bookings", 60, 90_000, 81_000), reading("win_rate", 40, 0.5, 0.45))
    assert found is not None
    assert found.band is Band.ON_TARGET
    (step,) = found.steps
    assert (step.reading.metric.key, step.to_actual) == ("bookings", 96_000)
    assert step.change_share == pytest.approx(15 / 81)
    assert step.points == pytest.approx(10)


def test_the_heavier_of_two_equal_changes_and_then_the_first() -> None:
    assert steps(reading("demos", 50, 1000, 900), reading("calls", 50, 1000, 900)) == [("demos", 1100)]


def test_an_item_that_cannot_get_there_within_its_cap_is_passed_over() -> None:
    # 0.815, and 0.185 is missing: demos would need 1.4 + 1.85 times their target, calls 0.75 + 0.2056.
    assert steps(reading("demos", 10, 10, 14), reading("calls", 90, 900, 675)) == [("calls", 860)]


def test_lower_is_better() -> None:
    # 45 ÷ 50 = 0.9 on target at 45.
    found = way(reading("sales_cycle", 100, 45, 50))
    assert found is not None
    (step,) = found.steps
    assert step.to_actual == pytest.approx(45)
    assert step.change_share == pytest.approx(0.1)


def test_deals_are_won_whole() -> None:
    assert steps(reading("won_deals", 100, 10, 7)) == [("won_deals", 8)]
    assert steps(reading("won_deals", 100, 7, 5)) == [("won_deals", 6)]  # 5.6
    assert steps(reading("lost_deals", 100, 9, 13)) == [("lost_deals", 11)]  # 11.25


def test_an_item_below_its_floor_has_to_reach_it() -> None:
    # 0.6 + 0.4 × 0: for 0.2 more half the demos would do, but below 7 they count nothing; calls are capped.
    items = reading("calls", 60, 100, 100, cap=1.2), reading("demos", 40, 10, 2, floor=0.7)
    assert steps(*items) == [("demos", 7)]


def test_several_where_none_can_alone() -> None:
    # 0.2, and 0.6 is missing: at their caps demos and calls give 0.39 each, bookings 0.52 and so go first.
    found = way(reading("demos", 30, 100, 20), reading("calls", 30, 100, 20), reading("bookings", 40, 100, 20))
    assert found is not None
    assert found.band is Band.NEAR_TARGET
    # Bookings to the cap bring 0.52, demos the missing 0.08: 0.2 + 0.08 ÷ 0.3 = 46.67 of 100.
    assert [(step.reading.metric.key, step.to_actual) for step in found.steps] == [
        ("bookings", 150),
        ("demos", 47),
    ]


def test_from_nothing_the_change_has_no_share() -> None:
    found = way(reading("demos", 100, 10, 0))
    assert found is not None
    assert (found.steps[0].to_actual, found.steps[0].change_share) == (8, float("inf"))


def test_no_way() -> None:
    assert way(reading("demos", 100, 10, 12)) is None  # outstanding already
    assert way(Reading(Item("demos", 100, METRICS["demos"].timing), METRICS["demos"], 10, None)) is None
    assert way(reading("lost_deals", 100, 0, 0)) is None  # on target, and fewer than none cannot be lost


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["demos", "calls", "bookings", "sales_cycle", "win_rate", "lost_deals"]),
            st.floats(1, 100),
            st.floats(1, 1e5),
            st.floats(0, 1e5),
            st.sampled_from([0.0, 0.5, 0.8]),
            st.floats(1.2, 3.0),
        ),
        min_size=1,
        max_size=6,
        unique_by=lambda one: one[0],
    )
)
def test_the_way_leads_there_and_no_step_is_spare(
    declared: list[tuple[str, float, float, float, float, float]],
) -> None:
    items = [reading(*one) for one in declared]
    found = way(*items)
    assume(found is not None)
    edge = BANDS.begins[found.band]

    def after(steps_taken: int) -> float:
        taken = {step.reading: step.to_actual for step in found.steps[:steps_taken]}
        return score([replace(one, actual=taken.get(one, one.actual)) for one in items], BANDS).value

    assert reaches(after(len(found.steps)) + 1e-9, edge)
    assert not reaches(after(len(found.steps) - 1), edge)
