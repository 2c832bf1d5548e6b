"""What an undo must not do: bring back what a later change set took away, or leave what its own made."""

from pathlib import Path

import pytest

from spm.errors import UndoRefused
from spm.intake.actions import undo
from spm.store.change_sets import writing
from spm.store.opening import Store
from spm.store.tables import Person
from tests.companies import TESTER, empty_store
from tests.stores import contents


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path)


def added(store: Store, key: str) -> int:
    with writing(store, "edit", TESTER, ["people"]) as open_set:
        return open_set.insert(Person, [{"key": key, "name": key}])[0]


def taken_away(store: Store, person_id: int) -> None:
    with writing(store, "edit", TESTER, ["people"]) as open_set:
        open_set.delete(Person, [person_id])


def renamed(store: Store, person_id: int, name: str) -> None:
    with writing(store, "edit", TESTER, ["people"]) as open_set:
        open_set.update(Person, [{"id": person_id, "name": name}])


def test_what_a_change_set_made_and_changed_again_goes_with_it(store: Store) -> None:
    with writing(store, "edit", TESTER, ["people"]) as open_set:
        (person_id,) = open_set.insert(Person, [{"key": "1", "name": "Ana"}])
        open_set.update(Person, [{"id": person_id, "name": "Bo"}])
    undo(store, 1, TESTER)
    assert contents(store)["person"] == []


def test_of_a_row_changed_twice_the_first_state_comes_back(store: Store) -> None:
    person_id = added(store, "Ana")
    before = contents(store)
    with writing(store, "edit", TESTER, ["people"]) as open_set:
        open_set.update(Person, [{"id": person_id, "name": "Bo"}])
        open_set.update(Person, [{"id": person_id, "name": "Cy"}])
    undo(store, 2, TESTER)
    assert contents(store) == before


def test_a_row_that_was_made_here_and_taken_away_later_refuses_the_undo(store: Store) -> None:
    taken_away(store, added(store, "Ana"))
    with pytest.raises(UndoRefused, match=r"1 person rows were changed or taken away later, in batch 2 \(edit by"):
        undo(store, 1, TESTER)
    undo(store, 2, TESTER)
    undo(store, 1, TESTER)
    assert contents(store)["person"] == []


def test_a_row_that_was_changed_here_and_taken_away_later_refuses_the_undo(store: Store) -> None:
    person_id = added(store, "Ana")
    renamed(store, person_id, "Bo")
    taken_away(store, person_id)
    with pytest.raises(UndoRefused, match="in batch 3"):
        undo(store, 2, TESTER)
    assert contents(store)["person"] == []


def test_a_row_that_took_a_free_id_is_never_overwritten(store: Store) -> None:
    taken_away(store, added(store, "Ana"))
    added(store, "Bo")
    with pytest.raises(UndoRefused, match="in batch 3"):
        undo(store, 2, TESTER)
    assert [row["name"] for row in contents(store)["person"]] == ["Bo"]


def test_an_undo_is_not_undone(store: Store) -> None:
    added(store, "Ana")
    undo(store, 1, TESTER)
    with pytest.raises(UndoRefused, match="undid another one"):
        undo(store, 2, TESTER)
