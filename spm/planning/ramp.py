"""The share of a full quota, or of full productivity, that a new rep carries by month of tenure."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from spm.company.settings import DEFAULT_RAMP

LEAST_STARTS = 5  # fewer starters say more about themselves than about starting
LONGEST_RAMP_MONTHS = 12  # from this tenure on a rep counts as fully productive


def tenure_months(started_on: date, month: date) -> int:
    """Whole months from the one of the start to `month`; negative before it."""
    return (month.year - started_on.year) * 12 + month.month - started_on.month


def ramp_by_month(
    started_on: date | None, months: Sequence[date], ramp: Sequence[float] = DEFAULT_RAMP
) -> tuple[float, ...]:
    """The share in each of `months`: 0 before the start, `ramp` by month of tenure, its last share for good.

    Full where the start is not known.
    """
    if started_on is None:
        return (1.0,) * len(months)
    tenures = [tenure_months(started_on, month) for month in months]
    return tuple(0.0 if tenure < 0 else ramp[min(tenure, len(ramp) - 1)] for tenure in tenures)


def learned_ramp(results: pd.DataFrame) -> tuple[float, ...] | None:
    """The company's own ramp from `results`: one row a rep and month, with rep, tenure_month (from 0) and value.

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
