"""An order that is cancelled is none: not in the count, not in the mean, nobody's first purchase; also where it was one."""

from pathlib import Path

import pytest

from spm.intake.actions import undo
from spm.metrics.queries import value
from spm.store.opening import Store
from tests.companies import TESTER, empty_store, imported, scene

HEADER = "Order ID,Order Date,Customer,Sales Rep,Status,Amount"
AS_ORDERED = f"{HEADER}\n1,2026-01-05,Acme,Ana Ruiz,Completed,500\n2,2026-02-06,Zeta,Ana Ruiz,Open,300"
CANCELLED = f"{HEADER}\n1,2026-01-05,Acme,Ana Ruiz,Completed,500\n2,2026-02-06,Zeta,Ana Ruiz,Cancelled,300"
NUMBERS = ("bookings", "orders", "average_order_value", "new_customers")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path)


def numbers(store: Store) -> list[float | None]:
    return [value(scene(store), metric) for metric in NUMBERS]


def test_a_cancelled_order_is_counted_nowhere(store: Store) -> None:
    imported(store, {"orders.csv": CANCELLED})
    assert numbers(store) == [50_000, 1, 50_000, 1]


def test_an_order_that_is_cancelled_later_counts_no_more_and_again_after_the_undo(store: Store) -> None:
    imported(store, {"orders.csv": AS_ORDERED})
    assert numbers(store) == [80_000, 2, 40_000, 2]
    later = imported(store, {"orders.csv": CANCELLED})
    assert numbers(store) == [50_000, 1, 50_000, 1]
    undo(store, later.batch or 0, TESTER)
    assert numbers(store) == [80_000, 2, 40_000, 2]


def test_a_credit_note_takes_its_amount_away_and_is_no_order(store: Store) -> None:
    header = HEADER.replace("Status", "Document Type")
    imported(
        store,
        {"orders.csv": f"{header}\n1,2026-01-05,Acme,Ana,Invoice,500\n2,2026-01-06,Zeta,Ana,Credit note,100"},
    )
    assert numbers(store) == [40_000, 1, 40_000, 1]
