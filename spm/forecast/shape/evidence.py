"""What a history shows at all: whether it is told apart from pure noise, and from a walk of which each step is noise.

A history that no test tells apart from noise around its mean has nothing to say but that mean, and one whose steps are
noise nothing but its last value: whatever else is fitted to them is luck.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import special

from spm.forecast.series.cases import Cases
from spm.forecast.series.medians import median_of_rows
from spm.forecast.shape.season import straight_line

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]

SEASON_LEVEL, TREND_LEVEL, MEMORY_LEVEL, RECENT_LEVEL = 0.01, 0.02, 0.01, 0.015
"""How often each test may see something in pure noise; together they err in some 6 of 100 histories."""
TINY = 1e-150
"""What is divided by where nothing varies: its square and its inverse are still numbers."""
FAR_STEP = 3.3
"""A step of so many usual ones is no step of a walk but something that happened."""
LAGS = 8
LEAST_PERIODS = 24
"""Fewer say nothing either way."""


def only_noise(cases: Cases) -> Flags:
    """Cases whose values no test tells from noise around one mean."""
    if cases.values.shape[1] < LEAST_PERIODS:
        return np.zeros(len(cases), dtype=bool)
    shown = (
        (_season_p(cases) <= SEASON_LEVEL)
        | (_slope_p(cases) <= TREND_LEVEL)
        | (_memory_p(cases) <= MEMORY_LEVEL)
        | (_recent_p(cases) <= RECENT_LEVEL)
    )
    return ~shown & (cases.lengths >= LEAST_PERIODS)


def only_walk(cases: Cases) -> Flags:
    """Cases whose steps no test tells from noise around 0."""
    if cases.values.shape[1] < LEAST_PERIODS:
        return np.zeros(len(cases), dtype=bool)
    steps = Cases.of(np.diff(cases.values, axis=1), np.maximum(cases.lengths - 1, 0), cases.season)
    shown = (
        (_season_p(steps) <= SEASON_LEVEL)
        | (_mean_p(steps) <= TREND_LEVEL)
        | (_memory_p(steps) <= MEMORY_LEVEL)
        | is_far_step(cases, cases.lengths - 1)
    )
    return ~shown & (cases.lengths >= LEAST_PERIODS)


def is_far_step(cases: Cases, at: Counts) -> Flags:
    """Cases whose step to the period numbered `at` (from 0) is far from a usual one."""
    steps = np.abs(np.diff(cases.values, axis=1))
    usual = np.nan_to_num(median_of_rows(np.where(cases.there[:, 1:], steps, np.nan))) / 0.6745
    return steps[np.arange(len(cases)), np.maximum(at - 1, 0)] > FAR_STEP * usual


def _season_p(cases: Cases) -> Floats:
    """F test of the positions of the season against what is left of the straight line."""
    season, count = cases.season, len(cases)
    if season < 2 or cases.values.shape[1] < 2 * season:
        return np.ones(count)
    rest = np.where(cases.there, cases.values - straight_line(cases.values, cases.lengths), 0.0)
    short = -rest.shape[1] % season
    by_year = np.pad(rest, ((0, 0), (0, short))).reshape(count, -1, season)
    counts = np.pad(cases.there, ((0, 0), (0, short))).reshape(count, -1, season).sum(axis=1)
    between = (by_year.sum(axis=1) ** 2 / np.maximum(counts, 1)).sum(axis=1)
    within = (rest**2).sum(axis=1) - between
    free = np.maximum(cases.lengths - season - 1, 1)
    ratio = (between / (season - 1)) / np.maximum(within / free, TINY)
    return np.where(cases.seasonal, special.fdtrc(season - 1, free, ratio), 1.0)


def _slope_p(cases: Cases) -> Floats:
    """t test of the slope of the straight line."""
    if cases.values.shape[1] < 3:
        return np.ones(len(cases))
    line = straight_line(cases.values, cases.lengths)
    squared = np.where(cases.there, cases.values - line, 0.0)
    free = np.maximum(cases.lengths - 2, 1)
    counts = cases.lengths
    spread = np.maximum(counts * (counts**2.0 - 1) / 12, 1e-12)
    error = np.sqrt((squared**2).sum(axis=1) / free / spread)
    slope = np.nan_to_num(line[:, 1] - line[:, 0])
    return 2 * special.stdtr(free, -np.abs(slope) / np.maximum(error, TINY))


def _mean_p(cases: Cases) -> Floats:
    """t test of the mean against 0."""
    counts = np.maximum(cases.lengths, 2)
    middle = cases.values.sum(axis=1) / counts
    squared = np.where(cases.there, cases.values - middle[:, None], 0.0)
    error = np.sqrt((squared**2).sum(axis=1) / (counts - 1) / counts)
    return 2 * special.stdtr(counts - 1, -np.abs(middle) / np.maximum(error, TINY))


def _recent_p(cases: Cases) -> Floats:
    """z test of the last half season's mean against all before."""
    recent = max(4, cases.season // 2)
    late = cases.there & (np.arange(cases.values.shape[1]) >= (cases.lengths - recent)[:, None])
    early = cases.there & ~late
    before = np.maximum(early.sum(axis=1), 2)
    level = np.where(early, cases.values, 0.0).sum(axis=1) / before
    squared = np.where(early, cases.values - level[:, None], 0.0) ** 2
    error = np.sqrt(squared.sum(axis=1) / (before - 1) * (1 / recent + 1 / before))
    apart = np.abs(np.where(late, cases.values, 0.0).sum(axis=1) / recent - level)
    return special.erfc(apart / np.maximum(error, TINY) / np.sqrt(2))


def _memory_p(cases: Cases) -> Floats:
    """Ljung and Box's test of the first autocorrelations, and of the very first alone: the smaller of the two."""
    counts = np.maximum(cases.lengths, 1)
    middle = cases.values.sum(axis=1) / counts
    apart = np.where(cases.there, cases.values - middle[:, None], 0.0)
    total = np.maximum((apart**2).sum(axis=1), np.finfo(float).tiny)
    lags = np.minimum(LAGS, counts // 5)
    statistic, first = np.zeros(len(cases)), np.ones(len(cases))
    for lag in range(1, min(LAGS, apart.shape[1] - 1) + 1):
        correlation = (apart[:, lag:] * apart[:, :-lag]).sum(axis=1) / total
        statistic += np.where(lag <= lags, correlation**2 / np.maximum(counts - lag, 1), 0.0)
        if lag == 1:
            first = special.erfc(np.abs(correlation + 1 / counts) * np.sqrt(counts / 2))
    return np.minimum(first, special.chdtrc(np.maximum(lags, 1), counts * (counts + 2) * statistic))
