"""Rates written by hand: every amount that was told in another currency follows, and the undo brings all back.

Worked by hand, in US dollars. February 2017: 1 € = 1.10 $, then 1.20 $; plan of 2017: 1 € = 1.00 $.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from spm.company.queries import change_list
from spm.errors import Refusal
from spm.intake.actions import undo
from spm.intake.exchange.actions import change_rates
from spm.intake.exchange.queries import known_rates, rates_of, revaluation
from spm.intake.exchange.rates import Moved, Rate
from spm.metrics.queries import value
from spm.store.opening import Store
from spm.store.tables import Table
from tests.companies import REAL_TODAY, TESTER, empty_store, imported, scene
from tests.store.contents import LOGS, fingerprints

DEALS = """
    Opportunity ID,Sales Agent,Owner 2,Credit Share,Credit Share 2,Stage,Amount,Currency,Created,Close Date
    D1,Ana,Ben,50 %,50 %,Won,100.01,EUR,2017-01-10,2017-02-10
    D2,Ana,,,,Open,1000,EUR,2017-01-10,2017-09-30
    D3,Ana,,,,Won,50,USD,2017-01-10,2017-02-10
"""
HISTORY = """
    Opportunity ID,Changed on,Stage,Amount,Currency
    D1,2017-01-12,Open,80,EUR
    D1,2017-01-20,Won,90,
    D3,2017-01-20,Open,40,
"""
ORDERS = """
    Order ID,Account,Sales Rep,Order Date,Order Total,Total Cost,Currency
    O1,Acme,Ana,2017-02-10,100,60,EUR
"""
LINES = """
    Order ID,Line,Order Date,Product,Quantity,Line Total,Currency
    O1,1,,Box,2,75.5,
    O1,2,,Jar,1,24.5,
    O2,1,2017-02-12,Jar,1,10,EUR
    O2,2,2017-02-12,Box,1,0.05,EUR
"""
COSTS = """
    Cost ID,Date,Category,Amount,Currency
    C1,2017-02-28,Ads,200,EUR
"""
QUOTAS = """
    Sales Rep,Quota,Currency,Start Date,End Date
    Ana,1000,EUR,2017-01-01,2017-03-31
"""
RATES = """
    Currency,To,Month,Rate,Planned,Source
    EUR,USD,2017-02-01,1.10,no,ECB
    EUR,USD,2017-01-01,1.00,yes,
    JPY,USD,2017-02-01,0.009,no,
