"""Open deals: how old they are, and which have gone stale. Pure: frames in, frames out."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

USUAL_SHARE = 0.9  # of the won deals were won by this age
LEAST_COUNT = 20  # won deals that make a usual age


def usual_days(cycles: Sequence[float]) -> int | None:
    """The age in days by which nine in ten won deals were won; None with too few of them to say."""
    return round(float(np.percentile(cycles, 100 * USUAL_SHARE))) if len(cycles) >= LEAST_COUNT else None


def aged(deals: pd.DataFrame, today: date, usual: int | None) -> pd.DataFrame:
    """`deals` (columns created_on, expected_close_on) with age_days and stale, the stale ones first, then the oldest.

    `stale` is why a deal is: "past its expected close", "older than usual", or "" for one that is not. `age_days` is None
    where nobody knows when the deal began.
    """
    age_days = [None if begun is None else (today - begun).days for begun in deals["created_on"]]
    stale = [
        _why_stale(expected, age, today, usual)
        for expected, age in zip(deals["expected_close_on"], age_days, strict=True)
    ]
    marked = deals.assign(age_days=pd.Series(age_days, index=deals.index, dtype=object), stale=stale)
    in_order = marked.assign(is_fresh=[not why for why in stale], age=[-(age or 0) for age in age_days])
    return in_order.sort_values(["is_fresh", "age"], kind="stable", ignore_index=True).drop(columns=["is_fresh", "age"])


def _why_stale(expected: date | None, age: int | None, today: date, usual: int | None) -> str:
    if expected is not None and expected < today:
        return "past its expected close"
    if age is not None and usual is not None and age > usual:
        return "older than usual"
    return ""
