"""Questions to a small company whose every answer is worked out by hand."""

import math
from datetime import date
from pathlib import Path

import pytest

from spm.calendar import FiscalCalendar
from spm.errors import UnknownName
from spm.metrics.plain import plain_values
from spm.metrics.queries import Question, Scene, rows_behind, value, values, where_of
from spm.metrics.registry import METRICS
from tests.companies import empty_store, imported, scene

CALENDAR = FiscalCalendar()
Q1 = CALENDAR.period("2024-Q1")

PEOPLE = """
    Rep id,Name,Role,Manager,Hire date,Office
    7,Ana,Sales rep,Nora,2023-01-02,Berlin
    8,Ben,Sales rep,Nora,2023-01-02,Paris
    9,Cid,Sales rep,Sam,2023-01-02,Paris
    1,Nora,Sales manager,,2020-01-01,Berlin
    2,Sam,Sales manager,,2020-01-01,Paris
"""
DEALS = """
    Deal id,Owner id,Stage,Amount,Created on,Closed on,Expected close date,Product,Segment
    1,7,Closed Won,1000,2024-01-01,2024-01-31,,Kite,Small
    2,7,Closed Won,500,2024-01-01,2024-02-10,,Line,Large
    3,7,Closed Lost,200,2024-01-05,2024-02-29,,Kite,Small
    4,8,Closed Won,250,2023-12-01,2024-03-31,,Kite,Large
    5,8,Negotiation,800,2024-01-15,,2024-03-20,Line,Small
    6,9,Negotiation,400,2024-02-15,,2024-05-20,Line,Small
    7,9,Closed Lost,100,2024-01-15,2024-04-02,,Line,Small
"""
QUOTAS = """
    Owner id,Quarter start,Quarter end,Quota
    7,2024-01-01,2024-03-31,3000
    8,2024-01-01,2024-03-31,1000
    9,2024-01-01,2024-03-31,0
"""
ACTIVITIES = """
    Owner id,Activity type,Activity date,Status
    7,Call,2024-01-02,Completed
    7,Call,2024-01-03,Completed
    7,Meeting,2024-01-04,No show
    8,Meeting,2024-01-05,Completed
"""


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    store = empty_store(tmp_path_factory.mktemp("company"))
    sheets: dict[str, str | bytes] = {
        "people.csv": PEOPLE, "deals.csv": DEALS, "quotas.csv": QUOTAS, "activities.csv": ACTIVITIES,
    }  # fmt: skip
    imported(store, sheets)
    return scene(store)


def answers(scene: Scene, key: str, *by: str, **where: str) -> list[tuple[object, ...]]:
    frame = values(scene, Question(key, by, tuple(where.items()), Q1))
    return [tuple(row) for row in frame[[*by, "value"]].itertuples(index=False)]


def test_sums_by_what_people_are(company: Scene) -> None:
    assert answers(company, "bookings", "manager") == [("Nora", 1750_00), ("Sam", 0)]
    assert answers(company, "bookings", "office") == [("Berlin", 1500_00), ("Paris", 250_00)]
    assert answers(company, "bookings", "rep", "month", manager="Nora") == [
        ("Ana", "2024-01", 1000_00), ("Ana", "2024-02", 500_00), ("Ana", "2024-03", 0),
        ("Ben", "2024-01", 0), ("Ben", "2024-02", 0), ("Ben", "2024-03", 250_00),
    ]  # fmt: skip


def test_sums_by_what_deals_are(company: Scene) -> None:
    assert answers(company, "bookings", "product") == [("Kite", 1250_00), ("Line", 500_00)]
    assert answers(company, "won_deals", "segment", product="Kite") == [("Large", 1), ("Small", 1)]
    assert answers(company, "win_rate", "product") == [("Kite", 2 / 3), ("Line", 1.0)]


