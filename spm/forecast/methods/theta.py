"""The Theta method with its parameter found for each series, of many series at once.

Fiorucci et al. (2016), "Models for optimising the Theta method and their relationship to state space models": what is expected
is the smoothed level plus a share, 1 - 1/theta, of what the straight line through all values so far lies apart from it:

    expected(t + 1) = level(t) + (1 - 1/theta) * ((1 - alpha)^t * A(t) + (1 - (1 - alpha)^(t + 1)) / alpha * B(t))
    level(t) = level(t - 1) + alpha * (value(t) - level(t - 1))

A and B are the line's intercept and slope. A theta of 1 is simple smoothing, of 2 the Theta method of the M3 competition.
The level doesn't depend on theta, and errors are linear in the share and in the first level: one pass of a few sums tells the
squared error of every theta. As in `smoothing`, all points of the grid forecast, weighed by their likelihood.
"""

import numpy as np
from numpy.typing import NDArray

from spm.forecast.methods.smoothing import likelihood_weights

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

ALPHAS = np.array([0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99])[:, None]
SHARES = 1.0 - 1.0 / np.array([1.0, 1.5, 2.0, 3.0, 5.0, 20.0])[:, None, None]
CHUNK = 1000
"""Series smoothed together: what fits a processor's cache."""


def theta_forecast(values: Floats, lengths: Counts, horizon: int) -> Floats:
    """Series × steps ahead. `values`: series × periods from their first on; what follows `lengths` is not read."""
    made = np.zeros((len(values), horizon))
    for at in range(0, len(values), CHUNK):
        part = slice(at, at + CHUNK)
        made[part] = _forecast(values[part, : int(lengths[part].max(initial=1))], lengths[part], horizon)
    return made


def _forecast(values: Floats, lengths: Counts, horizon: int) -> Floats:
    there = np.arange(values.shape[1]) < lengths[:, None]
    clean = np.where(there, values - values[:, :1], 0.0)
    intercepts, slopes = running_lines(clean)
    level = np.zeros((len(ALPHAS), len(values)))
    by_error, by_first, by_line, of_line, first_by_line = (np.zeros_like(level) for _ in range(5))
    for t in range(values.shape[1]):
        faded = (1.0 - ALPHAS) ** t
        error = np.where(there[:, t], clean[:, t] - level, 0.0)
        line = np.where(there[:, t], _line(faded, intercepts[t], slopes[t]), 0.0)
        by_error += error**2
        by_first += error * faded
        by_line += error * line
        of_line += line**2
        first_by_line += faded * line
        level += ALPHAS * error
    of_first = (1.0 - (1.0 - ALPHAS) ** (2 * lengths)) / (1.0 - (1.0 - ALPHAS) ** 2)
    first = (by_first - SHARES * first_by_line) / np.maximum(of_first, np.finfo(float).tiny)
    squared = by_error - 2 * SHARES * by_line + SHARES**2 * of_line - first**2 * of_first
    flat = (-1, len(values))
    weight = likelihood_weights(np.maximum(squared, 0.0).reshape(flat), clean, lengths).reshape(squared.shape)
    faded, rows = (1.0 - ALPHAS) ** lengths, np.arange(len(values))
    intercept, slope = intercepts[lengths, rows], slopes[lengths, rows]
    next_one = level + first * faded + SHARES * _line(faded, intercept, slope)
    step = (weight * SHARES).sum(axis=(0, 1)) * slope
    return values[:, :1] + (weight * next_one).sum(axis=(0, 1))[:, None] + step[:, None] * np.arange(horizon)


def _line(faded: Floats, intercept: Floats, slope: Floats) -> Floats:
    return faded * intercept + (1.0 - faded * (1.0 - ALPHAS)) / ALPHAS * slope


def running_lines(values: Floats) -> tuple[Floats, Floats]:
    """Intercept (at period 0, the one before the first) and slope of the line through the first t values: t × series."""
    count = np.arange(values.shape[1] + 1.0)[:, None]
    total, moment = (
        np.vstack([np.zeros(len(values)), np.cumsum(each.T, axis=0)])
        for each in (values, values * np.arange(1.0, values.shape[1] + 1))
    )
    middle = (count + 1) / 2
    slope = (moment - middle * total) / np.maximum(count * (count**2 - 1) / 12, 0.5)
    return total / np.maximum(count, 1.0) - slope * middle, slope
