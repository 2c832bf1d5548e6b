"""A sheet that is the whole truth takes away what it lacks, asks where that is much, and gives it back."""

from datetime import date
from pathlib import Path

import pytest

from spm.errors import DecisionNeeded
from spm.intake.actions import undo
from spm.intake.changes.gone import WholeTruth
from spm.intake.model import Severity
from spm.intake.queries import preview
from spm.intake.upload import Choices
from spm.metrics.queries import value
from spm.store.opening import Store
from tests.companies import TESTER, empty_store, imported, scene
from tests.store.contents import LOGS, fingerprints

TODAY = date(2024, 12, 31)
HEADER = "Deal id,Owner,Stage,Amount,Created on,Closed on"


def deals(*numbers: int, spoilt: int | None = None) -> str:
    """Deal n: of Ana where n is even, else of Ben; created and closed in month n % 12 + 1; amount 100."""
    rows = []
    for at in numbers:
        closed = "31 Febtember" if at == spoilt else f"2024-{at % 12 + 1:02}-20"
        rows.append(f"D{at},{'Ana' if at % 2 == 0 else 'Ben'},Won,100,2024-{at % 12 + 1:02}-05,{closed}")
    return "\n".join([HEADER, *rows])


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = empty_store(tmp_path)
    imported(made, {"deals.csv": deals(*range(40))}, TODAY)
    return made


def held(store: Store) -> dict[str, tuple[int, str]]:
    with store.reading() as connection:
        return fingerprints(connection, LOGS)


def gone_keys(store: Store, content: str, **choices: object) -> set[str]:
    plan = preview(store, [("deals.csv", content.encode())], TODAY, Choices(**choices))  # type: ignore[arg-type]
    return {key for gone in plan.gone for key in gone.rows["key"]}


def test_without_the_word_of_a_person_nothing_is_gone(store: Store) -> None:
    assert gone_keys(store, deals(1)) == set()


def test_a_few_rows_that_a_whole_sheet_lacks_go_and_come_back(store: Store) -> None:
    before = held(store)
    done = imported(store, {"deals.csv": deals(*range(2, 40))}, TODAY, whole_truth=WholeTruth.SHEET)
    assert [issue.message for issue in done.preview.sheets[0].issues] == ["gone: 2 deals, $200.00"]
    assert done.preview.sheets[0].gone_count == 2
    assert value(scene(store), "bookings") == 380_000
    undo(store, done.batch or 0, TESTER)
    assert held(store) == before


def test_more_than_five_in_a_hundred_must_be_confirmed(store: Store) -> None:
    sheets = {"deals.csv": deals(*range(3, 40))}
    with pytest.raises(DecisionNeeded, match=r"gone: 3 deals, \$300\.00\. That is 8% of the 40 .*--confirm-gone"):
        imported(store, sheets, TODAY, whole_truth=WholeTruth.SHEET)
    imported(store, sheets, TODAY, whole_truth=WholeTruth.SHEET, confirms_gone=True)
    assert value(scene(store), "bookings") == 370_000


def test_a_sheet_speaks_for_its_days_or_for_its_people(store: Store) -> None:
    of_march = [at for at in range(40) if at % 12 == 2]
    assert gone_keys(store, deals(of_march[0]), whole_truth=WholeTruth.SPAN) == {f"D{at}" for at in of_march[1:]}
    of_ana = {f"D{at}" for at in range(0, 40, 2)}
    assert gone_keys(store, deals(0), whole_truth=WholeTruth.OWNER) == of_ana - {"D0"}


def test_a_row_that_was_refused_is_not_gone(store: Store) -> None:
    assert gone_keys(store, deals(*range(40), spoilt=7), whole_truth=WholeTruth.SHEET) == set()


def test_refused_rows_without_ids_stop_it(store: Store) -> None:
    calls = "Activity Type,Date,Assigned To\n" + "\n".join(f"Call,2024-02-{day:02},Ana" for day in range(1, 29))
    imported(store, {"calls.csv": calls}, TODAY)
    spoilt = calls.replace("2024-02-09", "no day")
    plan = preview(store, [("calls.csv", spoilt.encode())], TODAY, Choices(whole_truth=WholeTruth.SHEET))
    stops = [issue.message for issue in plan.sheets[0].issues if issue.severity is Severity.STOP]
    assert stops == ["rows were refused that have no id, so nobody can tell what is gone: mend them first"]


def test_two_sheets_of_one_upload_are_the_truth_together(store: Store) -> None:
    files = [("a.csv", deals(*range(20)).encode()), ("b.csv", deals(*range(20, 40)).encode())]
    assert preview(store, files, TODAY, Choices(whole_truth=WholeTruth.SHEET)).gone == []
