"""How long bringing sheets in takes, against the bare least that such a job can be."""

import io
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import text

from spm.intake.actions import commit
from spm.intake.layouts import LAYOUTS
from spm.intake.queries import preview_of
from spm.intake.upload import read_upload
from spm.reports.workbook import workbook
from spm.sample.actions import load_sample
from spm.sample.company import company
from spm.store.opening import Store
from tests.bench.conftest import LAST_DAY, RUNS_COUNT, Measure, Record, timed
from tests.companies import TESTER, empty_store
from tests.house_rules import CHECKOUT

DEALS_COUNT = 200_000
COLUMNS = ("key", "name", "owner", "account", "product", "stage", "amount", "created_on", "closed_on",
           "expected_close_on", "source", "region")  # fmt: skip
MOST_MEBIBYTES = 1.2 * 1024
PEAK = """
import sys
from datetime import date
from pathlib import Path
from spm.intake.actions import commit
from spm.intake.queries import preview
from spm.store.change_sets import Author
from spm.store.opening import open_store
from tests.memory import own_peak

store = open_store(sys.argv[1])
today = date(2026, 6, 30)
commit(store, preview(store, [("deals.xlsx", Path(sys.argv[2]).read_bytes())], today), Author("bench"), today)
print(own_peak())
"""


@pytest.fixture(scope="module")
def deals() -> pd.DataFrame:
    """200,000 deals of 200 reps under twelve columns, as a CRM would call them."""
    made = company(last_day=LAST_DAY, reps_count=200, deals_count=DEALS_COUNT)["deals"]
    labels = {field.key: field.label for field in LAYOUTS["deals"].fields}
    return made[list(COLUMNS)].rename(columns=lambda name: labels.get(name, name.title()))


@pytest.fixture(scope="module")
def export(deals: pd.DataFrame) -> bytes:
    return workbook({"Deals": deals})


@pytest.fixture(scope="module")
def later_export(deals: pd.DataFrame) -> bytes:
    """The same with another amount in every twentieth row."""
    changed = deals.copy()
    changed.loc[::20, "Amount"] = [None if amount is None else amount + 1 for amount in deals["Amount"][::20]]
    return workbook({"Deals": changed})


@dataclass
class Times:
    """Seconds of each run."""

    reading: list[float] = field(default_factory=list)
    calamine: list[float] = field(default_factory=list)
    committing: list[float] = field(default_factory=list)
    executemany: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    unchanged: list[float] = field(default_factory=list)
    changed: list[float] = field(default_factory=list)
    longest_wait: list[float] = field(default_factory=list)


def bring_in(store: Store, content: bytes) -> Iterator[float]:
    """Reads, previews and commits; the seconds of each step."""
    at = time.perf_counter()
    upload = read_upload([("deals.xlsx", content)], {})
    yield time.perf_counter() - at
    at = time.perf_counter()
    plan = preview_of(store, upload, LAST_DAY)
    yield time.perf_counter() - at
    at = time.perf_counter()
    commit(store, plan, TESTER, LAST_DAY)
    yield time.perf_counter() - at


def bare_insert(store: Store, file: Path) -> float:
    """The same rows into the same table with its indexes, by the driver alone."""
    with store.reading() as connection:
        made = "SELECT sql FROM sqlite_master WHERE tbl_name = 'deal' AND sql IS NOT NULL ORDER BY type DESC"
        statements = list(connection.execute(text(made)).scalars())
        rows = [tuple(row) for row in connection.execute(text("SELECT * FROM deal"))]
    bare = sqlite3.connect(file, isolation_level=None)
    for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", "PRAGMA cache_size=-65536", *statements):
        bare.execute(statement)

    def insert() -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.executemany(f"INSERT INTO deal VALUES ({', '.join('?' * len(rows[0]))})", rows)
        bare.execute("COMMIT")

    seconds = timed(insert)
    bare.close()
    return seconds


