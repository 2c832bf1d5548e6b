"""An import that is cut short leaves the state of before or after, and one that others write beside loses nothing."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select

from spm.intake.actions import commit
from spm.intake.queries import preview
from spm.store.change_sets import writing
from spm.store.opening import Store
from spm.store.tables import Deal, Setting
from tests.companies import REAL_TODAY, TESTER, empty_store
from tests.house_rules import CHECKOUT
from tests.store.contents import fingerprints

ROWS_COUNT = 2_000
HEADER = "Deal id,Owner,Product,Stage,Amount,Created on,Closed on"
IMPORTING = """
import sys, time
from datetime import date
from pathlib import Path
from spm.intake.actions import commit
from spm.intake.queries import preview
from spm.store.change_sets import Author
from spm.store.opening import open_store

def told(share, doing):
    print(doing, flush=True)
    time.sleep(0.05)

store = open_store(sys.argv[1])
today = date.fromisoformat(sys.argv[3])
plan = preview(store, [("deals.csv", Path(sys.argv[2]).read_bytes())], today)
print("Previewed", flush=True)
commit(store, plan, Author("child"), today, told)
print("Done", flush=True)
sys.stdin.read()
"""


def deals(amount: int, rows_count: int = ROWS_COUNT) -> bytes:
    rows = (f"D{at},Rep {at % 40},Box,Won,{amount},2024-01-05,2024-02-{at % 28 + 1:02}" for at in range(rows_count))
    return "\n".join([HEADER, *rows]).encode()


def contents(store: Store) -> dict[str, tuple[int, str]]:
    with store.reading() as connection:
        return fingerprints(connection, {"change_set"})


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = empty_store(tmp_path)
    commit(made, preview(made, [("deals.csv", deals(1))], REAL_TODAY), TESTER, REAL_TODAY)
    return made


@pytest.mark.parametrize(
    ("moment", "has_landed"),
    [("Previewed", False), ("2,000 of 2,000 rows prepared", False), ("Merging", False),
     ("Bringing the totals along", False), ("Done", True)],
)  # fmt: skip
def test_a_process_killed_at_any_moment_leaves_before_or_after(
    store: Store, tmp_path: Path, moment: str, has_landed: bool
) -> None:
    before = contents(store)
    file = tmp_path / "later.csv"
    file.write_bytes(deals(2))
    child = subprocess.Popen(
        [sys.executable, "-c", IMPORTING, str(store.engine.url), str(file), REAL_TODAY.isoformat()],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
    )  # fmt: skip
    assert child.stdout is not None
    assert any(line.strip() == moment for line in child.stdout)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    with store.reading() as connection:
        amounts = set(connection.execute(select(Deal.amount_cents)).scalars())
    assert amounts == ({200} if has_landed else {100})
    assert (contents(store) == before) is not has_landed
    again = commit(store, preview(store, [("later.csv", deals(2))], REAL_TODAY), TESTER, REAL_TODAY)
    assert (again.batch is None) is has_landed


@pytest.mark.parametrize("moment", ["2,000 of 2,000 rows prepared", "Merging", "Bringing the totals along"])
def test_an_import_that_is_called_off_leaves_nothing(store: Store, moment: str) -> None:
    before = contents(store)
    plan = preview(store, [("later.csv", deals(2))], REAL_TODAY)

    class CalledOff(Exception):
        pass

    def call_off(share: float, doing: str) -> None:
        if doing == moment:
            raise CalledOff

    with pytest.raises(CalledOff):
        commit(store, plan, TESTER, REAL_TODAY, call_off)
    assert contents(store) == before
    assert commit(store, plan, TESTER, REAL_TODAY).batch is not None


def test_progress_grows_and_says_what_is_done(store: Store) -> None:
    told: list[tuple[float, str]] = []
    plan = preview(store, [("later.csv", deals(2))], REAL_TODAY)
    commit(store, plan, TESTER, REAL_TODAY, lambda share, doing: told.append((share, doing)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[0] > 0
    assert shares[-1] <= 1


def test_forty_writers_beside_an_import_lose_nothing(store: Store) -> None:
    """The million rows that a company may bring are a bench of their own; what can go wrong is the same with fewer."""
    plan = preview(store, [("later.csv", deals(2, 20_000))], REAL_TODAY)

    def write_notes(writer: int) -> None:
        for note in range(5):
            with writing(store, "edit", TESTER, ["notes"]) as open_set:
                open_set.insert(Setting, [{"key": f"note {writer} {note}", "value": note}])

    with ThreadPoolExecutor(41) as pool:
        landing = pool.submit(commit, store, plan, TESTER, REAL_TODAY)
        writers = [pool.submit(write_notes, writer) for writer in range(40)]
        assert landing.result().batch is not None
        for writer in writers:
            writer.result()
    with store.reading() as connection:
        assert connection.execute(select(func.count()).where(Setting.key.like("note %"))).scalar() == 200
        assert connection.execute(select(func.count(Deal.id)).where(Deal.amount_cents == 200)).scalar() == 20_000
