"""Stays in stages told by hand: what was seen to begin and to end has a length, and all of them follow what is written."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from spm.calendar import Span
from spm.store.change_sets import writing
from spm.store.opening import Store
from spm.store.stage_stays import UNSEEN, ended
from spm.store.tables import Deal, DealVersion, Person, Slice, SliceValue, StageStay
from spm.store.undoing import undo
from tests.companies import TESTER, empty_store

YEAR = Span(date(2024, 1, 1), date(2025, 1, 1))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = empty_store(tmp_path)
    with writing(opened, "edit", TESTER, ["people"]) as open_set:
        open_set.insert(Person, [{"key": name, "name": name} for name in ("Ana", "Ben")])
    yield opened
    opened.close()


def deal(store: Store, *states: str, created: str = "2024-01-01", person_id: int | None = 1, key: str = "1") -> int:
    """A deal that was as each of the states says ("2024-01-11 Proposal open"), and is as the last one does; its id."""
    told = [
        {"known_on": date.fromisoformat(day), "stage": None if stage == "-" else stage, "status": status}
        for day, stage, status in (state.split() for state in states)
    ]
    now = {"key": key, "person_id": person_id, "slice_id": 1, "created_on": date.fromisoformat(created), **told[-1]}
    with writing(store, "edit", TESTER, ["facts"]) as open_set:
        [deal_id] = open_set.insert(Deal, [now])
        ends = [state["known_on"] for state in told[1:]]
        open_set.insert(
            DealVersion,
            [{"deal_id": deal_id, "superseded_on": end, **state} for state, end in zip(told, ends, strict=False)],
        )
    return deal_id


def kept(store: Store) -> list[tuple[Any, ...]]:
    """Place, stage, days, last day and whether it went on, of every stay."""
    stay = StageStay
    with store.reading() as connection:
        asked = select(stay.place, stay.stage, stay.days, stay.ended_on, stay.went_on)
        return [tuple(row) for row in connection.execute(asked.order_by(stay.deal_id, stay.place))]


def lengths(store: Store, span: Span = YEAR, **how: Any) -> dict[tuple[str, int], int]:
    found = ended(store, span, **how)
    return {(row.stage, row.days): row.stays_count for row in found.itertuples()}


def test_a_deal_known_twice_in_one_stage_stayed_once(store: Store) -> None:
    deal(
        store,
        "2024-01-01 Discovery open",
        "2024-01-11 Proposal open",
        "2024-01-20 Proposal open",  # another amount, the same stage
        "2024-02-10 Won won",
    )
    assert kept(store) == [
        (0, "Discovery", 10, date(2024, 1, 11), True),
        (1, "Proposal", 30, date(2024, 2, 10), True),
    ]


def test_what_nobody_saw_begin_has_no_length_and_what_goes_on_is_no_stay(store: Store) -> None:
    deal(store, "2024-03-01 Proposal open", "2024-04-01 Negotiation open", created="2023-06-01")
    assert kept(store) == [(0, "Proposal", UNSEEN, date(2024, 4, 1), True)]


def test_of_a_deal_without_a_stage_nothing_is_told_and_one_that_is_lost_went_nowhere(store: Store) -> None:
    deal(store, "2024-01-01 - open", "2024-02-01 Discovery open", "2024-03-01 Lost lost")
    assert kept(store) == [(1, "Discovery", 29, date(2024, 3, 1), False)]


def test_a_deal_that_comes_back_to_a_stage_stayed_twice(store: Store) -> None:
    deal(store, "2024-01-01 Demo open", "2024-01-04 Trial open", "2024-01-09 Demo open", "2024-01-19 Won won")
    assert [row[:3] for row in kept(store)] == [(0, "Demo", 3), (1, "Trial", 5), (2, "Demo", 10)]
    assert ended(store, YEAR).set_index(["stage", "days"])["places_sum"].to_dict() == {
        ("Demo", 3): 0, ("Demo", 10): 2, ("Trial", 5): 1,
    }  # fmt: skip


def test_whole_months_parts_of_them_people_and_slices_are_told_alike(store: Store) -> None:
    with writing(store, "edit", TESTER, ["facts"]) as open_set:
        open_set.connection.execute(Slice.__table__.insert(), [{"id": 7, "combination": "{}7"}])
        open_set.connection.execute(
            SliceValue.__table__.insert(), [{"slice_id": 7, "attribute": "region", "value": "West"}]
        )
    first = deal(store, "2024-01-01 Demo open", "2024-01-04 Won won")
    deal(store, "2024-01-01 Demo open", "2024-02-05 Lost lost", person_id=2, key="2")
    deal(store, "2024-01-01 Demo open", "2024-02-25 Won won", person_id=None, key="3")
    assert lengths(store) == {("Demo", 3): 1, ("Demo", 35): 1, ("Demo", 55): 1}
    assert lengths(store, Span(date(2024, 2, 1), date(2024, 3, 1))) == {("Demo", 35): 1, ("Demo", 55): 1}
    assert lengths(store, Span(date(2024, 1, 4), date(2024, 2, 25))) == {("Demo", 3): 1, ("Demo", 35): 1}
    assert lengths(store, person_ids=[1, 2]) == {("Demo", 3): 1, ("Demo", 35): 1}
    assert lengths(store, person_ids=[0]) == {("Demo", 55): 1}
    assert lengths(store, person_ids=[]) == {}
    with writing(store, "edit", TESTER, ["facts"]) as open_set:
        open_set.update(Deal, [{"id": first, "slice_id": 7}])
    assert lengths(store, kept=(("region", "West"),)) == {("Demo", 3): 1}


def test_another_owner_a_later_state_and_an_undo_are_followed(store: Store) -> None:
    moved = deal(store, "2024-01-01 Demo open", "2024-01-04 Trial open")
    with writing(store, "edit", TESTER, ["facts"]) as open_set:
        open_set.update(Deal, [{"id": moved, "person_id": 2}])
    assert lengths(store, person_ids=[1]) == {}
    assert lengths(store, person_ids=[2]) == {("Demo", 3): 1}
    with writing(store, "edit", TESTER, ["facts"]) as open_set:
        later = open_set.change_set_id
        open_set.insert(DealVersion, [{"deal_id": moved, "known_on": date(2024, 1, 4), "superseded_on": date(2024, 1, 9),
                                       "stage": "Trial", "status": "open"}])  # fmt: skip
        open_set.update(Deal, [{"id": moved, "stage": "Lost", "status": "lost", "known_on": date(2024, 1, 9)}])
    assert lengths(store) == {("Demo", 3): 1, ("Trial", 5): 1}
    with writing(store, "undo", TESTER, ["facts"]) as open_set:
        undo(open_set, later)
    assert lengths(store) == {("Demo", 3): 1}
    with writing(store, "edit", TESTER, ["facts"]) as open_set:
        open_set.delete(DealVersion, open_set.ids_where(DealVersion, "deal_id", [moved]))
        open_set.delete(Deal, [moved])
    assert lengths(store) == {}
    assert kept(store) == []
