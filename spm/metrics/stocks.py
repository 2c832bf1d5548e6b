"""Stocks: what stands on a day; never added up over time. Pure: rows and sums in, one row a group out."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

PACE_SHARE = 0.8  # a rep at this share of the pace is "on pace"
EVERYONE = "_all"


def grouped(rows: pd.DataFrame, by: Sequence[str]) -> "pd.core.groupby.DataFrameGroupBy":
    """`rows` grouped by the columns `by`; all in one group named "all" where there are none."""
    return rows.assign(**{EVERYONE: "all"}).groupby(list(by) or [EVERYONE], dropna=False)


def open_amount(deals: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Value: the amount of the open deals of each group in minor units, NaN where none of them has an amount."""
    amounts = deals.assign(amount=deals["amount_cents"].astype(float))
    return grouped(amounts, by)["amount"].sum(min_count=1).rename("value").reset_index()


def open_count(deals: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Value: how many deals of each group are open."""
    return grouped(deals, by).size().astype(float).rename("value").reset_index()


def coverage(closing: pd.DataFrame, plan: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Pipeline coverage of each group: `closing` (value: open amount that closes in the period) over quota − booked.

    `plan` has the columns quota and booked in minor units. Nothing left to cover is inf, no quota NaN.
    """
    keys = list(by) or [EVERYONE]
    joined = plan.merge(closing, on=keys, how="left")
    gap = joined["quota"] - joined["booked"].fillna(0)
    joined["numerator"], joined["denominator"] = joined["value"].fillna(0), gap
    joined["value"] = np.where(gap > 0, joined["numerator"] / gap.where(gap > 0), np.where(gap.isna(), np.nan, np.inf))
    return joined


def on_pace(reps: pd.DataFrame, by: Sequence[str], elapsed_share: float) -> pd.DataFrame:
    """Share of each group's reps with a quota whose attainment is at least PACE_SHARE of the elapsed share of the period.

    `reps` has one row a rep with booked and quota in minor units.
    """
    asked = reps[reps["quota"] > 0]
    reached = asked.assign(is_on=(asked["booked"].fillna(0) / asked["quota"] >= PACE_SHARE * elapsed_share - 1e-12))
    frame = grouped(reached, by)["is_on"].agg(numerator="sum", denominator="count").astype(float).reset_index()
    return frame.assign(value=frame["numerator"] / frame["denominator"])