def test_attainment_of_nobody_s_quota_and_of_quota_zero(company: Scene) -> None:
    frame = values(company, Question("attainment", ("rep",), (), Q1))
    found = {row["rep"]: (row["numerator"], row["denominator"], row["value"]) for row in frame.to_dict("records")}
    assert found["Ana"] == (1500_00, 3000_00, 0.5)
    assert found["Ben"] == (250_00, 1000_00, 0.25)
    assert found["Cid"][:2] == (0, 0)
    assert math.isnan(found["Cid"][2])
    assert value(company, "attainment", Q1) == 1750 / 4000


def test_stocks_are_those_of_the_last_day(company: Scene) -> None:
    assert value(company, "open_deals", CALENDAR.period("2024-01")) == 5  # 2, 3, 4, 5 and 7
    assert value(company, "open_pipeline", CALENDAR.period("2024-01")) == (500 + 200 + 250 + 800 + 100) * 100
    assert value(company, "open_deals") == 2
    assert answers(company, "open_deals", "month") == [("2024-01", 5), ("2024-02", 4), ("2024-03", 3)]


def test_coverage_is_what_closes_in_the_period_over_what_is_left(company: Scene) -> None:
    # on 1 January: of the deals open then, only deal 4 was known to exist, and it has no expected close
    assert value(company, "pipeline_coverage", Q1) == 0
    in_march = scene(company.store, date(2024, 3, 1))
    # 4,000 of quota less 1,500 booked before 1 March; deal 5 is to close on 20 March
    assert value(in_march, "pipeline_coverage", Q1) == 800 / 2500


def test_reps_on_pace(company: Scene) -> None:
    after = scene(company.store, date(2024, 4, 5))
    assert value(after, "reps_on_pace", Q1) == 0.0  # 50 % and 25 %; a quota of 0 asks for nothing
    early = scene(company.store, date(2024, 1, 31))  # 23 of 65 working days: 80 % of them are 28 %
    assert value(early, "reps_on_pace", Q1) == 0.5


def test_activities_count_what_took_place(company: Scene) -> None:
    assert answers(company, "calls", "rep") == [("Ana", 2), ("Ben", 0), ("Cid", 0)]
    assert value(company, "meetings", Q1) == 1
    assert value(company, "meetings_booked", Q1) == 2
    assert value(company, "emails", Q1) is None
    assert value(company, "calls_and_emails", Q1) == 2


def test_every_number_opens_to_its_rows(company: Scene) -> None:
    found = rows_behind(company, "win_rate", Q1, {"rep": "Ana"})
    assert {label: rows["key"].tolist() for label, rows in found.items()} == {
        "Won deals": ["2", "1"],
        "Lost deals": ["3"],
    }
    won = found["Won deals"]
    assert won[["file_name", "sheet", "source_row", "owner"]].to_numpy().tolist() == [
        ["deals.csv", "deals", 3, "Ana"], ["deals.csv", "deals", 2, "Ana"],
    ]  # fmt: skip


def keys_behind(at: Scene, key: str, **where: str) -> dict[str, list[str]]:
    return {label: rows["key"].tolist() for label, rows in rows_behind(at, key, Q1, where).items()}


def test_what_stands_on_a_day_opens_to_what_stood_then(company: Scene) -> None:
    january = rows_behind(company, "open_pipeline", CALENDAR.period("2024-01"), {})["Open deals on 31 Jan 2024"]
    assert january["key"].tolist() == ["5", "7", "3", "2", "4"]  # the latest created first
    assert january["credited_cents"].sum() == value(company, "open_pipeline", CALENDAR.period("2024-01"))
    assert january["file_name"].unique().tolist() == ["deals.csv"]
    assert keys_behind(company, "open_deals", rep="Cid") == {"Open deals on 31 Mar 2024": ["6", "7"]}


