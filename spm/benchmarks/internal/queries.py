"""Internal benchmarks: of a metric and period by role, tenure, team or a column of people; and those that were pinned."""

import pandas as pd

from spm.benchmarks.internal.groups import grouped, tenure_group
from spm.benchmarks.subjects.queries import members
from spm.calendar import Period
from spm.metrics.queries import Question, Scene, values
from spm.people.roles import MANAGER
from spm.store import benchmarks

ROLE, TENURE, TEAM = "role", "tenure", "team"


def groupings(scene: Scene) -> list[str]:
    """What people can be grouped by: role, tenure, team, and the columns that people sheets brought (a region, say)."""
    teams = [TEAM] if len(scene.org.teams) else []
    return [ROLE, TENURE, *teams, *scene.own_columns]


def people(scene: Scene, key: str, grouped_by: str, period: Period) -> pd.DataFrame:
    """Everyone with a value of the metric, managers left out: group, rep, value."""
    everyone = members(scene, period)
    everyone = everyone[everyone["role"] != MANAGER]
    frame = values(scene, Question(key, ("rep",), span=period)).set_index("rep")["value"].astype(float)
    groups = _groups(scene, everyone, grouped_by)
    return pd.DataFrame({"group": groups, "rep": everyone["rep"], "value": everyone["rep"].map(frame)}).dropna()


def internal(scene: Scene, key: str, grouped_by: str, period: Period) -> pd.DataFrame:
    """Median and top quartile of a metric over the people of each group, managers left out: see `groups.grouped`."""
    return grouped(people(scene, key, grouped_by, period), scene.metric(key).higher_is_better)


def pinned(scene: Scene) -> pd.DataFrame:
    """The benchmarks that were pinned, the latest first: metric, grouped_by, group, starts_on, ends_before, pinned_on,
    people_count, median, top_quartile."""
    return benchmarks.pinned_benchmarks(scene.store)


def _groups(scene: Scene, everyone: pd.DataFrame, grouped_by: str) -> pd.Series:
    match grouped_by:
        case "role":
            return everyone["role_label"]
        case "tenure":
            return everyone["tenure_days"].map(tenure_group)
        case "team":
            return everyone["team"]
    return everyone["person_id"].map(scene.own_columns[grouped_by])
