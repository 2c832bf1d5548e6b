"""Quotas of other spans for the same days never add up: the reader says which count."""

from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from spm.intake.actions import commit, undo
from spm.intake.changes.preview import Preview
from spm.intake.changes.queries import moves
from spm.intake.choices import Choices
from spm.intake.queries import preview
from spm.metrics.queries import scene_of, value
from spm.store.opening import Store
from tests.companies import TESTER, empty_store, imported

TODAY = date(2026, 6, 30)
MONTHS = """
    Sales Rep,Quota,Start Date,End Date
    Ana Ruiz,100,2026-01-01,2026-01-31
    Ana Ruiz,110,2026-02-01,2026-02-28
    Bo Li,50,2026-01-01,2026-01-31
"""
YEAR = """
    Sales Rep,Quota,Start Date,End Date
    Ana Ruiz,1300,2026-01-01,2026-12-31
"""
BOTH = MONTHS + "    Ana Ruiz,1300,2026-01-01,2026-12-31\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path)


def plan(store: Store, sheet: str, **choices: object) -> Preview:
    files = [("quotas.csv", dedent(sheet).strip().encode())]
    return preview(store, files, TODAY, Choices(**choices))  # type: ignore[arg-type]


def quota(store: Store, rep: str) -> float | None:
    return value(scene_of(store, TODAY), "quota", rep=rep)


def test_a_year_after_its_months_is_asked_and_takes_their_place(store: Store) -> None:
    imported(store, {"quotas.csv": MONTHS}, TODAY)
    ((_, asked),) = plan(store, YEAR).stops
    assert asked.message == (
        "2 quotas are for days of these and here already (“2026-01-01 to 2026-01-31”, “2026-02-01 to 2026-02-28”), "
        "and would be added to them: accept, and those of this sheet take their place"
    )
    assert asked.flag == '--accept "Quota"'
    answered = plan(store, YEAR, accepted=frozenset({"Quota"}))
    assert not answered.stops
    told = moves(store, answered, TODAY).in_all.set_index("metric")
    assert told.loc["quota", ["before", "after"]].tolist() == [26_000, 135_000]
    batch = commit(store, answered, TESTER, TODAY).batch
    assert (quota(store, "Ana Ruiz"), quota(store, "Bo Li")) == (130_000, 5_000)
    assert batch is not None
    undo(store, batch, TESTER)
    assert quota(store, "Ana Ruiz") == 21_000


def test_months_after_their_year_take_its_place(store: Store) -> None:
    imported(store, {"quotas.csv": YEAR}, TODAY)
    assert len(plan(store, MONTHS).stops) == 1
    commit(store, plan(store, MONTHS, accepted=frozenset({"Quota"})), TESTER, TODAY)
    assert quota(store, "Ana Ruiz") == 21_000


def test_of_a_year_and_months_in_one_sheet_the_months_count(store: Store) -> None:
    ((_, asked),) = plan(store, BOTH).stops
    assert asked.message.startswith(
        "1 quota is for days of shorter ones of the same owner (“2026-01-01 to 2026-12-31”)"
    )
    commit(store, plan(store, BOTH, accepted=frozenset({"Quota"})), TESTER, TODAY)
    assert quota(store, "Ana Ruiz") == 21_000


def test_spans_that_follow_each_other_and_those_of_others_are_no_question(store: Store) -> None:
    imported(store, {"quotas.csv": MONTHS}, TODAY)
    later = MONTHS.replace("Ana Ruiz,100", "Ana Ruiz,120") + "    Cy Dee,9,2026-01-01,2026-12-31\n"
    assert not plan(store, later).stops
