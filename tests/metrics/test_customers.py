"""Customers, and what is worked out of them, of a company small enough to count by hand."""

from datetime import date
from pathlib import Path

import pytest

from spm.calendar import FiscalCalendar, Span
from spm.company.actions import change_settings
from spm.intake.actions import undo
from spm.metrics.glossary import lack
from spm.metrics.queries import Question, Scene, rows_behind, value, values
from spm.store.change_sets import writing
from spm.store.opening import Store
from spm.store.tables import Cost, CoveredSpan, Survey
from tests.companies import TESTER, empty_store, imported, scene

CALENDAR = FiscalCalendar()
TODAY = date(2024, 12, 31)
DEALS = """
    Deal id,Owner,Account,Stage,Amount,Created on,Closed on,Product
    1,Ana,Acme,Won,100,2022-12-01,2023-01-10,Kite
    2,Ana,Bolt,Won,200,2023-01-01,2023-02-10,Kite
    3,Ben,Cord,Won,300,2023-01-01,2023-12-31,Line
    4,Ben,Acme,Won,400,2024-01-01,2024-02-10,Kite
    5,Ana,Acme,Won,500,2024-01-01,2024-03-10,Line
    6,Ana,Dove,Won,600,2024-01-01,2024-03-11,Line
    7,Ben,Bolt,Lost,700,2024-01-01,2024-03-11,Line
    8,Ben,,Won,800,2024-01-01,2024-12-30,Kite
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    opened = empty_store(tmp_path_factory.mktemp("customers"))
    imported(opened, {"deals.csv": DEALS})
    return opened


@pytest.fixture(scope="module")
def company(store: Store) -> Scene:
    return scene(store, TODAY)


def by(scene: Scene, key: str, name: str, period: str) -> dict[str, float]:
    frame = values(scene, Question(key, (name,), span=CALENDAR.period(period)))
    return dict(zip(frame[name], frame["value"], strict=True))


def test_a_customer_counts_once_however_often_they_buy(company: Scene) -> None:
    assert (
        value(company, "customers", CALENDAR.period("2024")) == 2
    )  # Acme and Dove; of deal 8 no sheet says who bought
    assert by(company, "customers", "rep", "2024") == {"Ana": 2, "Ben": 1}  # Acme bought from both
    assert by(company, "customers", "quarter", "2024") == {"2024-Q1": 2, "2024-Q2": 0, "2024-Q3": 0, "2024-Q4": 0}
    assert by(company, "customers", "product", "2024") == {"Kite": 1, "Line": 2}
    assert value(company, "customers", CALENDAR.period("2024"), product="Kite") == 1


def test_a_customer_is_new_once(company: Scene) -> None:
    assert by(company, "new_customers", "year", "2023-01-01..2024-12-31") == {"2023": 3, "2024": 1}
    assert by(company, "new_customers", "rep", "2023") == {"Ana": 2, "Ben": 1}
    (rows,) = rows_behind(company, "new_customers", CALENDAR.period("2024"), {}).values()
    assert rows[["key", "owner", "file_name", "source_row"]].to_numpy().tolist() == [["6", "Ana", "deals.csv", 7]]


def test_who_bought_again_within_a_year_was_retained(company: Scene) -> None:
    frame = values(company, Question("retention", span=CALENDAR.period("2024")))
    assert frame[["numerator", "denominator", "value"]].to_numpy().tolist() == [[1, 3, 1 / 3]]
    assert by(company, "retention", "rep", "2024") == {"Ana": 1 / 2, "Ben": 0}  # Acme came back, to Ben first
    assert value(company, "retention", CALENDAR.period("2024"), product="Kite") == 1 / 2


def test_it_is_too_early_for_retention_before_two_years_are_known(company: Scene) -> None:
    period = CALENDAR.period("2024-Q3")
    assert value(company, "retention", period) is None
    assert lack(company.metric("retention"), company) == "too early: the sheets must reach back over 24 months"


def test_lifetime_value_takes_the_margin_of_the_settings(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    imported(store, {"deals.csv": DEALS})
    year = CALENDAR.period("2024")
    without = scene(store, TODAY)
    assert value(without, "customer_lifetime_value", year) is None
    assert lack(without.metric("customer_lifetime_value"), without).startswith(
        "no gross margin: set one under Settings"
    )
    change_settings(store, TESTER, gross_margin_share=0.5)
    # 2,300 booked by 2 customers is 1,150 a customer; half of it stays; two of three leave each year
    assert value(scene(store, TODAY), "customer_lifetime_value", year) == pytest.approx(1150_00 * 0.5 / (2 / 3))
    told = lack(without.metric("customer_lifetime_value"), scene(store, TODAY))
    assert told == "too early for retention, or nobody has left"
    store.close()


def test_cost_of_a_new_customer_and_satisfaction_come_from_their_sheets(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    imported(store, {"deals.csv": DEALS})
    year, span = CALENDAR.period("2023"), Span(date(2023, 1, 1), date(2024, 1, 1))
    with writing(store, "edit", TESTER, ["facts"]) as open_set:
        open_set.insert(
            Cost,
            [{"key": str(at), "spent_on": date(2023, at, 1), "amount_cents": 450_00, "slice_id": 1} for at in (1, 2)],
        )
        answer = {"answered_on": date(2023, 3, 1), "person_id": 1, "slice_id": 1}
        open_set.insert(Survey, [{"key": str(score), "score": score, **answer} for score in (0.75, 1.0, 0.6)])
        open_set.insert(CoveredSpan, [{"measure": key, "starts_on": span.start, "ends_before": span.end}
                                      for key in ("cost", "satisfaction_points", "survey_answers")])  # fmt: skip
    at = scene(store, TODAY)
    assert value(at, "customer_acquisition_cost", year) == 900_00 / 3
    assert value(at, "customer_satisfaction", year) == pytest.approx(2.35 / 3)
    assert value(at, "customer_satisfaction", CALENDAR.period("2024")) is None
    assert value(at, "customer_acquisition_cost", CALENDAR.period("2024")) is None
    store.close()


def test_margin_is_that_of_the_orders_whose_cost_is_known(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    orders = """
        Order id,Rep,Customer,Order date,Amount,Cost
        1,Ana,Acme,2023-02-01,100,60
        2,Ana,Bolt,2024-02-01,100,40
        3,Ana,Acme,2024-03-01,50,
    """
    imported(store, {"orders.csv": orders})
    at = scene(store, date(2024, 12, 31))
    assert value(at, "gross_margin", CALENDAR.period("2024")) == 0.6
    assert value(at, "customers", CALENDAR.period("2024")) == 2
    assert value(at, "new_customers", CALENDAR.period("2024")) == 1
    store.close()


def test_a_new_customer_of_a_shared_deal_is_shared_too(tmp_path: Path) -> None:
    opened = empty_store(tmp_path)
    deals = """
        Deal id,Owner,Account,Stage,Amount,Created on,Closed on
        1,Ana,Acme,Won,100,2024-01-01,2024-01-10
        2,Ana,Bolt,Won,200,2024-01-01,2024-02-10
        3,Ben,Bolt,Won,300,2024-01-01,2024-03-10
    """
    splits = """
        OpportunityId,Split Owner,Split Percentage,Split Type
        2,Ana,70,Revenue
        2,Ben,30,Revenue
    """
    imported(opened, {"deals.csv": deals})
    whole, year = scene(opened, TODAY), CALENDAR.period("2024")
    assert by(whole, "new_customers", "rep", "2024") == {"Ana": 2, "Ben": 0}
    batch = imported(opened, {"splits.csv": splits})
    shared = scene(opened, TODAY)
    assert value(shared, "new_customers", year) == 2
    assert by(shared, "new_customers", "rep", "2024") == pytest.approx({"Ana": 1.7, "Ben": 0.3})
    assert by(shared, "customers", "rep", "2024") == {"Ana": 2, "Ben": 1}  # Bolt bought from both
    (rows,) = rows_behind(shared, "new_customers", year, {"rep": "Ben"}).values()
    assert rows[["owner", "account", "credit_share"]].values.tolist() == [["Ben", "Bolt", 0.3]]
    assert batch.batch is not None
    undo(opened, batch.batch, TESTER)
    assert by(scene(opened, TODAY), "new_customers", "rep", "2024") == {"Ana": 2, "Ben": 0}


def test_customers_open_to_what_they_bought(company: Scene) -> None:
    (rows,) = rows_behind(company, "customers", CALENDAR.period("2024"), {}).values()
    assert rows["key"].tolist() == ["6", "5", "4"]  # the latest first; of deal 8 no sheet says who bought
    again = rows_behind(company, "retention", CALENDAR.period("2024"), {"rep": "Ana"})
    assert {label: one["key"].tolist() for label, one in again.items()} == {
        "Won value · again": ["5", "4"],  # Acme came back, to Ben first
        "Won value · 1 Jan 2023 – 31 Dec 2023": ["2", "1"],
    }
    assert not rows_behind(company, "retention", CALENDAR.period("2022"), {})
