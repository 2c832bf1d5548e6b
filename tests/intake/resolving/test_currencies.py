"""Amounts of other currencies: at the month's rate once booked, at the year's plan rate before, never at 1."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from spm.company.queries import company_of
from spm.company.settings import Company
from spm.errors import DecisionNeeded
from spm.intake.actions import undo
from spm.intake.layouts import Kind
from spm.intake.model import Wanted
from spm.intake.resolving.currencies import converted
from spm.intake.resolving.rates import Needed, wanted_rates
from spm.intake.values import read_column
from spm.store.opening import Store
from spm.store.tables import Deal, ExchangeRate, Quota
from tests.companies import TESTER, empty_store, imported
from tests.intake.tables import checked, column, table
from tests.store.contents import LOGS, fingerprints

DEALS = """
    Opportunity ID,Sales Agent,Stage,Amount,Currency,Created,Close Date
    D1,Ana,Won,100,EUR,2017-01-10,2017-02-10
    D2,Ana,Won,100,EUR,2017-01-10,2017-03-10
    D3,Ana,Open,1000,JPY,2017-01-10,2017-09-30
    D4,Ana,Won,12.5,KWD,2017-01-10,2017-02-10
    D5,Ana,Won,50,USD,2017-01-10,2017-02-10
    D6,Ana,Open,,EUR,2017-01-10,2017-09-30
"""
RATES = """
    Currency,To,Month,Rate,Planned
    EUR,USD,2017-02-01,1.1,no
    EUR,USD,2017-03-01,1.25,no
    KWD,USD,2017-02-01,3.3,no
    JPY,USD,2017-01-01,0.01,yes
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path)


def amounts(store: Store) -> dict[str, tuple[int | None, int | None, str | None]]:
    with store.reading() as connection:
        rows = connection.execute(select(Deal.key, Deal.amount_cents, Deal.stated_cents, Deal.currency)).all()
    return {key: (amount, stated, currency) for key, amount, stated, currency in rows}


CONVERTED = {
    "D1": (11_000, 10_000, "EUR"),  # 100 × 1.1, of February
    "D2": (12_500, 10_000, "EUR"),  # 100 × 1.25, of March
    "D3": (1_000, 1_000, "JPY"),  # 1,000 yen × 0.01 = 10 dollars, at the plan rate of 2017
    "D4": (4_125, 12_500, "KWD"),  # 12.5 × 3.3 = 41.25; a dinar has 1,000 fils
    "D5": (5_000, None, "USD"),
    "D6": (None, None, "EUR"),
}


def test_each_amount_is_kept_as_stated_and_converted_at_its_own_rate(store: Store) -> None:
    imported(store, {"deals.csv": DEALS, "rates.csv": RATES})
    assert company_of(store).currency == "USD"
    assert amounts(store) == CONVERTED


def test_rates_may_come_before(store: Store) -> None:
    imported(store, {"rates.csv": RATES})
    imported(store, {"deals.csv": DEALS})
    assert amounts(store) == CONVERTED
    assert imported(store, {"deals.csv": DEALS, "rates.csv": RATES}).batch is None


def test_a_missing_rate_is_an_issue_and_never_1(store: Store) -> None:
    few = "\n".join(line for line in RATES.splitlines() if "2017-03" not in line)
    with pytest.raises(DecisionNeeded, match="no rate is known in USD for EUR in Mar 2017"):
        imported(store, {"deals.csv": DEALS, "rates.csv": few})
    assert amounts(store) == {}


def test_amounts_that_are_the_companys_own_after_all_are_taken_as_they_are(store: Store) -> None:
    imported(store, {"deals.csv": DEALS}, accepted=frozenset({"currency"}))
    assert {key: amount for key, (amount, _, _) in amounts(store).items()} == {
        "D1": 10_000, "D2": 10_000, "D3": 100_000, "D4": 1_250, "D5": 5_000, "D6": None,
    }  # fmt: skip


def test_a_changed_rate_converts_again_is_shown_before_and_can_be_undone(store: Store) -> None:
    imported(store, {"deals.csv": DEALS, "rates.csv": RATES})
    with store.reading() as connection:
        before = fingerprints(connection, LOGS)
    done = imported(store, {"rates.csv": RATES.replace("1.25", "1.5")})
    [(_, found)] = [(at, found) for at, found in done.preview.differences if found.table == "deal"]
    assert (found.is_derived, list(found.changed["key"]), list(found.changed["amount_cents"])) == (
        True,
        ["D2"],
        [15_000],
    )
    assert amounts(store) == CONVERTED | {"D2": (15_000, 10_000, "EUR")}
    assert done.batch is not None
    undo(store, done.batch, TESTER)
    with store.reading() as connection:
        assert fingerprints(connection, LOGS) == before


