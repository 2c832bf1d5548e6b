"""From totals of a metric to the histories that a projection is made from. Pure.

A member is one group of what was asked: a rep, a team, a product, or a combination of them; the whole is the member ().
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from spm.calendar import FiscalCalendar, Grain, Period, Span, WorkingCalendar
from spm.metrics.grouping import GRAINS

SEASONS = {Grain.WEEK: 52, Grain.MONTH: 12, Grain.QUARTER: 4, Grain.YEAR: 1}
"""Periods a year of the grains that can be projected."""
HORIZONS = {Grain.WEEK: 13, Grain.MONTH: 12, Grain.QUARTER: 4, Grain.YEAR: 2}
"""How many periods ahead, where nobody says."""
WHOLE_SHARE = 0.9  # of a period's working days: sheets that end on the last quiet days speak for the whole of it


@dataclass(frozen=True)
class Timeline:
    """The complete periods of a history, and those to project: the first of these is running or about to begin."""

    grain: Grain
    complete: tuple[Period, ...]
    ahead: tuple[Period, ...]

    @property
    def season(self) -> int:
        return SEASONS[self.grain]


def timeline(
    grain: Grain,
    covered: Span | None,
    today: date,
    calendar: FiscalCalendar,
    working: WorkingCalendar,
    horizon: int | None = None,
) -> Timeline:
    """The periods that are over on `today` and that sheets speak for (`covered`), and the `horizon` ones after the last.

    Without a complete period the first ahead is the running one.
    """
    known = calendar.periods(grain, covered) if covered else []
    over = [one for one in known if one.last_day <= today and covered and working.share(covered, one) >= WHOLE_SHARE]
    ahead = [calendar.after(over[-1]) if over else calendar.period_of(grain, today)]
    while len(ahead) < (horizon or HORIZONS[grain]):
        ahead.append(calendar.after(ahead[-1]))
    return Timeline(grain, tuple(over), tuple(ahead))


def until(times: Timeline, periods_count: int) -> Timeline:
    """The timeline as it was `periods_count` periods ago."""
    if not periods_count:
        return times
    came = times.complete[-periods_count:]
    return Timeline(times.grain, times.complete[:-periods_count], (*came, *times.ahead)[: len(times.ahead)])


def history(
    rows: pd.DataFrame, by: Sequence[str], times: Timeline, column: str = "value", absent: float = 0.0
) -> pd.DataFrame:
    """One row a member and complete period, from the member's first on: `by`, start (the period's first day), value.

    `rows` has `by`, the grain's label, and `column`. No row inside means `absent`: nothing happened, or NaN for a ratio,
    which then has no denominator. A NaN that is there stays missing.
    """
    starts = {one.label: one.start for one in times.complete}
    known = rows.assign(start=rows[times.grain.value].map(starts), value=rows[column].astype(float))
    known = known.dropna(subset=["start"])[[*by, "start", "value"]]
    if not by:
        whole = known.set_index("start")["value"]
        return whole.reindex(list(starts.values())).rename_axis("start").reset_index().dropna(subset=["start"])
    known = known.assign(member=known.groupby(list(by), dropna=False, sort=True).ngroup(), said=True)
    firsts = known.groupby("member").agg(first=("start", "min"))
    grid = firsts.reset_index().merge(pd.DataFrame({"start": list(starts.values())}, dtype=object), how="cross")
    grid = grid[grid["start"] >= grid["first"]].drop(columns="first")
    names = known.drop_duplicates("member")[["member", *by]]
    found = grid.merge(names, on="member").merge(
        known[["member", "start", "value", "said"]], on=["member", "start"], how="left"
    )
    found["value"] = found["value"].where(found["said"].notna(), absent).astype(float)
    named = {name: found[name].astype(object).where(found[name].notna(), None) for name in by}
    return found.assign(**named)[[*by, "start", "value"]]


By = tuple[str, ...]
"""The dimensions that split a whole; () is the whole itself."""
Member = tuple[str | None, ...]
"""The names of a group, one for each dimension; None is nobody's."""


def split_of(by: Sequence[str]) -> By:
    """The dimensions that split a metric: neither its grain nor the company as a whole."""
    return tuple(name for name in dict.fromkeys(by) if name not in GRAINS and name != "company")


@dataclass(frozen=True)
class Tree:
    """Histories of several levels whose members add up, as the engine takes them: series, period, value.

    A level is told by the dimensions of its members. `names`: series → its level and member.
    """

    history: pd.DataFrame
    parents: dict[str, str]
    names: dict[str, tuple[By, Member]]

    def of_level(self, frame: pd.DataFrame, by: By) -> pd.DataFrame:
        """The rows of `frame` (with a column series) that are of a level, with its members' names in place of it."""
        named = {series: member for series, (of, member) in self.names.items() if of == by}
        kept = frame[frame["series"].isin(named)].reset_index(drop=True)
        members = pd.DataFrame([named[series] for series in kept["series"]], columns=list(by), dtype=object)
        return pd.concat([members, kept.drop(columns="series")], axis=1)


def series_name(by: By, member: Member) -> str:
    """What a member is called among all series; nobody's is told from somebody called "None"."""
    return "\x1f".join([*by, *("\x00" if part is None else part for part in member)])


def tree(levels: Mapping[By, pd.DataFrame], teams: Mapping[str, str | None]) -> Tree:
    """One tree of the levels' histories (see `history`): reps add up to their `teams`, all others to the whole, ().

    Without the whole among the levels nothing adds up.
    """
    frames: list[pd.DataFrame] = []
    names: dict[str, tuple[By, Member]] = {}
    for by, frame in levels.items():
        members: list[Member] = list(zip(*(frame[name] for name in by), strict=True)) if by else [()] * len(frame)
        series = [series_name(by, member) for member in members]
        names |= {one: (by, member) for one, member in zip(series, members, strict=True)}
        frames.append(pd.DataFrame({"series": series, "period": frame["start"], "value": frame["value"].astype(float)}))
    whole = series_name((), ())
    parents: dict[str, str] = {}
    for name, (by, member) in names.items():
        team = series_name(("team",), (teams.get(member[0] or ""),)) if by == ("rep",) and teams else whole
        above = team if team in names else whole
        if name != whole and above in names:
            parents[name] = above
    return Tree(pd.concat(frames, ignore_index=True), parents, names)


def working_days(times: Timeline, calendar: WorkingCalendar) -> dict[date, int]:
    """The working days of every period, past and ahead, by its first day."""
    return {one.start: calendar.working_days_count(one) for one in (*times.complete, *times.ahead)}


def last_period_of(ended_on: date, times: Timeline) -> date | None:
    """The first day of the last period in which somebody who leaves is there; None where they outstay the projection."""
    inside = [one for one in (*times.complete, *times.ahead) if one.start <= ended_on]
    if inside and inside[-1] == times.ahead[-1] and ended_on >= times.ahead[-1].last_day:
        return None
    return inside[-1].start if inside else None
