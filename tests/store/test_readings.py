"""What pages read, the same from either database."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from spm.calendar import Span
from spm.metrics.queries import Question, Scene, scene_of, value, values
from spm.store import adding_up, reading
from spm.store.opening import Store
from tests.companies import empty_store, imported

TODAY = date(2024, 3, 31)
Q1 = Span(date(2024, 1, 1), date(2024, 4, 1))
DEALS = """
    Deal id,Owner,Account,Stage,Amount,Created on,Closed on,Expected close date,Product
    1,Ana,Acme,Won,1000,2024-01-01,2024-01-31,,Kite
    2,Ana,Bolt,Won,500,2024-01-01,2024-02-10,,Line
    3,Ben,Acme,Lost,200,2024-01-05,2024-02-29,,Kite
    4,Ben,,Won,250,2023-12-01,2024-03-31,,Kite
    5,Ben,Acme,Negotiation,800,2024-01-15,,2024-03-20,Line
"""
COUNTS = "Rep,Date,Doors\nAna,2024-01-02,40\nBen,2024-02-03,2.5\nAna,2024-02-04,20"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = empty_store(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def scene(store: Store) -> Scene:
    imported(store, {"deals.csv": DEALS, "daily.csv": COUNTS})
    return scene_of(store, TODAY, TODAY)


def by(scene: Scene, key: str, *names: str, **where: str) -> list[tuple[object, ...]]:
    frame = values(scene, Question(key, names, tuple(where.items()), Q1))
    return list(frame[[*names, "value"]].itertuples(index=False, name=None))


def test_totals_by_month_by_day_and_by_slice(scene: Scene) -> None:
    assert by(scene, "bookings", "rep") == [("Ana", 1500_00), ("Ben", 250_00)]
    assert by(scene, "bookings", "product", "month", product="Kite") == [
        ("Kite", "2024-01", 1000_00), ("Kite", "2024-03", 250_00),
    ]  # fmt: skip
    assert by(scene, "doors", "week", rep="Ben")[4] == ("2024-W05", 2.5)
    assert value(scene, "bookings", Span(date(2024, 1, 31), date(2024, 2, 11))) == 1500_00


def test_what_no_totals_answer(scene: Scene) -> None:
    assert by(scene, "open_pipeline", "rep") == [("Ben", 800_00)]
    assert by(scene, "open_pipeline", "rep", product="Kite") == []
    assert by(scene, "median_sales_cycle", "rep") == [("Ana", 35), ("Ben", 121)]
    assert by(scene, "customers", "rep") == [("Ana", 2), ("Ben", 0)]
    assert value(scene, "new_customers", Q1) == 2


def test_days_with_facts_and_values_of_columns(scene: Scene) -> None:
    assert reading.fact_days(scene.store) == [
        date(2024, 1, 2), date(2024, 1, 31), date(2024, 2, 3), date(2024, 2, 4), date(2024, 2, 10), date(2024, 2, 29),
        date(2024, 3, 31),
    ]  # fmt: skip
    assert adding_up.values_within(scene.store, "won_deals", "product") == ["Kite", "Line"]
    assert adding_up.values_within(scene.store, "lost_deals", "product") == ["Kite"]
    assert adding_up.values_within(scene.store, "doors", "product") == []
