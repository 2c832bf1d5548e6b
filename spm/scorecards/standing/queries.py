"""Where everybody stands in a period, and how that went over time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from spm.calendar import Grain, Period
from spm.metrics.queries import Scene
from spm.people.org import below, nested_teams
from spm.scorecards.closing.model import Closing
from spm.scorecards.closing.queries import closing_for
from spm.scorecards.queries import bands_of
from spm.scorecards.rollup import GroupScore, band_table, by_manager, by_role, by_team, group_score
from spm.scorecards.scored import Scored, score_table

NO_TEAM = "No team"
PERIODS_SHOWN = 8


@dataclass(frozen=True)
class Standing:
    """Everybody's standing in a period, of the whole organisation or of a team with those below it.

    `people`: one row a person (see `scores`). `bands_by_team`, `bands_by_role`: group, band, people_count. `managers`:
    the roll-up of everyone below each. `closing` where the period is closed and all this is as it was kept.
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
    closing: Closing | None


def standing(scene: Scene, period: Period, results: Sequence[Scored], team: str | None = None) -> Standing:
    """Where everybody stands in a period by their `results` in it; `team`: only those of it and of the teams below."""
    everyone = _of_team(scene, results, team)
    bands = bands_of(scene)
    nested = {name: nested_teams(scene.org.teams, name) for name in scene.org.teams["name"]}
    led = below(scene.org.active(period), scene.org.people)

    def groups(by: dict[str, list[Scored]]) -> tuple[GroupScore, ...]:
        return tuple(group_score(name, members, bands) for name, members in by.items() if members)

    return Standing(
        period,
        group_score(team or scene.standing.company.name, everyone, bands),
        groups(by_team(everyone, nested)),
        groups(by_role(everyone)),
        groups(by_manager(everyone, led)),
        score_table(everyone),
        band_table(everyone, lambda one: one.team or NO_TEAM),
        band_table(everyone, lambda one: one.parts[-1].label),
        is_running=any(one.whole_to_date for one in everyone),
        closing=closing_for(scene, period),
    )


def over_time(
    scene: Scene, scores_by_period: Iterable[tuple[Period, pd.DataFrame]], team: str | None = None
) -> pd.DataFrame:
    """How many were in which band in each period, of which `scores` gives everybody's; periods without anyone are left out.

    Columns: period (its title), starts_on, band (a word, "no score" among them), people_count. Closed ones as kept.
    """
    teams = nested_teams(scene.org.teams, team) if team else None
    frames = []
    for period, people in scores_by_period:
        meant = people if teams is None else people[people["team"].isin(teams)]
        counted = meant["band_to_date"].map(str, "ignore").fillna("no score").value_counts(sort=False)
        frames.append(counted.rename("people_count").rename_axis("band").reset_index()
                      .assign(period=period.title, starts_on=period.start))  # fmt: skip
    columns = ["period", "starts_on", "band", "people_count"]
    return pd.concat(frames, ignore_index=True).reindex(columns=columns)


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


def _of_team(scene: Scene, everyone: Sequence[Scored], team: str | None) -> list[Scored]:
    if team is None:
        return list(everyone)
    teams = nested_teams(scene.org.teams, team)
    return [one for one in everyone if one.team in teams]
