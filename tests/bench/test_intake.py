"""How long bringing sheets in takes, against the bare least that such a job can be."""

import io
import sqlite3
from itertools import count
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from spm.intake.upload import read_upload
from spm.reports.workbook import workbook
from spm.sample import company
from spm.sample.actions import load_sample
from tests.bench.conftest import LAST_DAY, Measure
from tests.companies import TESTER, empty_store


@pytest.fixture(scope="module")
def pipeline() -> bytes:
    """A workbook of 20,000 deals with 13 columns."""
    deals = company(last_day=LAST_DAY, deals_count=20_000)["deals"]
    return workbook({"Deals": deals})


def test_reading_a_workbook_into_checked_rows(pipeline: bytes, measure: Measure) -> None:
    def bare() -> object:
        return CalamineWorkbook.from_filelike(io.BytesIO(pipeline)).get_sheet_by_index(0).to_python()

    measured = measure(
        "20,000 deals from .xlsx to checked rows, against calamine reading its cells",
        lambda: read_upload([("deals.xlsx", pipeline)], {}),
        bare,
        2,
    )
    assert measured.bare_seconds > 0


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
