"""Each role's own ratios: of deals, and of a company that has nothing but orders."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from spm.calendar import Span, plus_months
from spm.metrics.queries import Question, Scene, scene_of, values
from spm.planning.goals.funnel import lands_at, needs
from spm.planning.goals.queries import OF_COMPANY, role_ratios
from tests.companies import REAL_TODAY, empty_store, imported
from tests.planning import sellers

MONTHS = [plus_months(date(2025, 10, 1), at) for at in range(13)]  # the last one is running


def orders() -> str:
    """Every month Ana sends one order of 1,000 to each of Acme and Bolt and a second one of 4,000 to Acme; Bo 2,000 to Cargo."""
    rows = ["Order ID,Sales Rep,Order Date,Customer,Total"]
    for at, month in enumerate(MONTHS):
        sold = (
            ("Ana Ruiz", "Acme", 1_000),
            ("Ana Ruiz", "Bolt", 1_000),
            ("Ana Ruiz", "Acme", 4_000),
            ("Bo Li", "Cargo", 2_000),
        )
        rows += [f"{at}-{part},{rep},{month:%Y-%m}-10,{who},{total}" for part, (rep, who, total) in enumerate(sold)]
    return "\n".join(rows)


@pytest.fixture
def orders_only(tmp_path: Path) -> Scene:
    store = empty_store(tmp_path)
    imported(store, {"people.csv": sellers.PEOPLE, "orders.csv": orders()})
    return scene_of(store, REAL_TODAY, date(2026, 10, 12))


def test_a_company_with_orders_only_is_broken_down_into_orders_and_customers(orders_only: Scene) -> None:
    """8,000 a month in four orders: 2,000 an order. In three months three customers order twelve times: four each."""
    (doing,) = role_ratios(orders_only, 3)
    assert (doing.role, doing.hands_over) == ("account_executive", False)
    assert {metric: ratio.value for metric, ratio in doing.ratios.items()} == {"orders": 2_000_00, "customers": 4}
    assert doing.ratios["orders"].low == doing.ratios["orders"].high == 2_000_00  # each month the same
    assert doing.ratios["customers"].low < 4 < doing.ratios["customers"].high
    found = needs(48_000_00, doing.ratios)
    assert [(need.metric, need.needed.value) for need in found] == [("orders", 24), ("customers", 6)]
    assert [need.sentence("USD").split(" (")[0] for need in found] == [
        "$48,000 ÷ $2,000 an order = 24 orders", "24 orders ÷ 4 orders a customer = 6 customers"
    ]  # fmt: skip
    assert lands_at("customers", 6, doing.ratios).value == pytest.approx(48_000_00)


def test_customers_are_counted_in_a_span_as_long_as_the_plan(orders_only: Scene) -> None:
    (month,), (year,) = role_ratios(orders_only, 1), role_ratios(orders_only, 12)
    assert month.ratios["customers"].value == pytest.approx(4 / 3)
    assert year.ratios["customers"].value == pytest.approx(
        44 / 3
    )  # eleven whole months: the sheet begins on 10 October


def test_each_role_is_measured_by_what_it_does_itself(tmp_path: Path) -> None:
    """Ana wins 2 of 3, Bo 2 of 20 with calls that Ana does not make: her win rate is her own, her calls a meeting are not."""
    people = "Employee ID,Name,Title,Hire Date\nE1,Ana Ruiz,Account Executive,2020-01-06\nE2,Bo Li,Sales Rep,2020-01-06"
    deals, done = ["Opportunity ID,Sales Agent,Stage,Amount,Created,Close Date"], ["Activity ID,Owner,Type,Date"]
    for month in MONTHS:
        for rep, won_count, lost_count, calls_count in (("Ana Ruiz", 2, 1, 1), ("Bo Li", 2, 18, 40)):
            for at in range(won_count + lost_count):
                stage = "Won" if at < won_count else "Lost"
                deals.append(f"{rep}{month}{at},{rep},{stage},100,{month.isoformat()},{month.replace(day=9)}")
            done += [f"m{rep}{month}{at},{rep},Meeting,{month.replace(day=5)}" for at in range(4)]
            done += [f"c{rep}{month}{at},{rep},Call,{month.replace(day=5)}" for at in range(calls_count)]
    store = empty_store(tmp_path)
    imported(store, {"people.csv": people, "deals.csv": "\n".join(deals), "activities.csv": "\n".join(done)})
    found = {doing.role: doing.ratios for doing in role_ratios(scene_of(store, REAL_TODAY, date(2026, 10, 12)), 3)}
    ana, bo = found["account_executive"], found["sales_representative"]
    assert (ana["opportunities_opened"].value, bo["opportunities_opened"].value) == pytest.approx((2 / 3, 0.1))
    assert (ana["calls"].value, bo["calls"].value) == pytest.approx((8 / 41, 4 / 40))
    assert ana["calls"].source.startswith(OF_COMPANY)
    assert ana["opportunities_opened"].source == "Nov 2025 – Sep 2026"  # the sheet begins on a day of October


def test_the_average_deal_is_a_sum_over_a_sum_and_its_range_a_ratio_estimates(scene: Scene) -> None:
    (doing,) = role_ratios(scene, 3)
    assert doing.role == "account_executive"
    assert set(doing.ratios) == {"won_deals", "opportunities_opened"}
    assert doing.ratios["opportunities_opened"].value == pytest.approx(2 / 3)  # two won of three closed
    year = Span(date(2025, 10, 1), date(2026, 10, 1))
    by_month = values(scene, Question("average_deal_size", ("month",), span=year))
    amounts, counts = by_month["numerator"].to_numpy(), by_month["denominator"].to_numpy()
    deal = doing.ratios["won_deals"]
    assert deal.value == amounts.sum() / counts.sum()
    # as many deals each month: the mean of the months' means, with its standard error
    error = (amounts / counts).std(ddof=1) / np.sqrt(12)
    assert deal.high - deal.value == pytest.approx(1.6448536 * error)
