"""Who answers to whom all the way up, by hand."""

from datetime import date

import pandas as pd
import pytest

from spm.people.lines import in_lines, names_above
from spm.people.org import ALWAYS, NEVER

PEOPLE = pd.DataFrame([(1, "Ana"), (2, "Mia"), (3, "Vera"), (4, "Will"), (5, "Head")], columns=["id", "name"])
MOVE, LATER = date(2024, 3, 11), date(2024, 9, 1)


def lines(*rows: tuple[int, date | None, date | None, int | None]) -> list[tuple[date, date, str | None]]:
    """Of Ana, person 1."""
    assignments = pd.DataFrame(rows, columns=["person_id", "starts_on", "ends_before", "manager_id"])
    found = in_lines(assignments, PEOPLE)
    theirs = found[found["person_id"] == 1]
    return list(zip(theirs["starts_on"], theirs["ends_before"], theirs["reporting_line"], strict=True))


def test_who_moves_further_up_cuts_the_days_of_everyone_below() -> None:
    moved = lines((1, None, None, 2), (2, None, MOVE, 3), (2, MOVE, None, 4), (3, None, None, 5), (4, None, None, None))
    assert moved == [(ALWAYS, MOVE, "Mia › Vera › Head"), (MOVE, NEVER, "Mia › Will")]


def test_what_does_not_change_who_is_above_cuts_nothing() -> None:
    # Mia changes team on MOVE, under the same manager.
    assert lines((1, None, None, 2), (2, None, MOVE, 3), (2, MOVE, None, 3)) == [(ALWAYS, NEVER, "Mia › Vera")]


def test_only_days_of_the_assignment_itself_count() -> None:
    moved = lines((1, MOVE, LATER, 2), (2, None, date(2024, 5, 1), 3), (2, date(2024, 5, 1), None, 4))
    assert moved == [(MOVE, date(2024, 5, 1), "Mia › Vera"), (date(2024, 5, 1), LATER, "Mia › Will")]


@pytest.mark.parametrize(
    "gap",
    [
        [(2, MOVE, None, 3)],  # nothing is known of the days before
        [(2, None, MOVE, 3)],  # nor after
        [(2, None, MOVE, 3), (2, LATER, None, 3)],
    ],
)
def test_on_days_of_which_no_sheet_speaks_a_managers_manager_is_who_is_known(
    gap: list[tuple[int, date | None, date | None, int | None]],
) -> None:
    assert lines((1, None, None, 2), *gap) == [(ALWAYS, NEVER, "Mia › Vera")]


def test_a_circle_of_managers_ends() -> None:
    assert lines((1, None, None, 2), (2, None, None, 3), (3, None, None, 2)) == [(ALWAYS, NEVER, "Mia › Vera")]
    assert lines((1, None, None, 1)) == [(ALWAYS, NEVER, "Ana")]


def test_who_answers_to_nobody_has_no_line() -> None:
    assert lines((1, None, None, None)) == [(ALWAYS, NEVER, None)]
    assert names_above(None) == ()
    assert names_above("Mia › Vera") == ("Mia", "Vera")
