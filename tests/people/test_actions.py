from datetime import date
from typing import Any

import pytest

from spm.calendar import Span
from spm.errors import Refusal, UnknownName
from spm.intake.actions import undo
from spm.intake.queries import preview
from spm.metrics.queries import scene_of, value
from spm.people import actions
from spm.people.queries import org_of
from spm.store import reading
from spm.store.opening import Store
from tests.stores import AUTHOR, SHEETS, TODAY, contents, id_of, latest_change_set

APRIL = date(2017, 4, 1)


def assignments_of(store: Store, name: str) -> list[tuple[Any, ...]]:
    rows = reading.assignments(store)
    rows = rows[rows["person_id"] == id_of(store, name)]
    return [tuple(row) for row in rows[["starts_on", "ends_before", "role", "team", "manager"]].itertuples(index=False)]


def test_a_new_person_is_there_and_counts_in_no_team_but_theirs(store: Store) -> None:
    north = dict(reading.teams(store)[["name", "id"]].itertuples(index=False))["North"]
    person_id = actions.add_person(
        store, AUTHOR, " Cy Fox ", change={"role": "sales_development_representative", "team_id": north},
        email=" cy@x.com ", started_on=APRIL,
    )  # fmt: skip
    person = org_of(store).people.set_index("id").loc[person_id]
    assert (person["key"], person["name"], person["email"], person["started_on"]) == (
        "Cy Fox", "Cy Fox", "cy@x.com", APRIL)  # fmt: skip
    assert assignments_of(store, "Cy Fox") == [(None, None, "sales_development_representative", "North", None)]


@pytest.mark.parametrize(("name", "key"), [("Ana Two", "E1"), ("e1", ""), ("  ", "")])
def test_a_person_needs_a_name_and_an_id_of_their_own(store: Store, name: str, key: str) -> None:
    before = contents(store)
    with pytest.raises(Refusal):
        actions.add_person(store, AUTHOR, name, key)
    assert contents(store) == before


def test_a_former_name_still_means_the_person_at_the_next_import(store: Store) -> None:
    bo = id_of(store, "Bo Li")
    actions.edit_person(store, AUTHOR, bo, name="Bo Lindqvist", ended_on=date(2017, 12, 31))
    plan = preview(store, SHEETS, TODAY)
    assert plan.added_people == {}
    assert org_of(store).person("Bo Lindqvist")["ended_on"] == date(2017, 12, 31)
    assert set(reading.spellings(store)["text"]) == {"Bo Li"}


def test_nobody_leaves_before_the_first_day(store: Store) -> None:
    with pytest.raises(Refusal, match="before the first day"):
        actions.edit_person(store, AUTHOR, id_of(store, "Bo Li"), ended_on=date(2016, 2, 29))


def test_another_team_from_a_day_on_moves_what_was_won_since(store: Store) -> None:
    bo = id_of(store, "Bo Li")
    north = dict(reading.teams(store)[["name", "id"]].itertuples(index=False))["North"]
    year = Span(date(2017, 1, 1), date(2018, 1, 1))
    assert value(scene_of(store, TODAY), "bookings", year, team="South") == 2000_00
    actions.assign(store, AUTHOR, [bo], {"team_id": north}, date(2017, 4, 11))
    assert assignments_of(store, "Bo Li") == [
        (None, date(2017, 4, 11), None, "South", "Max Boss"),
        (date(2017, 4, 11), None, None, "North", "Max Boss"),
    ]
    assert value(scene_of(store, TODAY), "bookings", year, team="North") == 3500_00


def test_several_people_get_a_role_at_once_for_all_their_time(store: Store) -> None:
    before = contents(store)
    ids = [id_of(store, name) for name in ("Ana Ruiz", "A. Ruiz", "Bo Li")]
    actions.assign(store, AUTHOR, ids, {"role": "sales_representative"})
    roles = reading.assignments(store).set_index("person_id")["role"]
    assert set(roles[ids]) == {"sales_representative"}
    undo(store, latest_change_set(store), AUTHOR)
    assert contents(store) == before


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"role": "astronaut"}, UnknownName),
        ({"team_id": 99}, UnknownName),
        ({"manager_id": 99}, UnknownName),
        ({"manager_id": 3}, Refusal),
        ({"role": None}, Refusal),
    ],
)
def test_what_cannot_be_assigned_is_refused_and_nothing_written(
    store: Store, change: dict[str, Any], error: type[Refusal]
) -> None:
    before = contents(store)
    with pytest.raises(error):
        actions.assign(store, AUTHOR, [3], change, APRIL)
    assert contents(store) == before
    assert latest_change_set(store) == 1


def test_teams_nest_but_not_in_a_circle(store: Store) -> None:
    ids = dict(reading.teams(store)[["name", "id"]].itertuples(index=False))
    region = actions.add_team(store, AUTHOR, "Region")
    actions.edit_team(store, AUTHOR, ids["North"], "North", region)
    actions.edit_team(store, AUTHOR, ids["South"], "Deep South", ids["North"])
    with pytest.raises(Refusal, match="above itself"):
        actions.edit_team(store, AUTHOR, region, "Region", ids["South"])
    with pytest.raises(Refusal, match="already"):
        actions.add_team(store, AUTHOR, "deep south")
    teams = reading.teams(store).set_index("name")["parent_id"]
    assert dict(teams) == {"Region": None, "North": region, "Deep South": ids["North"]}
