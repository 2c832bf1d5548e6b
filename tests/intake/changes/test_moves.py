"""What a preview says will move is what has moved after the commit, in every sum and ratio, by rep and by month."""

from datetime import date
from pathlib import Path
from textwrap import dedent

import pandas as pd
import pytest

from spm.intake.actions import commit
from spm.intake.changes.gone import WholeTruth
from spm.intake.changes.moves import Moves
from spm.intake.changes.queries import moves
from spm.intake.changes.told import moved_people, moved_rows
from spm.intake.choices import NO_CHOICES, Choices
from spm.intake.queries import preview
from spm.metrics.queries import answers, scene_of
from spm.metrics.registry import Nature
from spm.metrics.scene import Scene
from spm.store.opening import Store
from tests.companies import TESTER, empty_store

TODAY = date(2026, 6, 30)
OF_A_YEAR = {"retention", "customer_lifetime_value"}  # up to a day, as what stands on one
PEOPLE = """
    Employee ID,Name,Title,Team,Manager
    E1,Ana Ruiz,Account Executive,North,Max Boss
    E2,Bo Li,Account Executive,South,Max Boss
    E4,Max Boss,Sales Manager,,
"""
DEALS = """
    Opportunity ID,Owner,Account,Stage,Amount,Created,Close Date
    D1,Ana Ruiz,Acme,Won,1000,2026-01-10,2026-02-10
    D2,Ana Ruiz,Bolt,Won,500.55,2026-01-11,2026-02-11
    D3,Bo Li,Corp,Lost,300,2026-02-01,2026-03-11
    D4,Bo Li,Dash,Open,2000,2026-03-01,
"""
LATER_DEALS = """
    Opportunity ID,Owner,Account,Stage,Amount,Created,Close Date
    D2,Bo Li,Bolt,Won,700,2026-01-11,2026-03-11
    D3,Bo Li,Corp,Won,300,2026-02-01,2026-03-11
    D4,Bo Li,Dash,Won,2000,2026-03-01,2026-04-02
    D5,Cy Dee,Acme,Open,80,2026-04-01,
"""
SPLITS = """
    Opportunity ID,Split Owner,Split Percentage,Split Type
    D1,Ana Ruiz,60 %,Revenue
    D1,Bo Li,40 %,Revenue
    D1,Max Boss,50 %,Overlay
"""
DEARER = """
    Opportunity ID,Owner,Account,Stage,Amount,Created,Close Date
    D1,Ana Ruiz,Acme,Won,1333.33,2026-01-10,2026-02-10
"""
OTHER_SPLITS = """
    Opportunity ID,Split Owner,Split Percentage,Split Type
    D1,Ana Ruiz,50 %,Revenue
    D1,Cy Dee,50 %,Revenue
"""
ORDERS = """
    Order ID,Order Date,Sales Rep,Customer,Total
    O1,2026-01-05,Ana Ruiz,Acme,100
    O2,2026-01-06,Bo Li,Bolt,50
"""
LINES = """
    Order ID,Line,Order Date,Sales Rep,Product,Quantity,Unit Price,Line Total
    O2,1,2026-01-06,Bo Li,Box,1,20,20
    O2,2,2026-01-06,Bo Li,Jar,1,30,30
    O3,1,2026-02-06,Ana Ruiz,Jar,2,30,60
"""
CALLS = """
    Activity Type,Date,Assigned To
    Call,2026-02-01,Ana Ruiz
    Call,2026-02-02,Ana Ruiz
    Meeting,2026-02-02,Bo Li
"""
COUNTS = """
    Rep,Date,Doors,Demos
    Ana Ruiz,2026-03-02,31.5,2
    Dee Doe,2026-03-02,12,0
"""
QUOTAS = """
    Sales Rep,Quota,Start Date,End Date
    Ana Ruiz,900,2026-01-01,2026-03-31
    Bo Li,2100.01,2026-04-01,2026-06-30
"""
LATER_QUOTAS = """
    Sales Rep,Quota,Start Date,End Date
    Ana Ruiz,950,2026-01-01,2026-03-31
    Cy Dee,100,2026-04-01,2026-06-30
"""
SURVEYS = """
    Survey ID,Answered on,Owner,Score
    S1,2026-03-01,Ana Ruiz,4
    S2,2026-03-02,Bo Li,5
"""
LEADS = """
    Lead ID,Name,Owner,Created on,Lead status,Converted date
    L1,Ada,Ana Ruiz,2026-01-02,Converted,2026-01-20
    L2,Ben,Bo Li,2026-01-03,New,
"""
COSTS = """
    Date,Category,Amount,Owner
    2026-01-31,Travel,120.50,Ana Ruiz
    2026-02-28,Adverts,80,
"""
SEQUENCES = {
    "from nothing": [{"people.csv": PEOPLE, "deals.csv": DEALS, "quotas.csv": QUOTAS}],
    "people whom no one knows": [{"deals.csv": DEALS, "counts.csv": COUNTS}],
    "deals that change hands, day and state": [{"people.csv": PEOPLE, "deals.csv": DEALS}, {"deals.csv": LATER_DEALS}],
    "shared deals": [{"deals.csv": DEALS}, {"splits.csv": SPLITS}, {"deals.csv": DEARER}, {"splits.csv": OTHER_SPLITS}],
    "deals and who shares them at once": [{"deals.csv": DEALS, "splits.csv": SPLITS}, {"deals.csv": LATER_DEALS}],
    "orders, then their lines": [{"orders.csv": ORDERS}, {"order lines.csv": LINES}],
    "orders, then deals": [{"orders.csv": ORDERS, "people.csv": PEOPLE}, {"deals.csv": DEALS}],
    "quotas after deals, then others": [{"deals.csv": DEALS}, {"quotas.csv": QUOTAS}, {"quotas.csv": LATER_QUOTAS}],
    "what comes before results": [{"calls.csv": CALLS}, {"daily counts.csv": COUNTS, "leads.csv": LEADS}],
    "answers and costs": [{"deals.csv": DEALS}, {"surveys.csv": SURVEYS, "costs.csv": COSTS}],
}  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path)


