"""The scorecards that the four roles start with, until a company makes them its own."""

from spm.calendar import Grain
from spm.metrics.registry import Timing
from spm.people.roles import EXECUTIVE, MANAGER, REP, SDR
from spm.scorecards.model import Item, Scope, Scorecard

LEADING, LAGGING = Timing.LEADING, Timing.LAGGING
QUARTER, TEAM = Grain.QUARTER, Scope.TEAM

ONE_ON_ONES = "one-on-ones planned and held in the app"
KEPT_FORECASTS = "forecasts kept as they were made"

STARTING = {
    scorecard.role: scorecard
    for scorecard in (
        Scorecard(
            SDR,
            (
                Item("calls_and_emails", 25, LEADING),
                Item("qualified_leads", 35, LEADING),
                Item("meetings", 40, LAGGING),
            ),
        ),
        Scorecard(
            REP,
            (
                Item("opportunities_opened", 15, LEADING),
                Item("demos", 10, LEADING),
                Item("pipeline_added", 15, LEADING),
                Item("bookings", 40, LAGGING, target_from="quota", period=QUARTER, seasonal=True),
                Item("win_rate", 20, LAGGING, period=QUARTER),
            ),
        ),
        Scorecard(
            EXECUTIVE,
            (
                Item("meetings", 15, LEADING),
                Item("expansion_pipeline_added", 20, LEADING),
                Item("expansion_bookings", 35, LAGGING, period=QUARTER, seasonal=True),
                Item("retention", 20, LAGGING, period=QUARTER),
                Item("customer_satisfaction", 10, LAGGING, period=QUARTER),
            ),
        ),
        Scorecard(
            MANAGER,
            (
                Item("one_on_ones_held", 10, LEADING, target=1.0, waits_for=ONE_ON_ONES),
                Item("pipeline_coverage", 20, LEADING, target=3.0, period=QUARTER, scope=TEAM),
                Item("reps_on_pace", 20, LEADING, target=0.7, period=QUARTER, scope=TEAM),
                Item("attainment", 40, LAGGING, target=1.0, period=QUARTER, scope=TEAM),
                Item("forecast_accuracy", 10, LAGGING, target=0.9, period=QUARTER, waits_for=KEPT_FORECASTS),
            ),
        ),
    )
}
"""Role → scorecard; weights add up to 100. An item without a target takes the suggested one."""
