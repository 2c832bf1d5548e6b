"""People sheets: who is there, in which role, team and under whom, since when."""

from datetime import date

from spm.intake.staffing.directory import Directory
from spm.intake.staffing.staff import (
    Member,
    Posting,
    combined,
    in_order,
    leaders,
    members,
    merged,
    team_parents,
    tells_more,
    with_manager_roles,
)
from tests.intake.tables import checked, table

TODAY = date(2020, 6, 1)
NAMES = {"M1": "Max Boss", "M2": "Nia Head"}


def posted(
    start: date | None = None,
    end: date | None = None,
    role: str | None = None,
    team: str | None = None,
    manager: str | None = None,
) -> Posting:
    return Posting(start, end, role, team, manager)


def test_everyone_with_role_team_and_manager() -> None:
    sheet = checked(
        table(
            "Employee ID,Name,Email,Title,Team,Manager,Hire Date",
            ("E1", "Ana Ruiz", "ana@x.com", "Account Executive", "North", "Max Boss", "2016-01-04"),
            ("E4", "Max Boss", "max@x.com", "Sales Manager", None, None, "2015-01-05"),
        ),
        "people",
    )
    found, notes = members(sheet, Directory())
    assert notes == []
    assert found["E1"] == Member(
        "E1", "Ana Ruiz", "ana@x.com", date(2016, 1, 4), None, {}, set(),
        [Posting(None, None, "account_executive", "North", "E4", 2)], 2,
    )  # fmt: skip
    assert found["E4"].postings == [Posting(None, None, "sales_manager", None, None, 3)]


def test_namesakes_with_ids_or_emails_of_their_own_are_two_people() -> None:
    by_id = checked(table("Employee ID,Name,Team", ("1", "Jo Kim", "A"), ("2", "Jo Kim", "B")), "people")
    assert sorted(members(by_id, Directory())[0]) == ["1", "2"]
    by_email = checked(table("Name,Email,Team", ("Jo Kim", "j1@x.com", "A"), ("Jo Kim", "j2@x.com", "B")), "people")
    found = members(by_email, Directory())[0]
    assert {key: member.email for key, member in found.items()} == {"Jo Kim": "j1@x.com", "j2@x.com": "j2@x.com"}


def test_a_person_known_by_name_learns_an_id_and_stays_one() -> None:
    people = Directory()
    people.know("Ana Ruiz", "Ana Ruiz")
    found, _ = members(checked(table("Employee ID,Name,Team", ("E1", "ANA RUIZ", "North")), "people"), people)
    assert list(found) == ["Ana Ruiz"]
    assert found["Ana Ruiz"].spellings == {"E1"}
    assert found["Ana Ruiz"].name == "Ana Ruiz"
    assert people.key_of("e1") == "Ana Ruiz"


def test_a_new_name_under_a_known_id_is_a_new_name_of_the_same_person() -> None:
    people = Directory()
    people.know("E1", "Ana Ruiz", ("ana@x.com",))
    found, _ = members(checked(table("Employee ID,Name,Team", ("E1", "Ana Vega", "North")), "people"), people)
    assert found["E1"].name == "Ana Vega"


def test_titles_that_mean_no_role_and_sheets_without_roles_are_told() -> None:
    _, notes = members(checked(table("Name,Title,Team", ("Ana", "Wizard", "N")), "people"), Directory())
    assert notes[0].message == (
        "no role is known by the title “Wizard”: taken as sales representative; the People page changes it"
    )
    _, notes = members(checked(table("Name,Team", ("Ana", "N")), "people"), Directory())
    assert notes[0].message == "names no roles: everyone is taken as sales representative; the People page changes it"


def test_postings_end_where_the_next_one_starts() -> None:
    first, second = posted(None, None, team="A"), posted(date(2020, 1, 1), None, team="B")
    assert in_order([second, first]) == [posted(None, date(2020, 1, 1), team="A"), second]
    gap = posted(date(2019, 1, 1), date(2019, 7, 1), team="A")
    assert in_order([gap, second]) == [gap, second]


def test_the_first_word_on_a_person_holds_for_always_and_later_ones_from_today() -> None:
    first = merged([], [posted(team="A", manager="M1")], TODAY, NAMES)
    assert first == [posted(team="A", manager="M1")]
    moved = merged(first, [posted(team="A", manager="M2")], TODAY, NAMES)
    assert moved == [posted(None, TODAY, team="A", manager="M1"), posted(TODAY, None, team="A", manager="M2")]
    assert merged(moved, [posted(team="A", manager="M2")], date(2020, 9, 1), NAMES) == moved


