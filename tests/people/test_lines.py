"""Who answers to whom all the way up, by hand."""

from datetime import date, timedelta
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


HISTORIES = st.lists(
    st.dictionaries(st.integers(1, 30), st.sampled_from([None, 1, 2, 3, 4, 5]), max_size=4), min_size=5, max_size=5
)
FIRST = date(2024, 1, 1)


@settings(max_examples=50)
@given(HISTORIES)
def test_on_each_day_a_line_is_who_is_met_on_the_way_up(changes: list[dict[int, int | None]]) -> None:
    """`changes`: of each person, from which day on who is their manager; before the first of them nobody is."""
    histories = {
        person: [(0, None), *sorted(theirs.items()), (40, None)] for person, theirs in enumerate(changes, start=1)
    }
    rows = [
        (person, FIRST + timedelta(start), FIRST + timedelta(end), manager)
        for person, theirs in histories.items()
        for (start, manager), (end, _) in pairwise(theirs)
    ]
    assignments = pd.DataFrame(rows, columns=["person_id", "starts_on", "ends_before", "manager_id"], dtype=object)
    found = in_lines(assignments, PEOPLE)
    said = list(
        zip(*(found[name] for name in ("person_id", "starts_on", "ends_before", "reporting_line")), strict=True)
    )
    names = dict(zip(PEOPLE["id"], PEOPLE["name"], strict=True))
    for at in range(40):
        day = FIRST + timedelta(at)
        for person in histories:
            met, manager = list[int](), manager_on(histories[person], at)
            while manager is not None and manager not in met:
                met.append(manager)
                manager = manager_on(histories[manager], at)
            (line,) = [line for one, start, end, line in said if one == person and start <= day < end]
            assert names_above(line) == tuple(names[one] for one in met)


def manager_on(history: list[tuple[int, int | None]], at: int) -> int | None:
    return next(manager for start, manager in reversed(history) if start <= at)
