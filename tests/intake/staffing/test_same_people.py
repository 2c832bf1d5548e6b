"""A name spelt nearly like somebody's is a question with a default; the answer is kept for the sheets that come later."""

from datetime import date
from pathlib import Path

import pytest

from spm.intake.actions import commit, undo
from spm.intake.changes.preview import Preview
from spm.intake.changes.questions import Asks, questions
from spm.intake.choices import Choices
from spm.intake.queries import preview
from spm.store import reading
from spm.store.opening import Store
from tests.companies import TESTER, empty_store, imported

TODAY = date(2017, 6, 30)
PEOPLE = "Name,Role,Team\nAna Ruiz,Account executive,North\n"
DEALS = b"Deal id,Owner,Stage,Amount,Created on,Close date\nD1,Anna Ruiz,Won,100,2017-01-01,2017-01-31\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    found = empty_store(tmp_path)
    imported(found, {"people.csv": PEOPLE}, TODAY)
    return found


def plan(store: Store, **same: str) -> Preview:
    meant = {name.replace("_", " "): other for name, other in same.items()}
    return preview(store, [("deals.csv", DEALS)], TODAY, Choices(same_people=meant))


def owners(found: Preview) -> list[str]:
    return [key for _, of_table in found.differences for key in of_table.new["person_key"]]


def test_without_an_answer_it_is_somebody_new_and_asked(store: Store) -> None:
    found = plan(store)
    (asked,) = questions(found)
    assert (asked.asks, asked.taken, asked.yes, asked.stops) == (Asks.SAME_PERSON, "Anna Ruiz", "Ana Ruiz", False)
    assert owners(found) == ["Anna Ruiz"]


def test_an_answer_is_kept_and_undone_with_its_batch(store: Store) -> None:
    answered = plan(store, Anna_Ruiz="Ana Ruiz")
    assert (questions(answered), owners(answered), answered.added_people) == ([], ["Ana Ruiz"], {})
    batch = commit(store, answered, TESTER, TODAY).batch
    assert plan(store).changes_nothing
    assert reading.spellings(store)["text"].tolist() == ["Anna Ruiz"]
    assert batch is not None
    undo(store, batch, TESTER)
    assert reading.spellings(store).empty


def test_an_answer_that_names_nobody_leaves_the_question(store: Store) -> None:
    assert len(questions(plan(store, Anna_Ruiz="Nobody"))) == 1
