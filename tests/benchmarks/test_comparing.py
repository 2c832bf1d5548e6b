"""Several side by side in a small company; each number worked by hand from the sheets below."""

from datetime import date
from math import nan

import pytest

from spm.benchmarks.board.queries import board, tiers_on
from spm.benchmarks.comparing.certainty import (
    Luck,
    Value,
    against_the_rest,
    estimates_of,
    luck_of,
    pooled,
    probability_better,
)
from spm.benchmarks.comparing.queries import compared, months_as
from spm.benchmarks.comparing.references import tiers_among
from spm.benchmarks.courses.measures import Measure
from spm.benchmarks.courses.queries import in_role, judged_months, months, pasts
from spm.benchmarks.estimates import Sizes
from spm.benchmarks.subjects.model import Level, Subject
from spm.benchmarks.subjects.queries import asked, members, working_days
from spm.calendar import FiscalCalendar, Grain, Period, plus_months
from spm.metrics.queries import Scene
from spm.metrics.registry import METRICS
from tests.companies import empty_store, imported, scene

CALENDAR = FiscalCalendar()
YEAR = CALENDAR.period("2017")
PEOPLE = """
    Employee ID,Name,Title,Team,Hire Date,Valid From
    E1,Ana,Sales Representative,North,2014-01-01,2014-01-01
    E2,Bo,SDR,South,2014-02-01,2014-02-01
    E2,Bo,Sales Representative,South,2014-02-01,2017-01-01
    E3,Cy,Sales Representative,South,2017-07-01,2017-07-01
"""


def deals() -> str:
    """Ana wins 100 in each month of two years, and loses one in each of 2017; Bo wins 200 in each month of 2017."""
    rows = ["Deal id,Owner,Stage,Amount,Created on,Closed on"]
    for at in range(24):
        day = plus_months(CALENDAR.period("2016").start, at)
        rows.append(f"A{at},Ana,Closed Won,100,{day},{day}")
        if at >= 12:
            rows.append(f"L{at},Ana,Closed Lost,50,{day},{day}")
            rows.append(f"B{at},Bo,Closed Won,200,{day},{day}")
    rows.append("C,Cy,Closed Won,600,2017-08-01,2017-12-31")
    return "\n".join(rows)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    store = empty_store(tmp_path_factory.mktemp("comparing"))
    imported(store, {"people.csv": PEOPLE, "deals.csv": deals()})
    return scene(store)


def reps(*names: str) -> list[Subject]:
    return [Subject(Level.REP, name) for name in names]


def test_members_know_tenure_and_presence(company: Scene) -> None:
    found = members(company, YEAR).set_index("rep")
    assert found.loc["Cy", "tenure_days"] == 184  # 1 July to 31 December
    assert found["present_share"].tolist() == [1.0, 1.0, pytest.approx(184 / 365)]
    assert found.loc["Bo", "role_label"] == "Sales representative"


def test_each_answer_is_that_of_one_question_for_all(company: Scene) -> None:
    found = asked(
        company, "bookings", [*reps("Ana", "Cy"), Subject(Level.TEAM, "South"), Subject(Level.COMPANY, "")], YEAR
    )
    assert [frame["value"].tolist() for frame in found.values()] == [[1200_00], [600_00], [3000_00], [4200_00]]
    by_quarter = asked(company, "bookings", reps("Ana", "Bo"), YEAR, Grain.QUARTER)
    assert by_quarter[Subject(Level.REP, "Bo")]["value"].tolist() == [600_00] * 4


def test_own_pasts_of_several(company: Scene) -> None:
    ana, bo = pasts(company, "bookings", reps("Ana", "Bo"), YEAR).values()
    assert (ana.year_earlier.past, ana.year_earlier.change) == (1200_00, 0)
    assert (bo.year_earlier.past, bo.year_earlier.change) == (0, 2400_00)