@pytest.mark.parametrize("name", SEQUENCES)
def test_what_is_said_to_move_has_moved_after_the_commit(name: str, store: Store) -> None:
    for sheets in SEQUENCES[name]:
        _assert_moves_as_told(store, sheets)


def test_what_is_gone_moves_too(store: Store) -> None:
    _assert_moves_as_told(store, {"deals.csv": DEALS, "splits.csv": SPLITS})
    _assert_moves_as_told(store, {"deals.csv": LATER_DEALS}, Choices(whole_truth=WholeTruth.SHEET, confirms_gone=True))


def test_the_same_again_moves_nothing(store: Store) -> None:
    _assert_moves_as_told(store, {"deals.csv": DEALS})
    told = moves(store, preview(store, _files({"deals.csv": DEALS}), TODAY), TODAY)
    assert told.span is None
    assert not told.metrics


def test_customers_are_those_of_their_months_in_whatever_order_they_are_stored(store: Store) -> None:
    bought = {"Acme": "2026-04-20", "Bolt": "2026-03-11", "Corp": "2026-02-10", "Zulu": "2026-01-05"}
    rows = [f"D{at},Ana Ruiz,{account},Won,100,2026-01-01,{day}" for at, (account, day) in enumerate(bought.items())]
    head = "Opportunity ID,Owner,Account,Stage,Amount,Created,Close Date"
    _assert_moves_as_told(store, {"deals.csv": "\n".join([head, *rows])})
    _assert_moves_as_told(store, {"deals.csv": f"{head}\nD9,Bo Li,Dash,Won,100,2026-01-01,2026-03-20"})


