"""What moved, who needs a look and who deserves praise: signals only, never a rank."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from spm.benchmarks import xmr
from spm.benchmarks.courses.queries import months_up_to, season_of
from spm.benchmarks.own_past import SIGNALS, Signal
from spm.calendar import ONE_DAY, Grain, Period, Span
from spm.metrics.queries import Scene, answer_rows, answers
from spm.metrics.registry import Metric
from spm.people.roles import MANAGER
from spm.store import reading

OF_THE_WEEK = (
    "bookings",
    "won_deals",
    "orders",
    "opportunities_opened",
    "qualified_leads",
    "calls_and_emails",
    "meetings",
)
OF_A_REP = ("bookings", "win_rate", "opportunities_opened", "qualified_leads", "calls_and_emails", "meetings")
WEEKS, MONTHS = 52, 24
USUAL_SHARE = 0.5  # of the months: what comes in fewer of them has no usual amount
LEAST_EVENTS = 3.0  # a month on average: of what happens more rarely, single events are no signal


@dataclass(frozen=True)
class Mover:
    """A number that lies outside what is normal for it: in `period` it was `value`, on average `usual`.

    `name` is the rep, empty for the whole; `is_good` whether that is as one would like it.
    """

    name: str
    metric: Metric
    period: Period
    value: float
    usual: float
    signal: Signal

    @property
    def is_good(self) -> bool:
        return self.signal.is_above == self.metric.higher_is_better


@dataclass(frozen=True)
class Movers:
    """The movers, the furthest from normal first, and how many series were looked at to find them.

    `by_luck_count`: as many of them would show if nothing had changed at all.
    """

    found: tuple[Mover, ...]
    series_count: int

    @property
    def by_luck_count(self) -> float:
        return self.series_count * FALSE_SHARE


FALSE_SHARE = 0.013  # of series of pure noise whose last point is a signal, with two years before it


def moved_last_week(scene: Scene, where: Mapping[str, str]) -> Movers:
    """Which numbers of a part of the company were out of the ordinary in the last week that is over."""
    calendar = scene.standing.company.fiscal_calendar
    running = calendar.period_of(Grain.WEEK, scene.today)
    until = running.end if running.last_day <= scene.today else running.start
    weeks = calendar.periods(Grain.WEEK, Span(date.fromordinal(until.toordinal() - 7 * WEEKS), until))
    found, series_count = [], 0
    span = Span(weeks[0].start, until)
    for key, rows in answer_rows(scene, _known(scene, OF_THE_WEEK), ("week",), tuple(where.items()), span).items():
        asked_for = scene.metric(key)
        whole = [week for week in weeks if scene.speaks_of(asked_for, week)]
        known = dict(zip(rows.labels["week"].texts, rows.numbers["value"].tolist(), strict=True))
        values_by_week = np.array([[known.get(week.label, np.nan) for week in whole]])
        found += _movers(asked_for, [""], values_by_week, whole, np.ones(len(whole)))
        series_count += 1 if known else 0
    return Movers(_furthest_first(found), series_count)


def reps_out_of_the_ordinary(scene: Scene) -> Movers:
    """The reps whose last month that is over is a signal against their own months before, the season taken out.

    Only months in the role that they have today, and only of whoever is there today.
    """
    calendar = scene.standing.company.fiscal_calendar
    months = months_up_to(scene, calendar.period_of(Grain.MONTH, scene.today), MONTHS)
    today = scene.org.active(Span(scene.today, scene.today + ONE_DAY))
    roles = dict(zip(today["rep"], today["role"], strict=True))
    found, series_count = [], 0
    span = Span(months[0].start, months[-1].end)
    for key, by_role in answers(scene, _known(scene, OF_A_REP), ("rep", "role", "month"), (), span).items():
        asked_for = scene.metric(key)
        frame = by_role[by_role["rep"].map(roles) == by_role["role"]]
        whole = [month for month in months if scene.speaks_of(asked_for, month)]
        lines = frame.pivot(index="rep", columns="month", values="value").astype(float)
        if not asked_for.is_ratio:
            is_usual = (lines > 0).sum(axis=1) >= USUAL_SHARE * lines.notna().sum(axis=1)
            lines = lines[is_usual & (lines.mean(axis=1) >= LEAST_EVENTS)]
        season = scene.once(season_of, key)
        indexes = np.array([season.get(month.start.month, 1.0) for month in whole])
        values_by_month = lines.reindex(columns=[one.label for one in whole]).to_numpy()
        indexes = indexes if (indexes > 0).all() else np.ones(len(whole))
        found += _movers(asked_for, lines.index.tolist(), values_by_month, whole, indexes)
        series_count += len(lines)
    return Movers(_furthest_first(found), series_count)


def _movers(
    asked_for: Metric,
    names: Sequence[str],
    values_by_period: np.ndarray,
    periods: Sequence[Period],
    indexes: np.ndarray,
) -> list[Mover]:
    """Whose value (a row a name, a column a period) in the last period is a signal."""
    if not periods or not names:
        return []
    is_current = ~np.isnan(values_by_period[:, -1])
    packed = xmr.packed(values_by_period[is_current] / indexes)
    ends = (~np.isnan(packed)).sum(axis=1) - 1
    signals, normal = xmr.latest(packed), xmr.limits(packed).mean
    return [
        Mover(
            names[row],
            asked_for,
            periods[-1],
            float(values_by_period[row, -1]),
            float(normal[at, ends[at]] * indexes[-1]),
            SIGNALS[int(signals[at])],
        )
        for at, row in enumerate(np.flatnonzero(is_current).tolist())
        if signals[at] != xmr.NO_SIGNAL
    ]


def _furthest_first(found: Sequence[Mover]) -> tuple[Mover, ...]:
    """By how many times as much or as little as usual it was."""

    def distance(one: Mover) -> float:
        return abs(one.value - one.usual) / abs(one.usual) if one.usual else float("inf")

    return tuple(sorted(found, key=distance, reverse=True))


def _known(scene: Scene, keys: Sequence[str]) -> list[str]:
    """Those of the metrics that the sheets speak of."""
    return [
        key
        for key in keys
        if any(
            measure in scene.covered
            for measure in scene.measures([*scene.metric(key).numerator, *scene.metric(key).denominator])
        )
    ]


def untold(scene: Scene) -> pd.DataFrame:
    """Those there today of whom no sheet tells what they did: person_id, rep, by name. Managers are left out.

    Scorecards count that as nothing done, which is right of who was there and wrong of who was not.
    """
    there = scene.org.active(Span(scene.today, scene.today + ONE_DAY))
    is_untold = there["person_id"].isin(reading.people_without_facts(scene.store)) & (there["role"] != MANAGER)
    return there.loc[is_untold, ["person_id", "rep"]].drop_duplicates().sort_values("rep", ignore_index=True)