def test_what_a_plan_lacks_opens_to_all_that_it_rests_on(company: Scene) -> None:
    in_march = scene(company.store, date(2024, 3, 1))
    so_far, year = "1 Jan 2024 – 29 Feb 2024", "2 Mar 2023 – 1 Mar 2024"
    covered = keys_behind(in_march, "pipeline_coverage")
    assert (covered["Open deals on 1 Mar 2024"], covered[f"Won value · {so_far}"]) == (["5"], ["2", "1"])
    assert rows_behind(in_march, "pipeline_coverage", Q1, {})["Quota"]["amount_cents"].sum() == 4000_00
    needed = keys_behind(in_march, "pipeline_needed", rep="Ana")
    assert list(needed) == ["Quota", f"Won value · {so_far}", f"Won value · {year}", f"Lost value · {year}"]
    assert needed[f"Lost value · {year}"] == ["3"]


def test_reps_on_pace_open_to_quotas_and_bookings(company: Scene) -> None:
    early = scene(company.store, date(2024, 1, 31))
    assert keys_behind(early, "reps_on_pace", rep="Ana").keys() == {"Quota", "Won value · 1 Jan 2024 – 31 Jan 2024"}
    after = scene(company.store, date(2024, 4, 5))
    assert keys_behind(after, "reps_on_pace")["Won value"] == ["4", "2", "1"]


@pytest.mark.parametrize("key", [key for key in METRICS if METRICS[key].nature.value in ("sum", "ratio")])
def test_the_rows_behind_a_number_add_up_to_it(company: Scene, key: str) -> None:
    asked, total = METRICS[key], value(company, key, Q1)
    counted = {label: len(rows) for label, rows in rows_behind(company, key, Q1, {}).items()}
    if total is None:
        assert not asked.denominator or len(counted) < 2
    elif asked.unit.value == "count":
        assert sum(counted.values()) == total


