"""How long deals stay in each stage, and how many go on from it: from stays that ended. Pure: frames in, frames out."""

import numpy as np
import pandas as pd

LEAST_STAYS = 5  # that make a median
KINDS = ["stage", "days", "went_on"]
COLUMNS = ("stage", "place", "left_count", "median_days", "gone_on_rate")


def stage_times(stays: pd.DataFrame) -> pd.DataFrame:
    """Of stays (see `stage_stays.ended`) by stage: COLUMNS, in the order in which deals usually go through the stages.

    `median_days` None for fewer than LEAST_STAYS whose days are known; `gone_on_rate` is the share that went on to another stage
    or was won, and not lost. The order is that of the stages' mean place in the histories: no sheet says it.
    """
    rows = []
    for stage, own in stays.groupby("stage"):
        left_count, known = own["stays_count"].sum(), own[own["days"] >= 0]
        days = np.repeat(known["days"].to_numpy(), known["stays_count"].to_numpy())
        gone_on = own.loc[own["went_on"], "stays_count"].sum()
        median = float(np.median(days)) if len(days) >= LEAST_STAYS else None
        rows.append((stage, own["places_sum"].sum() / left_count, left_count, median, gone_on / left_count))
    return pd.DataFrame(rows, columns=list(COLUMNS)).sort_values(["place", "stage"], ignore_index=True)


def without(stays: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """All stays but those of others, who are among them."""
    taken = others.assign(stays_count=-others["stays_count"], places_sum=-others["places_sum"])
    left = pd.concat([stays, taken]).groupby(KINDS, as_index=False)[["stays_count", "places_sum"]].sum()
    return left[left["stays_count"] > 0]