def test_of_a_running_quarter_as_much_of_each_before(company: Scene) -> None:
    half_over = scene(
        company.store, date(2017, 11, 15)
    )  # a quarter's first and second month have begun, its third has not
    quarter = CALENDAR.period("2017-Q4")
    (ana,) = pasts(half_over, "bookings", reps("Ana"), quarter).values()
    assert (ana.period_before.past, ana.year_earlier.past, ana.trailing_mean.past) == (200_00, 200_00, 200_00)
    (ana,) = pasts(half_over, "win_rate", reps("Ana"), quarter).values()
    assert (ana.period_before.past, ana.year_earlier.past) == (0.5, 1.0)
    assert ana.trailing_mean.past == pytest.approx(8 / 14)  # 2 of 2, and three times 2 of 4
    (found,) = compared(half_over, "win_rate", reps("Ana"), quarter)
    assert {one.source for one in found.references[:3]} == {"own past, to the same working day"}


def test_months_of_another_role_say_nothing(company: Scene) -> None:
    every = CALENDAR.periods(Grain.MONTH, Period(CALENDAR.period("2016").start, YEAR.end, "two years"))
    bo = Subject(Level.REP, "Bo")
    assert in_role(company, bo, every)[0].label == "2017-01"
    assert len(in_role(company, Subject(Level.TEAM, "South"), every)) == 24
    judged = months(company, "bookings", [bo], YEAR)[bo]
    assert [one.point.value for one in judged] == [200_00] * 12
    assert not any(one.signal for one in judged)


def test_the_last_month_of_a_period_is_judged_as_on_the_page_of_comparisons(company: Scene) -> None:
    subject = Subject(Level.COMPANY, "")
    found = judged_months(company, ["bookings"], YEAR, {})["bookings"]
    assert found == months(company, "bookings", [subject], YEAR)[subject][-1]
    assert found is not None
    assert (found.point.period.label, found.point.value) == ("2017-12", 900_00)
    ana = judged_months(company, ["bookings"], CALENDAR.period("2017-Q3"), {"rep": "Ana"})["bookings"]
    assert ana is not None
    assert (ana.point.period.label, ana.signal) == ("2017-09", None)


def test_no_month_is_judged_before_one_is_over(company: Scene) -> None:
    early = scene(company.store, date(2017, 10, 15))
    assert judged_months(early, ["bookings"], CALENDAR.period("2017-Q4"), {})["bookings"] is None


def test_months_as_something_of_ones_own(company: Scene) -> None:
    per_day = months_as(company, "bookings", reps("Ana"), YEAR, Measure.PER_DAY, 1)
    assert per_day["value"].tolist() == [100_00 / 21]  # December 2017 has 21 working days
    change = months_as(company, "bookings", reps("Ana"), YEAR, Measure.CHANGE, 12)
    assert change["value"].tolist() == [0.0] * 12
    assert change["normal_high"].isna().all()


def test_working_days_are_those_that_one_was_there(company: Scene) -> None:
    days = [working_days(company, one, YEAR) for one in (*reps("Ana", "Cy"), Subject(Level.COMPANY, ""))]
    assert days == [260, 130, 260]


def test_per_working_day_everything_is(company: Scene) -> None:
    cy, bo = compared(company, "bookings", reps("Cy", "Bo"), YEAR, Measure.PER_DAY)
    assert (cy.now.value, cy.value) == (600_00, 600_00 / 130)  # 1 July to 31 December
    assert cy.against_peers is not None
    assert cy.against_peers.value == 3600_00 / 520  # Ana and Bo, 260 days each
    assert cy.percentile == pytest.approx(1 / 3)  # 1,200 in 260 days of Ana are as many a day; Bo's are more
    (plain,) = compared(company, "bookings", reps("Cy"), YEAR)
    assert (plain.value, plain.percentile) == (600_00, pytest.approx(1 / 6))
    found = {one.against: one.value for one in bo.references}
    assert (found["Team"], found["2016"]) == (3000_00 / 390, 0)  # all of South; Bo was there in 2016 too
    (ana,) = compared(company, "bookings", reps("Ana"), CALENDAR.period("2017-Q4"), Measure.PER_DAY)
    assert ana.past.trailing_mean.past == 1200_00 / 260  # Q4 2016 to Q3 2017: a sum over a sum
    (south,) = compared(company, "bookings", [Subject(Level.TEAM, "South")], YEAR, Measure.PER_DAY)
    assert (south.value, south.estimate) == (3000_00 / 260, None)


