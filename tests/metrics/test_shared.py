"""A deal that several reps share: each has their part, the team has it once, and every number opens to it."""

from datetime import date
from pathlib import Path

import pytest

from spm.calendar import FiscalCalendar
from spm.metrics.queries import Question, Scene, rows_behind, value, values
from spm.store.change_sets import writing
from spm.store.tables import CoveredSpan, Deal, DealCredit, Person
from tests.companies import TESTER, empty_store, imported, scene

Q1 = FiscalCalendar().period("2024-Q1")
PEOPLE = """
    Rep id,Name,Role,Team
    7,Ana,Sales rep,North
    8,Ben,Sales rep,North
    9,Cid,Sales rep,South
"""
DEALS = """
    Deal id,Owner,Stage,Amount,Created on,Closed on,Expected close date
    1,Ana,Won,1000,2024-01-01,2024-01-31,
    2,Ben,Won,500,2024-01-01,2024-02-20,
    3,Ben,Negotiation,800,2024-01-15,,2024-03-20
    4,Cid,Won,300,2024-01-01,2024-03-21,
"""


@pytest.fixture
def company(tmp_path: Path) -> Scene:
    """Ana's deal of 1,000 is shared: 60 % hers, 40 % Cid's, and Ben has 250 beside; Ben's open deal is half Cid's."""
    store = empty_store(tmp_path)
    imported(store, {"people.csv": PEOPLE, "deals.csv": DEALS})
    with writing(store, "edit", TESTER, ["facts"]) as open_set:
        people, deals = open_set.ids_by(Person, "name"), open_set.ids_by(Deal, "key")
        shares = [("1", "Ana", 6_000, 600_00, False), ("1", "Cid", 4_000, 400_00, False), ("1", "Ben", 2_500, 250_00, True),
                  ("3", "Ben", 5_000, 400_00, False), ("3", "Cid", 5_000, 400_00, False)]  # fmt: skip
        open_set.insert(DealCredit, [{"deal_id": deals[deal], "person_id": people[name], "share_e4": share,
                                      "amount_cents": amount, "is_overlay": is_overlay}
                                     for deal, name, share, amount, is_overlay in shares])  # fmt: skip
        open_set.insert(CoveredSpan, [{"measure": "overlay_value", "starts_on": Q1.start, "ends_before": Q1.end}])
    return scene(store, date(2024, 3, 31))


def by(at: Scene, key: str, name: str) -> dict[str, float]:
    frame = values(at, Question(key, (name,), span=Q1))
    return dict(zip(frame[name], frame["value"], strict=True))


def test_each_has_their_part_and_the_company_has_it_once(company: Scene) -> None:
    assert by(company, "bookings", "rep") == {"Ana": 600_00, "Ben": 500_00, "Cid": 700_00}
    assert by(company, "won_deals", "rep") == {"Ana": 0.6, "Ben": 1, "Cid": 1.4}
    assert by(company, "bookings", "team") == {"North": 1100_00, "South": 700_00}
    assert (value(company, "bookings", Q1), value(company, "won_deals", Q1)) == (1800_00, 3)
    assert value(company, "average_deal_size", Q1, rep="Cid") == pytest.approx(700_00 / 1.4)
    assert value(company, "sales_cycle", Q1, rep="Cid") == pytest.approx((30 * 0.4 + 80) / 1.4)


def test_what_stands_open_is_shared_alike(company: Scene) -> None:
    assert by(company, "open_pipeline", "rep") == {"Ben": 400_00, "Cid": 400_00}
    assert by(company, "open_deals", "rep") == {"Ben": 0.5, "Cid": 0.5}
    assert (value(company, "open_pipeline", Q1), value(company, "open_deals", Q1)) == (800_00, 1)


def test_a_median_takes_a_shared_deal_once(company: Scene) -> None:
    assert value(company, "median_sales_cycle", Q1) == 50  # of 30, 50 and 80 days
    assert value(company, "median_sales_cycle", Q1, rep="Cid") == 55  # of 30 and 80


def test_overlay_is_its_rep_s_alone_and_in_no_roll_up(company: Scene) -> None:
    assert by(company, "overlay_value", "rep") == {"Ana": 0, "Ben": 250_00, "Cid": 0}
    assert value(company, "overlay_value", Q1) is None
    assert value(company, "overlay_value", Q1, team="North") is None


def test_a_shared_number_opens_to_its_rows_with_the_share(company: Scene) -> None:
    rows = rows_behind(company, "bookings", Q1, {"rep": "Cid"})["Won value"]
    assert rows[["key", "owner", "credit_share", "amount_cents", "credited_cents"]].to_numpy().tolist() == [
        ["4", "Cid", 1.0, 300_00, 300_00], ["1", "Cid", 0.4, 1000_00, 400_00],
    ]  # fmt: skip
    everybody = rows_behind(company, "bookings", Q1, {})["Won value"]
    assert everybody["credited_cents"].sum() == value(company, "bookings", Q1)
    (beside,) = rows_behind(company, "overlay_value", Q1, {"rep": "Ben"}).values()
    assert beside[["key", "credit_share", "credited_cents"]].to_numpy().tolist() == [["1", 0.25, 250_00]]
