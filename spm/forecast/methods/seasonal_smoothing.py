"""Holt and Winters' smoothing with a damped trend and an added season that moves, over a grid, of many series at once.

    expected = level + damping * trend + season(t - m);   error = value - expected
    level and trend as in `smoothing`;   season(t) = season(t - m) + gamma * error

It starts from the decomposition of the history, and like `smoothing` it averages the grid by likelihood.
"""

from itertools import product

import numpy as np
from numpy.typing import NDArray

from spm.forecast.methods.smoothing import likelihood_weights, pace_of
from spm.forecast.series.cases import Cases
from spm.forecast.shape.season import straight_line

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

POINTS = (0.05, 0.15, 0.3, 0.5, 0.8), (0.0, 0.05, 0.15), (0.92, 0.98), (0.0, 0.1)
"""Alphas, betas as shares of alpha, dampings and gammas."""
CHUNK = 200
"""Series smoothed together: what fits a processor's cache."""


def seasonally_smoothed(cases: Cases, horizon: int) -> Floats:
    """Cases × steps ahead. Where no season is claimed, it stays out."""
    indices = np.where(cases.seasonal[:, None], cases.added_season.indices, 0.0)
    still = ~(cases.seasonal & (cases.added_season.belief > 0))
    rest = cases.values - indices[:, np.arange(cases.values.shape[1]) % indices.shape[1]]
    start, slope = _first_states(np.where(cases.there, rest, 0.0), cases.lengths, cases.season)
    made = np.zeros((len(cases), horizon))
    for at in range(0, len(cases), CHUNK):
        part = slice(at, at + CHUNK)
        made[part] = _forecast(
            cases.values[part], cases.lengths[part], start[part], slope[part], indices[part], still[part], horizon
        )
    return made


def _grid(season: int) -> list[Floats]:
    """Alpha, beta, damping and gamma of every combination, as columns."""
    rows = [
        (alpha, alpha * share * pace_of(season), damping, gamma) for alpha, share, damping, gamma in product(*POINTS)
    ]
    return [np.array(column)[:, None] for column in zip(*rows, strict=True)]


def _first_states(rest: Floats, lengths: Counts, season: int) -> tuple[Floats, Floats]:
    """Level and trend before the first period, from the line through the first two seasons."""
    if rest.shape[1] < 2:
        return rest.sum(axis=1), np.zeros(len(rest))
    reach = max(2 * season, 4)
    line = straight_line(rest[:, :reach], np.minimum(lengths, reach))
    slope = np.where(lengths > 2, line[:, 1] - line[:, 0], 0.0)
    return np.where(lengths > 0, line[:, 0], 0.0) - slope, slope


def _forecast(
    values: Floats,
    lengths: Counts,
    start: Floats,
    slope: Floats,
    indices: Floats,
    still: NDArray[np.bool_],
    horizon: int,
) -> Floats:
    alpha, beta, damping, gamma = _grid(indices.shape[1])
    shape = (len(alpha), len(values))
    gammas = np.where(still, 0.0, gamma)
    level, trend = np.repeat(start[None], shape[0], axis=0), np.repeat(slope[None], shape[0], axis=0)
    season = np.repeat(indices.T[:, None, :], shape[0], axis=1)
    squared, last_level, last_trend, last_season = np.zeros(shape), level.copy(), trend.copy(), season.copy()
    ends = {int(length): np.flatnonzero(lengths == length) for length in np.unique(lengths)}
    columns = np.ascontiguousarray(values.T)
    moved = np.empty(shape)
    for t in range(int(lengths.max(initial=0))):
        here = season[t % len(season)]
        trend *= damping
        level += trend
        error = columns[t] - level
        error -= here
        error[:, lengths <= t] = 0.0
        np.multiply(error, error, out=moved)
        squared += moved
        np.multiply(error, beta, out=moved)
        trend += moved
        np.multiply(error, gammas, out=moved)
        here += moved
        error *= alpha
        level += error
        if (rows := ends.get(t + 1)) is not None:
            last_level[:, rows], last_trend[:, rows] = level[:, rows], trend[:, rows]
            last_season[:, :, rows] = season[:, :, rows]
    weight = likelihood_weights(squared, values - values[:, :1], lengths)
    reach = np.cumsum(damping ** np.arange(1, horizon + 1), axis=1)
    ahead = (lengths[:, None] + np.arange(horizon)) % len(season)
    seasons = np.take_along_axis((weight * last_season).sum(axis=1).T, ahead, axis=1)
    return (weight * last_level).sum(axis=0)[:, None] + (weight * last_trend).T @ reach + seasons