"""
FEBRUARY = Rate("EUR", False, date(2017, 2, 1), Decimal("1.20"), "bank")
PLAN = Rate("EUR", True, date(2017, 1, 1), Decimal("1.00"))
YEN = Rate("JPY", False, date(2017, 2, 1), Decimal("0.009"))

AT_1_10 = {
    "deal": {"D1": 11_001, "D2": 100_000, "D3": 5_000},  # 100.01 × 1.10 = 110.011
    "deal_credit": {"D1 Ana": 5_501, "D1 Ben": 5_500},
    "deal_version": {"D1 2017-01-12": 8_000, "D1 2017-01-20": 9_900, "D3 2017-01-20": 4_000},
    "order": {"O1": 11_000, "O2": 1_106},  # lines 11.00 + 0.055
    "order cost": {"O1": 6_600, "O2": None},
    "order_line": {"O1#1": 83_050_000, "O1#2": 26_950_000, "O2#1": 11_000_000, "O2#2": 55_000},
    "cost": {"C1": 22_000},
    "quota": {"Ana": 100_000},
}
AT_1_20 = AT_1_10 | {
    "deal": {"D1": 12_001, "D2": 100_000, "D3": 5_000},  # 120.012
    "deal_credit": {"D1 Ana": 6_001, "D1 Ben": 6_000},
    "deal_version": {"D1 2017-01-12": 8_000, "D1 2017-01-20": 10_800, "D3 2017-01-20": 4_000},
    "order": {"O1": 12_000, "O2": 1_206},
    "order cost": {"O1": 7_200, "O2": None},
    "order_line": {"O1#1": 90_600_000, "O1#2": 29_400_000, "O2#1": 12_000_000, "O2#2": 60_000},
    "cost": {"C1": 24_000},
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = empty_store(tmp_path)
    imported(made, {"rates.csv": RATES, "deals.csv": DEALS, "orders.csv": ORDERS, "lines.csv": LINES, "costs.csv": COSTS,
                    "quotas.csv": QUOTAS})  # fmt: skip
    imported(made, {"deal history.csv": HISTORY})
    return made


def amounts(store: Store) -> dict[str, dict[str, int | None]]:
    """Every amount of the store in minor units (of lines in ten-thousandths of one), by kind and key."""
    deal, person, credit, version, order, line, cost, quota = (
        Table.metadata.tables[name]
        for name in ("deal", "person", "deal_credit", "deal_version", "order", "order_line", "cost", "quota")
    )
    asked = {
        "deal": select(deal.c.key, deal.c.amount_cents),
        "deal_credit": select(deal.c.key + " " + person.c.key, credit.c.amount_cents)
        .join_from(credit, deal, deal.c.id == credit.c.deal_id)
        .join(person, person.c.id == credit.c.person_id),
        "order": select(order.c.key, order.c.amount_cents),
        "order cost": select(order.c.key, order.c.cost_cents),
        "order_line": select(line.c.key, line.c.amount_e4),
        "cost": select(cost.c.key, cost.c.amount_cents),
        "quota": select(person.c.key, quota.c.amount_cents).join(person, person.c.id == quota.c.person_id),
    }
    versions = select(deal.c.key, version.c.known_on, version.c.amount_cents)
    with store.reading() as connection:
        found = {name: dict(connection.execute(statement).all()) for name, statement in asked.items()}
        held = connection.execute(versions.join_from(version, deal, deal.c.id == version.c.deal_id)).all()
    return found | {"deal_version": {f"{key} {day}": amount for key, day, amount in held}}


def held(store: Store) -> dict[str, tuple[int, str]]:
    with store.reading() as connection:
        return fingerprints(connection, LOGS)


def test_everything_told_in_another_currency_is_converted_when_it_comes_in(store: Store) -> None:
    assert amounts(store) == AT_1_10


def test_a_changed_rate_is_shown_first_then_converts_everything_and_is_undone(store: Store) -> None:
    before = held(store)
    planned = revaluation(store, [FEBRUARY, PLAN, YEN], None)
    assert amounts(store) == AT_1_10
    assert {moved.table: moved for moved in planned.moved} == {
        "deal": Moved("deal", 1, 11_001, 12_001),
        "deal_credit": Moved("deal_credit", 2, 11_001, 12_001),
        "deal_version": Moved("deal_version", 1, 9_900, 10_800),
        "order": Moved("order", 2, 12_106, 13_206),
        "cost": Moved("cost", 1, 22_000, 24_000),
    }
    number = change_rates(store, TESTER, planned)
    assert amounts(store) == AT_1_20
    assert value(scene(store), "bookings") == 12_001 + 5_000
    latest = change_list(store).iloc[0]
    assert (latest["id"], latest["author"], latest["note"]) == (
        number, "tester", "exchange rates: EUR in Feb 2017 1.1 → 1.20",
    )  # fmt: skip
    undo(store, number, TESTER)
    assert held(store) == before


def test_the_sheets_again_change_nothing_but_the_rate_that_they_tell(store: Store) -> None:
    change_rates(store, TESTER, revaluation(store, [FEBRUARY, PLAN, YEN], None))
    assert (
        imported(store, {"deals.csv": DEALS, "orders.csv": ORDERS, "lines.csv": LINES, "costs.csv": COSTS}).batch
        is None
    )
    assert imported(store, {"rates.csv": RATES}).batch is not None
    assert amounts(store) == AT_1_10


def test_a_rate_of_a_sheet_converts_the_lines_too(store: Store) -> None:
    imported(store, {"rates.csv": RATES.replace("1.10", "1.20")})
    assert amounts(store) == AT_1_20


def test_at_plan_rates_growth_is_not_currency(store: Store) -> None:
    change_rates(store, TESTER, revaluation(store, rates_of(store), 2017))
    told = amounts(store)
    assert told["deal"] == {"D1": 10_001, "D2": 100_000, "D3": 5_000}
    assert told["order"] == {"O1": 10_000, "O2": 1_005}
    assert told["order_line"]["O1#1"] == 75_500_000
    later = DEALS.replace("D1,", "D9,").splitlines()[1:3]
    imported(store, {"more.csv": "\n".join(later)})
    assert amounts(store)["deal"]["D9"] == 10_001
    assert change_list(store).iloc[1]["note"] == "converted at the plan rates of 2017"


def test_a_rate_that_is_in_use_can_not_be_taken_away(store: Store) -> None:
    with pytest.raises(Refusal, match=r"Amounts need the rate of EUR in Feb 2017\."):
        revaluation(store, [PLAN], None)
    with pytest.raises(Refusal, match=r"Amounts need the rate of EUR in 2018 \(plan\)\."):
        revaluation(store, rates_of(store), 2018)
    change_rates(store, TESTER, revaluation(store, [FEBRUARY, PLAN], None))
    assert list(known_rates(store)["currency"]) == ["EUR", "EUR"]


@pytest.mark.parametrize(
    ("rate", "sentence"),
    [
        (Rate("XYZ", False, date(2017, 2, 1), Decimal(1)), "“XYZ” is no currency"),
        (Rate("USD", False, date(2017, 2, 1), Decimal(1)), "needs no rate"),
        (Rate("GBP", False, date(2017, 2, 1), Decimal(0)), "not above 0"),
        (Rate("GBP", False, date(2017, 2, 1), Decimal("NaN")), "not above 0"),
        (Rate("EUR", False, date(2017, 2, 20), Decimal(2)), "two rates of EUR in Feb 2017"),
    ],
)
def test_a_rate_that_can_not_be_is_refused(store: Store, rate: Rate, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        revaluation(store, [*rates_of(store), rate], None)


def test_what_somebody_else_changed_meanwhile_is_looked_at_again(store: Store) -> None:
    planned = revaluation(store, [FEBRUARY, PLAN, YEN], None)
    imported(store, {"more.csv": DEALS.replace("100.01", "1")}, REAL_TODAY)
    with pytest.raises(Refusal, match="meanwhile"):
        change_rates(store, TESTER, planned)
