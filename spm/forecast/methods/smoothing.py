"""Exponential smoothing of many series at once, over a grid of parameters.

One recursion, in the form of Hyndman et al. (2008), "Forecasting with Exponential Smoothing", ch. 2, additive errors:

    expected = level + damping * trend;   error = value - expected
    level = expected + alpha * error;     trend = damping * trend + beta * error

With beta = 0 and no first trend it is simple smoothing, otherwise Holt's or a damped trend. Errors are linear in the first
level and trend, so the best first states for given parameters are solved, not searched. Parameters are not chosen either:
every point of the grid forecasts, and the forecasts are averaged with the weight of its likelihood, which is steadier than the
best point of a short history.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

CHUNK_CELLS = 60_000
"""Grid points times series that are smoothed together: what fits a processor's cache."""
QUARTERS = 4
STEADY = 1e-6
"""Share of a series' own squares below which an error counts as none: keeps the weights of a perfect fit finite."""


@dataclass(frozen=True)
class Grid:
    """Points of parameters, one array element each; `first_trend` says whether a trend is there from the start."""

    alpha: Floats
    beta: Floats
    damping: Floats
    first_trend: bool

    @classmethod
    def of(cls, alphas: list[float], shares: list[float], dampings: list[float], first_trend: bool = True) -> "Grid":
        """Every combination; `shares` are beta as a share of alpha, the usual way to bound it."""
        points = np.array([(a, a * share, d) for a in alphas for share in shares for d in dampings])
        return cls(points[:, 0], points[:, 1], points[:, 2], first_trend)


def pace_of(season: int) -> float:
    """What the share of beta is multiplied by: a trend changes as fast in a year, into however many periods it is cut."""
    return min(1.0, QUARTERS / season)


@dataclass(frozen=True)
class Smoothed:
    """What a grid knows at the end of each series: arrays of grid points × series."""

    weight: Floats
    level: Floats
    trend: Floats
    squared_error: Floats
    damping: Floats

    def forecast(self, horizon: int) -> Floats:
        """Series × steps ahead, averaged over the grid."""
        reach = np.cumsum(self.damping[:, None] ** np.arange(1, horizon + 1), axis=1)
        level = (self.weight * self.level).sum(axis=0)
        return level[:, None] + (self.weight * self.trend).T @ reach


