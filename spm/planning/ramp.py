"""The share of a full quota, or of full productivity, that a new rep carries by month of tenure."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from spm.calendar import plus_months

LEAST_STARTS = 5  # fewer starters say more about themselves than about starting
LONGEST_RAMP_MONTHS = 12  # from this tenure on a rep counts as fully productive


def tenure_months(started_on: date, month: date) -> int:
    """Whole months from the one of the start to `month`; negative before it."""
    return (month.year - started_on.year) * 12 + month.month - started_on.month


def ramp_by_month(started_on: date | None, months: Sequence[date], ramp: Sequence[float]) -> tuple[float, ...]:
    """The share in each of `months`: 0 before the start, `ramp` by month of tenure, its last share for good.

    Full where the start is not known.
    """
    if started_on is None:
        return (1.0,) * len(months)
    tenures = [tenure_months(started_on, month) for month in months]
    return tuple(0.0 if tenure < 0 else ramp[min(tenure, len(ramp) - 1)] for tenure in tenures)


def by_tenure(results: pd.DataFrame, started_on: Mapping[str, date]) -> pd.DataFrame:
    """The months in which somebody had a job that sells: rep, tenure_month, value; who is not in `started_on` is left out.

    `results`: rep, start, value, is_selling. The tenure of who came to sell from another job, such as an SDR, counts from then.
    """
    rows = results[results["rep"].isin(started_on)].sort_values(["rep", "start"])
    elsewhere = rows["start"].where(~rows["is_selling"]).groupby(rows["rep"]).ffill()
    tenures = [
        tenure_months(started_on[rep] if pd.isna(last) else max(started_on[rep], plus_months(last, 1)), month)
        for rep, last, month in zip(rows["rep"], elsewhere, rows["start"], strict=True)
    ]
    return rows.assign(tenure_month=tenures).loc[rows["is_selling"], ["rep", "tenure_month", "value"]]


def learned_ramp(results: pd.DataFrame) -> tuple[float, ...] | None:
    """The company's own ramp from `results`: one row a rep and month, as of `by_tenure` (the first month is 0).

    In each of the first twelve months the starters' mean ÷ the mean of everyone with a year or more, never above 1 and
    never falling; it ends with 1. None with fewer than five starters in any of the months or nobody to hold them against.
    """
    known = results.dropna(subset=["value"])
    full = known.loc[known["tenure_month"] >= LONGEST_RAMP_MONTHS, "value"].mean()
    starters = known[known["tenure_month"].between(0, LONGEST_RAMP_MONTHS - 1)].groupby("tenure_month")
    means = starters["value"].mean().reindex(range(LONGEST_RAMP_MONTHS))
    if not full > 0 or starters["rep"].nunique().reindex(means.index, fill_value=0).min() < LEAST_STARTS:
        return None
    shares = np.maximum.accumulate(np.clip(means.to_numpy() / full, 0, 1))
    return (*shares[shares < 1].tolist(), 1.0)
