"""The baseline of a plan is the projection, the people and the quotas that the other pages show."""

from datetime import date

import pytest

from spm.calendar import Grain, Period
from spm.errors import Refusal
from spm.forecast.outlook.queries import Asked
from spm.forecast.queries import outlook
from spm.metrics.queries import Scene, value
from spm.planning.baseline.course import Baseline
from spm.planning.baseline.queries import baseline_of, plan_periods
from spm.planning.odds.crew import Assumptions
from spm.planning.odds.plan_odds import crew_in
from spm.planning.odds.simulation import odds
from spm.planning.scenarios.scenario import Scenario


def test_the_next_quarter_comes_first(scene: Scene) -> None:
    labels = [period.label for period in plan_periods(scene)]
    assert labels == ["2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4", "2026-Q4", "2027", "2026"]


def test_reps_add_up_to_the_companys_projection(scene: Scene, baseline: Baseline) -> None:
    future = outlook(scene, Asked("bookings")).levels[()].future
    projected = future[future["start"].isin(baseline.months)]["value"].sum()
    assert baseline.reps["expected_cents"].map(sum).sum() == pytest.approx(projected)
    assert baseline.outlook.total_cents == pytest.approx(projected)
    assert baseline.landing.lands.value == pytest.approx(projected)


def test_who_sells_carries_a_quota_and_managers_do_not(baseline: Baseline) -> None:
    assert sorted(baseline.members["rep"]) == ["Ana Ruiz", "Bo Li", "Cy Day", "Di Fox"]
    assert dict(zip(baseline.reps["rep"], baseline.reps["team"], strict=True))["Cy Day"] == "South"


def test_last_year_is_what_the_metrics_say(scene: Scene, baseline: Baseline) -> None:
    assert baseline.days.last_year is not None
    assert baseline.days.last_year.label == "2026-Q1"
    assert baseline.days.projected_count == 0
    for row in baseline.members.itertuples():
        assert row.last_year_cents == value(scene, "bookings", baseline.days.last_year, rep=row.rep)
        assert row.last_quota_cents == value(scene, "quota", baseline.days.last_year, rep=row.rep)


def test_the_running_year_is_booked_and_projected(scene: Scene) -> None:
    year = scene.standing.company.fiscal_calendar.period("2026")
    found = baseline_of(scene, year)
    booked = value(scene, "bookings", year)
    assert found.landing.booked == booked
    assert found.reps["expected_cents"].map(sum).sum() == pytest.approx(found.landing.lands.value)
    low, high = found.ranges["low_cents"], found.ranges["high_cents"]
    assert (low[:10] == high[:10]).all()
    assert (low[10:] < high[10:]).all()


def test_simulated_bookings_are_as_wide_as_the_companys_own_range(baseline: Baseline) -> None:
    lands = baseline.landing.lands
    found = odds(crew_in(baseline, Scenario("")), round(lands.value), Assumptions(correlation=baseline.correlation))
    assert found.totals_cents.mean() == pytest.approx(lands.value, rel=0.02)
    assert found.quantile_cents(0.9) == pytest.approx(lands.high_80, rel=0.03)


@pytest.mark.parametrize("label", ["2025", "2031"])
def test_what_is_over_or_too_far_is_refused(scene: Scene, label: str) -> None:
    with pytest.raises(Refusal):
        baseline_of(scene, scene.standing.company.fiscal_calendar.period(label))


def test_a_period_that_is_today_still_runs(scene: Scene) -> None:
    month = scene.standing.company.fiscal_calendar.period_of(Grain.MONTH, date(2026, 11, 2))
    assert isinstance(month, Period)
    assert baseline_of(scene, month).months == (date(2026, 11, 1),)
