"""An upload lands whole, once, and can be taken back to the last value."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from spm.errors import DecisionNeeded, UndoRefused
from spm.intake.actions import commit, undo
from spm.intake.choices import Choices
from spm.intake.model import Severity
from spm.intake.queries import preview
from spm.metrics.actions import mark_filters
from spm.metrics.queries import value
from spm.store.opening import Store
from spm.store.tables import Assignment, Deal, DealVersion, Person, RememberedLayout, Setting
from tests.companies import TESTER, empty_store, files_of, imported, scene
from tests.store.contents import LOGS, fingerprints

TODAY = date(2017, 6, 30)

TEAM = """
    Employee ID,Name,Title,Team,Manager
    E1,Ana Ruiz,Account Executive,North,Max Boss
    E2,Bo Li,Account Executive,South,Max Boss
    E4,Max Boss,Sales Manager,,
"""
DEALS = """
    Opportunity ID,Sales Agent,Product,Region,Stage,Amount,Created,Close Date
    D1,Ana Ruiz,Box,East,Won,1000,2017-01-10,2017-02-10
    D2,Ana Ruiz,Box,West,Won,500,2017-01-11,2017-02-11
    D3,Bo Li,Jar,West,Lost,300,2017-02-01,2017-03-11
    D4,Bo Li,Jar,East,Won,2000,2017-03-01,2017-04-11
    D5,Bo Li,Box,West,Open,900,2017-05-01,
"""
NEXT_DEALS = """
    Opportunity ID,Sales Agent,Product,Region,Stage,Amount,Created,Close Date
    D1,Ana Ruiz,Box,East,Won,1000,2017-01-10,2017-02-10
    D5,Ana Ruiz,Box,East,Won,950,2017-05-01,2017-06-20
    D6,Cy Dee,Jar,East,Open,100,2017-06-01,
"""
QUOTAS = """
    Sales Rep,Quota,Start Date,End Date
    Ana Ruiz,900,2017-01-01,2017-03-31
    Bo Li,2100,2017-04-01,2017-06-30
"""
CALLS = """
    Activity Type,Date,Assigned To
    Call,2017-02-01,Ana Ruiz
    Call,2017-02-02,Ana Ruiz
    Call,2017-02-02,Ana Ruiz