def test_by_how_much_is_said_by_rep_and_by_month(store: Store) -> None:
    _assert_moves_as_told(store, {"people.csv": PEOPLE, "deals.csv": DEALS})
    told = moves(store, preview(store, _files({"deals.csv": LATER_DEALS}), TODAY), TODAY)

    def said(frame: pd.DataFrame, metric: str, by: str) -> dict[str, tuple[float, float]]:
        rows = frame[frame["metric"] == metric]
        return {
            row[by]: (None if pd.isna(row["before"]) else row["before"], row["after"])
            for row in rows.to_dict("records")
        }

    assert said(told.in_all, "bookings", "metric") == {"bookings": (150_055, 400_000)}
    assert said(told.by_rep, "bookings", "rep") == {"Ana Ruiz": (150_055, 100_000), "Bo Li": (0, 300_000)}
    months = said(told.by_month, "bookings", "month")
    assert months == {"2026-02": (150_055, 100_000), "2026-03": (0, 100_000), "2026-04": (None, 200_000)}
    assert said(told.in_all, "win_rate", "metric") == {"win_rate": (2 / 3, 1.0)}
    assert said(told.by_rep, "win_rate", "rep") == {"Bo Li": (0.0, 1.0)}
    cycles = said(told.in_all, "median_sales_cycle", "metric")  # of 31 and 31 days, then of 31, 32, 38 and 59
    assert cycles == {"median_sales_cycle": (31.0, 35.0)}
    assert said(told.by_rep, "customers", "rep") == {"Ana Ruiz": (2, 1), "Bo Li": (0, 3)}
    months = said(told.by_month, "new_customers", "month")  # Bolt came in February, and does so in March now
    assert months == {"2026-02": (2, 1), "2026-03": (0, 2), "2026-04": (None, 1)}


def test_a_change_from_nothing_is_told_of_sums_and_counts_only(store: Store) -> None:
    told = moves(store, preview(store, _files({"deals.csv": DEALS}), TODAY), TODAY)
    changes = moved_rows(told, "USD").set_index("metric")["change"]
    assert changes[["Bookings", "Customers", "Win rate", "Median sales cycle"]].tolist() == ["+$1,500.55", "+2", "", ""]
    assert moved_people(told, "customers")[["rep", "change"]].values.tolist() == [["Ana Ruiz", 2]]
    assert moved_people(told, "win_rate")["change"].isna().all()


def _files(sheets: dict[str, str]) -> list[tuple[str, bytes]]:
    return [(name, dedent(text).strip().encode()) for name, text in sheets.items()]


def _assert_moves_as_told(store: Store, sheets: dict[str, str], choices: Choices = NO_CHOICES) -> None:
    plan = preview(store, _files(sheets), TODAY, choices)
    told = moves(store, plan, TODAY)
    assert told.span is not None
    frames = {(): told.in_all, ("rep",): told.by_rep, ("month",): told.by_month}
    then = {by: _answered(scene_of(store, TODAY), by, told) for by in frames}
    commit(store, plan, TESTER, TODAY)
    for by, frame in frames.items():
        now = _answered(scene_of(store, TODAY), by, told)
        said = {
            (row["metric"], *(row[name] for name in by)): (row["before"], row["after"])
            for row in frame.to_dict("records")
        }
        for key in {*then[by], *now}:
            was, becomes = then[by].get(key), now.get(key)
            if (was or 0) == (becomes or 0) and key not in said:
                continue
            assert tuple(None if pd.isna(number) else number for number in said[key]) == (was, becomes), key


def _answered(scene: Scene, by: tuple[str, ...], told: Moves) -> dict[tuple[str, ...], float | None]:
    keys = [key for key, one in scene.metrics.items() if one.nature is not Nature.STOCK and key not in OF_A_YEAR]
    return {
        (key, *(row[name] for name in by)): None if pd.isna(row["value"]) else row["value"]
        for key, frame in answers(scene, keys, by, span=told.span).items()
        for row in frame.to_dict("records")
    }