def test_references_with_their_sources(company: Scene) -> None:
    (ana,) = compared(company, "win_rate", reps("Ana"), YEAR)
    assert ana.now.rate.words == "12 of 24"
    assert ana.interval is not None
    assert ana.interval.low < 0.5 < ana.interval.high
    assert ana.likely is not None
    assert 0.5 < ana.likely < 25 / 37  # drawn towards all three together
    found = {one.against: one for one in ana.references}
    assert found["Peers"].value == 1.0  # 12 of 12 and 1 of 1, pooled
    assert (found["Peers"].people_count, found["Organisation"].value) == (2, 25 / 37)
    assert found["Peers"].probability is not None
    assert found["Peers"].probability < 0.05


def test_tiers_among_those_compared(company: Scene) -> None:
    found = compared(company, "win_rate", reps("Ana", "Bo", "Cy"), YEAR)
    assert tiers_among(found, METRICS["win_rate"]) == [2, 1, 1]  # one deal of Cy tells nothing
    teams = compared(company, "bookings", [Subject(Level.TEAM, "North"), Subject(Level.TEAM, "South")], YEAR)
    assert tiers_among(teams, METRICS["bookings"]) == [None, None]  # a team is not better for being larger


def test_a_board_holds_everyone_against_the_others_in_the_role(company: Scene) -> None:
    found = board(company, Level.REP, ("bookings", "win_rate"), YEAR, {}).set_index("name")
    assert found["bookings"].tolist() == [1200_00, 2400_00, 600_00]
    assert found.loc["Ana", "win_rate_better"] < 0.05 < 0.95 < found.loc["Bo", "win_rate_better"]
    by_win_rate = tiers_on(company, Level.REP, ("bookings", "win_rate"), "win_rate", YEAR, {})
    assert dict(zip(found.index, by_win_rate, strict=True)) == {"Ana": 2, "Bo": 1, "Cy": 1}
    teams = board(company, Level.TEAM, ("bookings",), YEAR, {}).set_index("name")
    assert teams["bookings"].tolist() == [1200_00, 3000_00]
    there = 1 + 184 / 365  # of the South, where Cy began in July
    a_person = 4200 / (1 + there)
    assert teams["bookings_of_usual"].tolist() == pytest.approx([1200 / a_person, 3000 / (there * a_person)])


def test_pooled_is_a_sum_over_a_sum() -> None:
    rates = [Value(0.5, 5, 10), Value(1.0, 30, 30), Value(nan)]
    together = pooled(METRICS["win_rate"], rates)
    assert (together.value, together.numerator, together.denominator) == (35 / 40, 35, 40)
    sums = pooled(METRICS["won_deals"], [Value(10, exposure=1.0), Value(2, exposure=0.5)])
    assert (sums.value, sums.exposure) == (12, 1.5)


def test_the_rest_is_everyone_else() -> None:
    several = [Value(0.9, 90, 100), Value(0.1, 10, 100), Value(nan)]
    estimated = estimates_of(METRICS["win_rate"], several, None)
    better = against_the_rest(METRICS["win_rate"], several, estimated, None)
    assert better[0] == pytest.approx(1, abs=1e-6)
    assert better[1] == pytest.approx(0, abs=1e-6)
    assert better[2] is None
    assert probability_better(METRICS["won_deals"], Value(0.0), Value(0.0), None) is None


@pytest.mark.parametrize(
    ("key", "luck"),
    [
        ("win_rate", Luck.RATE), ("won_deals", Luck.COUNT), ("bookings", Luck.AMOUNT), ("attainment", Luck.AMOUNT),
        ("average_deal_size", Luck.AVERAGE), ("sales_cycle", Luck.AVERAGE), ("pipeline_coverage", Luck.UNKNOWN),
    ],
)  # fmt: skip
def test_what_the_luck_of_a_metric_is(key: str, luck: Luck) -> None:
    assert luck_of(METRICS[key]) is luck


def test_less_is_better_for_a_cycle() -> None:
    sizes = Sizes(60, 0.3)
    fast, slow = Value(30, 3000, 100), Value(60, 6000, 100)
    assert (probability_better(METRICS["sales_cycle"], fast, slow, sizes) or 0) > 0.99
