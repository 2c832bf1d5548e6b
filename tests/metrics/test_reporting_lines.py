"""A manager below another gets another one inside a month: everyone below counts with each for their days. By hand."""

from datetime import date
from math import inf
from pathlib import Path

import pytest

from spm.calendar import FiscalCalendar, Period
from spm.coaching.queries import peers_for, people_in
from spm.metrics.queries import Question, Scene, rows_behind, value, values
from spm.scorecards.queries import scorecard_of
from tests.companies import empty_store, imported, scene

CALENDAR = FiscalCalendar()
Q1, JANUARY, FEBRUARY = (CALENDAR.period(label) for label in ("2024-Q1", "2024-01", "2024-02"))

# Mia answers to Vera up to Tuesday, 13 February 2024, to Will from Wednesday on; all of them to Ida.
PEOPLE = """
    Rep id,Name,Role,Team,Manager,Valid from,Valid to,Hire date
    1,Ana,Sales rep,North,Mia,,,2020-01-01
    2,Bo,Sales rep,West,Will,,,2020-01-01
    3,Mia,Sales manager,Office,Vera,2020-01-01,2024-02-13,2020-01-01
    3,Mia,Sales manager,Office,Will,2024-02-14,,2020-01-01
    4,Vera,Sales manager,Office,Ida,,,2020-01-01
    5,Will,Sales manager,Office,Ida,,,2020-01-01
    6,Ida,Sales manager,Office,,,,2020-01-01
"""
DEALS = """
    Deal id,Owner id,Account,Stage,Amount,Created on,Closed on
    1,1,Acme,Closed Won,100,2024-01-01,2024-02-13
    2,1,Acme,Closed Won,300,2024-01-01,2024-02-14
    3,1,Bolt,Closed Won,500,2024-01-01,2024-03-05
    4,2,Cask,Closed Won,1000,2024-01-01,2024-02-12
    5,1,Dyne,Closed Lost,50,2024-01-01,2024-01-20
    6,1,Edge,Negotiation,70,2024-01-01,
"""
# Q1 2024 has 65 working days, 32 of them before 14 February.
QUOTAS = """
    Owner id,Quarter start,Quarter end,Quota
    1,2024-01-01,2024-03-31,650
    2,2024-01-01,2024-03-31,1300
"""
SHEETS: dict[str, str | bytes] = {"people.csv": PEOPLE, "deals.csv": DEALS, "quotas.csv": QUOTAS}
MANAGERS = ("Mia", "Vera", "Will", "Ida")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    store = empty_store(tmp_path_factory.mktemp("lines"))
    imported(store, SHEETS, date(2024, 3, 31))
    return scene(store, date(2024, 3, 31))


def of_managers(company: Scene, key: str, period: Period = Q1) -> dict[str, float | None]:
    return {name: value(company, key, period, manager=name) for name in MANAGERS}


def test_bookings_count_with_whom_they_answered_to_on_the_day(company: Scene) -> None:
    assert of_managers(company, "bookings") == {"Mia": 900_00, "Vera": 100_00, "Will": 1_800_00, "Ida": 1_900_00}
    assert of_managers(company, "bookings", FEBRUARY) == {
        "Mia": 400_00, "Vera": 100_00, "Will": 1_300_00, "Ida": 1_400_00}  # fmt: skip
    assert of_managers(company, "bookings", JANUARY) == {"Mia": 0, "Vera": 0, "Will": 0, "Ida": 0}
    assert value(company, "lost_deals", Q1, manager="Vera") == 1
    assert value(company, "lost_deals", Q1, manager="Will") == 0


def test_by_month_too(company: Scene) -> None:
    found = values(company, Question("bookings", ("month",), (("manager", "Vera"),), Q1))
    assert dict(zip(found["month"], found["value"], strict=True)) == {"2024-01": 0, "2024-02": 100_00}


def test_quotas_follow(company: Scene) -> None:
    quotas = of_managers(company, "quota")
    assert quotas == {"Mia": 650_00, "Vera": 320_00, "Will": 330_00 + 1_300_00, "Ida": 1_950_00}
    assert value(company, "attainment", Q1, manager="Vera") == 100 / 320


def test_a_teams_own_quota_is_its_leaders_and_of_those_above_on_the_day(tmp_path: Path) -> None:
    quotas = "Team,Quarter start,Quarter end,Quota\nNorth,2024-01-01,2024-03-31,1300\n"
    store = empty_store(tmp_path)
    imported(store, {"people.csv": PEOPLE, "deals.csv": DEALS, "quotas.csv": quotas}, date(2024, 3, 31))
    company = scene(store, date(2024, 3, 31))
    assert of_managers(company, "quota") == {"Mia": 1_300_00, "Vera": 640_00, "Will": 660_00, "Ida": 1_300_00}


def test_customers_and_medians_are_those_of_the_days(company: Scene) -> None:
    assert of_managers(company, "customers") == {"Mia": 2, "Vera": 1, "Will": 3, "Ida": 3}
    # Ana's deals took 43, 44 and 64 days, Bo's 42.
    assert of_managers(company, "median_sales_cycle") == {"Mia": 44, "Vera": 43, "Will": 44, "Ida": 43.5}


def test_what_is_open_stands_with_whom_they_answer_to_on_the_day(company: Scene) -> None:
    assert of_managers(company, "open_pipeline") == {"Mia": 70_00, "Vera": None, "Will": 70_00, "Ida": 70_00}
    assert value(company, "open_pipeline", JANUARY, manager="Vera") == 970_00  # all of Ana's but the lost one


def test_the_rows_behind_add_up_to_the_number(company: Scene) -> None:
    for name, booked in of_managers(company, "bookings").items():
        (rows,) = rows_behind(company, "bookings", Q1, {"manager": name}).values()
        assert rows["amount_cents"].sum() == booked


def test_groups_by_reporting_line(company: Scene) -> None:
    found = values(company, Question("bookings", ("reporting_line",), (), Q1))
    assert {line: booked for line, booked in zip(found["reporting_line"], found["value"], strict=True) if booked} == {
        "Mia › Vera › Ida": 100_00, "Mia › Will › Ida": 800_00, "Will › Ida": 1_000_00}  # fmt: skip


def test_who_is_there_is_below_a_manager_for_some_of_the_days(company: Scene) -> None:
    names = company.org.people.set_index("id")["rep"]
    below = {name: {names[one] for one in people_in(company, Q1, {"manager": name}) or ()} for name in MANAGERS}
    assert below == {"Mia": {"Ana"}, "Vera": {"Ana", "Mia"}, "Will": {"Ana", "Bo", "Mia"},
                     "Ida": {"Ana", "Bo", "Mia", "Vera", "Will"}}  # fmt: skip
    peers = {name: peers_for(company, Q1, {"manager": name}) for name in MANAGERS}
    assert {name: found.reps if found else None for name, found in peers.items()} == {
        "Mia": ("Bo",), "Vera": ("Ana", "Bo"), "Will": None, "Ida": None}  # fmt: skip


def test_a_managers_own_scorecard_has_the_same_numbers(company: Scene) -> None:
    for name in MANAGERS:
        card = scorecard_of(company, int(company.org.person(name)["id"]), Q1)
        assert card.score is not None
        readings = [item.reading for item in card.score.counted]
        assert {one.metric.key for one in readings} >= {"attainment"}
        for one in readings:
            assert value(company, one.metric.key, Q1, manager=name) == (inf if one.is_covered else one.actual)
