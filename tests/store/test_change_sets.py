"""Writes land whole or not at all, lose nothing among many writers, and can be undone to the last value."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from spm.errors import UndoRefused, UnknownName
from spm.intake.actions import undo
from spm.sample.actions import load_sample
from spm.store import totals
from spm.store.change_sets import Author, writing
from spm.store.opening import Store
from spm.store.tables import Person, Setting
from tests.companies import TESTER, empty_store, imported
from tests.store.contents import LOGS, fingerprints


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path)


def test_a_block_that_raises_leaves_nothing(store: Store) -> None:
    def write_and_fail() -> None:
        with writing(store, "edit", TESTER, ["people"]) as open_set:
            open_set.insert(Person, [{"key": "1", "name": "Ana"}])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert store.revision("people") == (0,)
    with store.reading() as connection:
        assert fingerprints(connection)["person"][0] == fingerprints(connection)["change_set"][0] == 0


def test_revisions_grow_with_what_is_written(store: Store) -> None:
    with writing(store, "edit", TESTER, ["people"]) as open_set:
        open_set.insert(Person, [{"key": "1", "name": "Ana"}])
    assert store.revision("people", "facts") == (1, 0)


def test_eight_writers_lose_no_change(store: Store) -> None:
    with writing(store, "settings", TESTER, ["settings"]) as open_set:
        open_set.insert(Setting, [{"key": "count", "value": 0}])

    def add_one(_: int) -> None:
        with writing(store, "settings", TESTER, ["settings"]) as open_set:
            (row,) = open_set.rows(Setting, "id", "value", key="count")
            open_set.update(Setting, [{"id": row["id"], "value": row["value"] + 1}])

    with ThreadPoolExecutor(8) as writers:
        list(writers.map(add_one, range(80)))
    with store.reading() as connection:
        assert connection.execute(select(Setting.value).where(Setting.key == "count")).scalar() == 80


FIRST = """
    Deal id,Owner,Stage,Amount,Created on,Closed on,Region
    1,Ana,Won,100,2024-01-05,2024-02-01,North
    2,Ben,Open,50,2024-01-06,,South
    3,Ben,Lost,70,2024-01-07,2024-03-01,South
    4,Cid,Won,10,2024-01-07,2024-03-01,North
"""
SECOND = """
    Deal id,Owner,Stage,Amount,Created on,Closed on,Region
    1,Ana,Won,120,2024-01-05,2024-02-01,West
    2,Ben,Won,55,2024-01-06,2024-04-01,South
    5,Dee,Won,5,2024-01-06,2024-04-01,West
"""


def test_an_undo_puts_back_every_row_and_total(store: Store) -> None:
    imported(store, {"deals.csv": FIRST, "people.csv": "Name,Team\nAna,Red\nBen,Red"})
    with store.reading() as connection:
        before = fingerprints(connection, without=LOGS)
    second = imported(store, {"deals.csv": SECOND, "people.csv": "Name,Team,Role\nAna,Blue,SDR\nEve,Blue,SDR"})
    with store.reading() as connection:
        assert fingerprints(connection, without=LOGS) != before
    undo(store, second.batch or 0, TESTER)
    with store.reading() as connection:
        assert fingerprints(connection, without=LOGS) == before


def test_undoing_the_first_batch_under_a_later_one_is_refused_by_name(store: Store) -> None:
    first = imported(store, {"deals.csv": FIRST})
    later = imported(store, {"deals.csv": SECOND})
    with store.reading() as connection:
        before = fingerprints(connection)
    with pytest.raises(
        UndoRefused, match=rf"2 deal rows were changed.* in batch {later.batch} \(import by tester"
    ) as refused:
        undo(store, first.batch or 0, Author("somebody"))
    assert refused.value.hint == f"Undo batch {later.batch} first."
    with store.reading() as connection:
        assert fingerprints(connection) == before


def test_a_batch_is_undone_once_and_must_exist(store: Store) -> None:
    batch = imported(store, {"deals.csv": FIRST}).batch or 0
    undo(store, batch, TESTER)
    with pytest.raises(UndoRefused, match="undone before"):
        undo(store, batch, TESTER)
    with pytest.raises(UnknownName, match="no batch 99"):
        undo(store, 99, TESTER)


def test_totals_kept_along_the_way_equal_a_full_rebuild(store: Store) -> None:
    load_sample(store, TESTER, date(2025, 6, 30), reps_count=5, months_count=5)
    imported(store, {"deals.csv": FIRST})
    second = imported(store, {"deals.csv": SECOND})
    undo(store, second.batch or 0, TESTER)
    names = {total.__tablename__ for total in totals.TOTALS}
    with store.write_transaction() as connection:
        kept = {name: print_ for name, print_ in fingerprints(connection).items() if name in names}
        totals.rebuild(connection)
        rebuilt = {name: print_ for name, print_ in fingerprints(connection).items() if name in names}
    assert kept == rebuilt
