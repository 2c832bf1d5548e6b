"""Quota sheets: whose number, for which days."""

from datetime import date

from spm.company.settings import Company
from spm.intake.model import CheckedSheet, Severity
from spm.intake.resolving.quotas import wanted_quotas
from spm.intake.staffing.directory import Directory
from tests.intake.tables import checked, table

OURS = Company()


def people() -> Directory:
    directory = Directory()
    for key, name in (("E1", "Ana"), ("E2", "Bo"), ("M1", "Max")):
        directory.know(key, name)
    return directory


def quotas(header: str, *rows: tuple[object, ...]) -> CheckedSheet:
    return checked(table(header, *rows), "quotas")


def plain(sheet: CheckedSheet, **how: object) -> list[list[object]]:
    made = wanted_quotas(sheet, people(), how.pop("company", OURS), {"M1": "North"}, **how)  # type: ignore[arg-type]
    return made.rows[["person_key", "team", "starts_on", "ends_before", "amount_cents"]].values.tolist()


def test_a_quota_names_its_last_day_and_ends_before_the_next() -> None:
    sheet = quotas("Owner,Quota,Start date,End date", ("Ana", 900, "2017-01-01", "2017-03-31"))
    assert plain(sheet) == [["E1", None, date(2017, 1, 1), date(2017, 4, 1), 90_000]]


def test_a_period_is_one_of_the_companys_fiscal_year() -> None:
    sheet = quotas("Owner,Quota,Fiscal quarter", ("Ana", 900, "2017-Q1"))
    fiscal = plain(sheet, company=Company(fiscal_first_month=7))
    assert fiscal == [["E1", None, date(2016, 7, 1), date(2016, 10, 1), 90_000]]


def test_a_team_answers_where_no_person_is_named_and_nobody_is_refused() -> None:
    sheet = quotas(
        "Owner,Team,Quota,Start date,End date",
        (None, "North", 900, "2017-01-01", "2017-01-31"),
        (None, None, 1, "2017-01-01", "2017-01-31"),
    )
    made = wanted_quotas(sheet, people(), OURS, {})
    assert made.rows[["person_key", "team"]].values.tolist() == [[None, "North"]]
    refused = [(issue.row, issue.message) for issue in made.issues if issue.severity is Severity.REFUSED]
    assert refused == [(3, "nobody is named for this quota")]


MANAGERS = "Owner,Quota,Start date,End date"


def test_a_managers_quota_the_size_of_the_others_sum_is_the_teams() -> None:
    days = ("2017-01-01", "2017-01-31")
    large = quotas(MANAGERS, ("Ana", 100, *days), ("Bo", 100, *days), ("Max", 200, *days))
    assert plain(large)[2][:2] == [None, "North"]
    small = quotas(MANAGERS, ("Ana", 100, *days), ("Bo", 100, *days), ("Max", 50, *days))
    assert plain(small)[2][:2] == ["M1", None]


def test_a_choice_goes_before_the_guess_and_the_column_before_the_choice() -> None:
    days = ("2017-01-01", "2017-01-31")
    large = quotas(MANAGERS, ("Ana", 100, *days), ("Max", 200, *days))
    assert plain(large, choice="own")[1][:2] == ["M1", None]
    said = quotas("Owner,Quota,Start date,End date,Own or team", ("Max", 200, *days, "Team"))
    assert plain(said, choice="own")[0][:2] == [None, "North"]


def test_how_managers_quotas_are_taken_is_told_with_the_flag_that_decides() -> None:
    sheet = quotas(MANAGERS, ("Ana", 100, "2017-01-01", "2017-01-31"), ("Max", 10, "2017-01-01", "2017-01-31"))
    (note,) = wanted_quotas(sheet, people(), OURS, {"M1": "North"}).issues
    assert note.message == "1 quota of managers (Max) taken as their own"
    assert note.found == "own"
    assert note.flag == "--manager-quotas own or --manager-quotas team"


def test_two_rows_for_one_owner_and_span_the_later_replaces_never_adds() -> None:
    days = ("2017-01-01", "2017-01-31")
    made = wanted_quotas(quotas(MANAGERS, ("Ana", 100, *days), ("Ana", 150, *days)), people(), OURS, {})
    assert made.rows[["amount_cents", "source_row"]].values.tolist() == [[15_000, 3]]
    assert [issue.message for issue in made.issues] == ["1 replaced by a later row for the same owner, metric and span"]


def test_a_quota_for_another_metric_is_another_quota() -> None:
    days = ("2017-01-01", "2017-01-31")
    sheet = quotas("Owner,Metric,Quota,Start date,End date", ("Ana", None, 1, *days), ("Ana", "Won deals", 2, *days))
    assert wanted_quotas(sheet, people(), OURS, {}).rows["metric"].tolist() == ["bookings", "won_deals"]


def test_who_is_a_manager_by_their_row_answers_for_the_team_that_it_names() -> None:
    sheet = quotas(
        "Team,Rep,Role,Month,Quota",
        ("West", "Zoe", "Sales manager", "2017-01", 900),
        ("West", "Ana", "AE", "2017-01", 800),
    )
    assert plain(sheet) == [
        [None, "West", date(2017, 1, 1), date(2017, 2, 1), 90_000],
        ["E1", None, date(2017, 1, 1), date(2017, 2, 1), 80_000],
    ]


def test_quotas_of_teams_beside_those_of_people_in_no_team_are_told() -> None:
    sheet = quotas("Team,Rep,Month,Quota", ("West", None, "2017-01", 900), ("West", "Zoe", "2017-01", 900))
    notes = [issue.message for issue in wanted_quotas(sheet, people(), OURS, {}).issues]
    assert notes == ["the team of “Zoe” is not known: until a people sheet says it, quotas of teams and theirs add up"]
