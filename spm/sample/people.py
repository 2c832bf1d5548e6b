"""The people sheet of the sample company: who was in which role and team, under whom, from which day on."""

from unicodedata import normalize

import numpy as np
import pandas as pd

from spm.calendar import plus_months
from spm.sample.roster import Roster
from spm.sample.timeline import Timeline
from spm.sample.words import REGIONS

ROLE_LABELS = (
    "Sales Development Representative",
    "Sales Representative",
    "Account Executive",
    "Sales Manager",
    "Head of Sales",
)  # by the roster's codes


def sheet(timeline: Timeline, staff: Roster) -> pd.DataFrame:
    """One row per person and stretch of months with the same role, team and manager."""
    rows = []
    for person in range(len(staff.keys)):
        months = np.flatnonzero(staff.role[person] >= 0)
        places = np.stack([staff.role[person], staff.team[person], staff.boss[person]], axis=1)
        is_new = np.append(True, (places[months[1:]] != places[months[:-1]]).any(axis=1))
        started_on = staff.started_on[person]
        for month in months[is_new]:
            role, team, boss = places[month].tolist()
            has_boss = boss != person
            rows.append(
                {
                    "key": staff.keys[person],
                    "name": staff.names[person],
                    "email": _email(staff.names[person]),
                    "role": ROLE_LABELS[role],
                    "team": team_name(team) if team >= 0 else "Sales",
                    "manager": staff.names[boss] if has_boss else None,
                    "manager_key": staff.keys[boss] if has_boss else None,
                    "started_on": started_on,
                    "ended_on": staff.ended_on[person],
                    "valid_from": started_on if month == months[0] else plus_months(timeline.first_day, int(month)),
                    "region": REGIONS[team % len(REGIONS)] if team >= 0 else None,
                }
            )
    return pd.DataFrame(rows, dtype=object)


def team_name(team: int) -> str:
    """The name of a team: its region, with a number from the fifth team on."""
    round_count = team // len(REGIONS)
    return REGIONS[team % len(REGIONS)] + (f" {round_count + 1}" if round_count else "")


def _email(name: str) -> str:
    plain = normalize("NFKD", name.lower().replace("ø", "o")).encode("ascii", "ignore").decode()
    return f"{plain.replace(' ', '.')}@ledger.example"
