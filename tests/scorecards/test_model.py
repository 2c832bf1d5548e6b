"""What a scorecard may be, and what is advised."""

from dataclasses import replace
from typing import Any

import pytest

from spm.calendar import Grain
from spm.errors import Refusal
from spm.metrics.registry import METRICS, Timing
from spm.scorecards.bands import Bands
from spm.scorecards.model import Item, Scope, Scorecard, advice, as_plain, checked, from_plain

BANDS = Bands()
BOOKINGS = Item("bookings", 60, Timing.LAGGING)
DEMOS = Item("demos", 25, Timing.LEADING)
CALLS = Item("calls", 15, Timing.LEADING)


def test_a_sound_scorecard_passes_without_advice() -> None:
    scorecard = Scorecard("sales_representative", (BOOKINGS, DEMOS, CALLS))
    assert checked(scorecard, BANDS) is scorecard
    assert advice(scorecard) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"cap": 1.19}, "The cap of bookings is 119%: nobody could be outstanding"),
        ({"weight": 0}, "The weight of bookings is 0"),
        ({"weight": float("nan")}, "The weight of bookings is nan"),
        ({"floor": 1.5}, "The floor of bookings is 150%"),
        ({"target": -1}, "The target of bookings is -1"),
    ],
)
def test_what_cannot_be_scored_is_refused(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refusal, match=reason):
        checked(Scorecard("sales_representative", (DEMOS, replace(BOOKINGS, **changes))), BANDS)


def test_a_cap_at_the_highest_band_is_taken() -> None:
    scorecard = Scorecard("sales_representative", (replace(BOOKINGS, cap=1.2),))
    assert checked(scorecard, BANDS) is scorecard


def test_an_empty_or_doubled_scorecard_is_refused() -> None:
    with pytest.raises(Refusal, match="at least one item"):
        checked(Scorecard("sales_representative", ()), BANDS)
    for again in (replace(DEMOS, weight=5), replace(DEMOS, period=Grain.WEEK)):
        with pytest.raises(Refusal, match="demos is there 2 times"):
            checked(Scorecard("sales_representative", (DEMOS, BOOKINGS, again)), BANDS)


def test_the_same_metric_may_be_asked_of_oneself_and_of_the_team() -> None:
    scorecard = Scorecard("sales_manager", (DEMOS, replace(DEMOS, scope=Scope.TEAM)))
    assert checked(scorecard, BANDS) is scorecard


def test_advice_on_weights_number_and_mix() -> None:
    many = tuple(replace(BOOKINGS, metric=f"metric_{number}", weight=10) for number in range(8))
    assert advice(Scorecard("own", many)) == [
        "The weights add up to 80, not 100; each counts for its share.",
        "8 items are hard to keep in mind; 7 is the most that works.",
        "0 leading and 8 lagging items: about two to one works best.",
    ]


def test_the_direction_is_the_metrics_unless_the_item_overrides_it() -> None:
    cycle = METRICS["sales_cycle"]
    assert not Item("sales_cycle", 10, Timing.LAGGING).prefers_more(cycle)
    assert Item("sales_cycle", 10, Timing.LAGGING, higher_is_better=True).prefers_more(cycle)


def test_an_item_survives_being_stored() -> None:
    item = replace(BOOKINGS, target_from="quota", period=Grain.QUARTER, scope=Scope.TEAM, seasonal=True, floor=0.5)
    assert from_plain(as_plain(item)) == item
