"""What the store held on a day: every row as it was then, whatever came since; and when that can't be told."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, update

from spm.company.actions import change_settings
from spm.company.queries import as_known_after, as_known_on, company_of
from spm.errors import Refusal
from spm.intake.actions import commit, undo
from spm.intake.changes.gone import WholeTruth
from spm.intake.queries import preview
from spm.metrics.actions import mark_filters
from spm.metrics.queries import scene_of, value
from spm.people.actions import assign, edit_person
from spm.people.leave.actions import add_leave, end_leave
from spm.people.merging.actions import merge_people
from spm.store.history import change_sets
from spm.store.opening import Store
from spm.store.tables import ChangeSet, UndoneRows
from tests.companies import imported
from tests.stores import AUTHOR, SHEETS, TODAY, contents, id_of, small_company

LATER = b"""Opportunity ID,Sales Agent,Product,Region,Stage,Amount,Created,Close Date
D1,Ana Ruiz,Box,East,Won,1250,2017-01-10,2017-02-10
D5,Bo Li,Box,West,Won,900,2017-05-01,2017-06-01
D6,Bo Li,Jar,East,Won,100,2017-05-01,2017-06-02
"""
MORE_QUOTAS = b"Sales Rep,Quota,Start Date,End Date\nAna Ruiz,950,2017-01-01,2017-03-31\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = small_company(tmp_path)
    yield opened
    opened.close()


def upload(store: Store, name: str, sheet: bytes) -> None:
    assert commit(store, preview(store, [(name, sheet)], TODAY), AUTHOR, TODAY).batch


def latest(store: Store) -> int:
    return int(change_sets(store)["id"].iloc[0])


def dated(store: Store, days: dict[int, date]) -> None:
    """Lets change sets have been made at noon of other days."""
    with store.write_transaction() as connection:
        for number, day in days.items():
            made_at = datetime(day.year, day.month, day.day, 12)
            connection.execute(update(ChangeSet).where(ChangeSet.id == number).values(made_at=made_at))


def test_every_earlier_state_comes_back_whole_whatever_came_since(store: Store) -> None:
    states: dict[int, dict[str, list[dict[str, Any]]]] = {}

    def keep() -> None:
        states[latest(store)] = contents(store)

    keep()
    mark_filters(store, AUTHOR, ["product"])
    keep()
    upload(store, "deals.csv", LATER)
    keep()
    upload(store, "quotas.csv", MORE_QUOTAS)
    keep()
    leave = add_leave(store, AUTHOR, id_of(store, "Bo Li"), date(2017, 6, 1), date(2017, 6, 9))
    keep()
    assign(store, AUTHOR, [id_of(store, "Bo Li")], {"role": "sales_manager"}, date(2017, 4, 1))
    keep()
    change_settings(store, AUTHOR, closing_days=(date(2017, 3, 1),), name="Acme")
    keep()
    merge_people(store, AUTHOR, id_of(store, "Ana Ruiz"), id_of(store, "A. Ruiz"))
    keep()
    edit_person(store, AUTHOR, id_of(store, "Bo Li"), name="Bo Lee")
    keep()
    end_leave(store, AUTHOR, leave, date(2017, 5, 1))  # before its first day: it is taken away
    keep()
    for number, state in states.items():
        with as_known_after(store, number) as then:
            assert contents(then) == state, number


def test_a_day_knows_what_had_come_in_by_its_end(store: Store) -> None:
    change_settings(store, AUTHOR, name="Acme")
    upload(store, "deals.csv", LATER)
    first, renamed, corrected = sorted(change_sets(store)["id"])[:3]
    dated(store, {first: date(2017, 6, 1), renamed: date(2017, 6, 5), corrected: date(2017, 6, 7)})
    told = []
    for day in (date(2017, 6, 1), date(2017, 6, 6), date(2017, 6, 7)):
        with as_known_on(store, day) as then:
            told.append((company_of(then).name, value(scene_of(then, day), "bookings")))
    assert told == [("Our company", 3500_00), ("Acme", 3500_00), ("Acme", 4750_00)]
    with (
        pytest.raises(Refusal, match="Nothing was known here on 31 May 2017 yet"),
        as_known_on(store, date(2017, 5, 31)),
    ):
        pass


def test_every_state_before_undos_comes_back_whole(store: Store) -> None:
    states = {latest(store): contents(store)}
    bo = id_of(store, "Bo Li")
    only_deal = b"\n".join(LATER.split(b"\n")[:2])
    for write in (
        lambda: upload(store, "deals.csv", LATER),
        lambda: upload(store, "quotas.csv", MORE_QUOTAS),
        lambda: imported(store, {"deals.csv": only_deal}, TODAY, whole_truth=WholeTruth.SHEET, confirms_gone=True),
        lambda: merge_people(store, AUTHOR, id_of(store, "Ana Ruiz"), id_of(store, "A. Ruiz")),
        lambda: assign(store, AUTHOR, [bo], {"role": "sales_manager"}, date(2017, 4, 1)),
    ):
        write()
        states[latest(store)] = contents(store)
    for number in sorted(states, reverse=True):
        undo(store, number, AUTHOR)
        states[latest(store)] = contents(store)
    upload(store, *SHEETS[0])  # other people take the ids that are free again
    states[latest(store)] = contents(store)
    for number, state in states.items():
        with as_known_after(store, number) as then:
            assert contents(then) == state, number


def test_a_day_knows_what_was_undone_later(store: Store) -> None:
    first = latest(store)
    upload(store, "deals.csv", LATER)
    corrected = latest(store)
    undo(store, corrected, AUTHOR)
    dated(store, {first: date(2017, 6, 1), corrected: date(2017, 6, 3), latest(store): date(2017, 6, 5)})
    told = []
    for day in (date(2017, 6, 2), date(2017, 6, 4), date(2017, 6, 5)):
        with as_known_on(store, day) as then:
            told.append(value(scene_of(then, day), "bookings"))
    assert told == [3500_00, 4750_00, 3500_00]


def test_a_day_on_which_something_counted_that_an_earlier_program_undid_is_refused(store: Store) -> None:
    first = latest(store)
    upload(store, "deals.csv", LATER)
    corrected = latest(store)
    undo(store, corrected, AUTHOR)
    dated(store, {first: date(2017, 6, 1), corrected: date(2017, 6, 3), latest(store): date(2017, 6, 5)})
    with store.write_transaction() as connection:
        connection.execute(delete(UndoneRows))
    lost = r"4 Jun 2017 can’t be told any more: import 2 .*was undone on 5 Jun 2017"
    with pytest.raises(Refusal, match=lost), as_known_on(store, date(2017, 6, 4)):
        pass
