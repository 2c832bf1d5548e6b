"""Autoregression of the changes of many series at once, from one period to the next or over a season.

    change(t) = value(t) - value(t - apart) = drift + sum of coefficient(k) * change(t - k)

by least squares with a ridge that draws every coefficient towards what is usual for it: with few periods or without a pattern
that is what goes on. What lies before a history counts as no change.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from spm.forecast.series.cases import Cases

Floats = NDArray[np.float64]

RIDGE, DRIFT_RIDGE = 10.0, 2.0
"""Periods that speak for a usual coefficient, and for a drift of 0."""


def autoregressed(cases: Cases, usual: Mapping[int, float], horizon: int, apart: int = 1) -> Floats:
    """Cases × steps ahead. `usual`: by lag, the coefficient that its ridge draws towards."""
    count, width = cases.values.shape
    changes = np.zeros((count, width))
    changes[:, apart:] = np.where(cases.there[:, apart:], cases.values[:, apart:] - cases.values[:, :-apart], 0.0)
    size = np.sqrt((changes**2).sum(axis=1) / np.maximum(cases.lengths - apart, 1))[:, None]
    changes /= np.where(size > 0, size, 1.0)
    coefficients = _coefficients(changes, cases.there & (np.arange(width) >= apart), usual)
    reach = max(usual)
    at = cases.lengths[:, None] - reach + np.arange(reach)
    recent = np.where(at > 0, np.take_along_axis(changes, np.maximum(at, 0), axis=1), 0.0)
    path = np.concatenate([recent, np.zeros((count, horizon))], axis=1)
    for step in range(reach, reach + horizon):
        path[:, step] = coefficients[:, -1]
        for number, lag in enumerate(usual):
            path[:, step] += coefficients[:, number] * path[:, step - lag]
    ahead = np.pad(size * path[:, reach:], ((0, 0), (0, -horizon % apart))).reshape(count, -1, apart)
    return (cases.last(apart)[:, None] + np.cumsum(ahead, axis=1)).reshape(count, -1)[:, :horizon]


def _coefficients(changes: Floats, known: NDArray[np.bool_], usual: Mapping[int, float]) -> Floats:
    """Cases × (one per lag, then the drift); `changes` are about 1 in size, so that the ridge is the same for all."""
    width = changes.shape[1]
    earlier = [np.pad(changes, ((0, 0), (lag, 0)))[:, :width] for lag in usual]
    regressors = np.stack([np.where(known, one, 0.0) for one in [*earlier, np.ones_like(changes)]], axis=1)
    ridge = np.array([RIDGE] * len(usual) + [DRIFT_RIDGE])
    products = regressors @ regressors.transpose(0, 2, 1) + np.diag(ridge)
    drawn = (ridge * np.array([*usual.values(), 0.0]))[:, None]
    return np.linalg.solve(products, regressors @ np.where(known, changes, 0.0)[:, :, None] + drawn)[:, :, 0]
