"""How an outcome went along with an activity in the company's own past. Pure.

A Poisson regression with an effect of each rep and of each month (Hausman, Hall and Griliches 1984): the logarithm of what is
expected of a rep in a month is elasticity × the logarithm of what they did + the rep's own level + the month's. Unlike a
regression of logarithms it keeps the months in which nothing came, and it asks nothing of how results spread (Wooldridge
1999); its errors are by rep, so that a rep's months need not be independent.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from spm.planning.ranges import Range

LEVEL = 0.95
LEAST_REPS, LEAST_MONTHS = 8, 60  # with fewer, grouped errors are themselves a guess
STEPS, CLOSE = 50, 1e-9


@dataclass(frozen=True)
class Estimate:
    """An elasticity with its 95 % interval, from so many months of so many reps, first and last month in `source`."""

    value: float
    low: float
    high: float
    rows_count: int
    reps_count: int
    source: str

    @property
    def is_clear(self) -> bool:
        """Whether history tells which way it goes: the interval lies on one side of 0."""
        return self.low > 0 or self.high < 0

    @property
    def range(self) -> Range:
        """As a lever takes it, to two digits."""
        return Range(round(self.value, 2), round(self.low, 2), round(self.high, 2), self.source)


def estimated(panel: pd.DataFrame, source: str = "own history") -> Estimate | None:
    """The elasticity of `came` by `done` in `panel`: rep, month (its first day), done, came, one row a rep and month.

    Months in which a rep did nothing say nothing of an elasticity and are left out, as reps to whom nothing came. None with
    fewer than eight reps or sixty months of theirs, or where all of a rep's months are alike.
    """
    known = panel[(panel["done"] > 0) & (panel["came"] >= 0)]
    known = known[known.groupby("rep")["came"].transform("sum") > 0]
    known = known[known.groupby("rep")["month"].transform("size") > 1]
    reps_count = known["rep"].nunique()
    if reps_count < LEAST_REPS or len(known) < LEAST_MONTHS:
        return None
    done, came = (known.pivot_table(index="rep", columns="month", values=name) for name in ("done", "came"))
    is_there = done.notna().to_numpy()
    features = _features(np.log(done.to_numpy(dtype=float), where=is_there, out=np.zeros(done.shape)), is_there)
    found = _fitted(features, came.fillna(0.0).to_numpy(dtype=float), is_there)
    if found is None:
        return None
    value, error = found
    reach = float(stdtrit(reps_count - 1, (1 + LEVEL) / 2)) * error
    first, last = known["month"].min(), known["month"].max()
    days = f"{first:%b %Y} – {last:%b %Y}"
    said = f"{source}, {len(known)} months of {reps_count} reps, {days}"
    return Estimate(value, value - reach, value + reach, len(known), reps_count, said)


def _features(logs: np.ndarray, is_there: np.ndarray) -> np.ndarray:
    """Reps × months × (the logarithm of what was done, then each month but the first); 0 where a rep has no row."""
    months = np.broadcast_to(np.eye(logs.shape[1])[:, 1:], (*logs.shape, logs.shape[1] - 1))
    return np.concatenate([logs[..., None], months], axis=2) * is_there[..., None]


def _fitted(features: np.ndarray, came: np.ndarray, is_there: np.ndarray) -> tuple[float, float] | None:
    """The first feature's coefficient and its standard error; each rep's level is taken out exactly.

    Newton's steps on a concave likelihood. The error is that of leaving out one rep at a time, to first order (the jackknife
    of Bell and McCaffrey 2002, which few and unlike reps do not make too small). None where what the reps did is all alike
    beside their and the months' levels, so that nothing can be told.
    """
    totals = came.sum(axis=1)
    weights = np.zeros(features.shape[2])
    for _ in range(STEPS):
        expected = np.where(is_there, np.exp(features @ weights), 0.0)
        expected *= (totals / expected.sum(axis=1))[:, None]
        means = np.einsum("rm,rmk->rk", expected, features) / totals[:, None]
        weighted = expected[..., None] * features
        curves = weighted.transpose(0, 2, 1) @ features - totals[:, None, None] * means[:, :, None] * means[:, None, :]
        curved, scores = curves.sum(axis=0), np.einsum("rm,rmk->rk", came - expected, features)
        if _says_nothing(curved, weighted, features):
            return None
        step = np.linalg.solve(curved, scores.sum(axis=0))
        weights += step
        if np.abs(step).max() < CLOSE:
            break
    inverse, reps_count = np.linalg.inv(curved), len(came)
    without_each = np.linalg.solve(np.eye(len(weights)) - curves @ inverse, scores[..., None])[..., 0]
    shifts = without_each @ inverse[0]
    return float(weights[0]), float(np.sqrt((reps_count - 1) / reps_count * (shifts**2).sum()))


def _says_nothing(curved: np.ndarray, weighted: np.ndarray, features: np.ndarray) -> bool:
    """Whether the first feature has nothing of its own beside the reps' and the months' levels."""
    if np.linalg.matrix_rank(curved) < len(curved):
        return True
    own = 1 / np.linalg.inv(curved)[0, 0]
    return bool(own < CLOSE * (weighted[..., 0] * features[..., 0]).sum())
