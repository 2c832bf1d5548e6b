"""Whether quotas are fair: on last year's results, does attainment go with a territory's size or with tenure?"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atanh, sqrt, tanh
from statistics import NormalDist

import numpy as np
import pandas as pd

TESTED_AT = 0.05
ALIKE = 0.001  # attainments that differ by less are the same, but for cents
LEAST_REPS = 8  # with fewer a correlation can be almost anything
WITHIN = 0.2
JUMP_SHARE = 0.3  # a quota that changed by more is worth a word


@dataclass(frozen=True)
class Bias:
    """How attainment goes with a trait of reps: a correlation with its 95 % interval, on so many reps.

    `p_value`: how often chance alone makes one as large.
    """

    trait: str
    correlation: float
    low: float
    high: float
    p_value: float
    reps_count: int

    @property
    def is_found(self) -> bool:
        return self.p_value < TESTED_AT


def bias(trait: str, values: Sequence[float | None], attainments: Sequence[float | None]) -> Bias | None:
    """Pearson's correlation of a trait with attainment, Fisher's interval and test; None with fewer than eight reps who
    have both, or where either does not differ.

    A trait that is above 0 for everyone and skewed to the right (a few large territories) is taken on the scale of
    logarithms, so that the few do not decide.
    """
    pairs = np.array([values, attainments], dtype=float)
    sizes, results = pairs[:, ~np.isnan(pairs).any(axis=0)]
    if len(sizes) < LEAST_REPS or np.ptp(sizes) == 0 or np.ptp(results) < ALIKE:
        return None
    found = float(np.corrcoef(_evened(sizes), results)[0, 1])
    bounded = float(np.clip(found, -0.999999, 0.999999))
    error = 1 / sqrt(len(sizes) - 3)
    reach = NormalDist().inv_cdf(1 - TESTED_AT / 2) * error
    p_value = 2 * (1 - NormalDist().cdf(abs(atanh(bounded)) / error))
    low, high = tanh(atanh(bounded) - reach), tanh(atanh(bounded) + reach)
    return Bias(trait, found, low, high, p_value, len(sizes))


def _evened(sizes: np.ndarray) -> np.ndarray:
    """Logarithms where they are nearer to symmetric than the sizes themselves."""
    if sizes.min() <= 0:
        return sizes
    return min((sizes, np.log(sizes)), key=lambda each: abs(((each - each.mean()) ** 3).mean() / each.std() ** 3))


@dataclass(frozen=True)
class Fairness:
    """An audit of quotas against results.

    `attainment` is Σ ÷ Σ; `within_share`: reps at 80 to 120 % of their quota; `within_of_all_share`: at 80 to 120 % of
    what everyone reached together, which a quota that is high for all does not lower. `biases` has those that could be
    tested. `groups`: level, name, attainment, reps_count, within_share. `jumped`: rep, last_quota_cents, quota_cents,
    change_share, the largest change first.
    """

    reps_count: int
    attainment: float | None
    within_share: float | None
    within_of_all_share: float | None
    biases: tuple[Bias, ...]
    groups: pd.DataFrame
    jumped: pd.DataFrame

    @property
    def found(self) -> tuple[Bias, ...]:
        return tuple(bias for bias in self.biases if bias.is_found)


def fairness(
    reps: pd.DataFrame,
    traits: Sequence[str],
    levels: Sequence[str] = ("team", "manager"),
) -> Fairness:
    """The audit of `reps`, one row each: rep, booked_cents, quota_cents, last_quota_cents, the traits and the levels.

    Before publishing, `booked_cents` are last year's (the back-cast); as the year goes, this year's to date on the quota
    to date. A trait is a size (accounts, potential, bookings of a year *before* the booked one, so that it is not held
    against itself) or tenure. Reps without bookings or with no quota above 0 are left out, but for `jumped`.
    """
    known = reps[reps["booked_cents"].notna() & (reps["quota_cents"] > 0)].copy()
    known["attainment"] = known["booked_cents"] / known["quota_cents"]
    whole = known["booked_cents"].sum() / known["quota_cents"].sum() if len(known) else None
    tested = [bias(trait, known[trait], known["attainment"]) for trait in traits]
    return Fairness(
        reps_count=len(known),
        attainment=None if whole is None else float(whole),
        within_share=_within(known["attainment"], 1.0),
        within_of_all_share=_within(known["attainment"], whole),
        biases=tuple(each for each in tested if each is not None),
        groups=pd.concat([_by(known, level) for level in levels], ignore_index=True) if levels else pd.DataFrame(),
        jumped=_jumped(reps),
    )


def _within(attainments: pd.Series, middle: float | None) -> float | None:
    return None if not middle or attainments.empty else float(_is_within(attainments, middle).mean())


def _is_within(attainments: pd.Series, middle: float) -> pd.Series:
    return (attainments / middle).round(9).between(1 - WITHIN, 1 + WITHIN)


def _by(known: pd.DataFrame, level: str) -> pd.DataFrame:
    groups = known.assign(is_within=_is_within(known["attainment"], 1.0)).groupby(level)
    sums = groups[["booked_cents", "quota_cents"]].sum()
    found = pd.DataFrame(
        {
            "level": level,
            "name": sums.index,
            "attainment": sums["booked_cents"] / sums["quota_cents"],
            "reps_count": groups.size(),
            "within_share": groups["is_within"].mean(),
        }
    )
    return found.reset_index(drop=True).sort_values("attainment", ascending=False)


def _jumped(reps: pd.DataFrame) -> pd.DataFrame:
    before = reps["last_quota_cents"].astype("Float64")
    change = reps["quota_cents"].astype("Float64") / before.where(before > 0) - 1
    found = reps[["rep", "last_quota_cents", "quota_cents"]].assign(change_share=change.astype(float))
    found = found[found["change_share"].abs().round(9) > JUMP_SHARE]
    return found.sort_values("change_share", key=abs, ascending=False, ignore_index=True)
