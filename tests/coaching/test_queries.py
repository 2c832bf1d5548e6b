"""Course, own past and funnel of a small company, worked out by hand."""

from datetime import date
from pathlib import Path

import pytest

from spm.benchmarks.comparing.queries import comparable_metrics
from spm.benchmarks.own_past import Judgement, Point, Signal
from spm.calendar import FiscalCalendar, Grain, plus_months
from spm.coaching.deals.queries import open_deals
from spm.coaching.queries import courses, funnel, months, months_shown, time_in_stages
from spm.metrics.queries import Scene
from tests.companies import empty_store, imported, scene

CALENDAR = FiscalCalendar()
Q2 = CALENDAR.period("2024-Q2")
ANA = {"rep": "Ana"}


def deal(number: int, closed_on: date, amount: int) -> str:
    return f"{number},Ana,Closed Won,{amount},{closed_on},{closed_on}"


# Twelve months of 100 each, then 100, 300 and 500 in April to June; one deal is open since 1 June.
CLOSED = [deal(at, plus_months(date(2023, 4, 1), at), 100) for at in range(13)]
CLOSED += [deal(13, date(2024, 5, 2), 300), deal(14, date(2024, 6, 3), 500), deal(15, date(2024, 6, 30), 0)]
DEALS = "\n".join(["Deal id,Owner,Stage,Amount,Created on,Closed on", *CLOSED, "16,Ana,Negotiation,70,2024-06-01,"])


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    store = empty_store(tmp_path_factory.mktemp("company"))
    imported(store, {"deals.csv": DEALS})
    return scene(store)


def test_a_course_is_the_last_twelve_months_and_the_own_past(company: Scene) -> None:
    found = courses(company, ["bookings"], Q2, ANA)["bookings"]
    assert [point.value for point in found.points] == [100_00] * 10 + [300_00, 500_00]
    assert not found.is_to_date
    past = found.past
    assert (past.period_before.past, past.period_before.change) == (300_00, 600_00)
    assert (past.year_earlier.against, past.year_earlier.past) == ("Q2 2023", 300_00)
    assert past.trailing_mean.past == 300_00
    assert past.words[0] == "200.0 % above Q1 2024"


def test_a_running_period_is_held_against_as_much_of_the_others(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    imported(store, {"deals.csv": DEALS})
    # On 15 May 33 of Q2's 65 working days are over; that share of Q1 2024's 65 ends on 14 February.
    found = courses(scene(store, date(2024, 5, 15)), ["bookings"], Q2, ANA)["bookings"]
    assert found.is_to_date
    assert found.past.period_before.past == 200_00
    assert found.past.trailing_mean.past is None
    assert found.points[-1].period.label == "2024-04"


def test_months_that_no_sheet_covers_wholly_are_left_out(company: Scene) -> None:
    judged = months(company, "bookings", Q2, ANA)
    assert (judged[0].point.period.label, judged[-1].point.period.label) == ("2023-04", "2024-06")
    assert judged[-2].signal is Signal.ABOVE  # thirteen times 100, then 300


def test_a_signal_is_shown_where_it_begins(company: Scene) -> None:
    shown = months_shown(months(company, "bookings", Q2, ANA))
    assert shown["signal"].tolist() == [None] * 13 + ["above", None]
    last = shown.iloc[-1]
    assert (last["month"], last["value"], last["last_year"]) == (date(2024, 6, 1), 500_00, 100_00)


def test_a_range_of_normal_does_not_reach_below_0() -> None:
    period = CALENDAR.period_of(Grain.MONTH, date(2024, 6, 1))
    shown = months_shown([Judgement(Point(period, 5.0), None, None)])
    assert shown.iloc[0].to_dict() == {
        "month": date(2024, 6, 1), "value": 5.0, "last_year": None, "normal_low": None, "normal_high": None, "signal": None,
    }  # fmt: skip


def test_a_funnel_starts_with_the_first_stage_that_has_anything(company: Scene) -> None:
    stages = funnel(company, Q2, ANA)
    assert stages["stage"].tolist() == ["Opportunities opened", "Won deals"]
    assert stages["count"].tolist() == [5, 4]
    assert stages["conversion_rate"].tolist() == [None, 1.0]  # of the four that closed


def test_open_deals_come_with_their_file_and_row(company: Scene) -> None:
    person_id = int(company.org.person("Ana")["id"])
    found = open_deals(company, (person_id,))
    assert found.usual_days is None  # sixteen won deals are too few to say
    assert found.deals[["age_days", "stale", "file_name", "source_row"]].values.tolist() == [[29, "", "deals.csv", 18]]


def test_metrics_with_a_past_are_those_that_the_sheets_speak_of(company: Scene) -> None:
    known = comparable_metrics(company)
    assert {"bookings", "won_deals", "opportunities_opened"} <= set(known)
    assert not {"calls", "attainment", "open_pipeline"} & set(known)


STAGES = """
    Opportunity ID,Stage Name,Stage Entered Date
    1,Discovery,2024-01-01
    1,Proposal,2024-01-21
    1,Closed Won,2024-02-10
    2,Discovery,2024-01-01
    2,Closed Lost,2024-03-01
"""


def test_time_in_stages_comes_from_a_history_of_deals(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    deals = """
        Opportunity ID,Sales Agent,Stage,Amount,Created,Close Date
        1,Ana,Closed Won,100,2024-01-01,2024-02-10
        2,Bo,Closed Lost,100,2024-01-01,2024-03-01
    """
    imported(store, {"deals.csv": deals})
    first = CALENDAR.period("2024-Q1")
    assert time_in_stages(scene(store), first, {}).empty
    imported(store, {"stage history.csv": STAGES})
    everyone = time_in_stages(scene(store), first, {}).set_index("stage")
    assert everyone["left_count"].to_dict() == {"Discovery": 2, "Proposal": 1}
    assert everyone["gone_on_rate"].to_dict() == {"Discovery": 0.5, "Proposal": 1.0}
    assert everyone["median_days"].isna().all()  # of fewer than five nobody says how long they usually are
    of_ana = time_in_stages(scene(store), first, ANA).set_index("stage")
    assert of_ana.loc["Discovery", ["gone_on_rate", "peers_gone_on_rate"]].tolist() == [1.0, 0.0]
    assert time_in_stages(scene(store), Q2, {}).empty
