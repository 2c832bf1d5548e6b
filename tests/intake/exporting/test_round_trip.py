"""What the app gives out it takes in again without a change, and an empty store becomes the same company by it."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from spm.calendar import ONE_DAY, Span
from spm.company.actions import change_settings
from spm.company.queries import company_of
from spm.intake.actions import commit, undo
from spm.intake.changes.preview import Preview
from spm.intake.changes.told import refused_rows
from spm.intake.exporting.queries import company_sheets, decisions
from spm.intake.exporting.sheets import decisions_sheet
from spm.intake.layouts import LAYOUTS
from spm.intake.model import JOINT, CheckedSheet
from spm.intake.queries import preview
from spm.intake.resolving.decisions import Decisions, decisions_of
from spm.intake.resolving.decisions import told as told_as_rows
from spm.intake.values import DayOrder
from spm.metrics.queries import value
from spm.reports.workbook import workbook
from spm.sample.actions import load_sample
from spm.store.opening import Store
from tests.companies import REAL_TODAY, TESTER, empty_store, imported, scene
from tests.folders import decided, sheets_of
from tests.store.contents import LOGS, fingerprints
from tests.store.told import told
from tests.stores import SHEETS, TODAY

ORDERS = """
    Order ID,Customer,Sales Rep,Order Date,Order Total,Total Cost,Currency,Region
    O1,Acme,Ana Ruiz,2017-01-10,120.50,80,EUR,East
    O2,Zeta,Bo Li,2017-02-10,-80,,USD,West
"""
LINES = """
    Order ID,Line,Order Date,Product,Quantity,Line Total,Currency
    O1,1,,Box,2,100.25,
    O1,2,,Jar,1,20.25,
    O2,1,,Box,1,-80,
    O3,1,2017-01-12,Box,1,7.125,EUR
"""
LEADS = """
    Lead ID,Lead Name,Company,Status,Lead Source,Created Date,Lead Owner
    L1,=Jo,Acme,Qualified,Web,2017-01-02,Ana Ruiz
    L2,Al,Zeta,New,Fair,2017-01-03,Bo Li
"""
RATES = """
    Currency,To,Month,Rate,Planned,Source
    EUR,USD,2017-01-01,1.0825,no,ECB
    EUR,USD,2017-01-01,1.1,yes,
"""
SPLITS = """
    Opportunity ID,Owner,Split,Split Type
    D1,Ana Ruiz,60 %,Revenue
    D1,Bo Li,40 %,Revenue
    D4,Ana Ruiz,25 %,Overlay
"""
HISTORY = """
    Opportunity ID,Changed on,Stage,Amount,Currency,Close Date
    D1,2017-01-12,Qualify,80,EUR,2017-02-01
    D1,2017-01-20,Propose,90,,2017-02-20
    D5,2017-05-03,Qualify,800,,
"""
TEAMS = """
    Employee ID,Name,Team,From,To
    E3,Bo Li,West,2017-03-01,2017-05-31
    E3,Bo Li,South,2017-06-01,
    E1,Ana Ruiz,South,2017-05-01,
"""
COUNTS = """
    Rep,Date,Doors,Shift hours,Calls,District
    bo li,2017-03-01,12,7.5,,North
    bo li,2017-03-01,3,,,South
    A. Ruiz,2017-03-02,0,8,5,North
"""
SURVEYS = """
    Survey ID,Answered on,Rep,Score,Out of
    S1,2017-03-01,Bo Li,4,5
    S2,2017-03-02,Ana Ruiz,9,10
"""
COSTS = """
    Cost ID,Date,Category,Amount,Currency
    C1,2017-01-28,Ads,200,EUR
    C2,2017-02-28,-Events,50,
"""
ACCOUNTS = """
    Account ID,Account Number,Account Name,Industry
    A1,00017,Acme,Tools
    A2,00018,Zeta,Toys
"""
PRODUCTS = """
    Product,Product id,Category,List price
    Box,P-1,Paper,10
    Jar,P-2,Glass,12.5
