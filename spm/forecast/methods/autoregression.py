"""Autoregression of the steps of many series at once, drawn towards a walk with a drift.

    step(t) = drift + sum of coefficient(k) * step(t - k)

by least squares with a ridge on the coefficients: with few periods or without a pattern it is the last value with a drift.
"""

import numpy as np
from numpy.typing import NDArray

from spm.forecast.series.cases import Cases

Floats = NDArray[np.float64]

RIDGE, DRIFT_RIDGE = 10.0, 2.0
"""Periods that speak for a coefficient, and for a drift, of 0."""


def autoregressed(cases: Cases, lags: list[int], horizon: int) -> Floats:
    """Cases × steps ahead."""
    count, width = cases.values.shape
    steps = np.zeros((count, width))
    steps[:, 1:] = np.where(cases.there[:, 1:], np.diff(cases.values, axis=1), 0.0)
    usual = np.sqrt((steps**2).sum(axis=1) / np.maximum(cases.lengths - 1, 1))[:, None]
    steps /= np.where(usual > 0, usual, 1.0)
    coefficients = _coefficients(steps, cases, lags)
    reach = max(lags)
    at = cases.lengths[:, None] - reach + np.arange(reach)
    recent = np.where(at > 0, np.take_along_axis(steps, np.maximum(at, 0), axis=1), 0.0)
    path = np.concatenate([recent, np.zeros((count, horizon))], axis=1)
    for step in range(reach, reach + horizon):
        path[:, step] = coefficients[:, -1]
        for number, lag in enumerate(lags):
            path[:, step] += coefficients[:, number] * path[:, step - lag]
    return cases.last(1) + usual * np.cumsum(path[:, reach:], axis=1)


def _coefficients(steps: Floats, cases: Cases, lags: list[int]) -> Floats:
    """Cases × (one per lag, then the drift); `steps` are about 1 in size, so that the ridge is the same for all."""
    width = steps.shape[1]
    known = cases.there & (np.arange(width) > max(lags))
    earlier = [np.pad(steps, ((0, 0), (lag, 0)))[:, :width] for lag in lags]
    regressors = np.stack([np.where(known, one, 0.0) for one in [*earlier, np.ones_like(steps)]], axis=1)
    products = regressors @ regressors.transpose(0, 2, 1)
    diagonal = np.arange(len(lags) + 1)
    products[:, diagonal, diagonal] += [RIDGE] * len(lags) + [DRIFT_RIDGE]
    return np.linalg.solve(products, regressors @ np.where(known, steps, 0.0)[:, :, None])[:, :, 0]
