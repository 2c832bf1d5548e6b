"""The big company that pages are measured on: a million deals, two million activities, 500 reps, 36 months.

It is brought in once, sheet by sheet through the ordinary intake, and kept beside the checkout's own files until its tables
change. `SPM_BENCH_DEALS` makes a smaller one, with all its people.
"""

import hashlib
import os
import tempfile
from pathlib import Path

import pandas as pd
from sqlalchemy.schema import CreateTable

from spm.intake.actions import commit
from spm.intake.queries import preview_of
from spm.intake.upload import Upload
from spm.sample.actions import uploaded
from spm.sample.company import company
from spm.store.opening import Store, open_store
from spm.store.tables import Table
from tests.bench.conftest import LAST_DAY
from tests.companies import TESTER

DEALS_COUNT = int(os.environ.get("SPM_BENCH_DEALS", "1000000"))
REPS_COUNT, MONTHS_COUNT = 500, 36
ROWS_AT_ONCE = 200_000
IN_PARTS = ("deals", "leads", "activities")


def big_company() -> Path:
    """The file of the big company, made where it is not there yet."""
    file = Path(tempfile.gettempdir()) / f"spm-bench-{DEALS_COUNT}-{_tables_as_a_word()}.db"
    if not file.exists():
        unfinished = file.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        _make(unfinished)
        unfinished.rename(file)
    return file


def bring_in(store: Store, sheets: dict[str, pd.DataFrame]) -> None:
    """Commits generated sheets as one upload."""
    upload = Upload(tuple(uploaded(layout, frame) for layout, frame in sheets.items()), ())
    commit(store, preview_of(store, upload, LAST_DAY), TESTER, LAST_DAY)


def _make(file: Path) -> None:
    sheets = company(last_day=LAST_DAY, reps_count=REPS_COUNT, months_count=MONTHS_COUNT, deals_count=DEALS_COUNT)
    del sheets["deal_history"]  # the aims are for a company without: three million rows more
    store = open_store(f"sqlite:///{file}")
    bring_in(store, {layout: frame for layout, frame in sheets.items() if layout not in IN_PARTS})
    for layout in IN_PARTS:
        rows = sheets.pop(layout)
        for start in range(0, len(rows), ROWS_AT_ONCE):
            bring_in(store, {layout: rows.iloc[start : start + ROWS_AT_ONCE].reset_index(drop=True)})
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()


def _tables_as_a_word() -> str:
    """Another word as soon as a table has other columns."""
    made = "".join(str(CreateTable(table)) for table in Table.metadata.sorted_tables)
    return hashlib.sha256(made.encode()).hexdigest()[:12]
