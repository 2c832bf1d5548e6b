"""Made-up companies of which every day is known, past and to come, so that landings can be held against what came."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from spm.calendar import FiscalCalendar, Grain, Period, WorkingCalendar
from spm.forecast.landings.queries import places_of
from spm.forecast.landings.stretches import booked_by_share
from spm.forecast.outlook import histories, projecting
from spm.forecast.outlook.histories import Timeline
from spm.forecast.outlook.projecting import Level
from spm.forecast.publishing import published
from spm.forecast.publishing.queries import ORIGINS
from tests.forecast.landings.coverage import outcomes

CALENDAR, WORKING = FiscalCalendar(), WorkingCalendar()
TO_COME = 12
LEVELS = {"company": (), "team": ("team",), "rep": ("rep",)}
SIZE_CENTS = 1_000_000


@dataclass(frozen=True)
class Company:
    """`bookings`: rep, team, day, month (its label), value. `months`: `known_count` that are over, then those to come."""

    bookings: pd.DataFrame
    months: tuple[Period, ...]
    known_count: int

    def daily(self, level: str) -> pd.DataFrame:
        """The bookings of every member of a level: member, day (as text), value."""
        member = "" if level == "company" else self.bookings[level]
        rows = self.bookings.assign(member=member, day=[f"{day}" for day in self.bookings["day"]])
        return rows[["member", "day", "value"]]


def company(seed: int) -> Company:
    """Six reps in two teams: with or without season, growth, shocks that last, late months, large deals; 8 to 36 months."""
    rng = np.random.default_rng(seed)
    known_count = int(rng.choice([8, 12, 18, 24, 36]))
    months = [CALENDAR.period_of(Grain.MONTH, date(2020, 1, 1))]
    while len(months) < known_count + TO_COME:
        months.append(CALENDAR.after(months[-1]))
    season = np.exp(rng.normal(0, rng.choice([0, 0.1, 0.3]), 12))
    shock = np.zeros(len(months))
    stays, strength, growth = rng.choice([0, 0.6]), rng.choice([0.03, 0.1]), rng.choice([0, 0, 0.01, 0.02])
    for at, news in enumerate(rng.normal(0, strength, len(months))):
        shock[at] = news + (stays * shock[at - 1] if at else 0)
    level = season[np.arange(len(months)) % 12] * np.exp(growth * np.arange(len(months)) + shock)
    often, spread, late = rng.choice([1.5, 4.0, 10.0]), rng.choice([0.5, 1.0]), rng.choice([0.0, 1.0, 2.0])
    rows = []
    for rep in range(6):
        usual = often * np.exp(rng.normal(0, 0.4))
        first = 0 if rng.random() < 0.8 else int(rng.integers(0, known_count))
        for at in range(first, len(months)):
            days_count = (months[at].end - months[at].start).days
            for place, size in zip(rng.beta(1 + late, 1, count := rng.poisson(usual * level[at])),
                                   rng.lognormal(0, spread, count), strict=True):  # fmt: skip
                day = months[at].start + timedelta(days=min(int(place * days_count), days_count - 1))
                rows.append((f"Rep {rep}", f"Team {rep % 2}", day, months[at].label, float(round(SIZE_CENTS * size))))
    return Company(pd.DataFrame(rows, columns=["rep", "team", "day", "month", "value"]), tuple(months), known_count)


def projected(of: Company, over_count: int) -> dict[str, Level]:
    """What is said of a company when so many of its months are over."""
    times = Timeline(Grain.MONTH, of.months[:over_count], tuple(_ahead(of, over_count)))
    known = of.bookings[[day < times.ahead[0].start for day in of.bookings["day"]]]
    rows = {by: known.groupby([*by, "month"])["value"].sum().reset_index() for by in LEVELS.values()}
    teams = dict(zip(of.bookings["rep"], of.bookings["team"], strict=True))
    tree = histories.tree({by: histories.history(own, by, times) for by, own in rows.items()}, teams)
    made = projecting.levels_of(tree, times, {}, histories.working_days(times, WORKING), 1, "bound")
    return {level: made[by] for level, by in LEVELS.items()}


def said(of: Company, over_count: int, origins_count: int) -> dict[str, pd.DataFrame]:
    """What was said of each level when `over_count` months were over, as run 0, and at the origins before it, as runs −1, …"""
    frames: dict[str, list[pd.DataFrame]] = {level: [] for level in LEVELS}
    for back in range(min(origins_count, over_count - 1) + 1):
        for level, made in projected(of, over_count - back).items():
            future = published.named(made.future, made.by)
            frames[level].append(future.assign(run_id=-back, step=future.groupby("member").cumcount() + 1))
    return {level: pd.concat(own, ignore_index=True) for level, own in frames.items()}


def held(seed: int, backs: Sequence[int] = (0, 4, 8)) -> pd.DataFrame:
    """How landings of a made-up company turned out: see `coverage.outcomes`."""
    of = company(seed)
    backs = [back for back in backs if back < of.known_count - 4]
    booked = {level: booked_by_share(of.daily(level), places_of(of.months, WORKING)) for level in LEVELS}
    return outcomes(said(of, of.known_count, backs[-1] + max(ORIGINS)), booked, of.months, of.known_count, backs)


def _ahead(of: Company, over_count: int) -> Iterator[Period]:
    one = of.months[over_count - 1]
    for _ in range(TO_COME):
        one = CALENDAR.after(one)
        yield one
