"""Sheets of daily counts: columns of numbers become measures, without code, and nothing is counted twice."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from spm.calendar import FiscalCalendar
from spm.errors import DecisionNeeded
from spm.intake.actions import undo
from spm.intake.recognising.overrides import with_overrides
from spm.intake.recognising.recognise import recognise
from spm.intake.resolving.counts import count_key, may_count
from spm.metrics.queries import Question, value, values
from spm.store.opening import Store
from spm.store.tables import Activity, OwnMeasure, Person
from tests.companies import TESTER, empty_store, imported, scene
from tests.intake.tables import checked, table
from tests.store.contents import LOGS, fingerprints

HEADER = "Rep,Date,Doors,Samples given,Shifts,Calls,Remark"
ROWS = (
    ("Ana Ruiz", "2026-03-01", 31, 4, 1, 12, "sunny"),
    ("Ana Ruiz", "2026-03-02", 28, None, 0.5, 10, None),
    ("Bo Li", "2026-03-01", 17, 2, 1, 0, "rain"),
)
SHEET = """
    Rep,Date,Doors,Samples given,Shifts,Calls,Remark
    Ana Ruiz,2026-03-01,31,4,1,12,sunny
    Ana Ruiz,2026-03-02,28,,0.5,10,
    Bo Li,2026-03-01,17,2,1,0,rain
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path)


def counts(store: Store) -> dict[tuple[str, str, date], float]:
    with store.reading() as connection:
        asked = select(Activity.kind, Person.name, Activity.happened_on, Activity.count)
        rows = connection.execute(asked.join(Person, Person.id == Activity.person_id)).all()
    return {(kind, name, day): count for kind, name, day, count in rows}


def test_columns_of_numbers_are_counts_and_known_ones_are_the_apps_own() -> None:
    found = recognise(table(HEADER, *ROWS), "x.csv")
    assert found.layout == "daily_counts"
    assert found.fields == {
        "Rep": "owner",
        "Date": "happened_on",
        "Calls": "count:calls",
        "Doors": "count:doors",
        "Samples given": "count:samples_given",
        "Shifts": "count:shifts",
    }


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("Doors", "count:doors"),
        ("DoorsKnocked", "count:doors_knocked"),
        ("# of samples (given)", "count:of_samples_given"),
        ("DEMOS", "count:demos"),
        ("Leads", "count:leads_counted"),
        ("Win rate", "count:win_rate_counted"),
    ],
)
def test_a_key_is_the_name_in_snake_case_unless_it_is_taken(header: str, key: str) -> None:
    assert count_key(header) == key


@pytest.mark.parametrize(
    "header", ["Store id", "Amount_USD", "Conversion %", "Month", "Quantity", "Quota", "Price", "Row no"]
)
def test_ids_money_rates_and_times_are_no_counts(header: str) -> None:
    assert not may_count(header)


def test_a_column_may_be_given_another_name_by_hand() -> None:
    sheet = table(HEADER, *ROWS)
    said = with_overrides(sheet, recognise(sheet, "x.csv"), columns={"Calls": "Cold calls", "Doors": "ignore"})
    assert said.fields["Calls"] == "count:cold_calls"
    assert said.ignored == {"Doors"}


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("Order id,Rep,Order date,Amount,Boxes", [("O1", "Ana", "2026-03-01", 100, 3)]),
        ("Rep,Month,Target", [("Ana", "2026-03-01", 1000)]),
        ("Rep,Date,Activity type,Calls count", [("Ana", "2026-03-01", "Call", 3)]),
    ],
)
def test_orders_quotas_and_logs_stay_what_they_are(header: str, rows: list[tuple[Any, ...]]) -> None:
    assert recognise(table(header, *rows), "x.csv").layout in ("orders", "quotas", "activities")


def test_numbers_below_0_and_half_calls_are_refused() -> None:
    sheet = checked(
        table("Rep,Date,Calls,Hours", ("Ana", "2026-03-01", 1.5, 1), ("Bo", "2026-03-01", 1, -2)), "daily_counts"
    )
    assert sheet.refused == (2, 3)


