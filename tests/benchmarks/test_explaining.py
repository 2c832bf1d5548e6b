"""What explains the bookings of a small company, by hand."""

from datetime import date
from pathlib import Path

import pytest

from spm.benchmarks.decomposition import Change
from spm.benchmarks.explaining.queries import (
    against_peers,
    attributes_told_apart,
    breakdown,
    change_by_factor,
    change_by_group,
    change_by_mix,
    compared_periods,
    earlier_periods,
    effort,
    effort_dimensions,
)
from spm.calendar import FiscalCalendar, typed_range
from spm.metrics.actions import mark_filters
from spm.metrics.queries import Scene
from tests.companies import TESTER, empty_store, imported, scene

CALENDAR = FiscalCalendar()
BEFORE, NOW = CALENDAR.period("2024-Q1"), CALENDAR.period("2024-Q2")
PEOPLE = """
    Employee ID,Name,Title,Team,Hire Date
    E1,Ana,Sales Representative,North,2020-01-01
    E2,Bo,Sales Representative,South,2020-01-01
"""
DEALS = """
    Deal id,Owner,Stage,Segment,Amount,Created on,Closed on
    1,Ana,Closed Won,Large,1000,2024-01-01,2024-01-01
    2,Ana,Closed Lost,Small,100,2024-01-02,2024-02-01
    3,Bo,Closed Won,Small,200,2024-01-02,2024-03-01
    4,Ana,Closed Won,Large,1500,2024-01-02,2024-04-01
    5,Bo,Closed Won,Small,300,2024-01-02,2024-05-01
    6,Bo,Closed Lost,Small,300,2024-01-02,2024-06-30
    7,Bo,Closed Lost,Small,300,2024-01-02,2024-06-30
"""
CALLS = """
    Activity Type,Date,Assigned To
    Call,2024-04-02,Ana
    Call,2024-05-02,Bo
    Call,2024-05-03,Bo
    Call,2024-06-30,Bo
"""

COSTS = """
    Date,Category,Amount,Rep,Segment,Lead source
    2024-04-30,Travel,40,Ana,Large,Fair
    2024-05-01,Ads,60,,Large,Web
    2024-06-30,Ads,150,Bo,Small,Fair
    2024-07-01,Ads,999,Bo,Small,Fair
"""

ORDERS = """
    Order ID,Sales Rep,Order Date,Total
    1,Ana,2024-01-01,100
    2,Bo,2024-03-31,150
    3,Ana,2024-04-01,600
    4,Bo,2024-06-30,500
"""
LINES = """
    Order ID,Line,Product,Quantity,Line Total
    1,1,Box,1,100
    2,1,Kite,1,150
    3,1,Kite,1,400
    3,2,Jar,1,200
    4,1,Jar,2,500
"""


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    store = empty_store(tmp_path_factory.mktemp("explaining"))
    imported(store, {"people.csv": PEOPLE, "deals.csv": DEALS, "calls.csv": CALLS})
    mark_filters(store, TESTER, ["segment"])
    return scene(store)


def parts(change: Change | None) -> dict[str, float]:
    assert change is not None
    assert sum(part.amount_cents for part in change.parts) == change.after_cents - change.before_cents
    return {part.name: float(part.amount_cents) for part in change.parts}


def test_only_periods_that_are_wholly_covered_are_held_against(company: Scene) -> None:
    assert compared_periods(company, NOW) == [BEFORE]
    assert earlier_periods(company, NOW) == [BEFORE]
    assert earlier_periods(company, BEFORE) == []
    months = [CALENDAR.period(label) for label in ("2024-05", "2024-04", "2024-03", "2024-02", "2024-01")]
    assert earlier_periods(company, CALENDAR.period("2024-06")) == months  # any of them, the latest first
    assert earlier_periods(company, typed_range(date(2024, 6, 1), date(2024, 6, 2))) == [
        typed_range(date(2024, 5, 30), date(2024, 5, 31))  # of typed days as many just before, and no others
    ]


