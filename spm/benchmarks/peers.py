"""Who can fairly be held against whom: people of the same role and similar tenure. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
import pandas as pd

LEAST_PEERS = 5
SIMILAR_DAYS = 183  # tenures this close are similar, however short
SIMILAR_FACTOR = 2.0  # and those between half and twice as long


@dataclass(frozen=True)
class Peers:
    """The peers of somebody, by name, and in words by what they are peers."""

    reps: tuple[str, ...]
    basis: str

    def __len__(self) -> int:
        return len(self.reps)


def peers_of(rep: str, members: pd.DataFrame) -> Peers:
    """The peers of a rep among `members` (columns rep, role, role_label, tenure_days: None where not known).

    Same role and similar tenure; where these are fewer than LEAST_PEERS, same role whatever the tenure; where even these are,
    everyone. Never the rep.
    """
    own = members[members["rep"] == rep].iloc[0]
    is_other = (members["rep"] != rep).to_numpy(bool)
    has_same_role = is_other & (members["role"] == own["role"]).to_numpy(bool)
    is_near = has_same_role & are_similar(own["tenure_days"], members["tenure_days"])
    role, same_count, near_count = own["role_label"].lower(), has_same_role.sum(), is_near.sum()
    if near_count >= LEAST_PEERS:
        return Peers(tuple(members["rep"].array[is_near]), f"{role}, similar tenure")
    if same_count >= LEAST_PEERS:
        why = "tenure not known" if pd.isna(own["tenure_days"]) else f"only {near_count} of similar tenure"
        return Peers(tuple(members["rep"].array[has_same_role]), f"{role}, any tenure ({why})")
    return Peers(tuple(members["rep"].array[is_other]), f"all roles (only {same_count} more in the same role)")


def are_similar(days: float | None, others: pd.Series) -> np.ndarray:
    """Which tenures in days are close to one, or at most twice or half as long; none that is missing."""
    known = np.array([np.nan if days is None else days, *others.astype(float)]).clip(min=0)
    short, long = np.minimum(known[0], known[1:]), np.maximum(known[0], known[1:])
    return (long - short <= SIMILAR_DAYS) | (long <= SIMILAR_FACTOR * short)


def percentile(value: float, among: Sequence[float], higher_is_better: bool = True) -> float | None:
    """The share of `among` (the value itself one of them) that is worse, those alike counting half; None without others.

    0.5 is in the middle: better than half.
    """
    known = [one for one in among if not isnan(one)]
    if len(known) < 2:
        return None
    lower = sum(one < value for one in known)
    alike = sum(one == value for one in known)
    share = (lower + alike / 2) / len(known)
    return share if higher_is_better else 1 - share
