"""Units of amounts, as names of columns and titles say them."""

import pytest

from spm.intake.recognising.headers import name_of
from spm.intake.recognising.units import named_unit, titled_unit

NAMED = {
    (1_000, "EUR"): ("Amount (k€)", "Betrag in T€", "Quota TEUR", "Amount (EUR k)", "Montant en k€"),
    (1_000, "USD"): ("Revenue ($000)", "ARR $k", "ACV ($K)", "Revenue (thousands of dollars)"),
    (1_000, None): ("Amount in thousands", "Revenue ('000)", "Revenue_in_thousands", "金額(千円)"),
    (100_000, "INR"): ("Value (INR lakhs)", "Value (₹ Lakh)"),
    (10_000_000, "INR"): ("Value (₹ Cr)",),
    (1_000_000, "USD"): ("Amount ($M)", "Amount (USD million)"),
    (1_000_000, "EUR"): ("Umsatz (Mio. EUR)", "Amount (m EUR)"),
}


@pytest.mark.parametrize(("name", "unit"), [(name, unit) for unit, names in NAMED.items() for name in names])
def test_a_column_says_its_unit(name: str, unit: tuple[int, str | None]) -> None:
    found = named_unit(name)
    assert found is not None
    assert (found[1].scale, found[1].currency) == unit


@pytest.mark.parametrize(
    "name",
    ["Amount", "Amount (USD)", "Stage", "Duration (m)", "Team K", "Amount (Cr)", "Talk time (min)", "Weight (t)", "Phone m",
     "Distance (km)", "Rating (1-5)", "Deals in Q1"],
)  # fmt: skip
def test_a_column_without_one(name: str) -> None:
    assert named_unit(name) is None
    assert name_of(name).scale == 1


@pytest.mark.parametrize(
    ("title", "scale"),
    [("All amounts in EUR thousands", 1_000), ("Quotas 2026 in k€", 1_000), ("Quotas 2026 (k€)", 1_000),
     ("(USD in millions)", 1_000_000), ("Alle Werte in Tsd. €", 1_000), ("Figures in millions of USD", 1_000_000)],
)  # fmt: skip
def test_a_title_says_the_unit_of_all(title: str, scale: int) -> None:
    unit = titled_unit(title)
    assert unit is not None
    assert unit.scale == scale


@pytest.mark.parametrize(
    "title", ["Top deals in Q1", "Report in CSV format", "Top 5 in MM region", "Deals above 100 k€", "Sales 2026"]
)
def test_a_title_that_says_none(title: str) -> None:
    assert titled_unit(title) is None


def test_a_name_with_words_around_it() -> None:
    assert "status" in name_of("Opp Status").within
    assert "rating" in name_of("Rating (1-5)").within
    assert "value" in name_of("monetary_value").within
    assert name_of("Deal id").folded == "dealid"
