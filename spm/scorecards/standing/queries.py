"""Where everybody stands in a period, and how that went over time."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pandas as pd

from spm.calendar import Grain, Period
from spm.metrics.queries import Scene
from spm.scorecards.closing.model import Closing
from spm.scorecards.closing.queries import closing_for
from spm.scorecards.queries import bands_of, results
from spm.scorecards.rollup import (
    Group,
    GroupScore,
    band_table,
    by_manager,
    by_role,
    by_team,
    everybody,
    group_score,
)
from spm.scorecards.scored import Scored, score_table

NO_TEAM = "No team"
PERIODS_SHOWN = 8


class Kind(StrEnum):
    """What everybody's days are put together by."""

    TEAMS = "Teams"
    ROLES = "Roles"
    MANAGERS = "Managers"


@dataclass(frozen=True)
class Standing:
    """Everybody's standing in a period, of the whole organisation or of a team with those below it.

    The scores of `whole`, `teams`, `roles` and `managers` (the roll-up of everyone below each) are of everybody's days
    there. `people` (one row each, see `scores`), `bands_by_team` and `bands_by_role` (group, band, people_count) have
    people once, where they were last. `has_moved`: somebody changed role, team or reporting line. `closing` where the period is
    closed and all this is as it was kept.
    """

    period: Period
    whole: GroupScore
    teams: tuple[GroupScore, ...]
    roles: tuple[GroupScore, ...]
    managers: tuple[GroupScore, ...]
    people: pd.DataFrame
    bands_by_team: pd.DataFrame
    bands_by_role: pd.DataFrame
    is_running: bool
    has_moved: bool
    closing: Closing | None


def standing(scene: Scene, period: Period, where: Mapping[str, str]) -> Standing:
    """Where everybody stands in a period, of the whole organisation or, where `where` names one, of a team and those below."""
    team = where.get("team")
    everyone = results(scene, period, team)
    bands, group = bands_of(scene), _whole(scene, everyone, team)
    parts = {
        kind: tuple(group_score(name, part, bands) for name, part in of_kind.items())
        for kind, of_kind in groups(scene, everyone, team).items()
    }
    return Standing(
        period,
        group_score(team or scene.standing.company.name, group, bands),
        parts[Kind.TEAMS],
        parts[Kind.ROLES],
        parts[Kind.MANAGERS],
        score_table(group.people),
        band_table(group.people, lambda one: one.team or NO_TEAM),
        band_table(group.people, lambda one: one.parts[-1].label),
        is_running=any(part.to_date for _, part in group.days),
        has_moved=any(len(one.parts) > 1 or one.parts[0].stays for one, _ in group.days),
        closing=closing_for(scene, period),
    )


def groups(scene: Scene, everyone: Sequence[Scored], team: str | None = None) -> dict[Kind, dict[str, Group]]:
    """Of each kind the groups in which somebody spent days, by name; of a team and those below it, or of everybody."""
    group, within = _whole(scene, everyone, team), scene.org.branches
    meant = [name for name in within if not team or name in within[team]]
    holding = {below: [name for name in meant if below in within[name]] for below in within}
    of_teams = by_team(group, holding)
    return {
        Kind.TEAMS: {name: of_teams[name] for name in meant if name in of_teams},
        Kind.ROLES: dict(sorted(by_role(group).items())),
        Kind.MANAGERS: by_manager(group),
    }


def _whole(scene: Scene, everyone: Sequence[Scored], team: str | None) -> Group:
    if not team:
        return everybody(everyone)
    within = dict.fromkeys(scene.org.within(team), (team,))
    return by_team(everybody(everyone), within).get(team, everybody(()))


def over_time(scores_by_period: Iterable[tuple[Period, pd.DataFrame]]) -> pd.DataFrame:
    """How many were in which band in each period, of which `scores` gives the people; periods without anyone are left out.

    Columns: period (its title), starts_on, band (a word, "no score" among them), people_count. Closed ones as kept.
    """
    rows: list[tuple[str, date, str, int]] = []
    for period, people in scores_by_period:
        counted = Counter("no score" if band is None else str(band) for band in people["band_to_date"])
        rows += [(period.title, period.start, word, people_count) for word, people_count in counted.items()]
    return pd.DataFrame(rows, columns=["period", "starts_on", "band", "people_count"])


def up_to(scene: Scene, period: Period, count: int = PERIODS_SHOWN) -> list[Period]:
    """The `count` periods up to and with one, the latest last; none that is over before the first fact."""
    calendar, covered = scene.standing.company.fiscal_calendar, scene.covered_span()
    found = [period]
    while len(found) < count and period.grain in (Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR):
        earlier = calendar.before(found[0])
        if covered is None or earlier.end <= covered.start:
            break
        found.insert(0, earlier)
    return found
