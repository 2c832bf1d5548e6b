import pytest

from spm.metrics.glossary import formula, lack, parts, sheets
from spm.metrics.registry import METRICS


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.key)
def test_every_metric_has_a_meaning_a_formula_and_a_sheet(metric) -> None:  # type: ignore[no-untyped-def]
    assert metric.meaning
    assert formula(metric, None)
    assert sheets(metric, None)
    assert all(part.meaning for part in parts(metric, None))


def test_bookings_are_what_the_company_books_by() -> None:
    assert sheets(METRICS["bookings"], None) == ["deals"]
    assert formula(METRICS["bookings"], "order_value") == "order value"
    assert sheets(METRICS["attainment"], "order_value") == ["orders", "quotas"]


@pytest.mark.parametrize(
    ("key", "covered", "said"),
    [
        ("leads", {"won_deals"}, "add a sheet of leads"),
        ("attainment", set(), "add a sheet of deals and a sheet of quotas"),
        ("win_rate_by_value", {"won_value"}, "the deals sheet says nothing of it"),
        ("won_deals", {"won_deals"}, "no row says it for these days"),
        ("pipeline_coverage", {"won_deals"}, "add a sheet of quotas"),
    ],
)
def test_what_a_metric_lacks_is_named(key: str, covered: set[str], said: str) -> None:
    assert lack(METRICS[key], None, covered) == said


def test_calls_and_emails_are_added_up() -> None:
    assert formula(METRICS["calls_and_emails"], None) == "calls + e-mails"
