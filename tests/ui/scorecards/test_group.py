"""The items of a group's score, and which of them lead to rows."""

from spm.metrics.registry import METRICS, Timing
from spm.scorecards.bands import Bands
from spm.scorecards.explanation import explained
from spm.scorecards.model import Item, Scope
from spm.scorecards.scoring import Reading, score
from spm.ui.scorecards.group import rows


def test_only_items_of_the_people_themselves_that_do_not_wait_lead_to_rows() -> None:
    own = Item("bookings", 60, Timing.LAGGING)
    of_team = Item("attainment", 30, Timing.LAGGING, scope=Scope.TEAM)
    missing = Item("demos", 10, Timing.LEADING)
    waiting = Item("one_on_ones_held", 10, Timing.LEADING, waits_for="the one-on-ones")
    readings = [
        Reading(own, METRICS["bookings"], 20_000_00, 15_000_00),
        Reading(of_team, METRICS["attainment"], 1.0, 0.999),
        Reading(missing, METRICS["demos"], 5.0),
    ]
    found = rows(explained(score(readings, Bands(), [waiting]), Bands(), "USD"), "USD")
    assert found[["metric", "item", "asked", "reached", "counts"]].fillna("").values.tolist() == [
        ["bookings", "Bookings", "$20,000", "$15,000", "75 %"],
        ["", "Attainment of the team", "100 %", "99.9 %", "99 %"],
        ["demos", "Demos", "5", "–", ""],
        ["", "One-on-ones held", "", "", ""],
    ]
