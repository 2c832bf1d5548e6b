"""Answers are remembered of one state of the store, and as many as there is room for."""

from datetime import date
from threading import Thread

import pytest

from spm.benchmarks.queries import pace
from spm.ui import remembering
from spm.ui.questions import asked_of

KEY = ("", date(2026, 4, 1), (1,))
FIRST, SECOND, THIRD = (asked_of((), pace, number) for number in range(3))


def remembered() -> list[bytes | None]:
    return [remembering.remembered(wanted, KEY) for wanted in (FIRST, SECOND, THIRD)]


@pytest.fixture
def room_for_five(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "MOST_BYTES", 5)
    remembering.forget()


@pytest.mark.usefixtures("room_for_five")
def test_those_that_nobody_asked_for_the_longest_make_room() -> None:
    for wanted, found in ((FIRST, b"12"), (SECOND, b"34")):
        remembering.remember(wanted, found, KEY)
    assert remembering.remembered(FIRST, KEY) == b"12"
    remembering.remember(THIRD, b"56", KEY)
    assert remembered() == [b"12", None, b"56"]
    assert remembering.count(KEY) == 2


@pytest.mark.usefixtures("room_for_five")
def test_an_answer_found_again_takes_its_room_once() -> None:
    for wanted, found in ((FIRST, b"12"), (SECOND, b"345"), (SECOND, b"678")):
        remembering.remember(wanted, found, KEY)
    assert remembered() == [b"12", b"678", None]


def test_those_of_another_state_of_the_store_go() -> None:
    later = (*KEY[:2], (2,))
    remembering.remember(FIRST, b"1", KEY)
    assert remembering.remembered(FIRST, later) is None
    remembering.remember(SECOND, b"2", later)
    assert remembered() == [None, None, None]
    assert remembering.remembered(SECOND, later) == b"2"


def test_who_asks_the_same_waits_and_who_asks_something_else_does_not() -> None:
    def finds(wanted: remembering.Asked, found: bytes) -> None:
        with remembering.one_at_a_time(wanted):
            done.append(found)

    done: list[bytes] = []
    with remembering.one_at_a_time(FIRST):
        same, other = (Thread(target=finds, args=of) for of in ((FIRST, b"same"), (SECOND, b"other")))
        same.start()
        other.start()
        other.join()
        assert done == [b"other"]
    same.join()
    assert done == [b"other", b"same"]
