"""The large folders of input workbooks go in and come out again without a trace: too slow for every test run."""

from pathlib import Path

import pytest

from tests.companies import empty_store
from tests.folders import differing_after_an_undo

LARGE = ("adventureworks", "adventureworks_pl300", "cdnow_orders", "pbi_regional_sales", "pipeline_excel_pivots",
         "telecom_calls")  # fmt: skip


@pytest.mark.parametrize("folder", LARGE)
def test_an_undo_leaves_no_trace_of_a_folder(tmp_path: Path, shared_data: Path, folder: str) -> None:
    assert list(differing_after_an_undo(empty_store(tmp_path), shared_data / folder)) == []
