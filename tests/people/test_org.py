"""Who leads a team on a day."""

from datetime import date

import pandas as pd

from spm.calendar import Span
from spm.people.org import active, below, leaders, stays
from spm.people.roles import MANAGER, REP

COLUMNS = ["person_id", "team", "manager", "role", "starts_on", "ends_before"]


def test_a_team_is_led_by_the_one_its_members_report_to_on_the_day() -> None:
    # Xiu led East until 1 December; Chloe after her, who reports to Ngozi and is in East too, with the latest row of all.
    handover = date(2024, 12, 1)
    rows = [
        (1, "East", "Xiu", REP, None, handover),
        (1, "East", "Chloe", REP, handover, None),
        (8, "East", "Ngozi", MANAGER, None, handover),
        (9, "East", "Ngozi", MANAGER, handover, None),
        (8, "Sales", "Ngozi", MANAGER, handover, None),
    ]
    days = pd.DataFrame(
        [("East", date(2024, 11, 29)), ("East", handover), ("Sales", handover), ("West", handover)],
        columns=["team", "period"],
        index=[7, 3, 5, 1],
    )
    found = leaders(days, pd.DataFrame(rows, columns=COLUMNS))
    assert found.to_dict() == {7: "Xiu", 3: "Chloe", 5: "Ngozi", 1: None}


def test_below_a_manager_are_the_managers_below_them_too() -> None:
    people = pd.DataFrame([(1, "Ana"), (2, "Nora"), (3, "Olga"), (4, "Sam")], columns=["id", "name"])
    assignments = pd.DataFrame([(1, "Nora"), (2, "Olga"), (3, None), (4, "Olga")], columns=["person_id", "manager"])
    assert below(assignments, people) == {"Nora": {"Nora"}, "Olga": {"Olga", "Nora"}}


def test_a_circle_of_managers_ends() -> None:
    people = pd.DataFrame([(1, "Ana"), (2, "Nora")], columns=["id", "name"])
    assignments = pd.DataFrame([(1, "Nora"), (2, "Ana")], columns=["person_id", "manager"])
    assert below(assignments, people) == {"Ana": {"Ana", "Nora"}, "Nora": {"Ana", "Nora"}}


def test_where_nobody_is_known_nobody_is_there() -> None:
    people = pd.DataFrame(columns=["id", "rep", "started_on", "ended_on"])
    there = active(stays(people, pd.DataFrame(columns=COLUMNS)), Span(date(2026, 1, 1), date(2026, 2, 1)))
    assert there.empty
    assert {"person_id", "rep", "role", "team", "manager"} <= set(there)