class Waiter(threading.Thread):
    """Writes without end, and keeps how long it had to wait at most."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.longest = 0.0
        self._store, self._done = store, threading.Event()

    def run(self) -> None:
        while not self._done.wait(0.02):
            started_at = time.perf_counter()
            with self._store.write_transaction():
                self.longest = max(self.longest, time.perf_counter() - started_at)

    def stop(self) -> float:
        self._done.set()
        self.join()
        return self.longest


@pytest.fixture(scope="module")
def times(tmp_path_factory: pytest.TempPathFactory, export: bytes, later_export: bytes) -> Times:
    """Import, the same again, and five in a hundred rows changed; each run into a store of its own."""
    found = Times()
    for run in range(RUNS_COUNT + 1):
        folder = tmp_path_factory.mktemp(f"run{run}")
        store = empty_store(folder)
        calamine = timed(lambda: CalamineWorkbook.from_filelike(io.BytesIO(export)).get_sheet_by_index(0).to_python())
        reading, previewing, committing = bring_in(store, export)
        executemany = bare_insert(store, folder / "bare.db")
        unchanged = sum(bring_in(store, export))
        changed = sum(bring_in(store, later_export))
        store.close()
        waited_on = empty_store(folder, "waited.db")
        waiter = Waiter(waited_on)
        waiter.start()
        list(bring_in(waited_on, export))
        waited = waiter.stop()
        waited_on.close()
        if run:  # the first is to warm up
            found.reading.append(reading)
            found.calamine.append(calamine)
            found.committing.append(committing)
            found.executemany.append(executemany)
            found.first.append(reading + previewing + committing)
            found.unchanged.append(unchanged)
            found.changed.append(changed)
            found.longest_wait.append(waited)
    return found


def test_reading_a_workbook_into_checked_rows(times: Times, record: Record) -> None:
    what = "200,000 deals from .xlsx to checked rows, against calamine reading its cells"
    assert record(what, times.reading, times.calamine, 2).bare_seconds > 0


def test_committing_them(times: Times, record: Record) -> None:
    what = "committing them, totals and lineage included, against executemany into the same table"
    assert record(what, times.committing, times.executemany, 2).bare_seconds > 0


def test_the_same_file_again(times: Times, record: Record) -> None:
    assert record("the same file again, against its first import", times.unchanged, times.first, 0.5).bare_seconds > 0


def test_five_in_a_hundred_rows_changed(times: Times, record: Record) -> None:
    what = "five in a hundred rows changed, against the first import"
    assert record(what, times.changed, times.first, 0.6).bare_seconds > 0


def test_how_long_another_writer_waits(times: Times, record: Record) -> None:
    what = "the longest wait of another writer meanwhile, in seconds"
    assert record(what, times.longest_wait, [1.0], 2).ours_seconds > 0


def test_the_memory_of_an_import(tmp_path: Path, export: bytes) -> None:
    file = tmp_path / "deals.xlsx"
    file.write_bytes(export)
    child = subprocess.run(
        [sys.executable, "-c", PEAK, f"sqlite:///{tmp_path / 'peak.db'}", str(file)],
        capture_output=True, check=True, cwd=CHECKOUT, env=os.environ | {"PYTHONPATH": str(CHECKOUT)}, text=True,
    )  # fmt: skip
    assert float(child.stdout) < MOST_MEBIBYTES


def test_loading_the_sample_company(tmp_path: Path, measure: Measure) -> None:
    sheets = company(last_day=LAST_DAY)
    rows = {name: [[str(cell) for cell in row] for row in frame.to_numpy().tolist()] for name, frame in sheets.items()}
    numbers = count()

    def ours() -> object:
        store = empty_store(tmp_path, f"ours{next(numbers)}.db")
        committed = load_sample(store, TESTER, LAST_DAY)
        store.close()
        return committed

    def bare() -> None:
        with sqlite3.connect(tmp_path / f"bare{next(numbers)}.db") as connection:
            for name, cells in rows.items():
                columns = ", ".join(f"c{at}" for at in range(len(cells[0])))
                connection.execute(f"CREATE TABLE {name} ({columns})")
                connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(cells[0]))})", cells)

    measured = measure(
        "the sample company: made, checked, stored, totalled; against its bare rows stored", ours, bare, 20
    )
    assert measured.ours_seconds > 0
