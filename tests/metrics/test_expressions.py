"""Formulas of a company's own: what they come to, in which unit, and which sentence refuses a bad one."""

import pytest

from spm.errors import Refusal
from spm.metrics.catalogue import catalogue
from spm.metrics.expressions import Compiled, compiled
from spm.metrics.measures import Unit
from spm.metrics.quotients import one_of
from spm.metrics.registry import Combination, Term

COUNTS = [
    {"key": "doors", "label": "Doors", "unit": "count"},
    {"key": "sets", "label": "Sets", "unit": "count"},
    {"key": "hours", "label": "Hours", "unit": "days"},
]
ATTRIBUTES = {"product": True, "direction": True, "region": False}
VALUES = {("won_value", "product"): ["GTX Pro", "MG Special"], ("bookings", "product"): ["GTX Pro", "MG Special"],
          ("calls", "direction"): ["in", "out"]}  # fmt: skip


def read(expression: str) -> Compiled:
    vocabulary = catalogue(COUNTS, [], ATTRIBUTES).vocabulary(ATTRIBUTES, lambda *asked: VALUES.get(asked, []))
    return compiled(expression, vocabulary)


def terms(*keys: str, factor: float = 1.0) -> tuple[Term, ...]:
    return tuple(Term(key, factor) for key in keys)


@pytest.mark.parametrize(
    ("expression", "combination", "unit", "per"),
    [
        ("won_deals / (won_deals + lost_deals)", Combination(terms("won_deals"), terms("won_deals", "lost_deals")), "share", ""),
        ("sets / doors", Combination(terms("sets"), terms("doors")), "rate", "door"),
        ("bookings / doors", Combination(terms("bookings"), terms("doors")), "money", "door"),
        ("calls / hours", Combination(terms("calls"), terms("hours")), "rate", "day"),
        ("won_cycle_days ÷ won_deals", Combination(terms("won_cycle_days"), terms("won_deals")), "days", "won deal"),
        ("bookings / cost", Combination(terms("bookings"), terms("cost")), "×", ""),
        ("calls + emails", Combination(terms("calls", "emails")), "count", ""),
        ("calls_and_emails", Combination(terms("calls", "emails")), "count", ""),
        ("2 * calls - calls", Combination(terms("calls")), "count", ""),
        ("calls / 4", Combination(terms("calls", factor=0.25)), "count", ""),
        ("-(lost_value − won_value)", Combination((Term("lost_value", -1.0), Term("won_value", 1.0))), "money", ""),
        ("100 × sets / doors", Combination(terms("sets", factor=100), terms("doors")), "rate", "door"),
        ('bookings[product = "GTX Pro"] / bookings',
         Combination((Term("bookings", 1.0, (("product", "GTX Pro"),)),), terms("bookings")), "share", ""),
        ("calls[direction='out']", Combination((Term("calls", 1.0, (("direction", "out"),)),)), "count", ""),
    ],
)  # fmt: skip
def test_what_an_expression_comes_to(expression: str, combination: Combination, unit: str, per: str) -> None:
    found = read(expression)
    assert (found.combination, found.unit.value, found.per) == (combination, unit, per)


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        ("", "Nothing is written yet"),
        ("won_dels", "There is no measure “won_dels”. Did you mean won_deals"),
        ("win_rate / average_deal_size", "Win rate is a ratio already, and a ratio of ratios isn’t right for a team"),
        ("calls / doors / sets", "A ratio of ratios isn’t right for a team"),
        ("calls / (sets / doors)", "A ratio of ratios isn’t right for a team"),
        ("calls / doors + sets / doors", "Ratios don’t add up"),
        ("won_deals + won_value", r"Won deals \(a count\) and Won value \(money\) can’t be added: their units differ"),
        ("open_pipeline / won_value", "Open pipeline stands on a day: it can’t be added up over a period"),
        ("median_sales_cycle", "Median sales cycle is no sum of parts"),
        ("customers / doors", "Customers counts each customer once: it can’t be added up"),
        ("overlay_value", "Overlay credit is said of single reps only"),
        ("calls + 3", "A number can’t be added to a measure"),
        ("calls * doors", "Measures can’t be multiplied"),
        ("1 / doors", "A number alone can’t be divided by a measure"),
        ("3", "A number alone says nothing of the company"),
        ("calls / 0", "Nothing can be divided by 0"),
        ("calls - calls", "comes to nothing"),
        ("won_deals / bookings", "A count for each of money says little. Turn it around: Bookings / Won deals"),
        (
            'bookings[region = "East"]',
            "“region” isn’t one of the columns to filter by. Mark it under “Columns of your own”",
        ),
        ('bookings[produkt = "GTX Pro"]', "No sheet has a column “produkt”. Did you mean product"),
        ('bookings[product = "GTXPro"]', "No product is called “GTXPro”. Did you mean “GTX Pro”"),
        ('won_value[direction = "out"]', "What Won value counts has no direction"),
        ("calls / ", "The formula ends too early"),
        ("calls ; doors", "The formula can’t be read from “; doors” on"),
        ("__import__('os')", "The formula can’t be read from"),
    ],
)
def test_a_bad_expression_gets_a_sentence(expression: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        read(expression)


def test_a_rate_says_what_it_counts() -> None:
    assert (read("calls / hours").counted, read("sets / doors").counted) == ("calls", "sets")


def test_a_quotient_of_like_quantities_can_be_shown_as_a_share() -> None:
    found = read("sets / doors")
    assert found.other_units == (Unit.SHARE, Unit.RATE)
    assert (found.shown_as("share"), found.shown_as(""), found.shown_as("money")) == (Unit.SHARE, Unit.RATE, Unit.RATE)
    assert read("bookings / doors").shown_as("share") is Unit.MONEY


@pytest.mark.parametrize(
    ("label", "one"),
    [("Won deals", "won deal"), ("Opportunities opened", "opportunity opened"), ("Boxes", "box"), ("Staff", "staff")],
)
def test_one_of_what_is_counted(label: str, one: str) -> None:
    assert one_of(label) == one
