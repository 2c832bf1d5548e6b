"""What someone answered holds for the next sheet with the same header, by the inbox too; until it is asked anew or undone."""

import os
import time
from pathlib import Path

import pytest

from spm.intake.actions import commit, undo
from spm.intake.changes.preview import Preview
from spm.intake.choices import Choices, kept_answers, with_kept_answers
from spm.intake.inbox.actions import take_in
from spm.intake.queries import preview
from spm.intake.values import DayOrder
from spm.metrics.queries import value
from spm.store.opening import Store
from tests.companies import REAL_TODAY, TESTER, empty_store, scene

HEADER = "Opportunity ID,Sales Agent,Stage,Amount,Created,Close Date"
FIRST = [f"D{at},Ana Ruiz,Won,{at}.500,2017-01-02,0{at}/0{at + 1}/2017" for at in range(1, 5)]
LATER = [f"E{at},Ana Ruiz,Won,{at}.250,2017-01-02,0{at}/0{at + 2}/2017" for at in range(1, 5)]
ANSWERED = Choices(day_order=DayOrder.DAY_FIRST, fractions=frozenset({"Amount"}))


def deals(rows: list[str]) -> bytes:
    return "\n".join([HEADER, *rows]).encode()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store in which the days and amounts of one sheet were asked and answered."""
    made = empty_store(tmp_path)
    assert len(planned(made, FIRST).stops) == 2
    commit(made, planned(made, FIRST, ANSWERED), TESTER, REAL_TODAY)
    return made


def planned(store: Store, rows: list[str], choices: Choices | None = None) -> Preview:
    return preview(store, [("deals.csv", deals(rows))], REAL_TODAY, choices or Choices())


def test_an_answer_holds_for_the_next_sheet_with_the_same_header(store: Store) -> None:
    plan = planned(store, LATER)
    assert plan.stops == []
    told = "as someone said of the same columns before: days are day/month; 1.234 is a fraction in Amount"
    assert told in [issue.message for issue in plan.sheets[0].issues]
    commit(store, plan, TESTER, REAL_TODAY)
    assert value(scene(store), "bookings") == 1_200 + 1_100  # 1.5 + 2.5 + 3.5 + 4.5, and a quarter less of each
    span = scene(store).covered_span(["won_deals"])
    assert span is not None
    assert (str(span.start), str(span.last_day)) == ("2017-02-01", "2017-06-04")


def test_it_holds_for_what_waits_in_the_inbox(store: Store, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    file = inbox / "deals.csv"
    file.write_bytes(deals(LATER))
    os.utime(file, (time.time() - 60,) * 2)
    taken = take_in(store, inbox, REAL_TODAY)
    assert taken is not None
    assert not taken.is_refused
    assert value(scene(store), "won_deals") == 8


def test_it_goes_with_the_import_that_brought_it(store: Store) -> None:
    undo(store, 1, TESTER)
    assert len(planned(store, LATER).stops) == 2


def test_asked_anew_nothing_of_it_holds_and_another_answer_takes_its_place(store: Store) -> None:
    assert len(planned(store, LATER, Choices(asks_anew=True)).stops) == 2
    other = Choices(asks_anew=True, day_order=DayOrder.MONTH_FIRST, accepted=frozenset({"Amount"}))
    commit(store, planned(store, LATER, other), TESTER, REAL_TODAY)
    ((_, asked),) = planned(store, FIRST).stops  # what is done without is asked each time
    assert asked.column == "Amount"


def test_what_is_said_now_goes_before_what_was_said() -> None:
    kept = kept_answers(ANSWERED)
    assert kept == {"day_order": "dmy", "fractions": ["Amount"]}
    assert with_kept_answers(Choices(), kept) == ANSWERED
    now = Choices(day_order=DayOrder.MONTH_FIRST, accepted=frozenset({"Amount"}))
    assert with_kept_answers(now, kept) == now
    assert kept_answers(Choices(accepted=frozenset({"Amount"}), confirms_gone=True)) == {}
