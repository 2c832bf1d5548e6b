"""What errors are held against (DEFINITIONS.md 5)."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROUNDING = 1e-12
"""Share of a value below which a difference from 0 is the computer's."""


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
