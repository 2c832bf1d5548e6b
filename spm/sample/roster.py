"""Who works at the sample company, in which role and team, since when, and how good each one is."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from spm.calendar import plus_months
from spm.sample.timeline import Indexes, Numbers, Objects, Timeline
from spm.sample.words import ORIGINS

SDR, REP, EXECUTIVE, MANAGER, HEAD = range(5)
ROLES_IN_TURN = (REP, SDR, REP, EXECUTIVE)
TEAM_SIZE = 10
TENURE_BEFORE_MONTHS = 60
RAMP = (0.1, 0.3, 0.55, 0.8)  # of what a starter opens in each month, 1 after these
STARTER_SHARE, LEAVER_SHARE, PROMOTED_SHARE, MOVED_SHARE = 0.4, 0.25, 0.3, 0.1
TREND_SHARE, TREND_MONTHS_COUNT, TREND_SLOPES = 0.3, 9, (-0.035, 0.025)  # log change per month
PACE, CLOSING, SIZING = range(3)
SKILL_SPREAD = (0.08, 0.07, 0.06)


@dataclass(frozen=True)
class Roster:
    """People by row; reps first, then managers, the head of sales last. Matrices are person by month.

    `role` and `team` are codes, -1 in months without a day at work; a head has no team. `boss` is the row of
    whom the person reports to. `from_day` and `until_day` (not included) are days of the timeline, also of
    those who were there before it or stay beyond it. `heir` takes over what a leaver leaves open. `skill`
    has three matrices, about 1: what a person gets done (pace), how much of it is won (closing), how large
    it is (sizing).
    """

    keys: Objects
    names: Objects
    role: Indexes
    team: Indexes
    boss: Indexes
    started_on: Objects
    ended_on: Objects
    from_day: Indexes
    until_day: Indexes
    heir: Indexes
    skill: Numbers

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
        """The share of full speed of each person in each month since the hire or the promotion.

        It is 0 before, and for `delay_months` after.
        """
        months = np.arange(timeline.months_count)
        hired = np.searchsorted(timeline.month_starts, self.from_day, side="right")[:, None] - 1
        hired = np.where(self.from_day[:, None] < 0, -len(RAMP) - delay_months, hired)
        promoted = self.sells.argmax(axis=1)[:, None]
        began = np.where((self.sells == 1) & (promoted > 0), promoted, hired)
        steps = np.array([0.0, *RAMP, 1.0])
        return np.asarray(steps[(months - began - delay_months + 1).clip(0, len(steps) - 1)])

    def pace(self, timeline: Timeline) -> Numbers:
        """How much each person gets done in a month, by days at work, ramp, season, growth and own pace."""
        return self.workdays_count(timeline) * self.ramp(timeline) * timeline.busyness * self.skill[PACE]

    def workday(self, timeline: Timeline, person: Indexes, month: Indexes, luck: np.random.Generator) -> Indexes:
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
    """`reps_count` people who are no managers, leavers included, and above them a manager a team and a head.

    The first rep sells from before the first day to the end. Raises ValueError where the names do not
    suffice.
    """
    teams_count = -(-reps_count // TEAM_SIZE)
    leads = _leads(teams_count, timeline.months_count)
    managers_count = int(leads.max()) + 1
    people_count = reps_count + managers_count + 1
    head = people_count - 1

    role = np.full((people_count, timeline.months_count), MANAGER)
    team = np.full_like(role, -1)
    started = [_before(timeline, luck) for _ in range(people_count)]
    ended: list[date | None] = [None] * people_count
    lots = luck.permuted(np.tile((np.arange(reps_count) + 0.5) / reps_count, (4, 1)), axis=1).T
    for rep in range(reps_count):
        role[rep] = ROLES_IN_TURN[rep // teams_count % len(ROLES_IN_TURN)]
        team[rep] = rep % teams_count
        if rep > 0:
            started[rep], ended[rep] = _live(timeline, started[rep], role[rep], team[rep], lots[rep], luck)
    team[:reps_count] %= teams_count
    role[head] = HEAD
    for manager in range(managers_count):
        row = reps_count + manager
        led, months = np.nonzero(leads == manager)
        team[row, months] = led
        if months.min() > 0:
            started[row] = _workday(timeline, int(months.min()), 0)
        if months.max() < timeline.months_count - 1:
            ended[row] = plus_months(timeline.first_day, int(months.max()) + 1) - timedelta(days=1)

    from_day = np.array([timeline.day(day) for day in started])
    until_day = np.array([len(timeline.dates) if day is None else timeline.day(day) + 1 for day in ended])
    starts, ends = timeline.month_starts[:-1], timeline.month_starts[1:]
    is_away = (ends <= from_day[:, None]) | (starts >= until_day[:, None])
    role[is_away], team[is_away] = -1, -1
    boss = np.where(team >= 0, leads[team, np.arange(timeline.months_count)] + reps_count, head)
    boss[reps_count:] = head
    return Roster(
        keys=np.array([f"E{number:04d}" for number in range(1, people_count + 1)], dtype=object),
        names=_names(people_count, luck),
        role=role,
        team=team,
        boss=boss,
        started_on=np.array(started, dtype=object),
        ended_on=np.array(ended, dtype=object),
        from_day=from_day,
        until_day=until_day,
        heir=_heirs(role, team),
        skill=_skill(people_count, timeline.months_count, luck),
    )


def _live(
    timeline: Timeline,
    started: date,
    role: Indexes,
    team: Indexes,
    lots: Numbers,
    luck: np.random.Generator,
) -> tuple[date, date | None]:
    """First and last day (None: still there) of a rep; promotions and moves are written into role and team.

    `lots` say whether the rep is a starter, a leaver, promoted, moved: each is spread evenly over all reps.
    """
    months_count, start, ended = timeline.months_count, 0, None
    if months_count >= 6 and lots[0] < STARTER_SHARE:
        start = int(luck.integers(1, months_count - 3))
        started = _workday(timeline, start, 0)
    if months_count - start >= 9 and lots[1] < LEAVER_SHARE:
        ended = _workday(timeline, int(luck.integers(start + 6, months_count)), luck.random())
    if role[0] == SDR and months_count - start >= 15 and lots[2] < PROMOTED_SHARE:
        role[int(luck.integers(start + 12, months_count - 2)) :] = REP
    if months_count - start >= 12 and lots[3] < MOVED_SHARE:
        team[int(luck.integers(start + 6, months_count - 3)) :] = team[0] + 1  # the next team
    return started, ended


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


def _workday(timeline: Timeline, month: int, luck: float) -> date:
    """A working day of the month; `luck` (0 to 1) says how far into it."""
    starts = timeline.month_starts[[month, month + 1]]
    [day] = timeline.workday_between(starts[:1], starts[1:], np.array([luck]))
    return timeline.dates[int(day)]


def _leads(teams_count: int, months_count: int) -> Indexes:
    """Which manager (a number from 0) leads each team in each month.

    The first two of every four teams swap their managers after a third of the time; the last of every four,
    and the very last, get a new one from outside after two thirds.
    """
    leads = np.repeat(np.arange(teams_count)[:, None], months_count, axis=1)
    for team in range(0, teams_count - 1, 4):
        leads[[team, team + 1], months_count // 3 :] = leads[[team + 1, team], months_count // 3 :]
    handed_over = [team for team in range(teams_count) if team % 4 == 3 or team == teams_count - 1]
    if months_count >= 6:
        for successor, team in enumerate(handed_over, start=teams_count):
            leads[team, 2 * months_count // 3 :] = successor
    return leads


def _heirs(role: Indexes, team: Indexes) -> Indexes:
    """For each person a seller of the same first team who is there all the time, else the first rep."""
    lasting = np.isin(role, (REP, EXECUTIVE)).all(axis=1)
    first_team = team.max(axis=1)
    heirs = np.zeros(len(role), dtype=np.int64)
    for person, own_team in enumerate(first_team):
        colleagues = np.flatnonzero(lasting & (team[:, 0] == own_team))
        if len(colleagues):
            heirs[person] = colleagues[person % len(colleagues)]
    return heirs


def _skill(people_count: int, months_count: int, luck: np.random.Generator) -> Numbers:
    """By skill, person and month, about 1; some get better or worse in one skill over the last months."""
    level = luck.normal(0, 1, (len(SKILL_SPREAD), people_count))
    level = (level - level.mean(axis=1, keepdims=True)) * np.array(SKILL_SPREAD)[:, None]
    slope = np.where(luck.random(people_count) < TREND_SHARE, luck.choice(TREND_SLOPES, people_count), 0.0)
    changing = luck.choice([PACE, CLOSING], people_count) == np.arange(len(SKILL_SPREAD))[:, None]
    steps = (np.arange(months_count) - months_count + 1 + TREND_MONTHS_COUNT).clip(0)
    return np.asarray(np.exp(level[:, :, None] + (changing * slope)[:, :, None] * steps))
