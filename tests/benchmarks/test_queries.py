"""Where a small company stands; each number worked by hand from the sheets below."""

from datetime import date
from math import isnan

import pytest

from spm.benchmarks.queries import Place, by_months, growths, pace, place, standings
from spm.calendar import Period
from spm.company.actions import change_settings
from spm.metrics.queries import Scene, scene_of
from tests.companies import REAL_TODAY, TESTER, empty_store, imported

PEOPLE = """
    Employee ID,Name,Title,Team
    E1,Ana Ruiz,Sales Representative,North
    E2,Bo Li,Sales Representative,South
"""
DEALS = """
    Opportunity ID,Sales Agent,Stage,Amount,Created,Close Date
    D1,Ana Ruiz,Won,100,2017-01-02,2017-01-03
    D2,Ana Ruiz,Won,300,2017-01-02,2017-01-31
    D3,Bo Li,Won,200,2017-01-02,2017-02-01
    D4,Bo Li,Won,200,2017-01-02,2017-02-28
    D5,Ana Ruiz,Won,150,2017-01-02,2017-03-01
    D6,Bo Li,Lost,150,2017-01-02,2017-03-15
    D7,Ana Ruiz,Open,50,2017-01-02,
"""
QUOTAS = """
    Sales Rep,Quota,Start Date,End Date
    Ana Ruiz,600,2017-03-01,2017-03-31
    Bo Li,200,2017-03-01,2017-03-31
"""


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Deals of January to March, quotas of March; it is the evening of 15 March 2017, a Wednesday."""
    store = empty_store(tmp_path_factory.mktemp("standing"))
    imported(store, {"people.csv": PEOPLE, "deals.csv": DEALS, "quotas.csv": QUOTAS})
    change_settings(store, TESTER, today_override=date(2017, 3, 15))
    return scene_of(store, REAL_TODAY)


def month(scene: Scene, label: str) -> Period:
    return scene.standing.company.fiscal_calendar.period(label)


def test_a_running_month_against_how_earlier_ones_went(scene: Scene) -> None:
    now = pace(scene, month(scene, "2017-03"), {})
    assert (now.booked, now.quota, now.is_over) == (15_000, 80_000, False)
    assert now.elapsed_share == pytest.approx(11 / 23)  # working days, Monday to Friday
    # 11/23 of February's 20 working days: 200 of 400 were in. January is not wholly in the sheets.
    assert now.expected is not None
    assert (now.expected.middle, now.expected.periods_count) == (0.5, 1)
    assert now.index == pytest.approx(15 / 80 / 0.5)
    assert now.landing == pytest.approx(30_000)
    assert now.landing_share == pytest.approx(0.375)
    assert now.needed_per_day == pytest.approx((80_000 - 15_000) / 12)


def test_the_curve_ends_today_and_aims_at_the_quota(scene: Scene) -> None:
    curve = pace(scene, month(scene, "2017-03"), {}).curve.set_index("day")
    assert curve.loc[date(2017, 3, 1), "booked"] == 15_000
    assert curve.loc[date(2017, 3, 15), "booked"] == 15_000
    assert isnan(curve.loc[date(2017, 3, 16), "booked"])
    assert curve.loc[date(2017, 3, 31), "expected"] == pytest.approx(80_000)
    assert curve.index[curve["today"]].tolist() == [date(2017, 3, 15)]


def test_a_period_that_is_over_has_no_landing(scene: Scene) -> None:
    now = pace(scene, month(scene, "2017-02"), {})
    assert now.is_over
    assert (now.index, now.landing, now.needed_per_day) == (None, None, None)


def test_quotas_of_a_part_are_no_quota_of_the_whole(scene: Scene) -> None:
    now = pace(scene, month(scene, "2017-Q1"), {})
    assert now.quota is None
    assert now.quota_until == date(2017, 3, 31)


def test_growth_compares_what_was_in_by_then(scene: Scene) -> None:
    grown = growths(scene, ["bookings"], month(scene, "2017-03"), {})["bookings"]
    assert grown.against is not None
    assert grown.against.label == "2017-02"
    assert (grown.now, grown.before, grown.is_to_date) == (15_000, 20_000, True)
    assert grown.change_share == -0.25


def test_rank_among_the_months_that_are_wholly_covered(scene: Scene) -> None:
    assert place(scene, month(scene, "2017-02"), {}) == Place(1, 1)
    assert place(scene, month(scene, "2017-01"), {}) is None  # begins before the sheets do


def test_months_with_quotas_from_the_first_that_is_known(scene: Scene) -> None:
    months = by_months(scene, ["bookings"], month(scene, "2017-03"), {})["bookings"]
    assert months["month"].tolist() == [date(2017, 1, 1), date(2017, 2, 1), date(2017, 3, 1)]
    assert months["value"].tolist() == [40_000, 40_000, 15_000]
    assert months["quota"].isna().tolist() == [True, True, False]
    assert months["quota"].iloc[-1] == 80_000
    assert months["chosen"].tolist() == [False, False, True]
    assert months["running"].tolist() == [False, False, True]


def test_metrics_that_are_asked_together_are_what_each_is_alone(scene: Scene) -> None:
    keys, period = ["bookings", "win_rate", "average_deal_size", "calls"], month(scene, "2017-03")
    for where in ({}, {"rep": "Ana Ruiz"}):
        together, months = growths(scene, keys, period, where), by_months(scene, keys, period, where)
        for key in keys:
            assert together[key] == growths(scene, [key], period, where)[key]
            assert months[key].equals(by_months(scene, [key], period, where)[key])
    assert (together["bookings"].now, together["win_rate"].now, together["calls"].now) == (15_000, 1.0, None)
    assert len(months["bookings"]) == 3
    assert months["calls"].empty


def test_standings_of_reps(scene: Scene) -> None:
    reps = standings(scene, "rep", month(scene, "2017-03"), {})
    assert reps["name"].tolist() == ["Ana Ruiz", "Bo Li"]
    assert reps["bookings"].tolist() == [15_000, 0]
    assert reps["attainment"].tolist() == [0.25, 0.0]
    assert reps["win_rate"].tolist() == [1.0, 0.0]
    assert reps["team"].tolist() == ["North", "South"]
    assert reps["change_share"].iloc[1] == -1.0  # 200 by then in February
    assert reps["trend"].iloc[0][-2:] == [40_000, 0]  # January and February; March is not over


def test_standings_of_teams_add_up(scene: Scene) -> None:
    period = month(scene, "2017-Q1")
    teams = standings(scene, "team", period, {})
    assert dict(zip(teams["name"], teams["bookings"], strict=True)) == {"North": 55_000, "South": 40_000}
    assert standings(scene, "rep", period, {"team": "South"})["name"].tolist() == ["Bo Li"]
