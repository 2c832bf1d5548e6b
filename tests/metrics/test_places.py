"""Looking up thousands of rows at once gives what looking at each alone does."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from spm.calendar import Span
from spm.metrics.places import Places, pairs, places_in, stretches
from spm.rows import DAY

START = date(2024, 1, 1)
DAYS = st.integers(0, 120).map(lambda at: START + timedelta(at))
HISTORIES = st.dictionaries(st.integers(1, 4), st.lists(DAYS, min_size=1, max_size=4, unique=True), max_size=4)


def company(histories: dict[int, list[date]]) -> Places:
    """People who change teams on the days given; before the first they have none."""
    people = pd.DataFrame({"id": [1, 2, 3, 4], "rep": ["Ana", "Ben", "Cid", "Dee"]})
    rows = []
    for person, days in histories.items():
        edges = [*sorted(days), None]
        rows += [(person, start, end, f"Team {start}", None, "rep") for start, end in pairwise(edges)]
    columns = ["person_id", "starts_on", "ends_before", "team", "manager", "role"]
    return Places(people, pd.DataFrame(rows, columns=columns, dtype=object).assign(reporting_line=None), {})


@given(HISTORIES, st.lists(st.tuples(st.integers(0, 6), DAYS), max_size=20))
def test_everybody_is_where_their_last_change_put_them(
    histories: dict[int, list[date]], asked: list[tuple[int, date]]
) -> None:
    people, days = np.array([person for person, _ in asked], np.int64), np.array([day for _, day in asked], DAY)
    found = company(histories).on_days("team", people, days)
    expected = []
    for person, day in asked:
        before = [start for start in histories.get(person, []) if start <= day]
        expected.append(f"Team {max(before)}" if before else None)
    assert found.texts.tolist() == expected


def test_names_of_people_and_of_nobody() -> None:
    found = company({}).of_person("rep", np.array([2, 0, 1, 9]))
    assert found.texts.tolist() == ["Ben", None, "Ana", None]


def test_numbers_are_found_among_those_known() -> None:
    assert places_in(np.array([2, 5, 9]), np.array([9, 1, 5, 10, 2])).tolist() == [2, -1, 1, -1, 0]
    assert places_in(np.array([], np.int64), np.array([3])).tolist() == [-1]


def test_months_in_which_somebody_changes_come_in_runs() -> None:
    changed = pairs([7, 8, 7, 9], np.array(["2024-01-15", "2024-02-03", "2024-05-20", "2024-01-02"], DAY))
    assert stretches(changed) == [
        (Span(date(2024, 1, 1), date(2024, 3, 1)), (7, 8, 9)),
        (Span(date(2024, 5, 1), date(2024, 6, 1)), (7,)),
    ]


def test_a_change_on_the_first_of_a_month_divides_no_month() -> None:
    places = company({1: [date(2024, 1, 1), date(2024, 2, 10)], 2: [date(2024, 3, 1)]})
    assert stretches(places.changed_mid_month(Span(date(2024, 1, 1), date(2024, 6, 1)))) == [
        (Span(date(2024, 2, 1), date(2024, 3, 1)), (1,))
    ]