def test_names_are_found_however_they_are_typed(company: Scene) -> None:
    assert where_of(company, {"rep": "ANA", "manager": "nora", "role": "Sales representative", "product": "kite"}) == (
        ("rep", "Ana"), ("manager", "Nora"), ("role", "sales_representative"), ("product", "Kite"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("by", "where", "sentence"),
    [
        (("prodct",), {}, "nothing called “prodct” to group by. Did you mean product"),
        ((), {"month": "2024-01"}, "nothing called “month” to filter by"),
        ((), {"rep": "Annna"}, "Nobody is called “Annna”"),
        ((), {"product": "Kites"}, "No product is called “Kites”. Did you mean Kite"),
    ],
)
def test_a_wrong_name_gets_a_sentence(
    company: Scene, by: tuple[str, ...], where: dict[str, str], sentence: str
) -> None:
    with pytest.raises(UnknownName, match=sentence):
        values(company, Question("bookings", by, where_of(company, where), Q1))


def test_a_metric_that_nobody_knows(company: Scene) -> None:
    with pytest.raises(UnknownName, match="Did you mean win_rate"):
        company.metric("winrate")


def test_values_for_scripts(company: Scene) -> None:
    frame = values(company, Question("average_deal_size", ("manager",), (), Q1))
    assert plain_values(METRICS["average_deal_size"], frame, "USD") == [
        {"manager": "Nora", "metric": "average_deal_size", "value": 583.33, "numerator": 1750.0, "denominator": 3},
        {"manager": "Sam", "metric": "average_deal_size", "value": None, "numerator": 0.0, "denominator": 0},
    ]


def test_a_team_s_own_quota_stands_in_place_of_its_members(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    quotas = """
        Owner id,Quarter start,Quarter end,Quota,Own or team
        7,2024-01-01,2024-03-31,3000,
        8,2024-01-01,2024-03-31,1000,
        9,2024-01-01,2024-03-31,500,
        1,2024-01-01,2024-03-31,5000,team
    """
    imported(store, {"people.csv": PEOPLE, "deals.csv": DEALS, "quotas.csv": quotas})
    at = scene(store)
    assert answers(at, "quota", "team") == [("Nora’s team", 5000_00), ("Sam’s team", 500_00)]
    assert answers(at, "quota", "manager") == [("Nora", 5000_00), ("Sam", 500_00)]
    assert value(at, "quota", Q1) == 5500_00
    assert answers(at, "quota", "rep") == [("Ana", 3000_00), ("Ben", 1000_00), ("Cid", 500_00)]
    assert value(at, "quota", Q1, team="Nora’s team") == 5000_00


def test_a_rep_s_attainment_leaves_out_what_was_booked_before_the_first_quota(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    deals = """
        Deal id,Owner,Stage,Amount,Created on,Closed on
        1,Ana,Won,900,2024-01-01,2024-02-14
        2,Ana,Won,30,2024-01-01,2024-02-15
        3,Ana,Won,20,2024-01-01,2024-03-01
        4,Ben,Won,70,2024-01-01,2024-01-10
    """
    quotas = """
        Owner,Start date,End date,Quota
        Ana,2024-02-15,2024-03-31,100
        Ben,2024-01-01,2024-03-31,100
    """
    imported(store, {"deals.csv": deals, "quotas.csv": quotas})
    frame = values(scene(store), Question("attainment", ("rep",), (), Q1))
    assert dict(zip(frame["rep"], frame["value"], strict=True)) == {"Ana": 0.5, "Ben": 0.7}


def test_the_days_of_a_team_are_its_people_s_while_they_were_in_it(tmp_path: Path) -> None:
    """Ana and Ben are in North throughout, Cid comes on 16 January, Dee leaves on that day."""
    people = """
        Employee ID,Name,Title,Team,Valid From
        1,Ana,Sales Representative,North,2023-01-01
        2,Ben,Sales Representative,North,2023-01-01
        3,Cid,Sales Representative,South,2023-01-01
        3,Cid,Sales Representative,North,2024-01-16
        4,Dee,Sales Representative,North,2023-01-01
        4,Dee,Sales Representative,South,2024-01-16
    """
    rows = [f"{day}-{at},{at},Closed Won,{10**at},2024-01-01,2024-01-{day}" for day in (10, 20) for at in range(1, 5)]
    deals = "\n".join(["Deal id,Owner id,Stage,Amount,Created on,Closed on", *rows])
    store = empty_store(tmp_path)
    imported(store, {"people.csv": people, "deals.csv": deals})
    january = CALENDAR.period("2024-01")
    frame = values(scene(store), Question("bookings", ("day",), (("team", "North"),), january)).set_index("day")[
        "value"
    ]
    assert frame[frame > 0].to_dict() == {"2024-01-10": 10110_00, "2024-01-20": 1110_00}
    weeks = values(scene(store), Question("won_deals", ("week", "company"), (("team", "North"),), january))
    assert weeks["value"].sum() == 6


def test_a_lead_counts_as_converted_within_ninety_days(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    leads = """
        Lead id,Owner,Created on,Status,Became a deal on
        1,Ana,2024-01-01,Converted,2024-03-31
        2,Ana,2024-01-01,Converted,2024-04-01
        3,Ana,2024-01-02,New,
        4,Ben,2024-01-02,Qualified,
    """
    imported(store, {"leads.csv": leads})
    at = scene(store)
    assert value(at, "lead_to_opportunity_ratio") == 1 / 4  # 31 March is day 90, 1 April day 91
    assert value(at, "qualified_leads") == 3
    assert value(at, "leads", rep="Ana") == 3


def test_an_attainment_opens_to_its_quotas_too(company: Scene) -> None:
    quotas = rows_behind(company, "attainment", Q1, {"rep": "Ana"})["Quota"]
    assert quotas[["owner", "amount_cents", "on", "last_on", "file_name", "source_row"]].to_numpy().tolist() == [
        ["Ana", 3000_00, date(2024, 1, 1), date(2024, 3, 31), "quotas.csv", 2]
    ]
    assert len(rows_behind(company, "quota", Q1, {})["Quota"]) == 3
