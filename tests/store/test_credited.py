"""What a few people own or share, found by its owner, is what looking among everybody's finds."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from spm.calendar import Span
from spm.metrics.measures import MEASURES
from spm.rows import Rows
from spm.store import adding_up, credited, facts, standing
from spm.store.change_sets import writing
from spm.store.opening import Store
from spm.store.tables import DealCredit
from tests.companies import TESTER, empty_store, imported

Q1 = Span(date(2024, 1, 1), date(2024, 4, 1))
FEBRUARY, TODAY = date(2024, 2, 15), date(2024, 3, 31)
NORTH = (("region", "North"),)
DEALS = """
    Deal id,Owner,Account,Stage,Amount,Created on,Closed on,Expected close date,Region
    1,Ana,Acme,Won,900,2024-01-01,2024-01-31,,North
    2,Ana,Bolt,Negotiation,500,2024-01-05,,2024-05-01,North
    3,Ben,Cord,Won,300,2024-01-09,2024-03-01,2024-02-28,South
    4,Ben,Dent,Negotiation,700,,,2024-03-01,North
"""
CALLS = "Activity Type,Date,Assigned To,Region\nCall,2024-01-02,Ana,North\nCall,2024-02-02,Ben,North"
MEASURES_ASKED = ("won_value", "won_deals", "opportunities_opened", "calls")
ANA, BEN = 1, 2

Reading = Callable[[Store, list[int]], pd.DataFrame | Rows]
READINGS: dict[str, Reading] = {
    "totals by month": lambda store, ids: adding_up.totals(
        store, MEASURES_ASKED, Q1, False, True, True, person_ids=ids
    ),
    "totals by day": lambda store, ids: adding_up.totals(store, MEASURES_ASKED, Q1, True, True, True, person_ids=ids),
    "days of a region": lambda store, ids: adding_up.totals(
        store, MEASURES_ASKED, Q1, True, True, True, False, NORTH, ids
    ),
    "open today": lambda store, ids: standing.open_pipeline(store, TODAY, TODAY, per_stage=True, person_ids=ids),
    "open in February": lambda store, ids: standing.open_pipeline(store, FEBRUARY, TODAY, person_ids=ids),
    "rows open in February": lambda store, ids: facts.open_rows(store, FEBRUARY, TODAY, person_ids=ids),
    "won deals": lambda store, ids: facts.rows_behind(store, MEASURES["won_deals"].tallies[0], Q1, ids),
    "calls": lambda store, ids: facts.rows_behind(store, MEASURES["calls"].tallies[0], Q1, ids, NORTH),
}


@pytest.fixture
def store(tmp_path):  # type: ignore[no-untyped-def]
    opened = empty_store(tmp_path)
    imported(opened, {"deals.csv": DEALS, "calls.csv": CALLS})
    with writing(opened, "edit", TESTER, ["facts"]) as open_set:
        shares = ((1, ANA, 600_00), (1, BEN, 300_00), (4, ANA, 350_00), (4, BEN, 350_00))
        open_set.insert(DealCredit, [{"deal_id": deal, "person_id": person, "share_e4": 5_000, "amount_cents": cents}
                                     for deal, person, cents in shares])  # fmt: skip
    yield opened
    opened.close()


def frame(found: pd.DataFrame | Rows) -> pd.DataFrame:
    return found.frame() if isinstance(found, Rows) else found


def test_few_people_s_is_a_part_of_everybody_s(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [(name, ids) for name in READINGS for ids in ([ANA], [BEN], [ANA, BEN])]
    by_owner = [frame(READINGS[name](store, ids)) for name, ids in asked]
    monkeypatch.setattr(credited, "FEW", 0)
    for (name, ids), found in zip(asked, by_owner, strict=True):
        assert len(found), name
        among_all = frame(READINGS[name](store, ids))
        order = [column for column in found if column != "value_e4"]
        ordered = (one.astype(object).sort_values(order, ignore_index=True) for one in (found, among_all))
        pd.testing.assert_frame_equal(*ordered, obj=f"{name} of {ids}")


def test_a_shared_deal_is_found_by_each_who_shares_it(store: Store) -> None:
    assert standing.open_pipeline(store, TODAY, TODAY, person_ids=[ANA]).numbers["amount_cents"].tolist() == [850_00]
    assert facts.rows_behind(store, MEASURES["won_deals"].tallies[0], Q1, [BEN])["key"].tolist() == ["3", "1"]
