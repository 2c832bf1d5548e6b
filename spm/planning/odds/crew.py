"""The reps of a plan as a simulation takes them, and what it assumes of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from spm.errors import Refusal

Floats = NDArray[np.float64]
BISECTIONS = 40  # to a millionth of a millionth of what is expected
FAR = 8.0  # deviations above 0 from which on nothing is cut off


@dataclass(frozen=True)
class Assumptions:
    """What is assumed of all reps alike; every one is printed beside the odds.

    `correlation`: of two reps' errors, by a shock that all share. `yearly_attrition_share`: leave within a year, the seat
    stays empty. `mean_delay_months`: by which planned hires start late. `gain_per_tenth`: share of bookings gained for
    every 10 % by which a quota is above its reference; 0: a quota does not change what is sold. `level`: every projection
    × this. `error_scale`: every error × this.
    """

    correlation: float = 0.0
    yearly_attrition_share: float = 0.0
    mean_delay_months: float = 0.0
    gain_per_tenth: float = 0.0
    level: float = 1.0
    error_scale: float = 1.0

    def __post_init__(self) -> None:
        is_share = 0 <= self.correlation <= 1 and 0 <= self.yearly_attrition_share < 1
        if not (is_share and min(self.mean_delay_months, self.level, self.error_scale) >= 0):
            raise Refusal(
                "An assumption is out of its bounds.", "Shares lie between 0 and 1, the others are 0 or more."
            )


@dataclass(frozen=True, eq=False)
class Crew:
    """Arrays over reps, `expected_cents` over reps × months of the plan, ramp included.

    `error_cents`: the standard deviation of a rep's bookings around what is expected over the whole plan, from the
    back-test. `quota_cents` NaN: no quota. `groups`: "team", "manager" → each rep's, "" for one in none.
    """

    reps: tuple[str, ...]
    expected_cents: Floats
    error_cents: Floats
    quota_cents: Floats
    reference_cents: Floats
    is_hire: NDArray[np.bool_]
    groups: Mapping[str, tuple[str, ...]]

    def members(self) -> tuple[list[tuple[str, str]], Floats]:
        """Each group as (level, name), and who is in it: reps × groups of 0 and 1."""
        named = [(level, name) for level, names in self.groups.items() for name in sorted(set(names) - {""})]
        inside = [[group == name for group in self.groups[level]] for level, name in named]
        return named, np.array(inside, dtype=float).reshape(len(named), len(self.reps)).T

    def repeated(self, count: int) -> "Crew":
        """So many of each rep, in no group."""
        rows = np.tile(np.arange(len(self.reps)), count)
        arrays = {name: getattr(self, name)[rows] for name in ARRAYS}
        return Crew(tuple(self.reps[row] for row in rows), groups={}, **arrays)


AS_PROJECTED = Assumptions()
LEVELS = ("team", "manager")
ARRAYS = ("expected_cents", "error_cents", "quota_cents", "reference_cents", "is_hire")


def crew_of(reps: pd.DataFrame) -> Crew:
    """The crew from one row a rep: rep, expected_cents (a list by month), error_cents, and where known quota_cents,
    reference_cents (such as last year's quota), is_hire, and the columns of LEVELS.

    Raises Refusal without reps, and where an expectation or an error is missing.
    """
    if reps.empty:
        raise Refusal("There is nobody to simulate.", "Allocate quotas first.")
    expected = np.array(reps["expected_cents"].tolist(), dtype=float)
    error = reps["error_cents"].to_numpy(dtype=float, na_value=np.nan)
    unknown = np.isnan(expected).any(axis=1) | np.isnan(error)
    if unknown.any():
        raise Refusal(
            f"{reps['rep'][unknown].iloc[0]} has no projection, or none whose error is known.",
            "Type one in, or leave them out of the plan.",
        )

    def column(name: str) -> Floats:
        if name not in reps:
            return np.full(len(reps), np.nan)
        return reps[name].to_numpy(dtype=float, na_value=np.nan)

    is_hire = reps["is_hire"].to_numpy(dtype=bool) if "is_hire" in reps else np.zeros(len(reps), dtype=bool)
    groups = {name: tuple(reps[name].fillna("")) for name in LEVELS if name in reps}
    return Crew(tuple(reps["rep"]), expected, error, column("quota_cents"), column("reference_cents"), is_hire, groups)


def expected_before_zero(expected_cents: Floats, error_cents: Floats) -> Floats:
    """The mean m of a normal of this error whose part above 0, max(0, x), has the expected mean; never below 0.

    m Φ(m ÷ σ) + σ φ(m ÷ σ) = expected: without it, reps whose error is as large as what they bring would together be
    expected above their projections, since none of them can book less than nothing.
    """
    expected = np.asarray(expected_cents, dtype=float)
    is_sure = ~(np.asarray(error_cents) > 0)
    error = np.where(is_sure, 1.0, error_cents)
    low, high = np.zeros_like(expected), np.maximum(expected, 0.0)
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        is_below = _mean_above_zero(middle, error) < expected
        low, high = np.where(is_below, middle, low), np.where(is_below, high, middle)
    return np.where(is_sure, expected, (low + high) / 2)


def _mean_above_zero(mean: Floats, error: Floats) -> Floats:
    score = np.minimum(mean / error, FAR)
    normal = NormalDist()
    share = np.array([normal.cdf(each) for each in score])
    return np.where(score < FAR, mean * share + error * np.exp(-(score**2) / 2) / np.sqrt(2 * np.pi), mean)
