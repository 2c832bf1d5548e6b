"""A deal that several reps share: shares that add up, counted once above, the money to the last cent."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from spm.intake.actions import undo
from spm.store.opening import Store
from spm.store.tables import Deal, DealCredit, Person
from tests.companies import TESTER, empty_store, imported
from tests.store.contents import LOGS, fingerprints

DEALS = """
    Deal id,Owner,Stage,Amount,Created on,Close date
    D1,Ana,Won,100,2017-01-01,2017-02-01
    D2,Bo,Won,50,2017-01-01,2017-02-01
"""
SPLITS = """
    OpportunityId,Split Owner,Split Percentage,Split Type
    D1,Ana,33.3,Revenue
    D1,Bo,33.3,Revenue
    D1,Cy,33.4,Revenue
    D1,Dee,50,Overlay
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path)


def credits(store: Store) -> dict[tuple[str, str], tuple[int, int | None, bool]]:
    asked = (
        select(Deal.key, Person.name, DealCredit.share_e4, DealCredit.amount_cents, DealCredit.is_overlay)
        .join(Deal, Deal.id == DealCredit.deal_id)
        .join(Person, Person.id == DealCredit.person_id)
    )
    with store.reading() as connection:
        return {(deal, name): tuple(rest) for deal, name, *rest in connection.execute(asked)}


def test_a_sheet_of_splits(store: Store) -> None:
    imported(store, {"deals.csv": DEALS, "opportunity splits.csv": SPLITS})
    assert credits(store) == {
        ("D1", "Ana"): (3330, 3330, False),
        ("D1", "Bo"): (3330, 3330, False),
        ("D1", "Cy"): (3340, 3340, False),
        ("D1", "Dee"): (5000, 5000, True),
    }
    assert imported(store, {"deals.csv": DEALS, "opportunity splits.csv": SPLITS}).batch is None


def test_money_is_split_by_largest_remainders(store: Store) -> None:
    imported(store, {"deals.csv": DEALS.replace("D1,Ana,Won,100", "D1,Ana,Won,0.10"), "splits.csv": """
        Deal id,Owner,Share
        D1,Ana,33.33%
        D1,Bo,33.33%
        D1,Cy,33.33%
    """})  # fmt: skip
    found = credits(store)
    assert sorted(share for share, _, _ in found.values()) == [3333, 3333, 3334]
    assert sorted(amount or 0 for _, amount, _ in found.values()) == [3, 3, 4]


def test_a_row_for_each_rep(store: Store) -> None:
    imported(store, {"deals.csv": """
        Deal id,Owner,Split %,Stage,Amount,Created on,Close date
        D1,Ana,25,Won,1000,2017-01-01,2017-02-01
        D1,Bo,75,Won,1000,2017-01-01,2017-02-01
        D2,Bo,100,Won,50,2017-01-01,2017-02-01
        D3,Ana,40,Won,400,2017-01-01,2017-02-01
        D3,Bo,60,Won,600,2017-01-01,2017-02-01
    """})  # fmt: skip
    with store.reading() as connection:
        deals = connection.execute(
            select(Deal.key, Deal.amount_cents, Person.name)
            .join(Person, Person.id == Deal.person_id)
            .order_by(Deal.key)
        ).all()
    assert deals == [("D1", 100_000, "Bo"), ("D2", 5_000, "Bo"), ("D3", 100_000, "Bo")]
    found = credits(store)
    assert (found["D1", "Ana"][1], found["D1", "Bo"][1], found["D3", "Ana"][1]) == (25_000, 75_000, 40_000)


def test_columns_for_further_reps(store: Store) -> None:
    imported(store, {"deals.csv": """
        Deal id,Rep 1,Rep 1 Split %,Rep 2,Rep 2 Split %,Stage,Amount,Created on,Close date
        D1,Ana,60,Bo,40,Won,100,2017-01-01,2017-02-01
        D2,Bo,,,,Won,50,2017-01-01,2017-02-01
        D3,Ana,,Cy,25,Won,10,2017-01-01,2017-02-01
    """})  # fmt: skip
    assert {key: amount for key, (_, amount, _) in credits(store).items()} == {
        ("D1", "Ana"): 6000, ("D1", "Bo"): 4000, ("D3", "Ana"): 750, ("D3", "Cy"): 250,
    }  # fmt: skip


def test_shares_that_do_not_add_up_are_refused(store: Store) -> None:
    done = imported(store, {"deals.csv": DEALS, "splits.csv": """
        Deal id,Owner,Share
        D1,Ana,50%
        D1,Bo,40%
        D9,Ana,100%
    """})  # fmt: skip
    sheet = next(sheet for sheet in done.preview.sheets if sheet.source.file_name == "splits.csv")
    assert [(issue.row, issue.message) for issue in sheet.issues if issue.severity == "refused"] == [
        (2, "the shares of the deal add up to 90 %, not 100 %"),
        (3, "the shares of the deal add up to 90 %, not 100 %"),
        (4, "no deal has this id"),
    ]
    assert credits(store) == {}


def test_a_new_amount_and_a_new_split_move_the_credits_and_undo_restores_them(store: Store) -> None:
    imported(store, {"deals.csv": DEALS, "splits.csv": SPLITS})
    with store.reading() as connection:
        before = fingerprints(connection, LOGS)
    first = imported(store, {"deals.csv": DEALS.replace("D1,Ana,Won,100", "D1,Ana,Won,200")}).batch
    assert credits(store)["D1", "Cy"] == (3340, 6680, False)
    second = imported(store, {"splits.csv": "Deal id,Owner,Share\nD1,Ana,50%\nD1,Bo,50%"}).batch
    found = credits(store)
    assert (found["D1", "Ana"][:2], found["D1", "Cy"][:2]) == ((5000, 10_000), (0, 0))
    for batch in (second, first):
        assert batch is not None
        undo(store, batch, TESTER)
    with store.reading() as connection:
        assert fingerprints(connection, LOGS) == before


def test_every_deals_own_shares_add_up(store: Store) -> None:
    imported(store, {"deals.csv": DEALS, "splits.csv": SPLITS})
    asked = select(func.sum(DealCredit.share_e4), func.sum(DealCredit.amount_cents)).where(
        DealCredit.is_overlay.is_(False)
    )
    with store.reading() as connection:
        assert connection.execute(asked.group_by(DealCredit.deal_id)).all() == [(10_000, 10_000)]
