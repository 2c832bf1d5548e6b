"""Who works at the sample company, in which role and team, since when, and how good each one is."""

from dataclasses import dataclass
from datetime import date, timedelta
from unicodedata import normalize

import numpy as np
import pandas as pd

from spm.calendar import plus_months
from spm.sample.timeline import Indexes, Numbers, Objects, Timeline
from spm.sample.words import ORIGINS, REGIONS

SDR, REP, EXECUTIVE, MANAGER, HEAD = range(5)
ROLES = (
    "Sales Development Representative", "Sales Representative", "Account Executive", "Sales Manager", "Head of Sales",
)  # fmt: skip
ROLES_IN_TURN = (REP, SDR, REP, EXECUTIVE)
TEAM_SIZE = 10
TENURE_BEFORE_MONTHS = 60
RAMP = (0.1, 0.3, 0.55, 0.8)  # of what a starter opens in each month, 1 after these
STARTER_SHARE, LEAVER_SHARE, PROMOTED_SHARE, MOVED_SHARE, TREND_SHARE = 0.4, 0.3, 0.25, 0.1, 0.3
TREND_MONTHS_COUNT = 9
PACE, CLOSING, SIZING = range(3)
SKILL_SPREAD = (0.1, 0.08, 0.08)


@dataclass(frozen=True)
class Roster:
    """People by row; reps first, then managers, the head of sales last. Matrices are person by month.

    `role` and `team` are codes, -1 in months without a day at work. `from_day` and `until_day` (not included) are days of
    the timeline, also for those who were there before it or stay beyond it. `heir` takes over what a leaver leaves open.
    `skill` has three matrices, about 1: what a person gets done (pace), wins (closing), and the size of it (sizing).
    """

    keys: Objects
    names: Objects
    role: Indexes
    team: Indexes
    from_day: Indexes
    until_day: Indexes
    leaves: Indexes
    heir: Indexes
    skill: Numbers
    people: pd.DataFrame

    @property
    def sells(self) -> Indexes:
        """1 in the months in which a person closes deals, else 0."""
        return np.isin(self.role, (REP, EXECUTIVE)).astype(np.int64)

    def workdays_count(self, timeline: Timeline) -> Indexes:
        """Working days of each person in each month."""
        starts = np.maximum(timeline.month_starts[:-1], self.from_day[:, None])
        ends = np.minimum(timeline.month_starts[1:], self.until_day[:, None])
        return timeline.workdays_between_count(starts, ends)

    def ramp(self, timeline: Timeline, delay_months: int = 0) -> Numbers:
        """The share of full speed of each person in each month since the hire, or the promotion to seller; 0 before."""
        months = np.arange(timeline.months_count)
        hired = np.searchsorted(timeline.month_starts, self.from_day, side="right")[:, None] - 1
        hired = np.where(self.from_day[:, None] < 0, -len(RAMP) - delay_months, hired)
        promoted = self.sells.argmax(axis=1)[:, None]
        began = np.where((self.sells == 1) & (promoted > 0), promoted, hired)
        steps = np.array([0.0, *RAMP, 1.0])
        return np.asarray(steps[(months - began - delay_months + 1).clip(0, len(steps) - 1)])

    def pace(self, timeline: Timeline) -> Numbers:
        """How much each person gets done in each month: days at work, ramp, season and growth, and the own pace."""
        return self.workdays_count(timeline) * self.ramp(timeline) * timeline.busyness * self.skill[PACE]

    def workday(
        self, timeline: Timeline, person: Indexes, month: Indexes, luck: np.random.Generator
    ) -> Indexes:
        """A working day in each month on which its person is there."""
        starts = np.maximum(timeline.month_starts[month], self.from_day[person])
        ends = np.minimum(timeline.month_starts[month + 1], self.until_day[person])
        return timeline.workday_between(starts, ends, luck.random(len(person)))


def shared_out(count: int, weights: Numbers, luck: np.random.Generator) -> tuple[Indexes, Indexes]:
    """Person and month of each of `count` things, by a weight for each person and month."""
    cells = np.repeat(np.arange(weights.size), luck.multinomial(count, weights.ravel() / weights.sum()))
    person, month = np.divmod(cells, weights.shape[1])
    return person, month


