"""A log of calls and daily counts of calls, whichever comes first: the same calls count once."""

from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from spm.intake.actions import commit, undo
from spm.intake.changes.preview import Preview
from spm.intake.choices import Choices
from spm.intake.queries import preview
from spm.metrics.queries import scene_of, value
from spm.store.opening import Store
from tests.companies import TESTER, empty_store, imported

TODAY = date(2026, 6, 30)
COUNTS = """
    Rep,Date,Calls,Doors
    Ana Ruiz,2026-02-01,10,4
    Ana Ruiz,2026-02-02,20,5
    Ana Ruiz,2026-02-09,30,6
"""
LOG = """
    Activity Type,Activity Date,Assigned To
    Call,2026-02-01,Ana Ruiz
    Call,2026-02-01,Ana Ruiz
    Call,2026-02-03,Ana Ruiz
    Meeting,2026-02-09,Ana Ruiz
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path)


def plan(store: Store, **choices: object) -> Preview:
    files = [("log.csv", dedent(LOG).strip().encode())]
    return preview(store, files, TODAY, Choices(**choices))  # type: ignore[arg-type]


def calls_and_doors(store: Store) -> list[float | None]:
    scene = scene_of(store, TODAY)
    return [value(scene, key) for key in ("calls", "doors", "meetings")]


def test_a_log_after_counts_is_asked_and_counts_on_its_days(store: Store) -> None:
    imported(store, {"daily counts.csv": COUNTS}, TODAY)
    ((_, asked),) = plan(store).stops
    assert asked.message.startswith("daily counts of calls are here for 2 days of reps from 2026-02-01 to 2026-02-03")
    assert asked.flag == '--accept "Activity Date" or --rename "calls=Logged calls"'
    answered = plan(store, accepted=frozenset({"Activity Date"}))
    assert not answered.stops
    batch = commit(store, answered, TESTER, TODAY).batch
    assert calls_and_doors(store) == [3 + 30, 15, 1]
    assert batch is not None
    undo(store, batch, TESTER)
    assert calls_and_doors(store) == [60, 15, None]


def test_once_answered_the_log_is_no_question_again(store: Store) -> None:
    imported(store, {"daily counts.csv": COUNTS}, TODAY)
    commit(store, plan(store, accepted=frozenset({"Activity Date"})), TESTER, TODAY)
    again = plan(store)
    assert not again.stops
    assert again.changes_nothing


def test_what_a_log_counts_can_be_another_number_than_the_daily_counts(store: Store) -> None:
    imported(store, {"daily counts.csv": COUNTS}, TODAY)
    answered = plan(store, renamed={"Calls": "Logged calls"})
    assert not answered.stops
    batch = commit(store, answered, TESTER, TODAY).batch
    assert [*calls_and_doors(store), value(scene_of(store, TODAY), "logged_calls")] == [60, 15, 1, 3]
    assert plan(store, renamed={"Calls": "Logged calls"}).changes_nothing
    assert batch is not None
    undo(store, batch, TESTER)
    assert calls_and_doors(store) == [60, 15, None]


def test_a_new_name_that_the_daily_counts_have_is_none(store: Store) -> None:
    imported(store, {"daily counts.csv": COUNTS}, TODAY)
    assert len(plan(store, renamed={"calls": "Calls"}).stops) == 1


def test_the_new_name_of_a_log_holds_for_the_next_one_whether_counts_are_here_or_not(store: Store) -> None:
    imported(store, {"daily counts.csv": COUNTS}, TODAY)
    commit(store, plan(store, renamed={"Calls": "Logged calls"}), TESTER, TODAY)
    later = LOG.replace("2026-02", "2026-04")
    assert imported(store, {"log.csv": later}, TODAY).batch is not None
    assert [*calls_and_doors(store), value(scene_of(store, TODAY), "logged_calls")] == [60, 15, 2, 6]
