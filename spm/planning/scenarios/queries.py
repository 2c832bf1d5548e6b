"""How the company's own results went along with what was done for them, by which a lever on behaviour can be judged."""

import pandas as pd

from spm.calendar import Span
from spm.forecast.outlook.queries import Asked, times_of
from spm.metrics.queries import Question, Scene, values
from spm.planning.scenarios.elasticity import Estimate, estimated

ACTIVITIES = ("calls", "emails", "meetings", "demos")
OUTCOMES = ("opportunities_opened", "bookings")  # the nearest to what is done first
MOST_MONTHS = 36


def activities_of(scene: Scene) -> list[str]:
    """The activities that sheets speak for."""
    return [key for key in ACTIVITIES if key in scene.covered]


def own_elasticity(scene: Scene, activity: str) -> Estimate | None:
    """How opportunities opened, or bookings where no sheet speaks for these, went along with an activity in the same month.

    By rep and complete month of at most the last three years. None where there is too little of it.
    """
    outcome = next((key for key in OUTCOMES if set(scene.measures([key])) <= scene.covered.keys()), None)
    months = times_of(scene, Asked("bookings")).complete[-MOST_MONTHS:]
    if outcome is None or activity not in scene.covered or not months:
        return None
    span = Span(months[0].start, months[-1].end)
    asked = [values(scene, Question(key, ("rep", "month"), span=span)) for key in (activity, outcome)]
    by_rep = [rows.dropna(subset=["rep", "value"]).set_index(["rep", "month"])["value"] for rows in asked]
    panel = pd.concat(by_rep, axis=1, keys=["done", "came"]).fillna(0.0).reset_index()
    calendar = scene.standing.company.fiscal_calendar
    panel["month"] = [calendar.period(label).start for label in panel["month"]]
    return estimated(panel, f"own history of {scene.metric(outcome).label.lower()}")
