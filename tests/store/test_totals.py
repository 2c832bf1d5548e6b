"""Totals against sums over the facts, whatever was written in which order: shared deals, own counts, first purchases."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from spm.calendar import WorkingCalendar
from spm.store import totals
from spm.store.change_sets import Writing, writing
from spm.store.opening import Store
from spm.store.tables import Activity, Deal, DealCredit, OwnMeasure, Person, Table
from spm.store.undoing import undo
from spm.store.upkeep import refresh_totals
from tests.companies import TESTER, empty_store

ACCOUNTS = ("Acme", "Bolt", "Cord", None)
KEPT = (*(total.__tablename__ for total in totals.TOTALS), "first_purchase", "stage_stay", "company_stays")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = empty_store(tmp_path)
    with writing(opened, "edit", TESTER, ["people"]) as open_set:
        open_set.insert(Person, [{"key": name, "name": name} for name in ("Ana", "Ben", "Cid")])
    yield opened
    opened.close()


def held(store: Store, *names: str) -> dict[str, list[tuple[Any, ...]]]:
    with store.reading() as connection:
        rows = {name: connection.execute(select(Table.metadata.tables[name])).all() for name in names}
    return {name: sorted(map(tuple, found), key=str) for name, found in rows.items()}


def deal(
    key: str, person_id: int | None = 1, status: str = "won", amount_cents: int | None = 1000_00, **more: Any
) -> dict[str, Any]:
    closed_on = None if status == "open" else more.pop("closed_on", date(2024, 2, 10))
    return {"key": key, "person_id": person_id, "status": status, "amount_cents": amount_cents, "closed_on": closed_on,
            "created_on": date(2024, 1, 5), "cycle_days": closed_on and (closed_on - date(2024, 1, 5)).days,
            "known_on": date(2024, 3, 1), "slice_id": 1, **more}  # fmt: skip


def credit(
    deal_id: int, person_id: int, share_e4: int, amount_cents: int | None, is_overlay: bool = False
) -> dict[str, Any]:
    return {
        "deal_id": deal_id,
        "person_id": person_id,
        "share_e4": share_e4,
        "amount_cents": amount_cents,
        "is_overlay": is_overlay,
    }


def by_person(store: Store, measure: str) -> dict[int, float]:
    """Person → the measure in all months together, from the totals."""
    rows = held(store, "total_by_month")["total_by_month"]
    found: dict[int, float] = {}
    for key, _, person_id, value_e4 in rows:
        if key == measure:
            found[person_id] = found.get(person_id, 0) + value_e4 / 10_000
    return found


def test_a_shared_deal_counts_for_each_by_their_share(store: Store) -> None:
    with writing(store, "edit", TESTER, ["facts"]) as open_set:
        shared, _ = open_set.insert(Deal, [deal("1", amount_cents=1000_01), deal("2", person_id=2)])
        open_set.insert(DealCredit, [credit(shared, 1, 6_667, 666_67), credit(shared, 2, 3_333, 333_34),
                                     credit(shared, 3, 5_000, 500_00, is_overlay=True)])  # fmt: skip
    assert by_person(store, "won_deals") == {1: 0.6667, 2: 1.3333}
    assert by_person(store, "won_value") == {1: 666_67, 2: 333_34 + 1000_00}
    assert by_person(store, "won_cycle_days") == pytest.approx({1: 36 * 0.6667, 2: 36 * 1.3333})
    assert by_person(store, "overlay_value") == {3: 500_00}


def test_shares_that_come_later_and_go_again_leave_no_trace(store: Store) -> None:
    with writing(store, "edit", TESTER, ["facts"]) as open_set:
        (shared,) = open_set.insert(Deal, [deal("1", account="Acme")])
    before = held(store, *KEPT)
    with writing(store, "edit", TESTER, ["facts"]) as open_set:
        open_set.insert(DealCredit, [credit(shared, 2, 4_000, 400_00), credit(shared, 3, 6_000, 600_00)])
        number = open_set.change_set_id
    assert by_person(store, "won_value") == {2: 400_00, 3: 600_00}
    with writing(store, "undo", TESTER, ["facts"]) as open_set:
        undo(open_set, number)
    assert held(store, *KEPT) == before


def test_the_company_s_totals_are_everybody_s_together(store: Store) -> None:
    january, later = date(2024, 1, 31), date(2024, 2, 10)
    with writing(store, "edit", TESTER, ["facts"]) as open_set:
        shared, *_ = open_set.insert(Deal, [deal("1"), deal("2", 2, closed_on=january), deal("3", 3, slice_id=2),
                                            deal("4", 3, amount_cents=-3000_00, slice_id=2), deal("5", None)])  # fmt: skip
        open_set.insert(DealCredit, [credit(shared, 1, 6_000, 600_00), credit(shared, 2, 4_000, 400_00)])
    told = held(store, "company_by_day", "company_by_month", "company_by_slice")
    booked = {name: [row[1:] for row in rows if row[0] == "won_value"] for name, rows in told.items()}
    # In February Ana and Ben share 1,000, nobody's are 1,000, and Cid's 1,000 and -3,000 are in the other slice: nothing in all.
    assert booked["company_by_day"] == [(january, 1000_00_0000)]
    assert booked["company_by_month"] == [(date(2024, 1, 1), 1000_00_0000)]
    assert booked["company_by_slice"] == [
        (date(2024, 1, 1), 1, 1000_00_0000),
        (date(2024, 2, 1), 1, 2000_00_0000),
        (date(2024, 2, 1), 2, -2000_00_0000),
    ]
    assert [row[1:] for row in told["company_by_day"] if row[0] == "won_deals"] == [(january, 1_0000), (later, 4_0000)]


def test_own_counts_are_totalled_and_go_with_what_brought_them(store: Store) -> None:
    before = held(store, *KEPT)
    with writing(store, "import", TESTER, ["facts"]) as open_set:
        open_set.insert(OwnMeasure, [{"key": "doors", "label": "Doors"}])
        numbers = ((2, 2.3), (3, 0.1), (4, 40.0))
        doors = {"person_id": 1, "kind": "doors", "slice_id": 1}
        open_set.insert(Activity, [{"key": str(at), "count": count, "happened_on": date(2024, 1, at), **doors}
                                   for at, count in numbers])  # fmt: skip
        number = open_set.change_set_id
    assert by_person(store, "doors") == {1: 42.4}
    with writing(store, "undo", TESTER, ["facts"]) as open_set:
        undo(open_set, number)
        refresh_totals(open_set, WorkingCalendar(None))
    assert held(store, *KEPT) == before


def test_a_customer_is_new_with_the_first_won_deal_alone(store: Store) -> None:
    with writing(store, "edit", TESTER, ["facts"]) as open_set:
        open_set.insert(Deal, [deal("1", account="Acme", closed_on=date(2024, 3, 1)), deal("2", account="Acme", person_id=2),
                               deal("3", account="Bolt", status="lost"), deal("4", account=None)])  # fmt: skip
    assert by_person(store, "deal_new_customers") == {2: 1}
    with writing(store, "edit", TESTER, ["facts"]) as open_set:
        open_set.update(Deal, [{"id": 2, "status": "lost"}])
    assert by_person(store, "deal_new_customers") == {1: 1}


def test_first_purchases_are_those_of_the_facts_whatever_changes(store: Store) -> None:
    with writing(store, "edit", TESTER, ["facts"]) as open_set:
        open_set.insert(Deal, [deal("1", account="Acme"), deal("2", account="Bolt"), deal("3", account="Cord")])
        open_set.insert(DealCredit, [credit(3, 1, 10_000, 1000_00), credit(3, 2, 5_000, 500_00, is_overlay=True)])
    before = held(store, "first_purchase", "stage_stay", "company_stays")
    with writing(store, "edit", TESTER, ["facts"]) as open_set:
        open_set.update(Deal, [{"id": 1, "amount_cents": 7}])
    assert held(store, "first_purchase", "stage_stay", "company_stays") == before
    with writing(store, "edit", TESTER, ["facts"]) as open_set:  # two accounts change places, two kinds of credit too
        open_set.update(Deal, [{"id": 1, "account": "Bolt"}, {"id": 2, "account": "Acme"}])
        open_set.delete(DealCredit, [1, 2])
        open_set.insert(DealCredit, [credit(3, 1, 10_000, 1000_00, is_overlay=True), credit(3, 2, 10_000, 1000_00)])
    kept = held(store, *KEPT)
    assert [(account, fact_id, person_id) for _, account, person_id, _, fact_id, *_ in kept["first_purchase"]] == [
        ("Acme", 2, 1), ("Bolt", 1, 1), ("Cord", 3, 2)
    ]  # fmt: skip
    with store.write_transaction() as connection:
        totals.rebuild(connection)
    assert held(store, *KEPT) == kept


@pytest.mark.parametrize("seed", range(3))
def test_after_any_writes_totals_are_sums_over_the_facts_and_equal_a_rebuild(store: Store, seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(8):
        with writing(store, "edit", TESTER, ["facts"]) as open_set:
            for _ in range(rng.randrange(1, 4)):
                rng.choice((_new_deals, _changed_deals, _new_shares, _gone_shares))(open_set, rng)
            number = open_set.change_set_id
        if rng.random() < 0.3:
            with writing(store, "undo", TESTER, ["facts"]) as open_set:
                undo(open_set, number)
    kept = held(store, *KEPT)
    assert by_person(store, "won_value") == _won_value(store)
    with store.write_transaction() as connection:
        totals.rebuild(connection)
    assert held(store, *KEPT) == kept


def _new_deals(open_set: Writing, rng: random.Random) -> None:
    first = len(open_set.rows(Deal, "id")) + rng.randrange(10**9)
    open_set.insert(Deal, [deal(f"{first}-{at}", **_said(rng)) for at in range(rng.randrange(1, 6))])


def _changed_deals(open_set: Writing, rng: random.Random) -> None:
    known = [row["id"] for row in open_set.rows(Deal, "id")]
    changed = rng.sample(known, min(len(known), 2))
    open_set.update(Deal, [{"id": deal_id, **_said(rng)} for deal_id in changed])


def _said(rng: random.Random) -> dict[str, Any]:
    status = rng.choice(("won", "won", "lost", "open"))
    closed_on = None if status == "open" else date(2024, 1, 20) + timedelta(rng.randrange(90))
    amount_cents = rng.choice((None, 0, rng.randrange(10**7)))
    person_id, account = rng.choice((None, 1, 2, 3)), rng.choice(ACCOUNTS)
    return {
        "status": status,
        "closed_on": closed_on,
        "amount_cents": amount_cents,
        "person_id": person_id,
        "account": account,
    }


def _new_shares(open_set: Writing, rng: random.Random) -> None:
    alone = {row["id"] for row in open_set.rows(Deal, "id")} - {
        row["deal_id"] for row in open_set.rows(DealCredit, "deal_id")
    }
    for deal_id in sorted(alone)[:2]:
        amount = open_set.rows(Deal, "amount_cents", id=deal_id)[0]["amount_cents"]
        first = None if amount is None else amount // 3
        rest = None if amount is None or first is None else amount - first
        open_set.insert(DealCredit, [credit(deal_id, 1, 3_333, first), credit(deal_id, 2, 6_667, rest),
                                     credit(deal_id, 3, 2_000, 77, is_overlay=True)])  # fmt: skip


def _gone_shares(open_set: Writing, rng: random.Random) -> None:
    rows = open_set.rows(DealCredit, "id", "deal_id")
    if rows:
        gone = rng.choice(rows)["deal_id"]
        open_set.delete(DealCredit, [row["id"] for row in rows if row["deal_id"] == gone])


def _won_value(store: Store) -> dict[int, float]:
    """Person → won value, added up deal by deal."""
    rows = held(store, "deal", "deal_credit")
    deals = [dict(zip(Deal.__table__.c.keys(), row, strict=True)) for row in rows["deal"]]  # type: ignore[attr-defined]
    credits = [dict(zip(DealCredit.__table__.c.keys(), row, strict=True)) for row in rows["deal_credit"]]  # type: ignore[attr-defined]
    found: dict[int, float] = {}
    for one in deals:
        shares = [share for share in credits if share["deal_id"] == one["id"] and not share["is_overlay"]]
        for part in shares or [one]:
            if one["status"] == "won" and one["closed_on"] and part["amount_cents"]:
                person = part["person_id"] or 0
                found[person] = found.get(person, 0) + part["amount_cents"]
    return found
