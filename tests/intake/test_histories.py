"""Sheets of what was when: teams and territories with days, and what was known of a deal."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from spm.intake.actions import undo
from spm.intake.staffing.staff import Posting, with_history
from spm.store import reading
from spm.store.opening import Store
from spm.store.tables import Deal, DealVersion
from tests.companies import TESTER, empty_store, imported
from tests.store.contents import LOGS, fingerprints

TODAY = date(2017, 6, 30)
REPS = """
    Rep id,Rep name,Job title,Manager name
    275,Michael,Account Executive,Amy
    280,Pamela,Account Executive,Amy
"""
HISTORY = """
    rep_id,rep_name,territory,start_date,end_date
    275,Michael,Northeast,2011-05-31,2012-11-29
    275,Michael,Central,2012-11-30,
    280,Pamela,Northwest,2011-05-31,2012-09-29
    280,Pamela,Southwest,2013-01-01,2013-06-30
"""
DEALS = """
    Opportunity ID,Stage,Amount,Created Date,Close Date
    D1,Closed Won,120,2017-01-02,2017-04-01
    D2,Proposal,50,2017-01-02,
"""
CHANGES = """
    Opportunity ID,Previous Stage,New Stage,Stage Entered Date,Amount,Close Date
    D1,Discovery,Proposal,2017-02-01,100,2017-03-31
    D1,Proposal,Closed Won,2017-04-01,120,2017-04-01
    D2,,Discovery,2017-01-05,40,2017-05-31
    D2,Discovery,Proposal,2017-03-01,50,2017-06-30
    D2,Discovery,Qualified,2017-03-01,45,2017-06-30
    D9,Discovery,Proposal,2017-03-01,50,2017-06-30
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path)


def spans(store: Store, name: str) -> list[tuple[date | None, date | None, str | None, str | None, str | None]]:
    people = reading.people(store).set_index("id")["name"]
    rows = reading.assignments(store)
    own = rows[rows["person_id"].map(people) == name]
    return [(row.starts_on, row.ends_before, row.role, row.team, row.manager) for row in own.itertuples()]


def test_territories_are_teams_with_days_and_role_and_manager_stay(store: Store) -> None:
    imported(store, {"reps.csv": REPS, "territory_history.csv": HISTORY})
    assert set(spans(store, "Michael")) == {
        (None, date(2011, 5, 31), "account_executive", "Amy’s team", "Amy"),
        (date(2011, 5, 31), date(2012, 11, 30), "account_executive", "Northeast", "Amy"),
        (date(2012, 11, 30), None, "account_executive", "Central", "Amy"),
    }
    assert set(spans(store, "Pamela")) == {
        (None, date(2011, 5, 31), "account_executive", "Amy’s team", "Amy"),
        (date(2011, 5, 31), date(2012, 9, 30), "account_executive", "Northwest", "Amy"),
        (date(2012, 9, 30), date(2013, 1, 1), "account_executive", "Amy’s team", "Amy"),
        (date(2013, 1, 1), date(2013, 7, 1), "account_executive", "Southwest", "Amy"),
        (date(2013, 7, 1), None, "account_executive", "Amy’s team", "Amy"),
    }


def test_a_history_may_come_later_twice_and_be_undone(store: Store) -> None:
    imported(store, {"reps.csv": REPS})
    with store.reading() as connection:
        before = fingerprints(connection, LOGS)
    batch = imported(store, {"territory_history.csv": HISTORY}).batch
    assert len(spans(store, "Pamela")) == 5
    assert imported(store, {"territory_history.csv": HISTORY}).batch is None
    assert batch is not None
    undo(store, batch, TESTER)
    with store.reading() as connection:
        assert fingerprints(connection, LOGS) == before


def test_someone_nobody_knows_has_but_what_the_history_says() -> None:
    told = [Posting(date(2017, 1, 1), date(2017, 2, 1), None, "North", None)]
    assert with_history([], told, TODAY, {}) == [
        Posting(date(2017, 1, 1), date(2017, 2, 1), None, "North", None),
        Posting(date(2017, 2, 1), None, None, None, None),
    ]


def versions(store: Store) -> list[tuple[str, date, date, str | None, str, int | None]]:
    asked = (
        select(Deal.key, DealVersion.known_on, DealVersion.superseded_on, DealVersion.stage, DealVersion.status,
               DealVersion.amount_cents)
        .join(Deal, Deal.id == DealVersion.deal_id)
        .order_by(Deal.key, DealVersion.known_on)
    )  # fmt: skip
    with store.reading() as connection:
        return [tuple(row) for row in connection.execute(asked)]


def test_what_was_known_of_a_deal_from_day_to_day(store: Store) -> None:
    done = imported(store, {"deals.csv": DEALS, "deal history.csv": CHANGES}, today=TODAY)
    assert versions(store) == [
        ("D1", date(2017, 1, 2), date(2017, 2, 1), "Discovery", "open", 10_000),
        ("D1", date(2017, 2, 1), date(2017, 4, 1), "Proposal", "open", 10_000),
        ("D1", date(2017, 4, 1), TODAY, "Closed Won", "won", 12_000),
        ("D2", date(2017, 1, 5), date(2017, 3, 1), "Discovery", "open", 4_000),
        ("D2", date(2017, 3, 1), TODAY, "Qualified", "open", 4_500),  # the last of that day
    ]
    refused = [issue.row for sheet in done.preview.sheets for issue in sheet.issues if issue.severity == "refused"]
    assert refused == [7]
    assert imported(store, {"deals.csv": DEALS, "deal history.csv": CHANGES}, today=TODAY).batch is None
