"""Crews to simulate."""

from typing import Any

import numpy as np
import pandas as pd

from spm.planning.odds.crew import Crew, crew_of

QUOTA = 1_000_00


def alike(count: int, mean: float, deviation: float, **columns: Any) -> Crew:
    """So many reps on a quota of 1,000, each expected at `mean` of it, evenly over twelve months, give or take."""
    reps = pd.DataFrame(
        {
            "rep": [f"rep {at}" for at in range(count)],
            "expected_cents": [[mean * QUOTA / 12] * 12] * count,
            "error_cents": deviation * QUOTA,
            "quota_cents": QUOTA,
        }
    )
    return crew_of(reps.assign(**columns))


def large(count: int = 500) -> Crew:
    """Reps of 30 teams and 12 managers, every tenth a hire; growing months."""
    reps = np.arange(count)
    return crew_of(
        pd.DataFrame(
            {
                "rep": [f"rep {at}" for at in reps],
                "expected_cents": [[100_00.0 * month for month in range(1, 13)]] * count,
                "error_cents": 2_000_00.0,
                "quota_cents": 8_000_00,
                "team": [f"team {at % 30}" for at in reps],
                "manager": [f"manager {at % 12}" for at in reps],
                "is_hire": reps % 10 == 0,
            }
        )
    )
