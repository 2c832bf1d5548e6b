"""Two sheets of daily counts that count something under the same name: the same measure, or two."""

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
FIELD = """
    Rep,Date,Doors
    Ana Ruiz,2026-02-01,10
    Bo Li,2026-02-01,12
"""
APP = """
    Rep,Date,Zone,Doors,Samples,Calls
    Ana Ruiz,2026-02-01,N,7,1,5
    Ana Ruiz,2026-02-02,N,9,2,6
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = empty_store(tmp_path)
    imported(made, {"field.csv": FIELD}, TODAY)
    return made


def plan(store: Store, name: str = "app.csv", sheet: str = APP, **choices: object) -> Preview:
    files = [(name, dedent(sheet).strip().encode())]
    return preview(store, files, TODAY, Choices(**choices))  # type: ignore[arg-type]


def counted(store: Store, *keys: str) -> list[float | None]:
    scene = scene_of(store, TODAY)
    return [value(scene, key) for key in keys]


def test_a_measure_that_a_sheet_with_other_columns_counts_is_asked_about(store: Store) -> None:
    ((_, asked),) = plan(store).stops
    assert asked.message.startswith(
        "field.csv counts this already, from 2026-02-01 to 2026-02-01: is it the same measure?"
    )
    assert asked.column == "Doors"
    assert asked.flag == '--accept "Doors" or --map "Doors=Doors of app"'


def test_the_same_measure_is_counted_by_the_later_sheet_where_both_tell(store: Store) -> None:
    batch = commit(store, plan(store, accepted=frozenset({"Doors"})), TESTER, TODAY).batch
    assert counted(store, "doors", "samples") == [7 + 9 + 12, 3]
    assert batch is not None
    undo(store, batch, TESTER)
    assert counted(store, "doors") == [22]


def test_what_is_here_already_is_not_asked_about(store: Store) -> None:
    told_otherwise = FIELD.replace("Doors", "Doors,Zone").replace("10", "10,N").replace("12", "12,N")
    assert not plan(store, "other.csv", FIELD.replace("Rep,", "Owner,")).stops
    assert len(plan(store, "other.csv", told_otherwise.replace("12", "13")).stops) == 1


def test_another_number_has_a_name_of_its_own(store: Store) -> None:
    answered = plan(store, columns={"Doors": "Doors of app"})
    assert not answered.stops
    commit(store, answered, TESTER, TODAY)
    assert counted(store, "doors", "doors_of_app") == [22, 16]


def test_sheets_that_counted_it_before_are_not_asked_again(store: Store) -> None:
    assert not plan(store, "field again.csv", FIELD.replace("2026-02", "2026-03")).stops
    commit(store, plan(store, accepted=frozenset({"Doors"})), TESTER, TODAY)
    assert not plan(store, "app again.csv", APP.replace("2026-02", "2026-03")).stops
    assert not plan(store, "field again.csv", FIELD.replace("2026-02", "2026-03")).stops