def test_quotas_convert_at_the_plan_rate_of_their_year(store: Store) -> None:
    quotas = """
        Sales Rep,Quota,Currency,Start Date,End Date
        Ana,1000,EUR,2017-01-01,2017-03-31
    """
    imported(store, {"rates.csv": "Currency,To,Year,Rate\nEUR,USD,2017,1.2", "quotas.csv": quotas})
    with store.reading() as connection:
        assert connection.execute(select(Quota.amount_cents, Quota.stated_cents)).all() == [(120_000, 100_000)]


def test_the_signs_of_the_amounts_say_the_currency_of_each(store: Store) -> None:
    sheet = checked(
        table("Deal id,Stage,Amount,Close date", ("D1", "Won", "€5", "2017-02-01"), ("D2", "Won", "$6", "2017-02-01"),
              ("D3", "Won", 7, "2017-02-01")), "deals",
    )  # fmt: skip
    assert column(sheet, "currency") == ["EUR", "USD", None]
    assert "amounts without a sign are taken in the company’s currency" in [issue.message for issue in sheet.issues]


def test_rates_of_one_month_are_averaged_and_turned_round_where_they_are_the_other_way() -> None:
    sheet = checked(
        table("From,To,Date,Rate", ("EUR", "USD", "2017-02-01", 1.1), ("EUR", "USD", "2017-02-15", 1.3),
              ("USD", "JPY", "2017-02-01", 125)), "rates",
    )  # fmt: skip
    made = wanted_rates(sheet, Company())
    assert list(zip(made.rows["currency"], made.rows["rate"], strict=True)) == [("EUR", "1.2"), ("JPY", "0.008")]
    assert [issue.message for issue in made.issues] == ["1 months have several rates: their average is taken"]


@pytest.mark.parametrize(
    ("currency", "rate", "month"),
    [("Taler", 1, "2017-01"), ("EUR", 0, "2017-01"), ("EUR", -1, "2017-01"), ("EUR", 1, "soon")],
)
def test_no_such_currency_rate_or_month_is_refused(currency: str, rate: float, month: str) -> None:
    assert checked(table("Currency,Period,Rate", (currency, month, rate)), "rates").refused == (2,)


def test_rates_are_kept_as_they_are_written(store: Store) -> None:
    imported(store, {"rates.csv": "Currency,To,Month,Rate\nJPY,USD,2017-02-01,0.006674\nEUR,USD,2017-02-01,1.085"})
    with store.reading() as connection:
        assert set(connection.execute(select(ExchangeRate.currency, ExchangeRate.rate)).all()) == {
            ("JPY", "0.006674"), ("EUR", "1.085"),
        }  # fmt: skip


@given(
    stated=st.integers(-(10**11), 10**11),
    rate=st.decimals("0.0001", "10000", places=4),
    currency=st.sampled_from(["EUR", "JPY", "KWD"]),
)
def test_a_converted_amount_is_within_half_a_minor_unit_of_the_exact_one(
    stated: int, rate: Decimal, currency: str
) -> None:
    rows: dict[str, list[Any]] = {
        "key": ["O"], "ordered_on": [date(2017, 2, 3)], "currency": [currency], "amount_cents": [stated],
    }  # fmt: skip
    sheet = Wanted("order", pd.DataFrame(rows, dtype=object), ("amount_cents", "currency"))
    key = Needed(currency, False, date(2017, 2, 1)).key
    made = converted(sheet, {key: rate}, Company(), "x").rows.iloc[0]
    digits = {"EUR": 2, "JPY": 0, "KWD": 3}[currency]
    exact = Decimal(stated).scaleb(-digits) * rate
    assert abs(Decimal(made["amount_cents"]).scaleb(-2) - exact) <= Decimal("0.005")
    assert made["stated_cents"] == stated


@given(st.decimals("0.000001", "9999", places=6))
def test_a_rate_is_read_back_whatever_its_decimal_sign(rate: Decimal) -> None:
    for text in (f"{rate:f}", f"{rate:f}".replace(".", ",")):
        assert read_column(Kind.RATE, [text]).values == [rate]
