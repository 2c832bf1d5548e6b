"""The four starting scorecards are sound, and ask for metrics that exist."""

import pytest

from spm.metrics.registry import METRICS, Timing
from spm.people.roles import ROLES
from spm.scorecards.bands import Bands
from spm.scorecards.model import Scope, Scorecard, checked
from spm.scorecards.starting import STARTING


def test_each_role_has_one() -> None:
    assert STARTING.keys() == ROLES.keys()


@pytest.mark.parametrize("scorecard", STARTING.values(), ids=STARTING.keys())
def test_each_is_sound_and_its_weights_add_up_to_100(scorecard: Scorecard) -> None:
    assert checked(scorecard, Bands()) is scorecard
    assert sum(item.weight for item in scorecard.items) == 100
    assert {item.timing for item in scorecard.items} == {Timing.LEADING, Timing.LAGGING}


@pytest.mark.parametrize("scorecard", STARTING.values(), ids=STARTING.keys())
def test_an_item_waits_exactly_where_the_registry_has_no_such_metric(scorecard: Scorecard) -> None:
    assert {item.metric for item in scorecard.items if not item.is_waiting} <= METRICS.keys()
    assert not {item.metric for item in scorecard.items if item.is_waiting} & METRICS.keys()


def test_bookings_are_held_against_the_quota() -> None:
    bookings = next(item for item in STARTING["sales_representative"].items if item.metric == "bookings")
    assert bookings.target_from == "quota"
    assert bookings.target is None


def test_a_manager_answers_for_the_team() -> None:
    counted = [item for item in STARTING["sales_manager"].items if not item.is_waiting]
    assert {item.scope for item in counted} == {Scope.TEAM}
