"""Orders and their lines are one fact, in whatever order they come."""

from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import select

from spm.intake.model import Severity
from spm.intake.resolving.orders import headers_from_lines, shared_amounts
from spm.metrics.queries import Question, value, values
from spm.store.opening import Store
from spm.store.tables import Order, OrderLine
from tests.companies import empty_store, imported, scene

HEADERS = """
    Order ID,Order date,Sales rep,Customer,Amount
    SO1,2017-01-05,Ana,Acme,100.00
    SO2,2017-01-20,Bo,Zeta,30.00
"""
LINES = """
    Order ID,Line no,Order date,Sales rep,Product,Quantity,Line total
    SO1,1,2017-01-05,Ana,Box,3,60.00
    SO1,2,2017-01-05,Ana,Jar,1,40.00
    SO2,1,2017-01-20,Bo,Box,1,30.00
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path)


def orders(store: Store) -> list[tuple[object, ...]]:
    asked = select(Order.key, Order.amount_cents, Order.has_header, Order.has_lines).order_by(Order.key)
    with store.reading() as connection:
        return [tuple(row) for row in connection.execute(asked)]


def lines(store: Store) -> dict[str, float]:
    """Each line's share of its order, in major units."""
    with store.reading() as connection:
        rows = connection.execute(select(OrderLine.key, OrderLine.amount_e4).order_by(OrderLine.key)).all()
    return {key: amount_e4 / 1_000_000 for key, amount_e4 in rows}


def bookings(store: Store) -> float | None:
    return value(scene(store), "bookings")


BOTH = [("SO1", 10_000, True, True), ("SO2", 3_000, True, True)]


@pytest.mark.parametrize(
    "uploads",
    [
        [{"orders.csv": HEADERS, "lines.csv": LINES}],
        [{"lines.csv": LINES, "orders.csv": HEADERS}],
        [{"orders.csv": HEADERS}, {"lines.csv": LINES}],
        [{"lines.csv": LINES}, {"orders.csv": HEADERS}],
    ],
    ids=["together", "together, lines first", "headers then lines", "lines then headers"],
)
def test_an_order_and_its_lines_count_once(store: Store, uploads: list[dict[str, str | bytes]]) -> None:
    for sheets in uploads:
        imported(store, sheets)
    assert orders(store) == BOTH
    assert lines(store) == {"SO1#1": 60.0, "SO1#2": 40.0, "SO2#1": 30.0}
    assert bookings(store) == 13_000
    for sheets in uploads:
        assert imported(store, sheets).batch is None


def test_lines_alone_make_orders_of_their_sums(store: Store) -> None:
    imported(store, {"lines.csv": LINES})
    assert orders(store) == [("SO1", 10_000, False, True), ("SO2", 3_000, False, True)]
    assert bookings(store) == 13_000
    by_rep = values(scene(store), Question("bookings", ("rep",)))
    assert dict(zip(by_rep["rep"], by_rep["value"], strict=True)) == {"Ana": 10_000, "Bo": 3_000}


def test_another_line_of_an_order_adds_to_it(store: Store) -> None:
    imported(store, {"lines.csv": LINES})
    imported(store, {"more.csv": """
        Order ID,Line no,Order date,Sales rep,Product,Quantity,Line total
        SO1,3,2017-01-05,Ana,Box,1,5.00
        SO3,1,2017-01-06,Ana,Box,1,0.50
        SO3,2,2017-01-06,Ana,Jar,1,0.50
    """})  # fmt: skip
    assert orders(store) == [
        ("SO1", 10_500, False, True),
        ("SO2", 3_000, False, True),
        ("SO3", 100, False, True),
    ]
    assert bookings(store) == 13_600


def test_the_headers_amount_counts_and_a_difference_is_told(store: Store) -> None:
    committed = imported(store, {"lines.csv": LINES, "orders.csv": HEADERS.replace("100.00", "110.00")})
    assert lines(store) == {"SO1#1": 66.0, "SO1#2": 44.0, "SO2#1": 30.0}
    notes = [issue for sheet in committed.preview.sheets for issue in sheet.issues]
    assert [(note.message, note.found, note.expected) for note in notes if "header" in note.message] == [
        ("order SO1: the header’s amount counts, its lines add up to another", "$100.00", "$110.00")
    ]