"""
FIRST = {"team.csv": TEAM, "deals.csv": DEALS, "quotas.csv": QUOTAS, "calls.csv": CALLS}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path)


def held(store: Store) -> dict[str, tuple[int, str]]:
    """Everything recorded and every total, as hashes."""
    with store.reading() as connection:
        return fingerprints(connection, LOGS)


def counts(store: Store, sheets: dict[str, str | bytes], **choices: object) -> list[tuple[int, int, int, int]]:
    """Of each sheet what is new, changed, the same and refused; nothing is written."""
    files = [(name, content.encode() if isinstance(content, str) else content) for name, content in sheets.items()]
    plan = preview(store, files, TODAY, Choices(**choices))  # type: ignore[arg-type]
    return [(one.new_count, one.changed_count, one.same_count, one.refused_count) for one in plan.sheets]


def test_a_first_import_counts_everything_as_new_and_the_same_files_again_change_nothing(store: Store) -> None:
    assert counts(store, FIRST) == [(3, 0, 0, 0), (5, 0, 0, 0), (2, 0, 0, 0), (3, 0, 0, 0)]
    assert imported(store, FIRST, TODAY).batch == 1
    before = held(store)
    assert counts(store, FIRST) == [(0, 0, 3, 0), (0, 0, 5, 0), (0, 0, 2, 0), (0, 0, 3, 0)]
    assert imported(store, FIRST, TODAY).batch is None
    assert held(store) == before


def test_a_preview_says_days_sums_and_what_each_measure_is_covered_for(store: Store) -> None:
    (sheet,) = preview(store, [("deals.csv", DEALS.encode())], TODAY).sheets
    assert sheet.days is not None
    assert (sheet.days.start, sheet.days.last_day) == (date(2017, 1, 10), date(2017, 5, 1))
    assert sheet.sums_cents == {"won": 350_000}
    assert (sheet.covers["won_deals"].start, sheet.covers["won_deals"].last_day) == (
        date(2017, 2, 10),
        date(2017, 4, 11),
    )


def test_a_later_export_changes_what_it_says_and_keeps_what_the_store_held(store: Store) -> None:
    imported(store, FIRST, TODAY)
    assert counts(store, {"deals.csv": NEXT_DEALS}) == [(1, 1, 1, 0)]
    imported(store, {"deals.csv": NEXT_DEALS}, date(2017, 7, 1))
    with store.reading() as connection:
        now = connection.execute(
            select(Deal.status, Deal.amount_cents, Deal.known_on, Person.name)
            .join(Person, Person.id == Deal.person_id)
            .where(Deal.key == "D5")
        ).one()
        version = connection.execute(
            select(DealVersion.status, DealVersion.amount_cents, DealVersion.known_on, DealVersion.superseded_on,
                   Person.name).join(Person, Person.id == DealVersion.person_id)
        ).one()  # fmt: skip
    assert tuple(now) == ("won", 95_000, date(2017, 7, 1), "Ana Ruiz")
    assert tuple(version) == ("open", 90_000, TODAY, date(2017, 7, 1), "Bo Li")
    assert value(scene(store), "bookings") == 445_000


SECOND = {
    "team.csv": TEAM.replace("E2,Bo Li,Account Executive,South,Max Boss", "E2,Bo Li,Account Executive,South,Ana Ruiz"),
    "deals.csv": NEXT_DEALS,
    "quotas.csv": QUOTAS.replace("2100", "2500"),
}


def test_undo_puts_back_rows_people_assignments_columns_layouts_and_totals(store: Store) -> None:
    empty = held(store)
    imported(store, FIRST, TODAY)
    first = held(store)
    batch = imported(store, SECOND, date(2017, 7, 1)).batch
    assert batch == 2
    assert {name for name, content in held(store).items() if content != first[name]} >= {
        "assignment", "covered_span", "deal", "deal_version", "person", "quota", "total_by_day", "total_by_month",
        "total_by_slice", "company_by_day", "company_by_month", "company_by_slice",
    }  # fmt: skip
    undo(store, 2, TESTER)
    assert held(store) == first
    undo(store, 1, TESTER)
    assert held(store) == empty


def test_undo_takes_back_a_remembered_layout_and_the_currency_adopted(store: Store) -> None:
    imported(store, {"deals.csv": DEALS.replace("Amount", "Amount EUR")}, TODAY, columns={"Region": "ignore"})
    with store.reading() as connection:
        assert connection.execute(select(Setting.value).where(Setting.key == "currency")).scalar() == "EUR"
        assert connection.execute(select(RememberedLayout.layout)).scalar() == "deals"
    undo(store, 1, TESTER)
    with store.reading() as connection:
        assert connection.execute(select(Setting.key)).all() == []
        assert connection.execute(select(RememberedLayout.layout)).all() == []


def test_facts_come_back_with_the_columns_that_are_marked_now(store: Store) -> None:
    imported(store, FIRST, TODAY)
    imported(store, {"deals.csv": NEXT_DEALS}, TODAY)
    mark_filters(store, TESTER, ["region"])
    undo(store, 2, TESTER)
    assert value(scene(store), "bookings", region="East") == 300_000
    assert value(scene(store), "bookings", region="West") == 50_000


def test_undo_is_refused_where_a_later_batch_touched_a_row_and_names_it(store: Store) -> None:
    imported(store, FIRST, TODAY)
    imported(store, {"deals.csv": NEXT_DEALS}, TODAY)
    with pytest.raises(UndoRefused, match=r"Batch 1 .*deal rows .*batch 2 \(import by tester"):
        undo(store, 1, TESTER)
    undo(store, 2, TESTER)
    undo(store, 1, TESTER)


def test_undo_is_refused_where_a_later_batch_refers_to_its_people(store: Store) -> None:
    imported(store, {"team.csv": TEAM}, TODAY)
    imported(store, {"calls.csv": CALLS}, TODAY)
    with pytest.raises(UndoRefused, match="activity rows refer to"):
        undo(store, 1, TESTER)


def test_a_batch_that_is_not_the_last_can_be_undone_where_nothing_builds_on_it(store: Store) -> None:
    imported(store, {"team.csv": TEAM}, TODAY)
    with_team = held(store)
    imported(store, {"calls.csv": CALLS}, TODAY)
    imported(store, {"deals.csv": DEALS}, TODAY)
    undo(store, 2, TESTER)
    assert value(scene(store), "bookings") == 350_000
    undo(store, 3, TESTER)
    assert held(store) == with_team


def test_a_new_manager_holds_from_the_day_of_the_sheet_and_the_past_stays(store: Store) -> None:
    imported(store, {"team.csv": TEAM}, TODAY)
    imported(store, {"team.csv": SECOND["team.csv"]}, date(2017, 7, 1))
    with store.reading() as connection:
        person, boss = Person.__table__.alias(), Person.__table__.alias()
        spans = connection.execute(
            select(Assignment.starts_on, Assignment.ends_before, boss.c.name)
            .join(person, person.c.id == Assignment.person_id)
            .join(boss, boss.c.id == Assignment.manager_id)
            .where(person.c.name == "Bo Li")
            .order_by(Assignment.id)
        ).all()
    assert sorted(map(tuple, spans), key=lambda span: span[0] or date.min) == [
        (None, date(2017, 7, 1), "Max Boss"),
        (date(2017, 7, 1), None, "Ana Ruiz"),
    ]


def test_twins_without_an_id_are_two_and_stay_two(store: Store) -> None:
    imported(store, {"calls.csv": CALLS}, TODAY)
    assert value(scene(store), "calls") == 3
    assert counts(store, {"calls.csv": CALLS, "copy.csv": CALLS}) == [(0, 0, 3, 0), (0, 0, 3, 0)]
    assert counts(store, {"calls.csv": CALLS + "    Call,2017-02-02,Ana Ruiz\n"}) == [(1, 0, 3, 0)]


def test_two_sheets_of_one_upload_with_the_same_deal_count_it_once(store: Store) -> None:
    sheets = {"january.csv": DEALS, "february.csv": NEXT_DEALS}
    assert counts(store, sheets) == [(5, 0, 0, 0), (1, 0, 1, 1)]
    committed = imported(store, sheets, TODAY)
    refused = [issue for issue in committed.preview.sheets[1].issues if issue.severity is Severity.REFUSED]
    assert [issue.message for issue in refused] == ["“D5” stands in row 6 of january.csv too, with other values"]
    assert value(scene(store), "bookings") == 350_000


def test_the_rows_without_fault_land_and_the_others_are_told(store: Store) -> None:
    broken = DEALS.replace("2017-02-11", "31 Febtember")
    assert counts(store, {"deals.csv": broken}) == [(4, 0, 0, 1)]
    committed = imported(store, {"deals.csv": broken}, TODAY)
    (refused,) = [one for one in committed.preview.sheets[0].issues if one.severity is Severity.REFUSED]
    assert (refused.row, refused.column, refused.found) == (3, "Close Date", "31 Febtember")
    assert value(scene(store), "bookings") == 300_000


def test_a_stop_holds_everything_up_until_it_is_decided(store: Store) -> None:
    days = "".join(f"    C{at},Ana Ruiz,Won,{at}00,2017-01-02,0{at}/0{at + 1}/2017\n" for at in range(1, 6))
    doubtful = f"""
    Opportunity ID,Sales Agent,Stage,Amount,Created,Close Date
{days}"""
    sheets = {"calls.csv": CALLS, "deals.csv": doubtful}
    with pytest.raises(DecisionNeeded, match="--day-order"):
        imported(store, sheets, TODAY)
    assert store.revision("facts") == (0,)
    imported(store, sheets, TODAY, day_order="mdy")
    assert value(scene(store), "bookings") == 150_000


def test_of_many_who_commit_the_same_preview_at_once_one_does(store: Store) -> None:
    plan = preview(store, [("deals.csv", DEALS.encode())], TODAY)
    with ThreadPoolExecutor(4) as pool:
        batches = [done.batch for done in pool.map(lambda _: commit(store, plan, TESTER, TODAY), range(4))]
    assert sorted(batches, key=str) == [1, None, None, None]
    assert value(scene(store), "bookings") == 350_000


def test_a_choice_is_remembered_for_the_next_sheet_with_the_same_header(store: Store) -> None:
    imported(store, {"deals.csv": DEALS}, TODAY, columns={"Region": "ignore"})
    again = preview(store, [("may.csv", DEALS.replace("D1", "D9").encode())], TODAY)
    assert again.sheets[0].source.recognition.reason == "the same columns as last time"
    assert again.sheets[0].source.recognition.ignored == {"Region"}


def test_the_second_of_two_namesakes_is_told(store: Store) -> None:
    team = "Employee ID,Name,Team\n1,Jo Kim,North\n2,Jo Kim,South\n"
    plan = imported(store, {"team.csv": team, "deals.csv": DEALS.replace("Bo Li", "Jo Kim")}, TODAY).preview
    assert plan.sheets[0].new_count == 2
    assert "more than one person is called “Jo Kim”: rows that give no id are taken for 1" in [
        issue.message for issue in plan.sheets[1].issues
    ]


def test_a_real_star_of_sheets_undoes_to_nothing(store: Store, shared_data: Path) -> None:
    empty = held(store)
    imported(store, files_of(shared_data / "adventureworks", "orders.csv", "order_lines.csv", "quotas.csv", "reps.csv"))
    assert value(scene(store), "bookings") == 8_045_059_698
    undo(store, 1, TESTER)
    assert held(store) == empty


def test_whom_only_refused_rows_name_is_not_added(store: Store) -> None:
    deals = """
        Opportunity ID,Sales Agent,Stage,Amount,Created,Close Date
        D1,Ana,Won,1000,2017-01-10,2017-02-10
        D2,No Day,Won,900,2017-01-10,
    """
    splits = """
        Opportunity ID,Split Owner,Split Percentage
        D1,Ana,100
        D9,No Deal,100
    """
    imported(store, {"deals.csv": deals, "splits.csv": splits})
    with store.reading() as connection:
        assert connection.execute(select(Person.name)).scalars().all() == ["Ana"]
