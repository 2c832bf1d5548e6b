"""The people who are most like somebody: by role, tenure, mix and deal size, with each distance. Pure."""

from math import log

import numpy as np
import pandas as pd

DISTANCES = ("role_distance", "tenure_distance", "mix_distance", "size_distance")
NEAREST_COUNT = 5
FAR = log(4)  # four times as long or as large is as far as can be: 1


def nearest(rep: str, people: pd.DataFrame, mixes: pd.DataFrame, count: int = NEAREST_COUNT) -> pd.DataFrame:
    """The people nearest to a rep: rep, role_label, tenure_days, deal_size, each of DISTANCES, and distance, their mean.

    `people` has rep, role, role_label, tenure_days, deal_size (NaN: not known); `mixes` has a row by name with the shares of
    their bookings, a column a segment. Every distance runs from 0 (alike) to 1; one that is not known counts in the mean as it is
    with the others on average, and not at all where it is known of nobody: of whom nothing is known is not the most alike.
    """
    own = people[people["rep"] == rep].iloc[0]
    others = people[people["rep"] != rep]
    found = others.assign(
        role_distance=(others["role"] != own["role"]).astype(float),
        tenure_distance=_times(own["tenure_days"], others["tenure_days"]),
        mix_distance=_apart(mixes, rep, others["rep"]),
        size_distance=_times(own["deal_size"], others["deal_size"]),
    )
    apart = found[list(DISTANCES)].astype(float)
    found["distance"] = apart.fillna(apart.mean()).mean(axis=1)
    kept = ["rep", "role_label", "tenure_days", "deal_size", *DISTANCES, "distance"]
    return found.sort_values(["distance", "rep"], ignore_index=True).head(count)[kept]


def _times(own: float, others: pd.Series) -> np.ndarray:
    """How many times as much one is as each of the others: 0 for the same, 1 for four times and more."""
    times = others.where(others > 0).to_numpy(float) / (own if own > 0 else np.nan)
    return np.minimum(np.abs(np.log(times)) / FAR, 1.0)


def _apart(mixes: pd.DataFrame, rep: str, others: pd.Series) -> np.ndarray:
    """The share of the bookings that would have to move for both to have the same mix; NaN where one's is not known."""
    if rep not in mixes.index:
        return np.full(len(others), np.nan)
    return np.abs(mixes.reindex(others).to_numpy() - mixes.loc[rep].to_numpy()).sum(axis=1) / 2