def test_lines_of_a_known_order_that_come_apart_share_its_amount_once(store: Store) -> None:
    imported(store, {"orders.csv": HEADERS})
    first, second = (
        LINES.replace("\n    SO1,2,2017-01-05,Ana,Jar,1,40.00", ""),
        """
        Order ID,Line no,Order date,Sales rep,Product,Quantity,Line total
        SO1,2,2017-01-05,Ana,Jar,1,40.00
    """,
    )
    columns = {"Order ID": "key"}
    imported(store, {"first.csv": first}, layout="order_lines", columns=columns)
    assert lines(store) == {"SO1#1": 100.0, "SO2#1": 30.0}
    imported(store, {"second.csv": second}, layout="order_lines", columns=columns)
    assert lines(store) == {"SO1#1": 60.0, "SO1#2": 40.0, "SO2#1": 30.0}


def test_a_line_takes_its_day_and_owner_from_the_header_and_is_refused_without_any(store: Store) -> None:
    undated = """
        Order ID,Line no,Product,Quantity,Line total
        SO1,1,Box,3,60.00
        SO1,2,Jar,1,40.00
        SO9,1,Box,1,1.00
    """
    committed = imported(store, {"lines.csv": undated, "orders.csv": HEADERS})
    (sheet,) = (sheet for sheet in committed.preview.sheets if sheet.source.file_name == "lines.csv")
    assert (sheet.new_count, sheet.refused_count) == (2, 1)
    with store.reading() as connection:
        owned = connection.execute(select(OrderLine.key, OrderLine.person_id, OrderLine.ordered_on)).all()
        header = connection.execute(select(Order.person_id, Order.ordered_on).where(Order.key == "SO1")).one()
    assert {tuple(row[1:]) for row in owned} == {tuple(header)}


PLAIN_HEADERS = """
    Order ID,Order date,Sales rep,Customer
    SO1,2017-01-05,Ana,Acme
    SO2,2017-01-20,Bo,Zeta
"""
PLAIN_LINES = """
    Order ID,Line no,Product,Quantity,Line total
    SO1,1,Box,3,60.00
    SO1,2,Jar,1,40.00
    SO2,1,Box,1,30.00
"""


def test_an_order_that_states_no_amount_is_the_sum_of_its_lines(store: Store) -> None:
    sheets = {"orders.csv": PLAIN_HEADERS, "lines.csv": PLAIN_LINES}
    imported(store, sheets)
    assert orders(store) == [("SO1", 10_000, False, True), ("SO2", 3_000, False, True)]
    by_rep = values(scene(store), Question("bookings", ("rep",)))
    assert dict(zip(by_rep["rep"], by_rep["value"], strict=True)) == {"Ana": 10_000, "Bo": 3_000}
    assert imported(store, sheets).batch is None
    imported(store, {"lines.csv": PLAIN_LINES.replace("40.00", "50.00")})
    by_rep = values(scene(store), Question("bookings", ("rep",)))
    assert dict(zip(by_rep["rep"], by_rep["value"], strict=True)) == {"Ana": 11_000, "Bo": 3_000}


def test_an_order_of_which_nothing_says_the_amount_is_refused(store: Store) -> None:
    (sheet,) = imported(store, {"orders.csv": PLAIN_HEADERS}).preview.sheets
    assert (sheet.new_count, sheet.refused_count) == (0, 2)
    refused = [issue for issue in sheet.issues if issue.severity is Severity.REFUSED]
    assert [issue.row for issue in refused] == [2, 3]
    assert "neither this order nor a line of it says one" in refused[0].message


def frame(*rows: tuple[str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["order_key", "stated_e4"])


def test_shares_add_up_to_the_header_exactly() -> None:
    rounding = frame(("A", 333_333), ("A", 333_333), ("A", 333_333))
    assert shared_amounts(rounding, {"A": 100}).tolist() == [333_334, 333_333, 333_333]
    spread = frame(("A", 1_000_000), ("A", 2_000_000))
    assert shared_amounts(spread, {"A": 600}).tolist() == [2_000_000, 4_000_000]
    credit = frame(("A", 5_000_000), ("A", -1_000_000))
    assert shared_amounts(credit, {"A": 500}).tolist() == [6_000_000, -1_000_000]
    unknown = frame(("B", 123))
    assert shared_amounts(unknown, {"A": 1}).tolist() == [123]


def test_a_header_made_of_lines_is_their_sum_rounded_once() -> None:
    made = headers_from_lines(frame(("A", 4_999), ("A", 1), ("B", -5_000)))
    assert made[["key", "amount_cents"]].values.tolist() == [["A", 1], ["B", -1]]
