"""A scorecard as it was known on a day: open or closed, with the calls, the target and the role of then."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from spm.calendar import FiscalCalendar
from spm.metrics.registry import Timing
from spm.people.actions import assign
from spm.people.roles import REP, SDR
from spm.scorecards.closing.actions import close_period
from spm.scorecards.known.queries import scorecards_as_known
from spm.scorecards.model import Item, Scorecard
from spm.scorecards.queries import bands_of
from spm.scorecards.versions.actions import save_versions
from spm.store.history import change_sets
from spm.store.opening import Store
from spm.store.tables import ChangeSet
from tests.companies import TESTER, imported
from tests.scorecards.companies import as_of, calls, company
from tests.stores import id_of

MARCH = FiscalCalendar().period("2024-03")
PEOPLE = """
    Rep id,Name,Role,Hire date
    1,Ana,Sales rep,2020-01-01
"""
CALL = Item("calls", 100, Timing.LEADING, target=10)


def on(store: Store, day: date) -> None:
    """Lets everything that was written without a day so far have been written on this one."""
    with store.write_transaction() as connection:
        made_at = datetime(day.year, day.month, day.day, 12)
        connection.execute(update(ChangeSet).where(ChangeSet.made_at > datetime(2025, 1, 1)).values(made_at=made_at))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """8 calls of 10 are known on 2 April; 4 more came on the 4th, half the target on the 6th; closed on the 8th, and a
    change of role on the 10th."""
    sheet = calls((1, "2024-02-01", 1), (1, "2024-03-05", 8), (1, "2024-04-01", 1))
    store = company(tmp_path, {"people.csv": PEOPLE, "activities.csv": sheet}, {REP: (CALL,), SDR: (CALL,)})
    on(store, date(2024, 4, 2))
    imported(store, {"more.csv": calls((1, "2024-03-06", 4), (1, "2024-04-01", 1))})
    on(store, date(2024, 4, 4))
    half = Item("calls", 100, Timing.LEADING, target=20)
    save_versions(
        store, TESTER, [Scorecard(REP, (half,))], date(2024, 3, 1), "more", bands_of(as_of(store, "2024-04-06"))
    )
    on(store, date(2024, 4, 6))
    close_period(store, TESTER, as_of(store, "2024-04-08"), MARCH, date(2024, 4, 8))
    on(store, date(2024, 4, 8))
    assign(store, TESTER, [id_of(store, "Ana")], {"role": SDR})
    on(store, date(2024, 4, 10))
    return store


@pytest.mark.parametrize(
    ("day", "score", "role", "is_closed"),
    [("2024-04-02", 0.8, "Sales representative", False), ("2024-04-05", 1.2, "Sales representative", False),
     ("2024-04-07", 0.6, "Sales representative", False), ("2024-04-09", 0.6, "Sales representative", True),
     ("2024-04-10", 0.6, "Sales representative", True)],
)  # fmt: skip
def test_each_day_tells_what_was_known(store: Store, day: str, score: float, role: str, is_closed: bool) -> None:
    (card,) = scorecards_as_known(as_of(store, "2024-04-10"), MARCH, date.fromisoformat(day))
    assert (card.rep, card.whole.value, card.roles) == ("Ana", pytest.approx(score), role)
    assert bool(card.closing) is is_closed


def test_an_open_period_has_the_role_of_then(store: Store) -> None:
    february = FiscalCalendar().period("2024-02")
    told = [scorecards_as_known(as_of(store, "2024-04-10"), february, date(2024, 4, day)) for day in (9, 10)]
    assert [card.roles for (card,) in told] == ["Sales representative", "Sales development representative"]
    assert change_sets(store)["undone_in"].isna().all()
