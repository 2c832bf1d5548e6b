"""Attainment and score: every edge case by hand, and what must hold for any scorecard."""

from dataclasses import replace
from typing import Any

import pytest

from spm.metrics.registry import METRICS, Timing, Unit
from spm.scorecards.bands import Band, Bands
from spm.scorecards.model import Item
from spm.scorecards.scoring import Reading, Standing, score

BANDS = Bands()


def reading(
    metric: str,
    weight: float,
    target: float | None,
    actual: float | None,
    covered: bool = False,
    **limits: Any,
) -> Reading:
    item = Item(metric, weight, METRICS[metric].timing, **limits)
    return Reading(item, METRICS[metric], target, actual, covered)


def attainment(target: float | None, actual: float | None, metric: str = "demos", **limits: Any) -> float | None:
    return reading(metric, 1, target, actual, **limits).attainment


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [(4, 2, 0.5), (4, 4, 1.0), (4, 0, 0.0), (4, 6, 1.5), (4, 40, 1.5), (4, -1, 0.0)],
)
def test_higher_is_better(target: float, actual: float, expected: float) -> None:
    assert attainment(target, actual) == expected


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [(45, 45, 1.0), (45, 90, 0.5), (45, 36, 1.25), (45, 10, 1.5), (45, 0, 1.5), (0, 0, 1.0), (0, 1, 0.0)],
)
def test_lower_is_better(target: float, actual: float, expected: float) -> None:
    assert attainment(target, actual, metric="sales_cycle") == expected


def test_an_item_may_turn_the_direction_of_its_metric() -> None:
    assert attainment(10, 20, higher_is_better=False) == 0.5


@pytest.mark.parametrize(("actual", "expected"), [(49, 0.0), (50, 0.5), (49.9999999999, 0.499999999999), (0, 0.0)])
def test_below_the_floor_counts_nothing(actual: float, expected: float) -> None:
    assert attainment(100, actual, floor=0.5) == pytest.approx(expected, abs=1e-12)


def test_the_cap_of_an_item() -> None:
    assert attainment(100, 1000, cap=2.0) == 2.0


def test_covered_coverage_stands_at_its_cap() -> None:
    covered = reading("pipeline_coverage", 1, 3.0, None, covered=True, cap=1.3)
    assert (covered.standing, covered.attainment) == (Standing.COUNTED, 1.3)


@pytest.mark.parametrize(
    ("target", "actual", "standing"),
    [
        (4, None, Standing.MISSING),
        (4, float("nan"), Standing.MISSING),
        (None, 4, Standing.NO_TARGET),
        (None, None, Standing.MISSING),
        (float("nan"), 4, Standing.NO_TARGET),
        (0, 4, Standing.NOTHING_ASKED),
        (0, None, Standing.NOTHING_ASKED),
        (4, 0, Standing.COUNTED),
    ],
)
def test_what_is_left_out_and_why(target: float | None, actual: float | None, standing: Standing) -> None:
    assert reading("demos", 1, target, actual).standing is standing
    assert (attainment(target, actual) is None) == (standing is not Standing.COUNTED)


def test_each_item_is_capped_before_the_sum() -> None:
    def of_both(cap: float) -> float | None:
        items = [reading("demos", 20, 4, 2, cap=cap), reading("bookings", 80, 20_000, 40_000, cap=cap)]
        return score(items, BANDS).value

    assert of_both(cap=10.0) == pytest.approx(1.70)
    assert of_both(cap=1.2) == pytest.approx(1.06)


def test_a_missing_actual_is_left_out_and_the_other_weights_scaled_up() -> None:
    whole = score(
        [
            reading("bookings", 40, 100, 90),
            reading("win_rate", 20, 0.5, 0.5),
            reading("demos", 20, 10, None),
            reading("calls", 20, 100, 50),
        ],
        BANDS,
    )
    # 40, 20 and 20 of 80: 0.5 × 0.9 + 0.25 × 1 + 0.25 × 0.5
    assert whole.value == pytest.approx(0.825)
    assert whole.completeness == "3 of 4 items"
    assert [left_out.standing for left_out in whole.left_out] == [Standing.MISSING]
    assert [item.weight_share for item in whole.counted] == [0.5, 0.25, 0.25]


def test_an_item_without_its_metric_waits_and_is_not_scored() -> None:
    waiting = Item("retention", 50, Timing.LAGGING, waits_for="customers")
    whole = score([reading("bookings", 50, 100, 90)], BANDS, [waiting])
    assert (whole.value, whole.completeness, whole.waiting) == (0.9, "1 of 2 items", (waiting,))


def test_nothing_to_score_is_no_score_and_not_0() -> None:
    nothing = score([reading("demos", 100, 4, None)], BANDS)
    assert (nothing.value, nothing.band, nothing.leading, nothing.lagging) == (None, None, None, None)
    assert nothing.completeness == "0 of 1 items"


def test_leading_and_lagging_parts() -> None:
    whole = score(
        [reading("demos", 10, 10, 5), reading("calls", 30, 100, 90), reading("bookings", 60, 100, 110)], BANDS
    )
    assert whole.leading == pytest.approx(0.25 * 0.5 + 0.75 * 0.9)
    assert whole.lagging == pytest.approx(1.1)
    assert whole.value == pytest.approx(0.4 * 0.8 + 0.6 * 1.1)


def test_points_lost_and_gained_and_the_next_unit() -> None:
    whole = score([reading("demos", 40, 10, 9), reading("bookings", 60, 637_000_00, 700_700_00)], BANDS)
    demos, bookings = whole.counted
    assert (demos.points, demos.points_lost, demos.points_gained) == pytest.approx((36, 4, 0))
    assert demos.next_unit_points == pytest.approx(4)
    assert (bookings.points, bookings.points_lost, bookings.points_gained) == pytest.approx((66, 0, 6))
    assert bookings.reading.next_unit == 10_000_00
    assert bookings.next_unit_points == pytest.approx(60 * 10_000 / 637_000)
    assert [item.band for item in whole.counted] == [Band.NEAR_TARGET, Band.ON_TARGET]


@pytest.mark.parametrize(
    ("one", "points"),
    [
        (reading("demos", 1, 10, 15), 0.0),  # at the cap
        (reading("demos", 1, 10, 14.5), 5.0),  # half a unit to the cap
        (reading("demos", 1, 10, 4, floor=0.5), 50.0),  # over the floor
        (reading("sales_cycle", 1, 50, 50), 100 * (50 / 49 - 1)),  # one day less
        (reading("lost_deals", 1, 0, 1), 100.0),  # none at all
        (reading("win_rate", 1, 0.5, 0.4), 2.0),  # one percentage point
        (reading("pipeline_coverage", 1, 4.0, 2.0), 2.5),  # 0.1 ×
        (reading("pipeline_coverage", 1, 3.0, None, covered=True), 0.0),
    ],
)
def test_what_one_more_unit_is_worth(one: Reading, points: float) -> None:
    (item,) = score([one], BANDS).counted
    assert item.next_unit_points == pytest.approx(points)


def test_one_more_of_a_rate_is_small_beside_its_target() -> None:
    sets_per_door = replace(METRICS["win_rate"], key="sets_per_door", unit=Unit.RATE)
    one = replace(reading("win_rate", 1, 0.0663, 0.0395), metric=sets_per_door)
    (item,) = score([one], BANDS).counted
    assert (one.next_unit, item.next_unit_points) == (0.001, pytest.approx(100 * 0.001 / 0.0663))