def test_a_name_that_deals_brought_is_placed_for_always() -> None:
    assert merged([posted()], [posted(team="A", manager="M1")], TODAY, NAMES) == [posted(team="A", manager="M1")]


def test_what_a_row_leaves_open_stays() -> None:
    known = [posted(role="account_executive", team="North", manager="M1")]
    assert merged(known, [posted(manager="M1")], TODAY, NAMES) == known


def test_a_team_without_a_name_is_its_managers_and_follows_them() -> None:
    first = merged([], [posted(manager="M1")], TODAY, NAMES)
    assert first == [posted(team="Max Boss’s team", manager="M1")]
    moved = merged(first, [posted(manager="M2")], TODAY, NAMES)
    assert moved[-1] == posted(TODAY, None, team="Nia Head’s team", manager="M2")
    named = merged([posted(team="North", manager="M1")], [posted(manager="M2")], TODAY, NAMES)
    assert named[-1] == posted(TODAY, None, team="North", manager="M2")


def test_dated_rows_take_their_place_in_time_and_come_again_without_a_change() -> None:
    sheet = [posted(date(2019, 1, 1), date(2020, 1, 1), team="A"), posted(date(2020, 1, 1), None, team="B")]
    assert merged([], sheet, TODAY, NAMES) == sheet
    assert merged(sheet, sheet, TODAY, NAMES) == sheet
    later = merged(sheet, [posted(date(2020, 4, 1), None, team="C")], TODAY, NAMES)
    assert later[1:] == [
        posted(date(2020, 1, 1), date(2020, 4, 1), team="B"),
        posted(date(2020, 4, 1), None, team="C"),
    ]


def test_an_undated_row_changes_what_holds_today_and_not_what_is_planned() -> None:
    planned = [posted(None, date(2021, 1, 1), team="A"), posted(date(2021, 1, 1), None, team="B")]
    told = merged(planned, [posted(team="C")], TODAY, NAMES)
    assert told == [posted(None, TODAY, team="A"), posted(TODAY, date(2021, 1, 1), team="C"), planned[1]]
    assert merged(planned, [posted(team="A")], TODAY, NAMES) == planned


def test_whoever_others_report_to_is_a_manager_where_no_sheet_says_a_role() -> None:
    known = {"E1": [posted(manager="M1")], "M1": [posted()], "M2": [posted(role="account_executive")]}
    roles = {key: postings[0].role for key, postings in with_manager_roles(known).items()}
    assert roles == {"E1": None, "M1": "sales_manager", "M2": "account_executive"}


def test_teams_nest_as_their_managers_do_and_a_circle_is_cut() -> None:
    known = {
        "E1": [posted(team="North", manager="M1")],
        "M1": [posted(team="West", manager="M2")],
        "M2": [posted(team="Top")],
    }
    assert team_parents(known) == {"North": "West", "West": "Top", "Top": None}
    circle = {"M1": [posted(team="A", manager="M2")], "M2": [posted(team="B", manager="M1")]}
    assert team_parents(circle) == {"A": "B", "B": None}


def test_a_manager_leads_the_team_of_most_who_report_to_them() -> None:
    known = {
        "E1": [posted(team="A", manager="M1")],
        "E2": [posted(team="A", manager="M1")],
        "E3": [posted(team="B", manager="M1")],
    }
    assert leaders(known) == {"M1": "A"}


def test_a_sheet_adds_to_what_is_known_of_a_person() -> None:
    known = Member("E1", "Ana", "ana@x.com", None, None, {"office": "Rome"}, {"7"})
    assert not tells_more(Member("E1", "Ana"), known)
    assert not tells_more(Member("E1", "Ana", "ana@x.com", attributes={"office": "Rome"}, spellings={"7"}), known)
    told = Member("E1", "Ana", started_on=date(2020, 1, 1), attributes={"desk": "4"})
    assert tells_more(told, known)
    both = combined(known, told)
    assert (both.email, both.started_on, both.attributes) == (
        "ana@x.com",
        date(2020, 1, 1),
        {"office": "Rome", "desk": "4"},
    )
