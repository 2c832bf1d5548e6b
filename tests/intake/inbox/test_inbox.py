"""What is put into the inbox is taken in once, whoever looks, and put away with a report."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from spm.cli import main
from spm.intake.inbox import folder as inbox
from spm.intake.inbox.actions import take_in
from spm.metrics.queries import value
from spm.store.opening import Store
from tests.companies import empty_store, scene

TODAY = date(2024, 12, 31)
DEALS = "Deal id,Owner,Stage,Amount,Created on,Closed on\nD1,Ana,Won,100,2024-01-05,2024-02-20\n"
PEOPLE = "Name,Team\nAna,North\n"
DOUBTFUL = DEALS + "".join(f"D{at},Ana,Won,100,2024-01-05,no day\n" for at in range(2, 9))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "inbox"
    made.mkdir()
    return made


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path)


def put(folder: Path, **files: str) -> None:
    for name, content in files.items():
        file = folder / f"{name}.csv"
        file.write_text(content)
        os.utime(file, (time.time() - 60, time.time() - 60))


def test_what_waits_is_one_batch_and_lies_in_done_with_a_report(store: Store, folder: Path) -> None:
    put(folder, deals=DEALS, people=PEOPLE)
    taken = take_in(store, folder, TODAY)
    assert taken is not None
    assert (taken.batch, taken.is_refused) == (1, False)
    assert sorted(file.name for file in taken.lies_in.iterdir()) == ["deals.csv", "people.csv", "report.txt"]
    assert taken.lies_in.parent == folder / inbox.DONE
    assert "Imported as batch 1." in (taken.lies_in / "report.txt").read_text()
    assert value(scene(store), "bookings") == 10_000
    assert take_in(store, folder, TODAY) is None


def test_what_needs_a_decision_is_refused_with_what_to_decide(store: Store, folder: Path) -> None:
    put(folder, deals=DOUBTFUL)
    taken = take_in(store, folder, TODAY)
    assert taken is not None
    assert taken.is_refused
    assert '--accept "Closed on"' in (folder / inbox.REFUSED / taken.lies_in.name / "report.txt").read_text()
    assert store.revision("facts") == (0,)


def test_what_is_still_being_written_or_is_no_sheet_stays(store: Store, folder: Path) -> None:
    (folder / "deals.csv").write_text(DEALS)
    put(folder, people=PEOPLE)
    (folder / "people.csv").rename(folder / "people.json")
    assert take_in(store, folder, TODAY) is None
    assert sorted(file.name for file in folder.iterdir()) == ["deals.csv", "people.json"]


def test_a_file_that_grows_stays_until_it_is_whole(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(folder, deals=DEALS)

    def written_meanwhile(_: float) -> None:
        put(folder, deals=DEALS + DEALS.splitlines()[1].replace("D1", "D2"))  # says that it is old

    monkeypatch.setattr(inbox.time, "sleep", written_meanwhile)
    assert take_in(store, folder, TODAY) is None
    monkeypatch.setattr(inbox.time, "sleep", lambda _: None)
    assert take_in(store, folder, TODAY) is not None
    assert value(scene(store), "bookings") == 20_000


def test_a_file_that_can_not_be_read_is_put_aside_with_the_reason_and_the_others_come_in(
    store: Store, folder: Path
) -> None:
    put(folder, deals=DEALS, broken="PK\x03\x04 half a workbook")
    (folder / "broken.csv").rename(folder / "broken.xlsx")
    taken = take_in(store, folder, TODAY)
    assert taken is not None
    assert [file.name for file in taken.lies_in.iterdir() if file.suffix != ".txt"] == ["deals.csv"]
    (aside,) = (folder / inbox.REFUSED).iterdir()
    assert (aside / "broken.xlsx").exists()
    assert "broken.xlsx: " in (aside / "report.txt").read_text()
    assert not any((folder / inbox.TAKEN).iterdir())


def test_of_many_who_look_at_once_each_file_is_taken_by_one(folder: Path) -> None:
    put(folder, **{f"sheet{at}": DEALS for at in range(40)})
    with ThreadPoolExecutor(8) as lookers:
        taken = list(lookers.map(lambda _: inbox.take(folder), range(8)))
    names = [file.name for files in taken for file in files]
    assert sorted(names) == sorted(f"sheet{at}.csv" for at in range(40))


def test_what_a_process_left_unfinished_waits_again(folder: Path) -> None:
    put(folder, deals=DEALS)
    (taken,) = inbox.take(folder)
    inbox.give_back(folder)
    assert taken.exists()
    long_ago = time.time() - 2 * inbox.FORGOTTEN_SECONDS
    os.utime(taken.parent, (long_ago, long_ago))
    inbox.give_back(folder)
    assert [file.name for file in inbox.waiting(folder)] == ["deals.csv"]


def test_the_command_says_that_a_file_may_not_be_whole_yet(
    store: Store, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "deals.csv").write_text(DEALS)
    assert main(["inbox", str(folder), "--database", str(store.engine.url)]) == 0
    assert "1 file was written just now and may not be whole yet: “deals.csv”. Run this again in 2 seconds." in (
        capsys.readouterr().out
    )
    put(folder, deals=DEALS)
    assert main(["inbox", str(folder), "--database", str(store.engine.url)]) == 0
    assert "Imported as batch 1." in capsys.readouterr().out
    assert main(["inbox", str(folder), "--database", str(store.engine.url)]) == 0
    assert capsys.readouterr().out == "Nothing waits in the inbox.\n"


def test_a_file_of_a_day_to_come_is_taken(folder: Path) -> None:
    put(folder, deals=DEALS)
    tomorrow = time.time() + 86_400
    os.utime(folder / "deals.csv", (tomorrow, tomorrow))
    assert [file.name for file in inbox.waiting(folder)] == ["deals.csv"]
