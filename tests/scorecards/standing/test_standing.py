"""Where everybody stands: teams with those below them, roles by head-days, managers' roll-ups, bands over time."""

from pathlib import Path

import pytest

from spm.calendar import FiscalCalendar
from spm.metrics.queries import Scene
from spm.metrics.registry import Timing
from spm.people.roles import MANAGER, REP, SDR
from spm.scorecards.model import Item, Scope
from spm.scorecards.queries import scores, scores_of
from spm.scorecards.rollup import group_table
from spm.scorecards.standing.queries import over_time, standing, up_to
from spm.store.change_sets import writing
from spm.store.tables import Team
from tests.companies import TESTER
from tests.scorecards.companies import as_of, calls, company

MARCH = FiscalCalendar().period("2024-03")
PEOPLE = """
    Rep id,Name,Role,Team,Manager,Hire date
    1,Ana,Sales rep,North,Nora,2020-01-01
    2,Ben,SDR,North,Nora,2020-01-01
    3,Cid,Sales rep,South,Omar,2020-01-01
    8,Omar,Sales manager,South,Nora,2019-01-01
    9,Nora,Sales manager,,,2019-01-01
"""
CALLS = calls((1, "2024-02-01", 12), (2, "2024-02-01", 3), (1, "2024-03-05", 12), (2, "2024-03-05", 5),
              (3, "2024-03-05", 4), (1, "2024-04-30", 1))  # fmt: skip
CALL = Item("calls", 100, Timing.LEADING, target=10)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    folder: Path = tmp_path_factory.mktemp("company")
    team = Item("calls", 100, Timing.LEADING, target=10, scope=Scope.TEAM)
    store = company(
        folder, {"people.csv": PEOPLE, "activities.csv": CALLS}, {REP: (CALL,), SDR: (CALL,), MANAGER: (team,)}
    )
    with writing(store, "edit", TESTER, ["people"]) as open_set:
        ids = open_set.ids_by(Team, "name")
        open_set.update(Team, [{"id": ids["South"], "parent_id": ids["North"]}])
    return as_of(store, "2024-04-30")


def test_a_team_has_those_below_it_and_leaves_managers_out(scene: Scene) -> None:
    teams = {one.name: one for one in standing(scene, MARCH, {}).teams}
    # North: Ana 12 and Cid 4 of 20 as sales representatives, Ben 5 of 10 as SDR; two thirds of the head-days are theirs.
    assert teams["North"].whole.value == pytest.approx((2 * 16 / 20 + 5 / 10) / 3)
    assert teams["North"].roles_in_words == "2 × sales representative, 1 × sales development representative"
    assert (teams["North"].people_count, teams["South"].people_count) == (4, 2)
    assert teams["South"].whole.value == pytest.approx(0.4)  # Cid's; Omar answers for the same calls


def test_managers_are_rolled_up_with_all_below(scene: Scene) -> None:
    managers = {one.name: one for one in standing(scene, MARCH, {}).managers}
    assert managers["Omar"].whole.value == pytest.approx(0.4)
    assert managers["Nora"].whole.value == pytest.approx((2 * 16 / 20 + 5 / 10) / 3)


def test_a_role_is_a_group_too_and_the_best_comes_first(scene: Scene) -> None:
    now = standing(scene, MARCH, {})
    table = group_table(now.roles)
    assert table["name"].tolist() == ["Sales manager", "Sales representative", "Sales development representative"]
    # Omar's team made 4 of 10, Nora's 21 of 10: together 25 of 20.
    assert table["score"].tolist() == [pytest.approx(1.25), pytest.approx(0.8), pytest.approx(0.5)]
    assert now.whole.band_counts == {
        "outstanding": 2, "on target": 0, "near target": 0, "needs help": 3, "no score": 0}  # fmt: skip


def test_a_team_alone(scene: Scene) -> None:
    south = standing(scene, MARCH, {"team": "South"})
    assert south.whole.name == "South"
    assert sorted(south.people["rep"]) == ["Cid", "Omar"]


def test_bands_over_time_begin_with_the_first_fact(scene: Scene) -> None:
    periods = up_to(scene, MARCH)
    told = over_time([(one, scores(scene, one, {})) for one in periods])
    assert told["period"].unique().tolist() == ["February 2024", "March 2024"]
    march = told[told["period"] == "March 2024"].set_index("band")["people_count"]
    assert march.to_dict() == {"outstanding": 2, "needs help": 3}


def test_bands_over_time_of_a_team_are_those_of_its_people(scene: Scene) -> None:
    told = over_time([(MARCH, scores(scene, MARCH, {"team": "South"}))])
    assert told["people_count"].sum() == len(standing(scene, MARCH, {"team": "South"}).people)


def test_scores_of_a_team_are_those_of_its_people_among_everybody(scene: Scene) -> None:
    everyone = scores(scene, MARCH, {})
    for team, names in (("North", ["Ana", "Ben", "Cid", "Omar"]), ("South", ["Cid", "Omar"]), ("East", [])):
        theirs = everyone[everyone["rep"].isin(names)].reset_index(drop=True)
        assert scores(scene, MARCH, {"team": team}).to_dict() == theirs.to_dict()
        alone = as_of(scene.store, "2024-04-30")
        assert scores(alone, MARCH, {"team": team}).to_dict() == theirs.to_dict()
        assert scores_of(as_of(scene.store, "2024-04-30"), MARCH, [*names, "Zoe"]).to_dict() == theirs.to_dict()
