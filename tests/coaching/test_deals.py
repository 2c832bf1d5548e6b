"""Which open deals a team's pipeline opens to: the stale and the slipped ones, the largest first."""

from pathlib import Path

import pytest

from spm.calendar import Grain
from spm.coaching.deals.queries import pipeline, slipped_deals, stale_deals
from spm.metrics.queries import Scene, scene_of
from tests.companies import REAL_TODAY, empty_store, imported

PEOPLE = """
    Employee ID,Name,Title,Team
    E1,Ana Ruiz,Sales Representative,North
    E2,Bo Li,Sales Representative,South
"""
DEALS = """
    Opportunity ID,Sales Agent,Stage,Amount,Created,Close Date
    W1,Ana Ruiz,Won,10,2017-05-01,2017-06-30
"""
OPEN = """
    Opportunity ID,Sales Agent,Stage,Amount,Created,Expected Close
    D1,Ana Ruiz,Proposal,100,2017-05-02,{first}
    D2,Ana Ruiz,Proposal,{second},2017-05-02,2017-06-01
    D3,Bo Li,Proposal,900,2017-05-02,{third}
    D4,Bo Li,Proposal,,2017-05-02,2017-06-29
"""


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """On 30 June 2017; D1 and D3 were expected sooner, D2 and D4 are overdue; of D2 only the amount was told anew."""
    store = empty_store(tmp_path)
    imported(store, {"people.csv": PEOPLE, "won.csv": DEALS})
    for first, second, third in (("2017-07-01", 300, "2017-07-15"), ("2017-07-31", 400, "2017-09-15")):
        imported(store, {"open.csv": OPEN.format(first=first, second=second, third=third)})
    return scene_of(store, REAL_TODAY)


def test_the_stale_and_the_slipped_are_those_that_are_counted(scene: Scene) -> None:
    period = scene.standing.company.fiscal_calendar.period_of(Grain.QUARTER, scene.today)
    for where, stale, slipped in (
        ({}, ["D2", "D4"], ["D3", "D1"]),
        ({"team": "North"}, ["D2"], ["D1"]),
        ({"team": "South"}, ["D4"], ["D3"]),
    ):
        counted = pipeline(scene, period, where)
        assert (counted.stale_count, counted.slipped_count) == (len(stale), len(slipped))
        found = stale_deals(scene, period, where).deals
        assert found["key"].tolist() == stale
        assert set(found["stale"]) == {"past its expected close"}
        assert slipped_deals(scene, period, where).deals["key"].tolist() == slipped