def test_each_number_is_an_activity_of_its_own_kind(store: Store) -> None:
    imported(store, {"daily.csv": SHEET})
    found = counts(store)
    assert found["doors", "Ana Ruiz", date(2026, 3, 2)] == 28
    assert found["shifts", "Ana Ruiz", date(2026, 3, 2)] == 0.5
    assert found["call", "Bo Li", date(2026, 3, 1)] == 0
    assert ("samples_given", "Ana Ruiz", date(2026, 3, 2)) not in found
    assert len(found) == 11
    with store.reading() as connection:
        own = dict(connection.execute(select(OwnMeasure.key, OwnMeasure.label)).all())
    assert own == {"doors": "Doors", "samples_given": "Samples given", "shifts": "Shifts"}


def test_a_count_of_the_companys_own_answers_at_once_by_team(store: Store) -> None:
    team = """
        Employee ID,Name,Title,Team
        E1,Ana Ruiz,Account Executive,North
        E2,Bo Li,Account Executive,South
    """
    imported(store, {"team.csv": team, "daily.csv": SHEET})
    told = values(scene(store), Question("doors", by=("team",)))
    assert dict(zip(told["team"], told["value"], strict=True)) == {"North": 59, "South": 17}
    assert value(scene(store), "shifts", rep="Ana Ruiz") == 1.5


def test_a_mended_number_replaces_and_the_same_sheet_changes_nothing(store: Store) -> None:
    imported(store, {"daily.csv": SHEET})
    assert imported(store, {"daily.csv": SHEET}).batch is None
    again = imported(store, {"daily.csv": SHEET.replace("31,4", "33,4")}).preview
    assert (again.sheets[0].changed_count, again.sheets[0].same_count) == (1, 10)
    assert counts(store)["doors", "Ana Ruiz", date(2026, 3, 1)] == 33


def test_rows_of_one_day_are_told_apart_by_their_other_columns(store: Store) -> None:
    sheet = "Rep,Date,Region,Doors\nAna,2026-03-01,East,3\nAna,2026-03-01,West,4"
    imported(store, {"daily counts.csv": sheet})
    turned = "Rep,Date,Region,Doors\nAna,2026-03-01,West,4\nAna,2026-03-01,East,5"
    assert imported(store, {"daily counts.csv": turned}).preview.sheets[0].changed_count == 1


def test_people_whom_nobody_knows_are_added_with_a_note(store: Store) -> None:
    done = imported(store, {"daily.csv": SHEET})
    assert "“Ana Ruiz”, “Bo Li” are new and were added" in [issue.message for issue in done.preview.sheets[0].issues]


def test_calls_that_a_log_tells_of_too_are_asked_about_and_then_counted_once(store: Store) -> None:
    log = """
        Activity Type,Date,Assigned To
        Call,2026-03-01,Ana Ruiz
        Call,2026-03-01,Ana Ruiz
    """
    imported(store, {"log.csv": log})
    with pytest.raises(DecisionNeeded, match="are these the same"):
        imported(store, {"daily.csv": SHEET})
    imported(store, {"daily.csv": SHEET}, accepted=frozenset({"Calls"}))
    found = counts(store)
    assert found["call", "Ana Ruiz", date(2026, 3, 1)] == 1  # the log's, each one call
    assert found["call", "Ana Ruiz", date(2026, 3, 2)] == 10


def test_undo_takes_measures_and_counts_away_again(store: Store) -> None:
    with store.reading() as connection:
        before = fingerprints(connection, LOGS)
    batch = imported(store, {"daily.csv": SHEET}).batch
    assert batch is not None
    undo(store, batch, TESTER)
    with store.reading() as connection:
        assert fingerprints(connection, LOGS) == before


def test_each_column_covers_its_own_measure(store: Store) -> None:
    [sheet] = imported(store, {"daily.csv": SHEET}).preview.sheets
    assert set(sheet.covers) == {"doors", "samples_given", "shifts", "calls"}


def test_a_sheet_of_one_count_grows_by_a_row(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    imported(store, {"doors.csv": "Rep,Date,Doors\nAna,2024-01-02,40\nBen,2024-01-02,30"})
    imported(store, {"doors.csv": "Rep,Date,Doors\nAna,2024-01-02,40\nBen,2024-01-02,30\nAna,2024-01-03,20"})
    imported(store, {"more.csv": "Rep,Date,Doors\nAna,2024-01-03,25"})
    assert value(scene(store, date(2024, 1, 31)), "doors", FiscalCalendar().period("2024-01")) == 95
    store.close()
