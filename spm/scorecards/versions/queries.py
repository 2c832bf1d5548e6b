"""The versions of scorecards in the store."""

from datetime import date, datetime

from spm.calendar import Grain, Period
from spm.metrics.queries import Scene
from spm.people.roles import DEFAULT_ROLE
from spm.scorecards.model import Scorecard, from_plain
from spm.scorecards.versions.model import Version, Versions, by_role, known_roles, scorecard_on
from spm.store import scorecards as stored


def versions_of(scene: Scene, made_before: datetime | None = None) -> Versions:
    """Every version by role; only those that there were at a moment, if one is given."""
    rows = stored.versions(scene.store).to_dict("records")
    return by_role(
        Version(
            Scorecard(row["role"], tuple(from_plain(item) for item in row["items"]), row["id"]),
            row["effective_on"],
            row["reason"],
            row["author"],
            row["made_at"],
        )
        for row in rows
        if made_before is None or row["made_at"] < made_before
    )


def scorecard_for(scene: Scene, role: str, day: date) -> Scorecard:
    """See `scorecard_on`."""
    return scorecard_on(versions_of(scene), role, day)


def roles_of(scene: Scene) -> list[str]:
    """Every role that there is: the starting ones, those with a scorecard, those that somebody holds or held."""
    return known_roles(versions_of(scene), set(scene.org.assignments["role"].dropna()))


def holders_count(scene: Scene, role: str) -> int:
    """How many people hold or held a role."""
    held = scene.org.assignments
    return int(held.loc[held["role"].fillna(DEFAULT_ROLE) == role, "person_id"].nunique())


def last_over(scene: Scene, grain: Grain = Grain.QUARTER) -> Period:
    """The last period of that length that is over: a draft is tried on it."""
    calendar = scene.standing.company.fiscal_calendar
    running = calendar.period_of(grain, scene.today)
    return running if scene.today >= running.last_day else calendar.before(running)
