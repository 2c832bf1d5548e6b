"""What a history shows at all: whether it is told apart from pure noise, and from a walk of which each step is noise.

A history that no test tells apart from noise around its mean has nothing to say but that mean, and one whose steps are
noise nothing but its last value: whatever else is fitted to them is luck.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from spm.forecast.cases import Cases
from spm.forecast.season import straight_line

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

SEASON_LEVEL, TREND_LEVEL, MEMORY_LEVEL = 0.01, 0.03, 0.02
"""How often each test may see something in pure noise; together they err in some 6 of 100 histories."""
LAGS = 8
LEAST_PERIODS = 12
"""Fewer say nothing either way."""


@dataclass(frozen=True)
class Evidence:
    """Per case: probabilities that noise alone shows as much (small: it is there), and the two verdicts."""

    season_p: Floats
    trend_p: Floats
    memory_p: Floats

    @property
    def nothing(self) -> Flags:
        return (self.season_p > SEASON_LEVEL) & (self.trend_p > TREND_LEVEL) & (self.memory_p > MEMORY_LEVEL)


def noise(cases: Cases) -> Evidence:
    """Evidence against values that are noise around one mean."""
    return Evidence(_season_p(cases), _slope_p(cases), _memory_p(cases))


def walk(cases: Cases) -> Evidence:
    """Evidence against steps that are noise around 0; its trend is a drift."""
    steps = Cases.of(np.diff(cases.values, axis=1), np.maximum(cases.lengths - 1, 0), cases.season)
    return Evidence(_season_p(steps), _mean_p(steps), _memory_p(steps))


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
    ratio = (between / (season - 1)) / np.maximum(within / free, np.finfo(float).tiny)
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
    return 2 * special.stdtr(free, -np.abs(slope) / np.maximum(error, np.finfo(float).tiny))


def _mean_p(cases: Cases) -> Floats:
    """t test of the mean against 0."""
    counts = np.maximum(cases.lengths, 2)
    middle = cases.values.sum(axis=1) / counts
    squared = np.where(cases.there, cases.values - middle[:, None], 0.0)
    error = np.sqrt((squared**2).sum(axis=1) / (counts - 1) / counts)
    return 2 * special.stdtr(counts - 1, -np.abs(middle) / np.maximum(error, np.finfo(float).tiny))


def _memory_p(cases: Cases) -> Floats:
    """Ljung and Box's test of the first autocorrelations."""
    counts = np.maximum(cases.lengths, 1)
    middle = cases.values.sum(axis=1) / counts
    apart = np.where(cases.there, cases.values - middle[:, None], 0.0)
    total = np.maximum((apart**2).sum(axis=1), np.finfo(float).tiny)
    lags = np.minimum(LAGS, counts // 5)
    statistic = np.zeros(len(cases))
    for lag in range(1, min(LAGS, apart.shape[1] - 1) + 1):
        correlation = (apart[:, lag:] * apart[:, :-lag]).sum(axis=1) / total
        statistic += np.where(lag <= lags, correlation**2 / np.maximum(counts - lag, 1), 0.0)
    return special.chdtrc(np.maximum(lags, 1), counts * (counts + 2) * statistic)
