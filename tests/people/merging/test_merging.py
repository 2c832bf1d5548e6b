"""Two spellings of one person become one, with everything that was theirs; and apart again by an undo."""

from datetime import date

import pytest
from sqlalchemy import select

from spm.calendar import Span
from spm.errors import UndoRefused
from spm.intake.actions import commit, undo
from spm.intake.queries import preview
from spm.metrics.queries import scene_of, value
from spm.people.merging.actions import OWNED, merge_people
from spm.store import reading
from spm.store.change_sets import recorded_tables, writing
from spm.store.opening import Store
from spm.store.tables import Deal, DealCredit
from tests.stores import AUTHOR, SHEETS, TODAY, contents, id_of, latest_change_set

APRIL = date(2017, 4, 1)


def test_merging_two_spellings_makes_their_numbers_one(store: Store) -> None:
    ana, other = id_of(store, "Ana Ruiz"), id_of(store, "A. Ruiz")
    merge_people(store, AUTHOR, ana, other)
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
    merge_people(store, AUTHOR, id_of(store, "Ana Ruiz"), id_of(store, "A. Ruiz"))
    assert contents(store) != before
    undo(store, latest_change_set(store), AUTHOR)
    assert contents(store) == before


def test_the_same_sheets_again_after_a_merge_change_nothing(store: Store) -> None:
    merge_people(store, AUTHOR, id_of(store, "Ana Ruiz"), id_of(store, "A. Ruiz"))
    plan = preview(store, SHEETS, TODAY)
    assert plan.changes_nothing
    assert plan.added_people == {}


def test_a_manager_who_is_merged_leads_under_the_kept_name(store: Store) -> None:
    merge_people(store, AUTHOR, id_of(store, "Bo Li"), id_of(store, "Max Boss"))
    rows = reading.assignments(store)
    told = rows[["person_id", "starts_on", "ends_before", "role", "team", "manager"]].itertuples(index=False, name=None)
    ana, bo = id_of(store, "Ana Ruiz"), id_of(store, "Bo Li")
    of = {person_id: rest for person_id, *rest in told}
    assert of[ana][-1] == "Bo Li"
    assert of[bo] == [None, None, "sales_manager", "South", None]


def test_every_table_of_a_person_is_merged() -> None:
    owned = {str(model.__tablename__) for model in OWNED}
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
    merge_people(store, AUTHOR, ana, twin)
    with store.reading() as connection:
        credits = connection.execute(select(DealCredit.person_id, DealCredit.share_e4, DealCredit.amount_cents)).all()
    assert sorted(map(tuple, credits)) == sorted([(ana, 7_000, 700_00), (other, 3_000, 300_00)])
    undo(store, latest_change_set(store), AUTHOR)
    assert contents(store) == before


def test_an_import_is_not_undone_under_a_merge_that_took_one_of_its_people(store: Store) -> None:
    merge_people(store, AUTHOR, id_of(store, "Ana Ruiz"), id_of(store, "A. Ruiz"))
    before = contents(store)
    with pytest.raises(UndoRefused, match=r"batch 2 \(edit by Olga Ops"):
        undo(store, 1, AUTHOR)
    assert contents(store) == before
    undo(store, 2, AUTHOR)
    undo(store, 1, AUTHOR)
    assert not any(contents(store).values())


def test_a_later_import_and_a_merge_are_undone_in_turn(store: Store) -> None:
    start = contents(store)
    merge_people(store, AUTHOR, id_of(store, "Ana Ruiz"), id_of(store, "A. Ruiz"))
    more = b"Opportunity ID,Sales Agent,Stage,Amount,Created,Close Date\nD9,A. Ruiz,Won,70,2017-05-01,2017-05-02\n"
    commit(store, preview(store, [("more.csv", more)], TODAY), AUTHOR, TODAY)
    assert value(scene_of(store, TODAY), "bookings", rep="Ana Ruiz") == 1570_00
    undo(store, 3, AUTHOR)
    undo(store, 2, AUTHOR)
    assert contents(store) == start
