"""A score in sentences."""

from typing import Any

from spm.metrics.registry import METRICS, Metric, Timing, Unit
from spm.scorecards.bands import Bands
from spm.scorecards.explanation import Explanation, explanation
from spm.scorecards.model import Item
from spm.scorecards.scoring import Reading, score

BANDS = Bands()


def shown(metric: Metric, value: float) -> str:
    match metric.unit:
        case Unit.MONEY:
            return f"${value / 100:,.0f}"
        case Unit.SHARE:
            return f"{value:.1%}"
    return f"{value:g}"


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


def explained(*readings: Reading, waiting: tuple[Item, ...] = ()) -> Explanation:
    return explanation(score(readings, BANDS, waiting), BANDS, shown)


def test_the_costliest_item_is_named() -> None:
    # 40 × 0.7 + 30 × 0.9 + 30 × 1.3 = 94: bookings miss 12, win rate 3, demos gain 9.
    whole = explained(
        reading("bookings", 40, 100_000_00, 70_000_00),
        reading("win_rate", 30, 0.5, 0.45),
        reading("demos", 30, 10, 13),
    )
    assert whole.sentence == "Score 94, near target: bookings cost 12 of the 15 missing points."
    assert [item.sentence for item in whole.items] == [
        "$70,000 of $100,000: 70 %, 28 of 40 points.",
        "45.0% of 50.0%: 90 %, 27 of 30 points.",
        "13 of 10: 130 %, 39 of 30 points.",
    ]
    assert [item.next_unit for item in whole.items] == [
        "$10,000 more is worth 4 points.",
        "1 percentage point more is worth 0.6 points.",
        "1 more is worth 3 points.",
    ]
    assert whole.way == "To reach on target: demos from 13 to 15 (+15 %)."


def test_one_item_alone_costs_all() -> None:
    assert explained(reading("demos", 100, 10, 7)).sentence == (
        "Score 70, needs help: demos cost all 30 missing points."
    )


def test_above_target_the_best_is_named_before_the_worst() -> None:
    whole = explained(reading("demos", 50, 10, 13), reading("calls", 50, 100, 98))
    assert whole.sentence == "Score 114, on target: demos gained 15 points, calls lost 1."


def test_one_missing_point_is_one() -> None:
    assert explained(reading("demos", 100, 100, 99)).sentence == (
        "Score 99, near target: demos cost the 1 missing point."
    )


def test_nothing_below_target() -> None:
    whole = explained(reading("demos", 100, 10, 12))
    assert (whole.sentence, whole.way) == ("Score 120, outstanding: no item is below its target.", "")


def test_limits_are_told() -> None:
    whole = explained(
        reading("demos", 25, 10, 30),
        reading("calls", 25, 100, 40, floor=0.5),
        reading("sales_cycle", 25, 45, 50),
        reading("pipeline_coverage", 25, 3, None, covered=True),
    )
    assert [item.sentence for item in whole.items] == [
        "30 of 10: 300 %, capped at 150 %, 38 of 25 points.",
        "40 of 100: 40 %, below the floor of 50 %, 0 of 25 points.",
        "50 of at most 45: 90 %, 22 of 25 points.",
        "Covered, nothing is left to cover: 150 %, 38 of 25 points.",
    ]
    assert [item.next_unit for item in whole.items] == ["", "", "1 less is worth 0.5 points.", ""]


def test_what_is_left_out_says_why() -> None:
    whole = explained(
        reading("demos", 25, 10, 10),
        reading("calls", 25, 100, None),
        reading("meetings", 25, None, 5),
        reading("emails", 15, 0, 5),
        waiting=(Item("customer_satisfaction", 10, Timing.LAGGING, waits_for="a survey sheet"),),
    )
    assert whole.sentence == "Score 100, on target (1 of 5 items): no item is below its target."
    assert [(item.label, item.sentence) for item in whole.items[1:]] == [
        ("Calls", "No value for this span, so it is left out."),
        ("Meetings held", "No target, so it is left out."),
        ("E-mails", "Nothing asked: the target is 0, so it is left out."),
        ("Customer satisfaction", "Waits for a survey sheet."),
    ]


def test_no_score() -> None:
    whole = explained(reading("calls", 25, 100, None))
    assert (whole.sentence, whole.way) == ("No score: 0 of 1 items have both a value and a target.", "")


def test_a_way_of_several_steps() -> None:
    whole = explained(
        reading("demos", 30, 100, 0), reading("calls", 30, 100, 20), reading("bookings", 40, 100_00, 20_00)
    )
    # 0.14: bookings to the cap bring 0.52, demos (0.45 to give) the missing 0.14.
    assert whole.way == "To reach near target: bookings from $20 to $150 (+650 %) and demos from 0 to 47."
