"""The eight rules of the house that remove most wrong numbers: a test for each way to get one without an error."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spm.calendar import FiscalCalendar, Grain
from spm.company.actions import change_settings
from spm.company.settings import opening_period
from spm.intake.queries import preview
from spm.metrics.queries import Question, value, values
from spm.sample.company import company
from spm.store.opening import Store
from tests.companies import REAL_TODAY, TESTER, empty_store, imported, scene

CALENDAR = FiscalCalendar()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path)


def deals(*rows: str) -> str:
    return "\n".join(["Deal id,Owner,Stage,Amount,Created on,Closed on", *rows])


# 1. Money is integer minor units; ratios run 0 to 1.


def test_a_thousand_times_ten_cents_is_a_hundred(store: Store) -> None:
    imported(store, {"deals.csv": deals(*(f"D{at},Ana,Won,0.10,2024-01-01,2024-02-01" for at in range(1000)))})
    assert value(scene(store), "bookings") == 100_00


def test_a_win_rate_is_a_share_not_a_percentage(store: Store) -> None:
    imported(store, {"deals.csv": deals("1,Ana,Won,10,2024-01-01,2024-02-01", "2,Ana,Lost,10,2024-01-01,2024-02-01")})
    assert value(scene(store), "win_rate") == 0.5


# 2. Periods are half-open, on the company's fiscal calendar.


def test_a_deal_of_the_last_day_counts_in_its_quarter_and_in_no_other(store: Store) -> None:
    imported(
        store,
        {"deals.csv": deals("1,Ana,Won,10,2024-01-01,2024-03-31", "2,Ana,Won,20,2024-01-01,2024-04-01")},
    )
    at = scene(store)
    assert value(at, "bookings", CALENDAR.period("2024-Q1")) == 10_00
    assert value(at, "bookings", CALENDAR.period("2024-Q2")) == 20_00
    assert value(at, "bookings", CALENDAR.period("2024-03-31..2024-04-01")) == 30_00


def test_a_quarter_may_start_on_any_month(store: Store) -> None:
    change_settings(store, TESTER, fiscal_first_month=2)
    imported(store, {"deals.csv": deals("1,Ana,Won,10,2024-01-01,2024-01-31", "2,Ana,Won,20,2024-01-01,2024-02-01")})
    frame = values(scene(store), Question("bookings", ("year", "quarter")))
    assert frame[["year", "quarter", "value"]].to_numpy().tolist() == [
        ["2024", "2024-Q4", 1000],
        ["2025", "2025-Q1", 2000],
    ]


# 3. Today is a parameter.


def test_an_old_export_opens_on_its_own_last_quarter(store: Store) -> None:
    imported(store, {"deals.csv": deals("1,Ana,Won,10,2017-01-01,2017-12-20", "2,Ana,Won,10,2017-01-01,2017-12-31")})
    assert scene(store).today == date(2017, 12, 31)
    assert scene(store).standing.opens_on.label == "2017-Q4"


def test_a_typing_error_in_a_year_is_not_today(store: Store) -> None:
    rows = [f"{at},Ana,Won,10,2017-01-01,2017-06-{at:02}" for at in range(1, 21)]
    imported(store, {"deals.csv": deals(*rows, "21,Ana,Won,10,2017-01-01,2019-06-01")})
    assert scene(store).today == date(2017, 6, 20)
    assert scene(store).standing.ignored_days == (date(2019, 6, 1),)


def test_fresh_facts_make_today_the_real_one_and_it_can_be_set(store: Store) -> None:
    imported(store, {"deals.csv": deals("1,Ana,Won,10,2026-01-01,2026-11-01")})
    assert scene(store).today == REAL_TODAY
    assert scene(store, date(2026, 5, 5)).today == date(2026, 5, 5)
    change_settings(store, TESTER, today_override=date(2026, 3, 3))
    assert scene(store).today == date(2026, 3, 3)


def test_a_page_opens_on_the_last_period_that_is_half_over() -> None:
    assert opening_period(CALENDAR, date(2024, 2, 14), Grain.QUARTER).label == "2023-Q4"
    assert opening_period(CALENDAR, date(2024, 2, 15), Grain.QUARTER).label == "2024-Q1"  # day 46 of 91


# 4. Missing is missing; no denominator, no ratio.


def test_outside_of_what_a_sheet_covers_a_number_is_missing_and_inside_it_is_zero(store: Store) -> None:
    sheet = deals(
        "1,Ana,Won,10,2024-01-01,2024-01-10",
        "2,Ben,Won,10,2024-01-01,2024-03-10",
        "3,Ben,Lost,10,2024-01-01,2024-03-10",
    )
    imported(store, {"deals.csv": sheet})
    at = scene(store)
    assert value(at, "bookings", CALENDAR.period("2024-02")) == 0
    assert value(at, "bookings", CALENDAR.period("2024-06")) is None
    assert value(at, "bookings", CALENDAR.period("2024-03"), rep="Ana") == 0
    assert value(at, "calls") is None


def test_no_denominator_is_no_ratio(store: Store) -> None:
    imported(store, {"deals.csv": deals("1,Ana,Won,10,2024-01-01,2024-01-10", "2,Ben,Won,10,2024-01-01,2024-03-10")})
    assert value(scene(store), "win_rate", CALENDAR.period("2024-02")) is None
    assert value(scene(store), "attainment") is None


def test_an_open_deal_without_an_amount_is_counted_and_its_amount_is_missing(store: Store) -> None:
    imported(store, {"deals.csv": deals("1,Ana,Open,,2024-01-01,", "2,Ana,Won,10,2024-01-01,2024-01-10")})
    assert value(scene(store), "open_deals") == 1
    assert value(scene(store), "open_pipeline") is None


# 5. Who was in which role and team is asked for that day.


def test_a_change_of_team_in_the_middle_of_a_month_divides_it(store: Store) -> None:
    people = """
        Name,Role,Team,Manager,In this role and team from
        Ana,Sales rep,North,Nora,2024-01-01
        Ana,Account executive,South,Sam,2024-02-15
        Ben,Sales rep,North,Nora,2024-01-01
    """
    sheet = deals(
        "1,Ana,Won,1,2024-01-01,2024-01-20", "2,Ana,Won,20,2024-01-01,2024-02-14", "3,Ana,Won,300,2024-01-01,2024-02-15",
        "4,Ana,Won,4000,2024-01-01,2024-03-01",
    )  # fmt: skip
    imported(store, {"people.csv": people, "deals.csv": sheet})
    for dimension, first, second in (
        ("team", "North", "South"), ("manager", "Nora", "Sam"), ("role", "sales_representative", "account_executive"),
    ):  # fmt: skip
        frame = values(scene(store), Question("bookings", (dimension,)))
        assert dict(zip(frame[dimension], frame["value"], strict=True)) == {first: 21_00, second: 4_300_00}, dimension


# 6. A mean of ratios is a bug.


def test_the_win_rate_of_a_team_is_that_of_its_deals(store: Store) -> None:
    people = "Name,Team,Role\nAna,North,Sales rep\nBen,North,Sales rep"
    anas = [f"a{at},Ana,Lost,10,2024-01-01,2024-01-10" for at in range(98)]
    bens = ["b1,Ben,Won,10,2024-01-01,2024-01-10", "b2,Ben,Won,10,2024-01-01,2024-01-10"]
    imported(store, {"people.csv": people, "deals.csv": deals(*anas, *bens)})
    (row,) = values(scene(store), Question("win_rate", ("team",))).to_dict("records")
    assert (row["value"], row["numerator"], row["denominator"]) == (0.02, 2, 100)  # the mean of 0 and 1 is 0.5


# 7. A random step takes a seed.


def test_the_same_seed_makes_the_same_company_and_another_seed_another() -> None:
    def won(seed: int) -> list[object]:
        return company(last_day=REAL_TODAY, reps_count=6, months_count=6, seed=seed)["deals"]["amount"].tolist()

    assert won(7) == won(7)
    assert won(7) != won(8)


# 8. Reading a file never raises for what is in it.


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300), name=st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a.txt"]))
def test_whatever_is_in_a_file_ends_in_rows_or_issues(content: bytes, name: str, store: Store) -> None:
    plan = preview(store, [(name, content)], REAL_TODAY)
    assert plan.sheets or plan.upload.issues
