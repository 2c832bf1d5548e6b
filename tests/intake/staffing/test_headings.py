"""Headings of blocks are owners without a word where they are people who are known, and a question where they are not."""

from datetime import date
from pathlib import Path

import pytest

from spm.intake.actions import commit
from spm.intake.changes.preview import Preview
from spm.intake.choices import Choices
from spm.intake.queries import preview
from spm.store.opening import Store
from tests.companies import TESTER, empty_store

TODAY = date(2017, 6, 30)
DEALS = b"""Deal id,Stage,Amount,Created on,Close date
Ana Ruiz,,,,
D1,Won,100,2017-01-01,2017-01-31
Bo Li,,,,
D2,Lost,5,2017-01-01,2017-02-28
"""
PEOPLE = b"Name,Role,Team\nAna Ruiz,Account executive,North\nBo Li,Account executive,South\n"
QUESTION = "“Ana Ruiz”, “Bo Li” stand alone above blocks of rows: do they say the owner of the rows below?"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path)


def plan(store: Store, *others: tuple[str, bytes], **choices: object) -> Preview:
    return preview(store, [("deals.csv", DEALS), *others], TODAY, Choices(**choices))  # type: ignore[arg-type]


def owners(found: Preview) -> list[str]:
    return [
        owner for _, of_table in found.differences if of_table.table == "deal" for owner in of_table.new["person_key"]
    ]


def test_headings_that_nobody_is_called_are_asked(store: Store) -> None:
    ((_, asked),) = plan(store).stops
    assert (asked.message, asked.flag) == (QUESTION, '--map "Heading=owner"')


def test_headings_that_are_people_of_the_same_upload_are_owners(store: Store) -> None:
    found = plan(store, ("people.csv", PEOPLE))
    assert not found.stops
    assert owners(found) == ["Ana Ruiz", "Bo Li"]


@pytest.mark.parametrize(("meaning", "of"), [("owner", ["Ana Ruiz", "Bo Li"]), ("attribute", [None, None])])
def test_an_answer_is_remembered_for_the_next_sheet(store: Store, meaning: str, of: list[str | None]) -> None:
    answered = plan(store, columns={"Heading": meaning})
    assert not answered.stops
    assert [row.get("person_key") for _, found in answered.differences for row in found.new.to_dict("records")] == of
    commit(store, answered, TESTER, TODAY)
    again = plan(store)
    assert not again.stops
    assert again.changes_nothing


ACROSS = b"Month,Ana Ruiz,Bo Li,Cy Dean\n2017-01,100,200,300\n2017-02,100,,300\n"


def test_people_across_are_asked_unless_most_of_them_are_known(store: Store) -> None:
    quotas = ("quotas.csv", ACROSS)
    ((_, asked),) = preview(store, [quotas], TODAY).stops
    assert asked.message == (
        "“Ana Ruiz”, “Bo Li”, “Cy Dean” stand above columns of numbers: is each the owner of what stands below it?"
    )
    assert not preview(store, [quotas, ("people.csv", PEOPLE)], TODAY).stops
    (wanted,) = (
        found.new for _, found in preview(store, [quotas], TODAY, Choices(columns={"Across": "owner"})).differences
    )
    assert wanted.groupby("person_key")["amount_cents"].sum().to_dict() == {
        "Ana Ruiz": 200_00, "Bo Li": 200_00, "Cy Dean": 600_00,
    }  # fmt: skip
