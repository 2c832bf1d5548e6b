from collections.abc import Collection
from dataclasses import replace

import pytest

from spm.calendar import FiscalCalendar
from spm.metrics.glossary import formula, lack, parts, sheets, unit
from spm.metrics.queries import Scene
from spm.metrics.registry import METRICS
from tests.companies import empty_store, scene

YEAR = FiscalCalendar().period("2024")


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return scene(empty_store(tmp_path_factory.mktemp("bare")))


def speaking_of(bare: Scene, measures: Collection[str]) -> Scene:
    return replace(bare, covered={key: [YEAR] for key in measures})


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.key)
def test_every_metric_has_a_meaning_a_formula_and_a_sheet(bare: Scene, metric) -> None:  # type: ignore[no-untyped-def]
    assert metric.meaning
    assert formula(metric, bare)
    assert sheets(metric, bare)
    assert unit(metric)
    assert all(part.label and part.meaning for part in parts(metric, bare))


def test_bookings_are_what_the_company_books_by(bare: Scene) -> None:
    assert sheets(METRICS["bookings"], bare) == ["deals"]
    by_orders = replace(bare, bookings_from="orders")
    assert formula(METRICS["bookings"], by_orders) == "order value"
    assert sheets(METRICS["attainment"], by_orders) == ["orders", "quotas"]


@pytest.mark.parametrize(
    ("key", "covered", "said"),
    [
        ("leads", {"won_deals"}, "add a sheet of leads"),
        ("attainment", set(), "add a sheet of deals and a sheet of quotas"),
        ("win_rate_by_value", {"won_value"}, "the deals sheet says nothing of it"),
        ("won_deals", {"won_deals"}, "no row says it for these days"),
        ("pipeline_coverage", {"won_deals"}, "add a sheet of quotas"),
        ("customer_acquisition_cost", {"deal_new_customers"}, "add a sheet of costs"),
        ("customer_satisfaction", {"won_deals"}, "add a sheet of surveys"),
        ("retention", {"won_deals"}, "the deals sheet says nothing of it"),
        ("retention", {"deal_new_customers"}, "too early: the sheets must reach back over 24 months"),
        ("customer_lifetime_value", {"won_deals"}, "the deals sheet says nothing of it"),
        (
            "customer_lifetime_value",
            {"deal_new_customers", "order_cost"},
            "too early for retention, or nobody has left",
        ),
        (
            "customer_lifetime_value",
            {"deal_new_customers"},
            "no gross margin: set one under Settings, or bring a cost column of orders",
        ),
    ],
)
def test_what_a_metric_lacks_is_named(bare: Scene, key: str, covered: set[str], said: str) -> None:
    assert lack(METRICS[key], speaking_of(bare, covered)) == said


def test_parts_are_added_up_and_units_say_what_they_are_for_each_of(bare: Scene) -> None:
    assert formula(METRICS["calls_and_emails"], bare) == "calls + e-mails"
    assert unit(METRICS["average_deal_size"]) == "money per won deal"
    assert unit(METRICS["win_rate"]) == "%"
