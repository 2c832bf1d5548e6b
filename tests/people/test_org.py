"""Who leads a team on a day."""

from datetime import date

import pandas as pd

from spm.calendar import Span
from spm.people.lines import in_lines
from spm.people.org import active, leaders, stays
from spm.people.roles import MANAGER, REP

COLUMNS = ["person_id", "team", "manager_id", "manager", "role", "starts_on", "ends_before"]


def test_a_team_is_led_by_the_one_its_members_report_to_on_the_day() -> None:
    # Xiu led East until 1 December; Chloe after her, who reports to Ngozi and is in East too, with the latest row of all.
    handover = date(2024, 12, 1)
    rows = [
        (1, "East", 2, "Xiu", REP, None, handover),
        (1, "East", 8, "Chloe", REP, handover, None),
        (8, "East", 7, "Ngozi", MANAGER, None, handover),
        (9, "East", 7, "Ngozi", MANAGER, handover, None),
        (8, "Sales", 7, "Ngozi", MANAGER, handover, None),
    ]
    days = pd.DataFrame(
        [("East", date(2024, 11, 29)), ("East", handover), ("Sales", handover), ("West", handover)],
        columns=["team", "period"],
        index=[7, 3, 5, 1],
    )
    people = pd.DataFrame([(2, "Xiu"), (8, "Chloe"), (7, "Ngozi")], columns=["id", "name"])
    found = leaders(days, in_lines(pd.DataFrame(rows, columns=COLUMNS), people))
    assert found["manager"].to_dict() == {7: "Xiu", 3: "Chloe", 5: "Ngozi", 1: None}
    assert found["reporting_line"].to_dict() == {7: "Xiu", 3: "Chloe › Ngozi", 5: "Ngozi", 1: None}


def test_where_nobody_is_known_nobody_is_there() -> None:
    people = pd.DataFrame(columns=["id", "rep", "started_on", "ended_on"])
    there = active(
        stays(people, in_lines(pd.DataFrame(columns=COLUMNS), people.assign(name=None))),
        Span(date(2026, 1, 1), date(2026, 2, 1)),
    )
    assert there.empty
    assert {"person_id", "rep", "role", "team", "manager"} <= set(there)
