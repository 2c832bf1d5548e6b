"""What the app gives out it takes in again without a change; what was refused goes in once it is mended."""

from datetime import date
from pathlib import Path

import pytest

from spm.intake.changes.preview import Preview
from spm.intake.changes.told import refused_rows
from spm.intake.exporting.queries import company_sheets
from spm.intake.queries import preview
from spm.metrics.queries import value
from spm.reports.workbook import workbook
from spm.sample.actions import load_sample
from spm.store.opening import Store
from tests.companies import TESTER, empty_store, imported, scene
from tests.stores import SHEETS, TODAY

ORDERS = """
    Order ID,Customer,Sales Rep,Order Date,Order Total,Region
    O1,Acme,Ana Ruiz,2017-01-10,120.50,East
    O2,Zeta,Bo Li,2017-02-10,80,West
"""
LINES = """
    Order ID,Line,Product,Quantity,Line Total
    O1,1,Box,2,100.25
    O1,2,Jar,1,20.25
    O2,1,Box,1,80
"""
LEADS = """
    Lead ID,Lead Name,Company,Status,Lead Source,Created Date,Lead Owner
    L1,Jo,Acme,Qualified,Web,2017-01-02,Ana Ruiz
    L2,Al,Zeta,New,Fair,2017-01-03,Bo Li
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path)


def changes(plan: Preview) -> list[tuple[str, int, int, int]]:
    """Of each sheet that would change something, or is refused in part: its name and the counts."""
    counts = [(one.source.sheet, one.new_count, one.changed_count, one.refused_count) for one in plan.sheets]
    return [count for count in counts if any(count[1:])]


def test_a_small_company_comes_back_without_a_change(store: Store) -> None:
    imported(store, dict(SHEETS), TODAY)
    imported(store, {"orders.csv": ORDERS, "lines.csv": LINES, "leads.csv": LEADS}, TODAY)
    plan = preview(store, [("company.xlsx", workbook(company_sheets(store)))], TODAY)
    assert changes(plan) == []
    assert plan.changes_nothing
    assert {sheet.source.recognition.layout for sheet in plan.sheets} == {
        "people", "deals", "orders", "order_lines", "leads", "activities", "quotas",
    }  # fmt: skip


def test_the_sample_company_comes_back_without_a_change(store: Store) -> None:
    today = date(2025, 6, 30)
    load_sample(store, TESTER, today, reps_count=5, months_count=5)
    plan = preview(store, [("company.xlsx", workbook(company_sheets(store)))], today)
    assert changes(plan) == []
    assert plan.changes_nothing


def test_refused_rows_go_in_once_they_are_mended(store: Store) -> None:
    deals = dict(SHEETS)["deals.csv"].replace(b"2017-02-11", b"31 Febtember")
    done = imported(store, {"people.csv": dict(SHEETS)["people.csv"], "deals.csv": deals}, TODAY)
    assert value(scene(store), "bookings") == 300_000
    refused = refused_rows(done.preview.sheets[1])
    assert refused["Why it was refused"].tolist() == ["Close Date: can't be read as a day"]
    mended = refused.replace("31 Febtember", date(2017, 2, 11))
    again = imported(store, {"refused rows.xlsx": workbook({"deals.csv": mended})}, TODAY)
    assert changes(again.preview) == [("deals.csv", 1, 0, 0)]
    assert value(scene(store), "bookings") == 350_000
