"""How far off a forecast was (DEFINITIONS.md 5): a ratio is a sum over a sum."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROUNDING = 1e-12
"""Share of a value below which a difference from 0 is the computer's."""


def wape(actual: Floats, projected: Floats) -> float:
    """Σ|actual − projected| ÷ Σ|actual|; NaN where no actual is known or all are 0."""
    known = np.isfinite(actual) & np.isfinite(projected)
    total = float(np.abs(actual[known]).sum())
    return float(np.abs(actual - projected)[known].sum()) / total if total > 0 else float("nan")


def smape(actual: Floats, projected: Floats) -> float:
    """Mean of 200 × |a − p| ÷ (|a| + |p|), 0 where both are 0; NaN where no actual is known."""
    known = np.isfinite(actual) & np.isfinite(projected)
    if not known.any():
        return float("nan")
    size = np.abs(actual[known]) + np.abs(projected[known])
    apart = np.abs(actual - projected)[known]
    return float(200 * np.divide(apart, size, out=np.zeros_like(apart), where=size > 0).mean())


def mase(actual: Floats, projected: Floats, naive_error: float) -> float:
    """Mean absolute error ÷ `naive_error`; NaN where that is 0 or unknown."""
    known = np.isfinite(actual) & np.isfinite(projected)
    if not known.any() or not naive_error > 0:
        return float("nan")
    return float(np.abs(actual - projected)[known].mean()) / naive_error


def naive_error(values: Floats, season: int) -> Floats:
    """Per row of series × periods, the mean absolute step over one season, in-sample; over one period in a shorter row.

    NaN is missing and takes no part; NaN where nothing is left or no step differs from 0 by more than rounding.
    """
    found = np.full(len(values), np.nan)
    for lag in (season, 1):
        steps = np.abs(values[:, lag:] - values[:, :-lag]) if values.shape[1] > lag else np.empty((len(values), 0))
        known = np.isfinite(steps)
        means = np.where(known, steps, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
        found = np.where(np.isnan(found) & known.any(axis=1), means, found)
    size = np.nan_to_num(np.abs(values)).max(axis=1, initial=0.0)
    return np.where(found > ROUNDING * size, found, np.nan)