def test_by_factor(company: Scene) -> None:
    # 3 × 2/3 × 600 = 1,200 to 4 × 1/2 × 900 = 1,800
    found = change_by_factor(company, NOW, BEFORE, {})
    # Closed deals: 1 × (2 × 400 + 600 + 300 + 2 × 450) ÷ 6, and the others likewise.
    assert parts(found) == pytest.approx(
        {"Closed deals": 26_000_00 / 60, "Win rate": -26_500_00 / 60, "Average deal": 36_500_00 / 60}
    )


def test_by_member_and_by_mix(company: Scene) -> None:
    assert parts(change_by_group(company, NOW, BEFORE, {})) == {"Ana": 500_00, "Bo": 100_00}
    assert attributes_told_apart(company, NOW) == ["segment"]
    assert set(parts(change_by_mix(company, NOW, BEFORE, {}, "segment"))) == {
        "How many closed",
        "Mix",
        "Worth of a closed one",
    }


def test_a_rep_against_the_peers(company: Scene) -> None:
    found = against_peers(company, "Ana", NOW)
    assert found is not None
    assert found.peers.reps == ("Bo",)
    assert (found.change.before_cents, found.change.after_cents) == (300_00, 1500_00)
    parts(found.change)
    assert against_peers(company, "Nobody", NOW) is None


def test_a_breakdown_adds_up_and_keeps_what_is_gone(company: Scene) -> None:
    found = breakdown(company, "segment", NOW, {})
    assert found.against == BEFORE
    assert found.frame[["name", "value", "before"]].values.tolist() == [
        ["Large", 1500_00, 1000_00],
        ["Small", 300_00, 200_00],
    ]
    assert found.frame["win_rate"].tolist() == [1.0, pytest.approx(1 / 3)]


def test_effort_against_what_came_of_it(company: Scene) -> None:
    assert effort_dimensions(company, NOW) == ["team", "rep"]  # calls carry no segment
    found = effort(company, "rep", NOW, {}).set_index("name")
    assert found["activities"].to_dict() == {"Bo": 3, "Ana": 1}
    assert found.loc["Bo", "per_activity"] == 100_00
    assert found["activities_each"].to_dict() == {"Bo": 3, "Ana": 1}  # each won a deal
    assert found["costs"].isna().all()


def test_money_by_segment_and_by_source_is_told_apart(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    imported(store, {"people.csv": PEOPLE, "deals.csv": DEALS, "costs.csv": COSTS})
    company = scene(store)
    assert effort_dimensions(company, NOW) == ["segment", "team", "rep"]  # no deal says its source
    found = effort(company, "segment", NOW, {}).set_index("name")
    assert found["costs"].to_dict() == {"Small": 150_00, "Large": 100_00}  # the cost of 1 July is another quarter's
    assert found["costs_share"].to_dict() == {"Small": 0.6, "Large": 0.4}
    assert found["per_cost"].to_dict() == {"Small": 2.0, "Large": 15.0}
    assert found["costs_each"].to_dict() == {"Small": 150_00, "Large": 100_00}  # a won deal of each
    by_source = effort(company, "source", NOW, {}).set_index("name")["costs"].to_dict()
    assert by_source == {"Fair": 190_00, "Web": 60_00, "Not said": 0}


def test_orders_of_several_products_are_split_by_what_each_brought(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    imported(store, {"orders.csv": ORDERS, "lines.csv": LINES})
    company = scene(store)
    assert attributes_told_apart(company, NOW) == ["product"]
    by_product = breakdown(company, "product", NOW, {}).frame
    assert by_product["name"].tolist() == ["Jar", "Kite", "Box"]  # the two orders themselves have no product
    assert by_product["closed"].isna().all()  # how many orders is not told by product
    assert parts(change_by_group(company, NOW, BEFORE, {}, "product")) == {
        "Jar": 700_00,
        "Kite": 250_00,
        "Box": -100_00,
    }
    assert change_by_mix(company, NOW, BEFORE, {}, "product") is None  # order 3 is one of neither
