"""The quotas of the sample company: its plan of each quarter, shared out to sellers; some managers have a team's."""

from datetime import timedelta

import numpy as np
import pandas as pd

from spm.calendar import plus_months
from spm.money import split
from spm.sample.cells import dollars
from spm.sample.deals import WON, rounded_price
from spm.sample.roster import EXECUTIVE, MANAGER, REP, Roster, team_name
from spm.sample.timeline import Indexes, Numbers, Timeline

STEP_DOLLARS = 1_000  # a quota is a multiple of it
STRETCH = 1.03  # the plan over what was to be expected
TEAM_CUSHION = 0.95  # a team's quota is smaller than the sum of its members'
QUARTER_LUCK = 0.13
FACTOR_LIMITS = (0.4, 2.5)
CLOSING_DELAY_MONTHS = 2  # how long after opening deals a starter begins to win them
SMALLEST_SHARE = 0.1  # of the mean: below it a starter has no quota yet


def quotas(
    timeline: Timeline, staff: Roster, drafts: pd.DataFrame, luck: np.random.Generator
) -> tuple[pd.DataFrame, pd.Series]:
    """The quotas by the field keys of the layout, and the amounts of the deals, fitted to what each seller attains.

    In every quarter each role has a plan, close to what its deals bring; it is shared out by days at work and ramp, not by
    skill. Skill and luck then make the attainment, and the won amounts of a seller's quarter are scaled to it.
    """
    quarter_of_month = timeline.quarter_of[timeline.month_starts[:-1]]
    quarters_count = int(quarter_of_month[-1]) + 1
    in_quarter = quarter_of_month == np.arange(quarters_count)[:, None]
    expected = staff.sells * staff.workdays_count(timeline) * staff.ramp(timeline, CLOSING_DELAY_MONTHS)
    weights = expected @ in_quarter.T
    role = np.array([next((code for code in (REP, EXECUTIVE) if code in row), -1) for row in staff.role])

    won = drafts[drafts["stage"] == WON]
    quarter = timeline.quarter_of[won["closed"].to_numpy()]
    owner = won["owner"].to_numpy()
    booked = np.zeros((len(staff.keys), quarters_count))
    np.add.at(booked, (owner, quarter), won["amount"].to_numpy())
    lived = np.ones(quarters_count)
    lived[-1] = _lived_share(timeline, won)

    quota = np.zeros_like(booked)
    for code in (REP, EXECUTIVE):
        sellers = np.flatnonzero(role == code)
        for at in range(quarters_count):
            shares = weights[sellers, at]
            shares = (
                np.where(shares < SMALLEST_SHARE * shares[shares > 0].mean(), 0, shares)
                if shares.any()
                else shares
            )
            plan = booked[sellers, at].sum() / lived[at] * STRETCH
            if shares.any():
                parts = split(round(plan / STEP_DOLLARS), shares.tolist())
                quota[sellers, at] = np.array(parts) * STEP_DOLLARS

    skill = (staff.skill.prod(axis=0) @ in_quarter.T) / in_quarter.sum(axis=1)
    attained = quota * lived * skill * luck.lognormal(0, QUARTER_LUCK, quota.shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.where((quota > 0) & (booked > 0), attained / booked, 1.0).clip(*FACTOR_LIMITS)
    amounts = drafts["amount"].copy()
    amounts[won.index] = rounded_price(won["amount"].to_numpy() * factor[owner, quarter])
    rows = _own_rows(timeline, staff, quota) + _team_rows(timeline, staff, quota, in_quarter)
    columns = ["owner", "owner_key", "team", "metric", "starts_on", "ends_on", "amount", "scope", "currency"]
    sheet = pd.DataFrame(rows, columns=columns, dtype=object)
    sheet["amount"] = dollars(sheet["amount"].to_numpy(dtype=np.float64))
    return sheet.sort_values("starts_on", kind="stable", ignore_index=True), amounts


def _lived_share(timeline: Timeline, won: pd.DataFrame) -> float:
    """The share of a quarter's bookings that comes by the day on which the last quarter stands, from the quarters before.

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
    for person, at in zip(*np.nonzero(quota), strict=True):
        first_selling = timeline.month_starts[staff.sells[person].argmax()]
        start, end = _quarter(timeline, at)
        start = max(start, first_selling, staff.from_day[person])
        end = min(end, staff.until_day[person])
        rows.append(_row(timeline, staff, person, (start, end), quota[person, at], "Own"))
    return rows


def _team_rows(
    timeline: Timeline, staff: Roster, quota: Numbers, in_quarter: Indexes
) -> list[dict[str, object]]:
    """A row per quarter for the manager of every other team: less than the sum of the members' quotas."""
    rows: list[dict[str, object]] = []
    leads = staff.role == MANAGER
    for at, months in enumerate(in_quarter):
        month = int(np.flatnonzero(months)[0])
        for manager in np.flatnonzero(leads[:, month]):
            team = staff.team[manager, month]
            members = staff.team[:, month] == team
            total = quota[members, at].sum() * TEAM_CUSHION
            if team % 2 == 0 and total >= STEP_DOLLARS:
                amount = round(total / STEP_DOLLARS) * STEP_DOLLARS
                rows.append(
                    _row(timeline, staff, manager, _quarter(timeline, at), amount, "Team", team_name(team))
                )
    return rows


def _quarter(timeline: Timeline, at: int) -> tuple[int, int]:
    """The days of the quarter from the first day on; the end is not included."""
    month = 3 * int(at) - (timeline.first_day.month - 1) % 3
    start, end = plus_months(timeline.first_day, month), plus_months(timeline.first_day, month + 3)
    return max(timeline.day(start), 0), timeline.day(end)


def _row(
    timeline: Timeline, staff: Roster, person: int, days: tuple[int, int], amount: float, scope: str, team: str | None = None
) -> dict[str, object]:  # fmt: skip
    start, end = days
    return {
        "owner": staff.names[person],
        "owner_key": staff.keys[person],
        "team": team,
        "metric": "Bookings",
        "starts_on": timeline.dates[start],
        "ends_on": timeline.dates[end] - timedelta(days=1),
        "amount": amount,
        "scope": scope,
        "currency": "USD",
    }
