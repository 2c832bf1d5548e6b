"""Seasonal-trend decomposition by loess (Cleveland et al. 1990) of many series at once.

Without its robustness weights STL is linear: for a length and a season there is one matrix that turns a history into its
season, and one that turns it into its trend. Outliers are bounded before (`disturbances`), which is what robustness is for.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

SEASON_WINDOW = 7
"""Years over which a position's season may move."""
INNER_LOOPS = 5


def stl(values: Floats, lengths: Counts, season: int) -> tuple[Floats, Floats]:
    """Trend and season, series × periods; 0 after a series' end. Shorter than two seasons: a straight line, no season."""
    trend, seasonal = np.zeros(values.shape), np.zeros(values.shape)
    for length in np.unique(lengths[lengths > 0]).tolist():
        rows = lengths == length
        of_trend, of_season = _operators(length, season)
        trend[rows, :length] = values[rows, :length] @ of_trend.T
        seasonal[rows, :length] = values[rows, :length] @ of_season.T
    return trend, seasonal


@lru_cache(maxsize=256)
def _operators(length: int, season: int) -> tuple[Floats, Floats]:
    """Matrices length × length: history to trend, history to season."""
    if season < 2 or length < 2 * season:
        window = 2 * length + 1
        return _loess(np.arange(float(length)), np.arange(float(length)), window), np.zeros((length, length))
    low_pass, trend_of = (
        _low_pass(length, season),
        _loess_of_length(length, _odd(1.5 * season / (1 - 1.5 / SEASON_WINDOW))),
    )
    cycle = _cycle(length, season)
    trend, seasonal = np.zeros((length, length)), np.zeros((length, length))
    for _ in range(INNER_LOOPS):
        cycled = cycle @ (np.eye(length) - trend)
        seasonal = cycled[season : season + length] - low_pass @ cycled
        trend = trend_of @ (np.eye(length) - seasonal)
    return trend, seasonal


def _cycle(length: int, season: int) -> Floats:
    """Each position's years smoothed, and extended by one year at either end: (length + 2 seasons) × length."""
    found = np.zeros((length + 2 * season, length))
    for position in range(season):
        at = np.arange(position, length, season)
        found[np.ix_(position + season * np.arange(len(at) + 2), at)] = _years(len(at))
    return found


@lru_cache(maxsize=64)
def _years(count: int) -> Floats:
    """So many years of one position smoothed, from a year before to a year after: (count + 2) × count."""
    return _loess(np.arange(float(count)), np.arange(-1.0, count + 1), SEASON_WINDOW)


def _low_pass(length: int, season: int) -> Floats:
    """Moving averages over a season, a season and three periods, then loess: length × (length + 2 seasons)."""
    extended = length + 2 * season
    first = _mean_of(season, extended)
    second = _mean_of(season, len(first)) @ first
    third = _mean_of(3, len(second)) @ second
    return _loess_of_length(length, _odd(season + 1)) @ third


def _mean_of(window: int, length: int) -> Floats:
    rows = np.arange(length - window + 1)
    return np.where(
        (np.arange(length) >= rows[:, None]) & (np.arange(length) < rows[:, None] + window), 1 / window, 0.0
    )


def _loess_of_length(length: int, window: int) -> Floats:
    return _loess(np.arange(float(length)), np.arange(float(length)), window)


def _loess(at: Floats, wanted: Floats, window: int) -> Floats:
    """Local straight lines with tricube weights of the `window` nearest points: wanted × at."""
    apart = np.abs(wanted[:, None] - at)
    nearest_count = min(window, len(at))
    nearest = np.partition(apart, nearest_count - 1, axis=1)[:, nearest_count - 1]
    reach = nearest + max(window - len(at), 0) // 2
    share = apart / np.maximum(reach[:, None], 1e-12)
    weights = np.where(
        apart <= 0.999 * reach[:, None], np.where(apart <= 0.001 * reach[:, None], 1.0, (1 - share**3) ** 3), 0.0
    )
    weights = np.where(reach[:, None] > 0, weights, apart == 0)
    weights /= weights.sum(axis=1, keepdims=True)
    middle = (weights * at).sum(axis=1, keepdims=True)
    spread = (weights * (at - middle) ** 2).sum(axis=1, keepdims=True)
    steady = np.sqrt(spread) > 0.001 * (at[-1] - at[0])
    tilt = np.divide(
        (wanted[:, None] - middle) * (at - middle), spread, out=np.zeros_like(weights), where=steady & (spread > 0)
    )
    return weights * (1.0 + tilt)


def _odd(window: float) -> int:
    whole = int(np.ceil(window))
    return whole + 1 - whole % 2
