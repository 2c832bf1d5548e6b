"""Every folder of input workbooks goes in and comes out again without a trace; the large ones in the bench."""

from pathlib import Path

import pytest

from tests.companies import empty_store
from tests.folders import differing_after_an_undo

SMALL = ("fmcg_nigeria", "northwind", "salesforce_exports", "sales_perf_portfolio", "hubspot_dummy",
         "b2b_martech_opsmadeez", "crm_sales_opportunities", "superstore")  # fmt: skip
LARGE = ("adventureworks", "adventureworks_pl300", "cdnow_orders", "pbi_regional_sales", "pipeline_excel_pivots",
         "telecom_calls")  # fmt: skip


@pytest.mark.parametrize("folder", [*SMALL, *(pytest.param(folder, marks=pytest.mark.bench) for folder in LARGE)])
def test_an_undo_leaves_no_trace_of_a_folder(tmp_path: Path, shared_data: Path, folder: str) -> None:
    assert list(differing_after_an_undo(empty_store(tmp_path), shared_data / folder)) == []
