"""The people who are most like somebody: by role, tenure, mix and deal size, with each distance. Pure."""

from collections.abc import Mapping
from math import isnan, log, nan

import pandas as pd

DISTANCES = ("role_distance", "tenure_distance", "mix_distance", "size_distance")
NEAREST_COUNT = 5
FAR = log(4)  # four times as long or as large is as far as can be: 1


def nearest(
    rep: str, people: pd.DataFrame, mixes: Mapping[str, Mapping[str, float]], count: int = NEAREST_COUNT
) -> pd.DataFrame:
    """The people nearest to a rep: rep, role_label, tenure_days, deal_size, each of DISTANCES, and distance, their mean.

    `people` has rep, role, role_label, tenure_days, deal_size (NaN: not known); `mixes` says by name what share of their
    bookings came from which segment. Every distance runs from 0 (alike) to 1; one that is not known counts in the mean as it is
    with the others on average, and not at all where it is known of nobody: of whom nothing is known is not the most alike.
    """
    own = people[people["rep"] == rep].iloc[0]
    others = people[people["rep"] != rep]
    found = others.assign(
        role_distance=(others["role"] != own["role"]).astype(float),
        tenure_distance=[_times(own["tenure_days"], days) for days in others["tenure_days"]],
        mix_distance=[_apart(mixes.get(rep), mixes.get(name)) for name in others["rep"]],
        size_distance=[_times(own["deal_size"], size) for size in others["deal_size"]],
    )
    apart = found[list(DISTANCES)].astype(float)
    found["distance"] = apart.fillna(apart.mean()).mean(axis=1)
    kept = ["rep", "role_label", "tenure_days", "deal_size", *DISTANCES, "distance"]
    return found.sort_values(["distance", "rep"], ignore_index=True).head(count)[kept]


def _times(own: float, other: float) -> float:
    """How many times as much one is as the other: 0 for the same, 1 for four times and more."""
    if isnan(own) or isnan(other) or own <= 0 or other <= 0:
        return nan
    return min(abs(log(other / own)) / FAR, 1.0)


def _apart(own: Mapping[str, float] | None, other: Mapping[str, float] | None) -> float:
    """The share of the bookings that would have to move for both to have the same mix."""
    if not own or not other:
        return nan
    return sum(abs(own.get(name, 0.0) - other.get(name, 0.0)) for name in {*own, *other}) / 2
