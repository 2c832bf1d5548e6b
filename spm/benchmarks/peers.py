"""Who can fairly be held against whom: people of the same role and similar tenure. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

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
    others = members[members["rep"] != rep]
    same_role = others[others["role"] == own["role"]]
    similar = same_role[[is_similar(own["tenure_days"], days) for days in same_role["tenure_days"]]]
    role = own["role_label"].lower()
    if len(similar) >= LEAST_PEERS:
        return Peers(tuple(similar["rep"]), f"{role}, similar tenure")
    if len(same_role) >= LEAST_PEERS:
        why = "tenure not known" if _is_missing(own["tenure_days"]) else f"only {len(similar)} of similar tenure"
        return Peers(tuple(same_role["rep"]), f"{role}, any tenure ({why})")
    return Peers(tuple(others["rep"]), f"all roles (only {len(same_role)} more in the same role)")


def is_similar(days: float | None, other: float | None) -> bool:
    """Whether two tenures in days are close to each other, or one is at most twice the other."""
    if days is None or other is None or isnan(days) or isnan(other):
        return False
    short, long = sorted((max(days, 0.0), max(other, 0.0)))
    return long - short <= SIMILAR_DAYS or long <= SIMILAR_FACTOR * short


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


def _is_missing(days: float | None) -> bool:
    return days is None or isnan(days)