def roster(timeline: Timeline, reps_count: int, luck: np.random.Generator) -> Roster:
    """`reps_count` people who are no managers (leavers included), and above them a manager a team and a head.

    The first rep sells from before the first day to the end. Raises ValueError for fewer than 1 or too many reps.
    """
    teams_count = -(-reps_count // TEAM_SIZE)
    handed_over = _handed_over(teams_count, timeline.months_count)
    managers_count = teams_count + len(handed_over)
    people_count = reps_count + managers_count + 1
    names = _names(people_count, luck)
    months_count = timeline.months_count

    role = np.empty((people_count, months_count), dtype=np.int64)
    team = np.empty_like(role)
    started = [_before(timeline, luck) for _ in range(people_count)]
    ended: list[date | None] = [None] * people_count

    for rep in range(reps_count):
        role[rep] = ROLES_IN_TURN[rep // teams_count % len(ROLES_IN_TURN)]
        team[rep] = rep % teams_count
        if rep == 0:
            continue
        start = 0
        if months_count >= 6 and luck.random() < STARTER_SHARE:
            start = int(luck.integers(1, months_count - 3))
            started[rep] = _first_workday(timeline, start)
        if months_count - start >= 9 and luck.random() < LEAVER_SHARE:
            ended[rep] = _some_workday(timeline, int(luck.integers(start + 6, months_count)), luck)
        if role[rep, 0] == SDR and months_count - start >= 15 and luck.random() < PROMOTED_SHARE:
            role[rep, int(luck.integers(start + 12, months_count - 2)) :] = REP
        if months_count - start >= 12 and luck.random() < MOVED_SHARE:
            team[rep, int(luck.integers(start + 6, months_count - 3)) :] = (rep + 1) % teams_count

    leads = _managers(teams_count, months_count, handed_over) + reps_count
    role[reps_count:-1], role[-1] = MANAGER, HEAD
    team[reps_count:] = -1
    for month in range(months_count):
        team[leads[:, month], month] = np.arange(teams_count)
    for successor, old in enumerate(handed_over, start=reps_count + teams_count):
        handover = int((team[successor] >= 0).argmax())
        started[successor] = _first_workday(timeline, handover)
        leaving = leads[old, handover - 1]
        ended[leaving] = plus_months(timeline.first_day, handover) - timedelta(days=1)

    from_day = np.array([timeline.day(day) for day in started])
    forever = len(timeline.dates)
    until_day = np.array([forever if day is None else timeline.day(day) + 1 for day in ended])
    absent = (timeline.month_starts[1:] <= from_day[:, None]) | (
        timeline.month_starts[:-1] >= until_day[:, None]
    )
    role[absent], team[absent] = -1, -1

    keys = np.array([f"E{number:04d}" for number in range(1, people_count + 1)], dtype=object)
    people = _spells(timeline, keys, names, role, team, leads, started, ended)
    leaves = (until_day < forever).astype(np.int64)
    return Roster(
        keys, names, role, team, from_day, until_day, leaves,
        _heirs(role, team, leaves, reps_count), _skill(people_count, months_count, luck), people,
    )  # fmt: skip


def _names(count: int, luck: np.random.Generator) -> Objects:
    """As many different names of people, given and family name of one origin."""
    every = np.array(
        [
            f"{given} {family}"
            for givens, families in ORIGINS
            for given in givens.split()
            for family in families.split()
        ],
        dtype=object,
    )
    if not 2 < count <= len(every):
        raise ValueError(f"the sample company has names for 3 to {len(every)} people, not {count}")
    return np.asarray(luck.permutation(every)[:count])


def _before(timeline: Timeline, luck: np.random.Generator) -> date:
    """A Monday some time before the first day."""
    day = timeline.first_day - timedelta(days=int(luck.integers(200, TENURE_BEFORE_MONTHS * 30)))
    return day - timedelta(days=day.weekday())


def _first_workday(timeline: Timeline, month: int) -> date:
    starts = timeline.month_starts
    first: date = timeline.dates[timeline.workday_between(starts[month], starts[month + 1], np.float64(0))]
    return first


def _some_workday(timeline: Timeline, month: int, luck: np.random.Generator) -> date:
    starts = timeline.month_starts
    found: date = timeline.dates[timeline.workday_between(starts[month], starts[month + 1], luck.random())]
    return found


def _handed_over(teams_count: int, months_count: int) -> list[int]:
    """The teams that get a new manager from outside at two thirds of the time: the last, and every fourth."""
    return (
        [team for team in range(teams_count) if team % 4 == 3 or team == teams_count - 1]
        if months_count >= 3
        else []
    )


def _managers(teams_count: int, months_count: int, handed_over: list[int]) -> Indexes:
    """Which manager (a number from 0) leads each team in each month.

    The first two of every four teams swap their managers after a third of the time.
    """
    leads = np.repeat(np.arange(teams_count)[:, None], months_count, axis=1)
    for team in range(0, teams_count - 1, 4):
        leads[[team, team + 1], months_count // 3 :] = leads[[team + 1, team], months_count // 3 :]
    for successor, team in enumerate(handed_over, start=teams_count):
        leads[team, 2 * months_count // 3 :] = successor
    return leads


def _heirs(role: Indexes, team: Indexes, leaves: Indexes, reps_count: int) -> Indexes:
    """For each person a seller of the same team who is there all the time, else the first rep; stayers are their own."""
    lasting = np.isin(role, (REP, EXECUTIVE)).all(axis=1) & (leaves == 0)
    lasting[reps_count:] = False
    heirs = np.arange(len(role))
    for leaver in np.flatnonzero(leaves):
        colleagues = np.flatnonzero(lasting & (team[:, 0] == team[leaver].max()))
        heirs[leaver] = colleagues[leaver % len(colleagues)] if len(colleagues) else 0
    return heirs


def _skill(people_count: int, months_count: int, luck: np.random.Generator) -> Numbers:
    """About 1 by skill, person and month; some people get better or worse in one skill over the last months."""
    level = luck.normal(0, 1, (len(SKILL_SPREAD), people_count)) * np.array(SKILL_SPREAD)[:, None]
    slope = np.where(luck.random(people_count) < TREND_SHARE, luck.choice([-0.03, 0.03], people_count), 0.0)
    changing = luck.choice([PACE, CLOSING], people_count) == np.arange(len(SKILL_SPREAD))[:, None]
    steps = (np.arange(months_count) - months_count + 1 + TREND_MONTHS_COUNT).clip(0)
    return np.asarray(np.exp(level[:, :, None] + (changing * slope)[:, :, None] * steps))


def team_name(team: int) -> str:
    """The name of a team: its region, with a number from the fifth team on."""
    round_count = team // len(REGIONS)
    return REGIONS[team % len(REGIONS)] + (f" {round_count + 1}" if round_count else "")


def _spells(
    timeline: Timeline, keys: Objects, names: Objects, role: Indexes, team: Indexes, leads: Indexes,
    started: list[date], ended: list[date | None],
) -> pd.DataFrame:  # fmt: skip
    """The people sheet: one row per person and stretch of months with the same role, team and manager."""
    head = len(keys) - 1
    rows = []
    for person in range(len(keys)):
        months = np.flatnonzero(role[person] >= 0)
        leader = np.where(team[person] >= 0, leads[team[person], np.arange(timeline.months_count)], head)
        leader = np.where(role[person] == MANAGER, head, leader)
        places = np.stack([role[person], team[person], leader], axis=1)
        for month in months:
            is_first = month == months[0]
            if not is_first and (places[month] == places[month - 1]).all():
                continue
            own_role, own_team, boss = places[month]
            rows.append(
                {
                    "key": keys[person],
                    "name": names[person],
                    "email": _email(names[person]),
                    "role": ROLES[own_role],
                    "team": team_name(own_team) if own_team >= 0 else "Sales",
                    "manager": names[boss] if boss != person else None,
                    "manager_key": keys[boss] if boss != person else None,
                    "started_on": started[person],
                    "ended_on": ended[person],
                    "valid_from": started[person]
                    if is_first
                    else plus_months(timeline.first_day, int(month)),
                    "region": REGIONS[own_team % len(REGIONS)] if own_team >= 0 else None,
                }
            )
    return pd.DataFrame(rows, dtype=object)


def _email(name: str) -> str:
    plain = normalize("NFKD", name.lower().replace("ø", "o")).encode("ascii", "ignore").decode()
    return f"{plain.replace(' ', '.')}@ledger.example"
