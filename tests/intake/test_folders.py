"""Every folder of input workbooks goes in and comes out again without a trace; the large ones in tests/bench."""

from pathlib import Path

import pytest

from tests.companies import empty_store
from tests.folders import differing_after_an_undo

SMALL = ("fmcg_nigeria", "northwind", "salesforce_exports", "sales_perf_portfolio", "hubspot_dummy",
         "b2b_martech_opsmadeez", "crm_sales_opportunities", "superstore")  # fmt: skip


@pytest.mark.parametrize("folder", SMALL)
def test_an_undo_leaves_no_trace_of_a_folder(tmp_path: Path, shared_data: Path, folder: str) -> None:
    assert list(differing_after_an_undo(empty_store(tmp_path), shared_data / folder)) == []
