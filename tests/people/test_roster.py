from datetime import date

import pandas as pd

from spm.people.roster import alike, roster, team_tree

DAY = date(2017, 6, 30)


def people(*rows: tuple[int, str, date | None, date | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["id", "name", "started_on", "ended_on"], dtype=object)
    return frame.assign(rep=frame["name"], email=None)


def assignments(*rows: tuple[int, date | None, date | None, str, bool, str]) -> pd.DataFrame:
    columns = ["person_id", "starts_on", "ends_before", "role", "is_role_assumed", "team"]
    return pd.DataFrame(rows, columns=columns, dtype=object).assign(manager="Max")


def test_everybody_is_listed_with_what_holds_on_the_day() -> None:
    known = people(
        (1, "Ana", date(2016, 7, 1), None),
        (2, "Bo", None, date(2017, 5, 31)),
        (3, "Cy", date(2017, 8, 1), None),
        (4, "Di", None, None),
    )
    july = date(2017, 7, 1)
    held = assignments(
        (1, None, date(2017, 3, 1), "sales_representative", True, "North"),
        (1, date(2017, 3, 1), july, "account_executive", False, "South"),
        (1, july, None, "sales_manager", False, "South"),
        (2, None, date(2017, 1, 1), "sales_representative", True, "North"),
        (3, date(2017, 8, 1), None, "sales_representative", False, "North"),
    )
    shown = roster(known, held, DAY).set_index("rep")
    assert list(shown["role"][:3]) == ["Account executive", "Sales representative", "Sales representative"]
    assert list(shown["is_role_assumed"][:3]) == [False, True, False]
    assert shown.loc["Di", "role"] is None
    assert list(shown["since"][:3]) == [date(2017, 3, 1), None, date(2017, 8, 1)]
    assert list(shown["standing"]) == ["here", "left", "to come", "here"]
    assert list(shown["tenure_days"]) == [365, None, None, None]


def test_who_left_has_the_tenure_of_the_last_day() -> None:
    shown = roster(people((1, "Ana", date(2017, 1, 1), date(2017, 1, 31))), assignments(), DAY)
    assert list(shown["tenure_days"]) == [31]


def test_names_that_may_be_one_person_are_paired() -> None:
    names = ["John Smith", "Jon Smith", "Ana Ruiz", "A. Ruiz", "Ana Diaz", "Smith John"]
    known = people(*((at, name, None, None) for at, name in enumerate(names)))
    assert set(alike(known)) == {(0, 1), (0, 5), (1, 5), (2, 3)}
    assert alike(known)[0] == (0, 5)


def test_teams_are_listed_from_the_top_down() -> None:
    teams = pd.DataFrame(
        [(1, "South", 3), (2, "North", 3), (3, "Company", None), (4, "Far North", 2), (5, "Alone", None)],
        columns=["id", "name", "parent_id"], dtype=object,
    )  # fmt: skip
    assert team_tree(teams) == [(5, 0), (3, 0), (2, 1), (4, 2), (1, 1)]
