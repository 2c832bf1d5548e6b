from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from spm.calendar import Span
from spm.errors import Refusal, UndoRefused, UnknownName
from spm.intake.actions import commit, undo
from spm.intake.queries import preview
from spm.metrics.queries import scene_of, value
from spm.people import actions
from spm.people.queries import org_of
from spm.store import reading
from spm.store.change_sets import recorded_tables, writing
from spm.store.history import change_sets
from spm.store.opening import Store
from spm.store.tables import Deal, DealCredit
from tests.stores import AUTHOR, SHEETS, TODAY, contents, id_of, small_company

APRIL = date(2017, 4, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = small_company(tmp_path)
    yield opened
    opened.close()


def latest_change_set(store: Store) -> int:
    return int(change_sets(store)["id"].iloc[0])


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


def test_leave_is_added_ended_and_taken_away(store: Store) -> None:
    ana = id_of(store, "Ana Ruiz")
    leave = actions.add_leave(store, AUTHOR, ana, date(2017, 5, 1), date(2017, 5, 31), 0.5, "parental")
    with pytest.raises(Refusal, match="away from 2017-05-01 to 2017-05-31"):
        actions.add_leave(store, AUTHOR, ana, date(2017, 5, 31), date(2017, 6, 1))
    actions.end_leave(store, AUTHOR, leave, date(2017, 5, 14))
    (row,) = reading.leaves(store).to_dict("records")
    assert (row["starts_on"], row["ends_before"], row["away_share"]) == (date(2017, 5, 1), date(2017, 5, 15), 0.5)
    actions.end_leave(store, AUTHOR, leave, date(2017, 4, 30))
    assert reading.leaves(store).empty


def test_merging_two_spellings_makes_their_numbers_one(store: Store) -> None:
    ana, other = id_of(store, "Ana Ruiz"), id_of(store, "A. Ruiz")
    actions.merge_people(store, AUTHOR, ana, other)
    scene = scene_of(store, TODAY)
    year, first = Span(date(2017, 1, 1), date(2018, 1, 1)), Span(date(2017, 1, 1), APRIL)
    assert value(scene, "bookings", year, rep="Ana Ruiz") == 1500_00
    assert value(scene, "win_rate", year, rep="Ana Ruiz") == 2 / 3
    assert value(scene, "calls", year, rep="Ana Ruiz") == 3
    assert value(scene, "bookings", year, rep="Ana Ruiz", region="West") == 500_00
    assert value(scene, "quota", first, rep="Ana Ruiz") == 600_00  # the later row of the sheet
    assert value(scene, "quota", Span(APRIL, date(2017, 7, 1)), rep="Ana Ruiz") == 700_00
    assert "A. Ruiz" not in set(scene.org.people["name"])
    person = scene.org.person("E1")
    assert (person["email"], person["started_on"]) == ("ana@x.com", date(2016, 1, 4))
    assert set(reading.spellings(store)["text"]) == {"E2", "A. Ruiz", "a.ruiz@x.com"}


def test_undoing_a_merge_restores_everything(store: Store) -> None:
    before = contents(store)
    actions.merge_people(store, AUTHOR, id_of(store, "Ana Ruiz"), id_of(store, "A. Ruiz"))
    assert contents(store) != before
    undo(store, latest_change_set(store), AUTHOR)
    assert contents(store) == before


def test_the_same_sheets_again_after_a_merge_change_nothing(store: Store) -> None:
    actions.merge_people(store, AUTHOR, id_of(store, "Ana Ruiz"), id_of(store, "A. Ruiz"))
    plan = preview(store, SHEETS, TODAY)
    assert plan.changes_nothing
    assert plan.added_people == {}


def test_a_manager_who_is_merged_leads_under_the_kept_name(store: Store) -> None:
    actions.merge_people(store, AUTHOR, id_of(store, "Bo Li"), id_of(store, "Max Boss"))
    assert {row[4] for row in assignments_of(store, "Ana Ruiz")} == {"Bo Li"}
    assert assignments_of(store, "Bo Li") == [(None, None, "sales_manager", "South", None)]


def test_every_table_of_a_person_is_merged() -> None:
    owned = {str(model.__tablename__) for model in actions.OWNED}
    refers = {
        table.name for table in recorded_tables() for key in table.foreign_keys if key.column.table.name == "person"
    }
    assert refers == owned | {"assignment"}


def test_what_both_have_of_one_deal_becomes_one_credit(store: Store) -> None:
    ana, twin, other = (id_of(store, name) for name in ("Ana Ruiz", "A. Ruiz", "Bo Li"))
    with writing(store, "edit", AUTHOR, ["facts"]) as open_set:
        (deal_id, *_) = (row["id"] for row in open_set.rows(Deal, "id"))
        shares = ((ana, 5_000, 500_00), (twin, 2_000, 200_00), (other, 3_000, 300_00))
        open_set.insert(
            DealCredit,
            [
                {"deal_id": deal_id, "person_id": person, "share_e4": share_e4, "amount_cents": amount_cents}
                for person, share_e4, amount_cents in shares
            ],
        )
    before = contents(store)
    actions.merge_people(store, AUTHOR, ana, twin)
    with store.reading() as connection:
        credits = connection.execute(select(DealCredit.person_id, DealCredit.share_e4, DealCredit.amount_cents)).all()
    assert sorted(map(tuple, credits)) == sorted([(ana, 7_000, 700_00), (other, 3_000, 300_00)])
    undo(store, latest_change_set(store), AUTHOR)
    assert contents(store) == before


def test_an_import_is_not_undone_under_a_merge_that_took_one_of_its_people(store: Store) -> None:
    actions.merge_people(store, AUTHOR, id_of(store, "Ana Ruiz"), id_of(store, "A. Ruiz"))
    before = contents(store)
    with pytest.raises(UndoRefused, match=r"batch 2 \(edit by Olga Ops"):
        undo(store, 1, AUTHOR)
    assert contents(store) == before
    undo(store, 2, AUTHOR)
    undo(store, 1, AUTHOR)
    assert not any(contents(store).values())


def test_a_later_import_and_a_merge_are_undone_in_turn(store: Store) -> None:
    start = contents(store)
    actions.merge_people(store, AUTHOR, id_of(store, "Ana Ruiz"), id_of(store, "A. Ruiz"))
    more = b"Opportunity ID,Sales Agent,Stage,Amount,Created,Close Date\nD9,A. Ruiz,Won,70,2017-05-01,2017-05-02\n"
    commit(store, preview(store, [("more.csv", more)], TODAY), AUTHOR, TODAY)
    assert value(scene_of(store, TODAY), "bookings", rep="Ana Ruiz") == 1570_00
    undo(store, 3, AUTHOR)
    undo(store, 2, AUTHOR)
    assert contents(store) == start
