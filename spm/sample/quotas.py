"""The quotas: a plan for each quarter, shared out to sellers; some managers have one for their team."""

import numpy as np
import pandas as pd

from spm.calendar import plus_months
from spm.money import split
from spm.sample.cells import dollars
from spm.sample.deals import WON, rounded_price
from spm.sample.people import team_name
from spm.sample.roster import EXECUTIVE, MANAGER, REP, Roster
from spm.sample.timeline import Indexes, Numbers, Timeline

STEP_DOLLARS = 1_000  # a quota is a multiple of it
STRETCH = 1.015  # the plan over what skill and luck bring on average
TEAM_CUSHION = 0.95  # a team's quota is smaller than the sum of its members'
QUARTER_LUCK = 0.13
FACTOR_LIMITS = (0.25, 3.0)
CLOSING_DELAY_MONTHS = 2  # how long after opening deals a starter begins to win them
COLUMNS = ["owner", "owner_key", "team", "metric", "starts_on", "ends_on", "amount", "scope", "currency"]
SMALLEST_SHARE = 0.2  # of the mean: below it a starter has no quota yet


def quotas(
    timeline: Timeline, staff: Roster, drafts: pd.DataFrame, luck: np.random.Generator
) -> tuple[pd.DataFrame, Numbers]:
    """The quotas by field keys, and the amounts of the deals, fitted to what each seller attains.

    In every quarter each role has a plan, close to what its deals bring; it is shared out by days at work and
    ramp, not by skill. Skill and luck then make the attainment, and the won amounts of a seller's quarter are
    scaled to it.
    """
    quarter_of_month = timeline.quarter_of[timeline.month_starts[:-1]]
    in_quarter = quarter_of_month == np.arange(quarter_of_month[-1] + 1)[:, None]
    won = drafts[drafts["stage"] == WON]
    owner, amount = won["owner"].to_numpy(), won["amount"].to_numpy()
    quarter = timeline.quarter_of[won["closed"].to_numpy()]
    booked = np.zeros((len(staff.keys), len(in_quarter)))
    np.add.at(booked, (owner, quarter), amount)
    lived = np.ones(len(in_quarter))
    lived[-1] = _lived_share(timeline, won)

    work = staff.workdays_count(timeline) * staff.ramp(timeline, CLOSING_DELAY_MONTHS)
    quota = np.zeros_like(booked)
    for role in (REP, EXECUTIVE):
        weights = (work * (staff.role == role)) @ in_quarter.T
        sellers = (staff.role == role).any(axis=1)
        for at, plan in enumerate(booked[sellers].sum(axis=0) / lived * STRETCH):
            quota[sellers, at] += _shares(plan, weights[sellers, at])

    skill = (staff.skill.prod(axis=0) @ in_quarter.T) / in_quarter.sum(axis=1)
    attained = quota * lived * skill * luck.lognormal(0, QUARTER_LUCK, quota.shape) / STRETCH
    is_fitted = (quota > 0) & (booked > 0)
    factor = np.divide(attained, booked, out=np.ones_like(quota), where=is_fitted).clip(*FACTOR_LIMITS)
    amounts = drafts["amount"].to_numpy().copy()
    amounts[won.index] = rounded_price(amount * factor[owner, quarter])
    rows = _own_rows(timeline, staff, quota) + _team_rows(timeline, staff, quota, in_quarter)
    sheet = pd.DataFrame(rows, columns=COLUMNS, dtype=object).sort_values("starts_on", kind="stable")
    sheet["amount"] = dollars(sheet["amount"].to_numpy(dtype=np.float64))
    return sheet.reset_index(drop=True), amounts


def _shares(plan: float, weights: Numbers) -> Numbers:
    """The plan in whole steps, shared out by weight; whoever would carry very little has none."""
    if not weights.any():
        return weights
    carried = np.where(weights < SMALLEST_SHARE * weights[weights > 0].mean(), 0.0, weights)
    return np.array(split(round(plan / STEP_DOLLARS), carried.tolist()), dtype=np.float64) * STEP_DOLLARS


def _lived_share(timeline: Timeline, won: pd.DataFrame) -> float:
    """The share of the last quarter's bookings that is in by the last day, as it was in the quarters before.

    Without a whole quarter before it, the share of its days.
    """
    quarter = timeline.quarter_of
    starts = np.searchsorted(quarter, np.arange(quarter[-1] + 1))
    last = int(quarter[timeline.days_count - 1])
    elapsed_days = timeline.days_count - starts[last]
    closed = won["closed"].to_numpy()
    before = (quarter[closed] < last) & (quarter[closed] > 0)
    early = before & (closed - starts[quarter[closed]] < elapsed_days)
    amount = won["amount"].to_numpy()
    if amount[early].sum() > 0:
        return float(amount[early].sum() / amount[before].sum())
    return float(elapsed_days / (starts[last + 1] - starts[last]))


def _own_rows(timeline: Timeline, staff: Roster, quota: Numbers) -> list[dict[str, object]]:
    """A row per seller and quarter, from the day on which they sell to their last."""
    rows: list[dict[str, object]] = []
    for person, at in np.argwhere(quota).tolist():
        first_selling = timeline.month_starts[staff.sells[person].argmax()]
        start, end = _quarter(timeline, at)
        start = max(start, first_selling, staff.from_day[person])
        end = min(end, staff.until_day[person])
        rows.append(_row(timeline, staff, person, (start, end), quota[person, at], "Own"))
    return rows


def _team_rows(timeline: Timeline, staff: Roster, quota: Numbers, in_quarter: Indexes) -> list[dict[str, object]]:
    """A row per quarter for the manager of every other team: less than the sum of the members' quotas."""
    rows: list[dict[str, object]] = []
    for at, first_month in enumerate(in_quarter.argmax(axis=1).tolist()):
        team = staff.team[:, first_month]
        for manager in np.flatnonzero((staff.role[:, first_month] == MANAGER) & (team % 2 == 0)).tolist():
            total = quota[team == team[manager], at].sum() * TEAM_CUSHION
            amount = round(total / STEP_DOLLARS) * STEP_DOLLARS
            if amount > 0:
                days = _quarter(timeline, at)
                rows.append(_row(timeline, staff, manager, days, amount, "Team", int(team[manager])))
    return rows


def _quarter(timeline: Timeline, at: int) -> tuple[int, int]:
    """The days of the quarter from the first day on; the end is not included."""
    month = 3 * at - (timeline.first_day.month - 1) % 3
    start, end = plus_months(timeline.first_day, month), plus_months(timeline.first_day, month + 3)
    return max(timeline.day(start), 0), timeline.day(end)


def _row(
    timeline: Timeline,
    staff: Roster,
    person: int,
    days: tuple[int, int],
    amount: float,
    scope: str,
    team: int = -1,
) -> dict[str, object]:
    start, end = days
    return {
        "owner": staff.names[person],
        "owner_key": staff.keys[person],
        "team": team_name(team) if team >= 0 else None,
        "metric": "Bookings",
        "starts_on": timeline.dates[start],
        "ends_on": timeline.dates[end - 1],
        "amount": amount,
        "scope": scope,
        "currency": "USD",
    }
