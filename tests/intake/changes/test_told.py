"""A preview told as frames, and the questions that it asks."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from spm.intake.changes.preview import Preview
from spm.intake.changes.queries import moves
from spm.intake.changes.questions import Asks, questions
from spm.intake.changes.told import column_rows, coverage_words, issue_rows, moved_rows, outcome_rows, refused_rows
from spm.intake.model import REASONS
from spm.intake.queries import preview
from spm.reports.workbook import workbook
from spm.store.opening import Store
from tests.companies import empty_store, imported

TODAY = date(2017, 6, 30)
DEALS = """Export of 30 June,,,,,
,,,,,
,Deal id,Owner,Stage,Amount,Close date
,D1,Ana Ruiz,Won,1000,2017-02-10
,D2,Ana Ruiz,Won,500,31 Febtember
,D3,Bo Li,Lost,300,2017-03-11
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path)


def plan(store: Store, **sheets: str) -> Preview:
    return preview(store, [(f"{name}.csv", content.encode()) for name, content in sheets.items()], TODAY)


def test_an_issue_names_its_cell_as_the_spreadsheet_does(store: Store) -> None:
    rows = issue_rows(plan(store, deals=DEALS))
    assert rows.loc[0, ["sheet", "cell", "what", "found"]].tolist() == ["deals.csv", "F5", "refused", "31 Febtember"]
    assert "row 1" in rows["cell"].tolist()  # the title above the header


def test_what_a_sheet_brings_is_counted_and_what_brings_nothing_left_out(store: Store) -> None:
    rows = outcome_rows(plan(store, deals=DEALS, notes="Table,Field,Description\ndeals,id,a key\n"))
    assert dict(zip(rows["outcome"], rows["rows_count"], strict=True)) == {
        "new": 2,
        "changed": 0,
        "same": 0,
        "refused": 1,
    }
    assert rows["file"].unique().tolist() == ["deals.csv"]


def test_each_column_with_a_few_of_its_values(store: Store) -> None:
    rows = column_rows(plan(store, deals=DEALS).sheets[0])
    assert rows.loc[2].tolist() == ["Stage", "Won · Lost", "Stage"]


def test_refused_rows_come_back_as_they_were_with_the_reason_and_go_in_again_mended(store: Store) -> None:
    refused = refused_rows(plan(store, deals=DEALS).sheets[0])
    assert refused.values.tolist() == [
        ["D2", "Ana Ruiz", "Won", "500", "31 Febtember", "Close date: can't be read as a day"]
    ]
    imported(store, {"deals.csv": DEALS}, TODAY)
    mended = workbook({"deals": refused.replace("31 Febtember", "2017-02-28")})
    again = preview(store, [("refused rows.xlsx", mended)], TODAY)
    assert (again.sheets[0].new_count, again.sheets[0].refused_count) == (1, 0)
    assert REASONS not in {column.label for column in again.own_columns}


def test_what_moves_in_words(store: Store) -> None:
    imported(store, {"deals.csv": DEALS}, TODAY)
    changed = DEALS.replace("Won,1000,2017-02-10", "Won,1200,2017-04-01").replace("Lost,300", "Won,300")
    told = moved_rows(moves(store, plan(store, deals=changed), TODAY), "USD").set_index("metric")
    assert told.loc["Bookings"].tolist() == ["$1,000", "$1,500", "+$500", 2, 3]
    assert told.loc["Win rate"].tolist() == ["50 %", "100 %", "+50 points", 1, 3]
    assert told.loc["Won deals"].tolist() == ["1", "2", "+1", 1, 3]
    assert moved_rows(moves(store, plan(store, deals=DEALS), TODAY), "USD").empty


def test_the_days_that_a_sheet_speaks_for_in_words(store: Store) -> None:
    assert coverage_words(plan(store, deals=DEALS).sheets) == [
        "Won deals, lost deals, won value, overlay credit, lost value: 10 Feb 2017 to 11 Mar 2017"
    ]
    counted = plan(store, counts="Rep,Date,Doors knocked\nAna,2017-02-10,3\n")
    assert coverage_words(counted.sheets) == ["Doors knocked: 10 Feb 2017 to 10 Feb 2017"]


def test_what_must_be_decided_is_a_question_and_a_default_is_told(store: Store) -> None:
    days = "\n".join(f"D{at},Ana,Won,1,0{at}/0{at + 1}/2017" for at in range(1, 6))
    (question,) = questions(plan(store, deals=f"Deal id,Owner,Stage,Amount,Close date\n{days}\n"))
    assert (question.asks, question.column, question.stops) == (Asks.DAY_ORDER, "Close date", True)
    two = "\n".join(f"D{at},Ana,Won,1,0{at}/0{at + 1}/2017,0{at}/0{at + 2}/2017" for at in range(1, 6))
    (question,) = questions(plan(store, deals=f"Deal id,Owner,Stage,Amount,Created,Close date\n{two}\n"))
    assert question.column == "Created, Close date"
    people = "Employee ID,Name,Team,Manager\nE1,Ana,North,Max\nE2,Max,,\n"
    quotas = "Owner,Quota,Start date,End date\nAna,10,2017-01-01,2017-01-31\nMax,2,2017-01-01,2017-01-31\n"
    (question,) = questions(plan(store, people=people, quotas=quotas))
    assert (question.asks, question.taken, question.stops) == (Asks.MANAGER_QUOTAS, "own", False)


def test_every_difficult_file_can_be_previewed_and_told(store: Store, shared_data: Path) -> None:
    folders = (shared_data / "nasty_xlsx", shared_data / "nasty_csv")
    files = [
        file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file() and file.suffix != ".md"
    ]
    assert len(files) > 60
    for file in files:
        found = preview(store, [(file.name, file.read_bytes())], TODAY)
        frames = [
            issue_rows(found),
            outcome_rows(found),
            moved_rows(moves(store, found, TODAY), "USD"),
            *map(column_rows, found.sheets),
        ]
        assert all(isinstance(frame, pd.DataFrame) for frame in frames)
        assert found.sheets or len(frames[0]), f"{file.name} ends in neither sheets nor a sentence"
