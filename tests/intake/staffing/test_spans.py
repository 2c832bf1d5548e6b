"""Sheets of leave and of skill levels: the last row of a person and day holds, what can't be is refused."""

from datetime import date

import pytest

from spm.intake.model import CheckedSheet
from spm.intake.rules.skill_levels import LEVELS
from spm.intake.staffing.directory import Directory
from spm.intake.staffing.spans import wanted_leave, wanted_skill_levels
from spm.scorecards.personal import Level
from tests.intake.tables import checked, table

LEAVE = "Employee ID,From,To (last day),Share away,Reason"
SKILLS = "Name,Skill level,From"


def leave(*row: object) -> CheckedSheet:
    return checked(table(LEAVE, row), "leave")


def test_a_leave_ends_before_the_day_after_its_last_and_is_whole_unless_said() -> None:
    sheet = checked(table(LEAVE, ("E1", "2017-03-06", "2017-03-10", None, "Holiday"),
                          ("E1", "2017-04-01", "2017-04-30", "50 %", None)), "leave")  # fmt: skip
    rows = wanted_leave(sheet, Directory()).rows
    assert rows[["key", "ends_before", "away_share", "reason"]].to_numpy().tolist() == [
        ["E1 | 2017-03-06", date(2017, 3, 11), 1.0, "Holiday"],
        ["E1 | 2017-04-01", date(2017, 5, 1), 0.5, ""],
    ]


def test_a_leave_that_can_not_be_is_refused() -> None:
    assert leave("E1", "2017-03-06", "2017-03-05", None, "Holiday").refused == (2,)
    assert leave("E1", "2017-03-06", "2017-03-07", "0 %", "Holiday").refused == (2,)
    assert leave("E1", "2017-03-06", None, None, "Holiday").refused == (2,)
    assert wanted_leave(leave(None, "2017-03-06", "2017-03-07", None, "Holiday"), Directory()).rows.empty


def test_the_last_level_of_a_day_holds() -> None:
    sheet = checked(table(SKILLS, ("Ana", "New", None), ("Ana", "EXPERT", "2017-03-01"), ("Ana", "developing", None)),
                    "skill_levels")  # fmt: skip
    rows = wanted_skill_levels(sheet, Directory()).rows
    assert rows[["starts_on", "level"]].to_numpy().tolist() == [[date(2017, 3, 1), "expert"], [None, "developing"]]


@pytest.mark.parametrize("word", ["great", None])
def test_another_word_is_no_level(word: str | None) -> None:
    assert checked(table(SKILLS, ("Ana", word, None), ("Bo", "new", None)), "skill_levels").refused == (2,)


def test_the_levels_are_those_of_scorecards() -> None:
    assert tuple(Level) == LEVELS