def smoothed(values: Floats, lengths: Counts, grid: Grid) -> Smoothed:
    """`values`: series × periods from their first on, whatever follows `lengths` is not read."""
    size = max(1, CHUNK_CELLS // len(grid.alpha))
    parts = [_smoothed(values[at : at + size], lengths[at : at + size], grid) for at in range(0, len(values), size)]
    if not parts:
        parts = [_smoothed(values, lengths, grid)]
    weight, level, trend, squared = (np.concatenate(arrays, axis=1) for arrays in zip(*parts, strict=True))
    return Smoothed(weight, level, trend, squared, grid.damping)


def _smoothed(values: Floats, lengths: Counts, grid: Grid) -> tuple[Floats, Floats, Floats, Floats]:
    last = int(lengths.max(initial=1))
    there = np.arange(last)[None, :] < lengths[:, None]
    clean = np.where(there, values[:, :last], 0.0)
    base = clean[:, :1]
    table = _Response.of(grid, last)
    sums, level, trend = _run(np.where(there, clean - base, 0.0), lengths, grid, table)
    first_level, first_trend, squared = _first_states(sums, table, lengths, grid.first_trend)
    at = lengths
    level += first_level * table.level_by_level[:, at] + first_trend * table.level_by_trend[:, at]
    trend += first_level * table.trend_by_level[:, at] + first_trend * table.trend_by_trend[:, at]
    weight = likelihood_weights(squared, clean - base * there, lengths)
    return weight, level + base[:, 0], trend, squared


@dataclass(frozen=True)
class _Response:
    """What one unit of first level, or of first trend, does to states and errors after t periods: grid × (t = 0 …)."""

    error_by_level: Floats
    error_by_trend: Floats
    level_by_level: Floats
    trend_by_level: Floats
    level_by_trend: Floats
    trend_by_trend: Floats

    @classmethod
    def of(cls, grid: Grid, last: int) -> "_Response":
        arrays = []
        for level, trend in ((1.0, 0.0), (0.0, 1.0)):
            errors, levels, trends = (np.zeros((len(grid.alpha), last + 1)) for _ in range(3))
            levels[:, 0], trends[:, 0] = level, trend
            for t in range(last):
                expected = levels[:, t] + grid.damping * trends[:, t]
                errors[:, t] = -expected
                levels[:, t + 1] = expected - grid.alpha * expected
                trends[:, t + 1] = grid.damping * trends[:, t] - grid.beta * expected
            arrays.append((errors, levels, trends))
        (e1, l1, t1), (e2, l2, t2) = arrays
        return cls(e1, e2, l1, t1, l2, t2)


def _run(values: Floats, lengths: Counts, grid: Grid, table: _Response) -> tuple[Floats, Floats, Floats]:
    """The recursion from zero states: sums of products of its errors (3 × grid × series), last level, last trend."""
    alpha, beta, damping = grid.alpha[:, None], grid.beta[:, None], grid.damping[:, None]
    shape = (len(grid.alpha), len(values))
    sums = np.zeros((3, *shape))
    level, trend, last_level, last_trend = (np.zeros(shape) for _ in range(4))
    trending = bool(grid.first_trend or grid.beta.any())
    error, product = np.empty(shape), np.empty(shape)
    ends = {int(length): np.flatnonzero(lengths == length) for length in np.unique(lengths)}
    first_end = min(ends, default=0)
    columns = np.ascontiguousarray(values.T)
    for t in range(values.shape[1]):
        if trending:
            trend *= damping
            level += trend
        np.subtract(columns[t], level, out=error)
        if t >= first_end:
            error[:, lengths <= t] = 0.0
        np.multiply(error, error, out=product)
        sums[0] += product
        np.multiply(error, table.error_by_level[:, t : t + 1], out=product)
        sums[1] += product
        if grid.first_trend:
            np.multiply(error, table.error_by_trend[:, t : t + 1], out=product)
            sums[2] += product
        if trending:
            np.multiply(error, beta, out=product)
            trend += product
        error *= alpha
        level += error
        if (rows := ends.get(t + 1)) is not None:
            last_level[:, rows], last_trend[:, rows] = level[:, rows], trend[:, rows]
    return sums, last_level, last_trend


def _first_states(sums: Floats, table: _Response, lengths: Counts, first_trend: bool) -> tuple[Floats, Floats, Floats]:
    """First level and trend with the least squared errors, and those squares."""

    def upto(product: Floats) -> Floats:
        running = np.cumsum(product, axis=1)
        return running[:, np.maximum(lengths - 1, 0)]

    ll = upto(table.error_by_level**2) + 1e-12
    if not first_trend:
        level = -sums[1] / ll
        return level, np.zeros_like(level), np.maximum(sums[0] - sums[1] ** 2 / ll, 0.0)
    lt = upto(table.error_by_level * table.error_by_trend)
    tt = upto(table.error_by_trend**2)
    determinant = ll * tt - lt**2
    sound = determinant > 1e-9 * ll * tt
    safe = np.where(sound, determinant, 1.0)
    level = np.where(sound, (lt * sums[2] - tt * sums[1]) / safe, -sums[1] / ll)
    trend = np.where(sound, (lt * sums[1] - ll * sums[2]) / safe, 0.0)
    return level, trend, np.maximum(sums[0] + level * sums[1] + trend * sums[2], 0.0)


def likelihood_weights(squared: Floats, values: Floats, lengths: Counts) -> Floats:
    """Grid × series, each series' weights summing to 1: proportional to the concentrated Gaussian likelihood."""
    there = np.arange(values.shape[1]) < lengths[:, None]
    floor = STEADY * np.where(there, values**2, 0.0).sum(axis=1) + np.finfo(float).tiny
    log_likelihood = -0.5 * lengths * np.log(squared + floor)
    weight = np.exp(log_likelihood - log_likelihood.max(axis=0))
    return weight / weight.sum(axis=0)
