"""Totals by month, by day and by slice, and what facts count on single days: all tell the same."""

from datetime import date

import pandas as pd
import pytest

from spm.calendar import Span
from spm.store import adding_up, totals
from spm.store.change_sets import writing
from spm.store.opening import Store
from spm.store.tables import DealCredit
from tests.companies import TESTER, empty_store, imported, scene

Q1 = Span(date(2024, 1, 1), date(2024, 4, 1))
DEALS = """
    Deal id,Owner,Account,Stage,Amount,Created on,Closed on,Product,Region
    1,Ana,Acme,Won,1000.01,2024-01-01,2024-01-31,Kite,North
    2,Ana,Bolt,Won,500,2024-01-01,2024-02-10,Line,
    3,Ben,Acme,Lost,200,2024-01-05,2024-02-29,Kite,South
    4,,,Won,250,2024-01-31,2024-03-31,,South
    5,Ben,Acme,Negotiation,800,2024-01-15,,Line,North
    6,Ben,Cord,Won,,2024-01-15,2024-02-29,Line,North
"""
CALLS = "Activity Type,Date,Assigned To,Region\nCall,2024-01-02,Ana,North\nMeeting,2024-01-02,Ben,South"
COUNTS = "Rep,Date,Doors\nAna,2024-01-02,40\nBen,2024-02-03,2.5\nAna,2024-02-04,20"
KEYS = ["measure", "person_id", "period", "region"]


@pytest.fixture
def store(tmp_path):  # type: ignore[no-untyped-def]
    opened = empty_store(tmp_path)
    imported(opened, {"deals.csv": DEALS, "calls.csv": CALLS, "daily.csv": COUNTS})
    with writing(opened, "edit", TESTER, ["facts"]) as open_set:
        rows = ((1, 6_667, 666_67, False), (2, 3_333, 333_34, False), (2, 5_000, 500_00, True))
        open_set.insert(DealCredit, [{"deal_id": 1, "person_id": person_id, "share_e4": share_e4,
                                      "amount_cents": cents, "is_overlay": is_overlay}
                                     for person_id, share_e4, cents, is_overlay in rows])  # fmt: skip
    yield opened
    opened.close()


def told(store: Store, by_day: bool, *attributes: str) -> dict[tuple[object, ...], int]:
    """Measure, person, period and attributes → the total in Q1."""
    at = scene(store)
    with store.reading() as connection:
        measures = sorted(totals.known_measures(connection))
    rows = adding_up.totals(store, measures, Q1, by_day, True, True, bool(attributes))
    frame = rows.plus(labels={name: at.of_slices(name, rows) for name in attributes}).frame()
    found = frame.groupby([name for name in KEYS if name in frame], dropna=False)["value_e4"].sum()
    return {tuple(None if pd.isna(key) else key for key in keys): int(value) for keys, value in found.items()}


def added(found: dict[tuple[object, ...], int], by_month: bool = False, whole: bool = False) -> dict[object, int]:
    """The same by month, or without the attribute."""
    sums: dict[object, int] = {}
    for (measure, person_id, period, *rest), value_e4 in found.items():
        month = pd.Timestamp(period).replace(day=1) if by_month else pd.Timestamp(period)
        key = (measure, person_id, month, *([] if whole else rest))
        sums[key] = sums.get(key, 0) + value_e4
    return {key: value for key, value in sums.items() if value}


def test_days_of_slices_add_up_to_days_of_the_whole(store: Store) -> None:
    by_region = told(store, True, "region")
    assert {key[0] for key in by_region} >= {"won_value", "overlay_value", "won_cycle_days", "calls", "doors",
                                             "deal_new_customers", "opportunities_opened"}  # fmt: skip
    assert added(by_region, whole=True) == added(told(store, True))


def test_days_add_up_to_months_in_every_slice(store: Store) -> None:
    assert added(told(store, True, "region"), by_month=True) == added(told(store, False, "region"))
    assert added(told(store, True), by_month=True) == added(told(store, False))


def test_a_day_of_one_slice(store: Store) -> None:
    day = Span(date(2024, 1, 31), date(2024, 2, 1))
    rows = adding_up.totals(store, ["won_value", "doors", "quota"], day, True, True, False, kept=(("region", "North"),))
    assert list(rows.frame()[["measure", "person_id", "value_e4"]].itertuples(index=False, name=None)) == [
        ("won_value", 1, 666_67_0000), ("won_value", 2, 333_34_0000),
    ]  # fmt: skip
    assert not len(adding_up.totals(store, ["quota"], day, True, True, True, kept=(("region", "North"),)))


@pytest.mark.parametrize("kept", [(), (("region", "North"),)])
def test_months_of_a_slice_are_those_of_its_people_together(store: Store, kept: tuple[tuple[str, str], ...]) -> None:
    asked = ["won_value", "won_deals", "lost_deals", "calls", "doors", "quota"]
    alone = adding_up.totals(store, asked, Q1, False, False, False, True, kept).frame()
    by_person = adding_up.totals(store, asked, Q1, False, True, True, True, kept).frame()
    together = by_person.groupby(["measure", "slice_id"])["value_e4"].sum()
    assert len(together) > 1
    assert alone.set_index(["measure", "slice_id"])["value_e4"].sort_index().to_dict() == together.to_dict()


@pytest.mark.parametrize("per_slice", [True, False])
@pytest.mark.parametrize("people", [(1,), (1, 2)])
def test_months_of_a_few_people_are_theirs_among_everybodys(
    store: Store, people: tuple[int, ...], per_slice: bool
) -> None:
    north = (("region", "North"),)
    with store.reading() as connection:
        asked = sorted(totals.known_measures(connection))
    theirs = adding_up.totals(store, asked, Q1, False, True, True, per_slice, north, people).frame()
    everybodys = adding_up.totals(store, asked, Q1, False, True, True, per_slice, north).frame()
    by = ["measure", "person_id", "period", *(["slice_id"] if per_slice else [])]
    expected = everybodys[everybodys["person_id"].isin(people)].set_index(by)["value_e4"].to_dict()
    assert {"won_value", "opportunities_opened", "calls", "deal_new_customers"} <= {key[0] for key in expected}
    assert theirs.set_index(by)["value_e4"].to_dict() == expected


def test_slices_without_any_fact_have_no_months(store: Store) -> None:
    assert not len(adding_up.totals(store, ["quota"], Q1, False, False, False, True))
