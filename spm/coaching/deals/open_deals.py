"""Open deals: how old they are, and which have gone stale. Pure: frames in, frames out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd

from spm.coaching.deals import stage_order

USUAL_SHARE = 0.9  # of the won deals were won by this age
NO_STAGE, AGE_NOT_KNOWN = "Stage not said", "age not known"
LEAST_COUNT = 20  # won deals that make a usual age


@dataclass(frozen=True)
class Pipeline:
    """All open deals together. Amounts in minor units, None where no deal has one.

    `by_stage` as `by_stage_and_age` gives it. `overdue_count` deals are past their expected close, `old_count` others open
    for longer than `usual_days` (None: too few won deals to say). `slipped_count` of `with_history_count` deals were once
    expected to close sooner than now; None where no sheet tells of a deal twice.
    """

    by_stage: pd.DataFrame
    deals_count: int
    valued_count: int
    amount_cents: float | None
    overdue_count: int
    old_count: int
    usual_days: int | None
    slipped_count: int | None
    with_history_count: int

    @property
    def stale_count(self) -> int:
        return self.overdue_count + self.old_count


def by_stage_and_age(counted: pd.DataFrame, ages_days: Sequence[int]) -> pd.DataFrame:
    """Open deals by stage and age: stage, stage_place, age (in words), age_place, deals, amount_cents.

    Stages are in the order that `stage_order.in_order` finds, those without a name last.

    `counted`: stage, age (at which of `ages_days` it has arrived, -1 below all, None not known), deals, amount_cents, rated (of
    how many deals the probability is known) and probability (the sum of theirs).
    """
    labels = [
        f"under {ages_days[0]} d",
        *(f"{low}–{high} d" for low, high in pairwise(ages_days)),
        f"{ages_days[-1]} d and more",
    ]
    frame = counted.assign(
        stage=counted["stage"].fillna(NO_STAGE),
        age_place=[len(labels) if pd.isna(age) else int(age) + 1 for age in counted["age"]],
    )
    frame["age"] = [([*labels, AGE_NOT_KNOWN])[place] for place in frame["age_place"]]
    sums = ["aged", "deals", "probability", "rated"]
    summed = frame.assign(aged=frame["age_place"] * frame["deals"]).groupby("stage")[sums].sum().astype(float)
    named = summed.drop(NO_STAGE, errors="ignore")
    rated = named["rated"].where(named["rated"] > 0)
    means = pd.DataFrame({"age": named["aged"] / named["deals"], "probability": named["probability"] / rated})
    order = [*stage_order.in_order(means), NO_STAGE]
    frame["stage_place"] = frame["stage"].map(order.index)
    kept = ["stage", "stage_place", "age", "age_place", "deals", "amount_cents"]
    return frame.sort_values(["stage_place", "age_place"], ignore_index=True)[kept]


def usual_days(cycles: pd.DataFrame) -> int | None:
    """The age in days by which nine in ten won deals were won; None with too few of them to say.

    `cycles`: value (days) and facts_count, how many deals took so long.
    """
    if cycles["facts_count"].sum() < LEAST_COUNT:
        return None
    each = np.repeat(cycles["value"].to_numpy(float), cycles["facts_count"].to_numpy(int))
    return round(float(np.percentile(each, 100 * USUAL_SHARE)))


def marked(deals: pd.DataFrame, today: date, usual: int | None) -> pd.DataFrame:
    """`deals` (columns created_on, expected_close_on) with age_days and stale.

    `stale` is why a deal is: "past its expected close", "older than usual", or "" for one that is not. `age_days` is None
    where nobody knows when the deal began.
    """
    age_days = [None if begun is None else (today - begun).days for begun in deals["created_on"]]
    stale = [
        _why_stale(expected, age, today, usual)
        for expected, age in zip(deals["expected_close_on"], age_days, strict=True)
    ]
    return deals.assign(age_days=pd.Series(age_days, index=deals.index, dtype=object), stale=stale)


def aged(deals: pd.DataFrame, today: date, usual: int | None) -> pd.DataFrame:
    """The same, the stale ones first, then the oldest."""
    found = marked(deals, today, usual)
    in_order = found.assign(is_fresh=found["stale"] == "", age=[-(age or 0) for age in found["age_days"]])
    return in_order.sort_values(["is_fresh", "age"], kind="stable", ignore_index=True).drop(columns=["is_fresh", "age"])


def _why_stale(expected: date | None, age: int | None, today: date, usual: int | None) -> str:
    if expected is not None and expected < today:
        return "past its expected close"
    if age is not None and usual is not None and age > usual:
        return "older than usual"
    return ""