"""
LEAVE = """
    Employee ID,Name,From,To (last day),Share away,Reason
    E3,Bo Li,2017-03-06,2017-03-10,,Holiday
    E1,Ana Ruiz,2017-04-01,2017-06-30,50 %,Parental leave
"""
SKILLS = """
    Employee ID,Name,Skill level,From
    E3,Bo Li,Developing,
    E3,Bo Li,Proficient,2017-03-01
"""


def everything(store: Store) -> None:
    """Brings in a sheet of every kind, and some of them again as they changed."""
    imported(store, dict(SHEETS), TODAY)
    imported(store, {"rates.csv": RATES, "orders.csv": ORDERS, "lines.csv": LINES, "leads.csv": LEADS,
                     "products.csv": PRODUCTS, "accounts.csv": ACCOUNTS, "surveys.csv": SURVEYS, "costs.csv": COSTS},
             TODAY)  # fmt: skip
    deals = dict(SHEETS)["deals.csv"].replace(b"2000", b"2100")
    imported(store, {"deals.csv": deals, "splits.csv": SPLITS, "team history.csv": TEAMS, "counts.csv": COUNTS}, TODAY,
             accepted=frozenset({"Calls"}))  # fmt: skip
    imported(store, {"deal history.csv": HISTORY, "leave.csv": LEAVE, "skill levels.csv": SKILLS}, TODAY)


def given_out(store: Store) -> tuple[str, bytes]:
    return ("company.xlsx", workbook(company_sheets(store)))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path)


def changes(plan: Preview) -> list[tuple[str, int, int, int]]:
    """Of each sheet that would change something, or is refused in part: its name and the counts."""
    counts = [(one.source.sheet, one.new_count, one.changed_count, one.refused_count) for one in plan.sheets]
    return [count for count in counts if any(count[1:])]


def test_a_sheet_of_every_kind_comes_back_without_a_change(store: Store) -> None:
    everything(store)
    plan = preview(store, [given_out(store)], TODAY)
    assert changes(plan) == []
    assert plan.stops == []
    assert plan.changes_nothing
    assert {sheet.source.recognition.layout for sheet in plan.sheets} == {*LAYOUTS} - {"team_history"}


def test_an_empty_store_becomes_the_same_company(store: Store, tmp_path: Path) -> None:
    everything(store)
    other = empty_store(tmp_path, "other.db")
    imported(other, dict([given_out(store)]), TODAY)
    assert told(other) == told(store)


def with_decisions(store: Store) -> None:
    """Brings in what asks, answers it, and sets what a company sets."""
    change_settings(store, TESTER, name="Acme", fiscal_first_month=4, currency="EUR")
    sheets = dict(SHEETS)
    imported(store, {"people.csv": sheets["people.csv"], "deals.csv": sheets["deals.csv"]}, TODAY,
             columns={"Product": "ignore"}, same_people={"Annie Ruiz": "Ana Ruiz"})  # fmt: skip
    imported(store, {"calls.csv": "Rep,Date,Doors\nAnnie Ruiz,01/02/2017,3\nBo Li,02/03/2017,4"}, TODAY,
             day_order=DayOrder.DAY_FIRST)  # fmt: skip
    imported(store, {"later.csv": "Rep,Date,Doors\nBo Li,2017-06-01,4"}, TODAY)


def test_an_empty_store_takes_over_what_the_company_decided(store: Store, tmp_path: Path) -> None:
    with_decisions(store)
    other = empty_store(tmp_path, "other.db")
    imported(other, dict([given_out(store)]), TODAY)
    assert told(other) == told(store)
    assert decisions(other) == decisions(store)
    assert decisions(store).spellings == {"Annie Ruiz": "E1"}
    assert decisions(store).layouts
    assert decisions(store).answers
    assert company_of(other) == company_of(store)
    assert {name: sheet.to_csv() for name, sheet in company_sheets(other).items()} == {
        name: sheet.to_csv() for name, sheet in company_sheets(store).items()
    }
    april = Span(date(2017, 4, 1), date(2017, 5, 1))  # between two sheets of doors: nobody speaks for it
    assert [value(scene(one, TODAY), "doors", april) for one in (store, other)] == [None, None]


def test_an_undo_takes_the_decisions_back(store: Store, tmp_path: Path) -> None:
    with_decisions(store)
    other = empty_store(tmp_path, "other.db")
    with other.reading() as connection:
        before = fingerprints(connection, LOGS)
    done = imported(other, dict([given_out(store)]), TODAY)
    undo(other, done.batch or 0, TESTER)
    with other.reading() as connection:
        assert fingerprints(connection, LOGS) == before


def test_a_store_that_has_facts_keeps_its_own_decisions(store: Store, tmp_path: Path) -> None:
    with_decisions(store)
    other = empty_store(tmp_path, "other.db")
    imported(other, dict(SHEETS), TODAY)
    before = decisions(other)
    imported(other, dict([given_out(store)]), TODAY)
    assert (decisions(other).settings, decisions(other).layouts) == (before.settings, before.layouts)


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=20), max_size=4),
       st.dictionaries(st.lists(st.text(max_size=9), min_size=1, max_size=3).map(JOINT.join),
                       st.dictionaries(st.text(max_size=5), st.lists(st.text(max_size=9)))),
       st.lists(st.dates(date(1990, 1, 1), date(2090, 1, 1)), max_size=4, unique=True))  # fmt: skip
def test_decisions_survive_being_written(
    spellings: dict[str, str], answers: dict[str, dict[str, Any]], days: list[date]
) -> None:
    made = Decisions(spellings=spellings, answers=answers, spans={"calls": [Span(day, day + ONE_DAY) for day in days]})
    rows = decisions_sheet(told_as_rows(made)).set_axis(["kind", "of", "value"], axis=1)
    checked = CheckedSheet("decisions", "a.xlsx", "Decisions", (), rows, (), ())
    assert decisions_of([checked]) == made


FOLDERS = ("northwind", "fmcg_nigeria", "salesforce_exports", "b2b_martech_opsmadeez")
IN_THE_BENCH = ("adventureworks", "adventureworks_pl300", "cdnow_orders", "crm_sales_opportunities/maven_original",
                "hubspot_dummy", "pbi_regional_sales", "pipeline_excel_pivots", "sales_perf_portfolio", "superstore",
                "telecom_calls")  # fmt: skip


@pytest.mark.parametrize("folder", [*FOLDERS, *(pytest.param(one, marks=pytest.mark.bench) for one in IN_THE_BENCH)])
def test_what_real_folders_brought_makes_the_same_company(tmp_path: Path, shared_data: Path, folder: str) -> None:
    first, other = empty_store(tmp_path), empty_store(tmp_path, "other.db")
    commit(first, decided(first, sheets_of(shared_data / folder)), TESTER, REAL_TODAY)
    book = given_out(first)
    assert preview(first, [book], REAL_TODAY).changes_nothing
    commit(other, preview(other, [book], REAL_TODAY), TESTER, REAL_TODAY)
    assert told(other) == told(first)


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


def test_text_that_a_table_would_take_for_a_formula_comes_back_and_negative_numbers_stay_numbers(store: Store) -> None:
    texts = ("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "{=1}", "00123", "1E5", "TRUE", "2017-01-02")
    rows = "\n".join(f'D{at},"{text}",Won,-{at}.5,2017-01-10,2017-02-10,"{text}"' for at, text in enumerate(texts, 1))
    imported(store, {"deals.csv": f"Deal id,Account,Stage,Amount,Created on,Closed on,Note\n{rows}"}, TODAY)
    sheet = company_sheets(store)["Deals"]
    assert (sheet["Account"].tolist(), sheet["Note"].tolist()) == (list(texts), list(texts))
    name, content = given_out(store)
    cells = load_workbook(BytesIO(content))["Deals"]
    assert {cell.data_type for row in cells.iter_rows(min_row=2) for cell in row} == {"s", "n", "d"}
    plan = preview(store, [(name, content)], TODAY)
    assert (changes(plan), plan.changes_nothing) == ([], True)
    assert value(scene(store), "bookings") == -100 * 45 - 50 * 9
