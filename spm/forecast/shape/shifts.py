"""A level that moved for good: a territory that changed hands, a price list.

Two levels, with a season of fixed indices or without, are held against what else explains a history: smoothing, which follows
anything, and a straight line. A shift is claimed where the two levels do it clearly better for the parameters they take, and
the history is no walk, which looks shifted wherever it is cut, or is one but for that step.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from spm.forecast.methods.smoothing import Grid, smoothed
from spm.forecast.series.cases import Cases
from spm.forecast.shape.evidence import is_far_step, only_walk
from spm.forecast.shape.season import straight_line

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]

LEAST_PERIODS = 12
LEAST_AFTER = 4
"""Periods of the new level before it is believed, and of the old one."""
CLEARLY = 3.0
"""How much better, on Bayes' information criterion, two levels must be."""
LEAST_STEP = 2.5
"""Size of a shift in standard deviations around the two levels."""
LEVEL_PARAMETERS, OTHER_PARAMETERS = 4, 2
"""Two levels, when, and how far apart the noise lies; a line's or a smoothing's two."""
SMOOTHING = Grid.of([0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.99], [0.0], [1.0], first_trend=False)


def shifts(cases: Cases) -> tuple[Counts, Floats, Floats]:
    """First period of the new level (-1 where none moved), the level before and the level after, without the season."""
    found = plain = _two_levels(cases, 1)
    if cases.season > 1 and cases.seasonal.any():
        yearly = _two_levels(cases, cases.season)
        better = cases.seasonal & (yearly.criterion < plain.criterion)
        found = TwoLevels(
            *(np.where(better, getattr(yearly, each.name), getattr(plain, each.name)) for each in fields(TwoLevels))
        )
    otherwise = np.minimum(found.otherwise, plain.otherwise)
    moved = found.possible & (found.criterion + CLEARLY < otherwise)
    moved &= ~only_walk(cases) | is_far_step(cases, found.at)
    return np.where(moved, found.at, -1), np.where(moved, found.before, 0.0), np.where(moved, found.after, 0.0)


@dataclass(frozen=True)
class TwoLevels:
    """Per case: where to split and the levels on either side, the criterion of that and of what else explains the same, and
    whether the step is large enough to be one."""

    at: Counts
    before: Floats
    after: Floats
    criterion: Floats
    otherwise: Floats
    possible: Flags


def _two_levels(cases: Cases, season: int) -> TwoLevels:
    """The best split, with indices for each position of the season; a `season` of 1 has none."""
    width, lengths = cases.values.shape[1], cases.lengths
    position = np.arange(width) % season
    rest, _ = _without_positions(cases, position, season)
    counts = np.stack([(cases.there & (position == one)).sum(axis=1) for one in range(season)], axis=1)
    after_split = np.cumsum(cases.there[:, ::-1], axis=1)[:, ::-1].astype(float)
    shared = np.zeros(rest.shape)
    for one in range(season):
        later = np.cumsum((cases.there & (position == one))[:, ::-1], axis=1)[:, ::-1]
        shared += later**2 / np.maximum(counts[:, one : one + 1], 1)
    explained = np.cumsum(rest[:, ::-1], axis=1)[:, ::-1] ** 2 / np.maximum(after_split - shared, 1e-9)
    split = np.arange(width)
    allowed = (split >= LEAST_AFTER) & (split <= lengths[:, None] - LEAST_AFTER)
    rows, at = np.arange(len(cases)), np.where(allowed, explained, -1.0).argmax(axis=1)
    squared = np.maximum((rest**2).sum(axis=1) - explained[rows, at], 0.0)
    step = rest[:, ::-1].cumsum(axis=1)[:, ::-1][rows, at] / np.maximum(after_split - shared, 1e-9)[rows, at]
    stepped = (split >= at[:, None]) & cases.there
    adjusted = np.where(cases.there, cases.values - _seasonal_part(cases, position, season, stepped, step), 0.0)
    before = np.where(cases.there & ~stepped, adjusted, 0.0).sum(axis=1) / np.maximum(at, 1)
    after = np.where(stepped, adjusted, 0.0).sum(axis=1) / np.maximum(lengths - at, 1)
    level = Cases.of(adjusted, lengths, cases.season)
    line = np.where(cases.there, adjusted - straight_line(adjusted, lengths), 0.0)
    smooth = smoothed(level.values, lengths, SMOOTHING).squared_error.min(axis=0)
    criterion = _criterion(squared, lengths, LEVEL_PARAMETERS + season - 1)
    otherwise = _criterion(np.minimum((line**2).sum(axis=1), smooth), lengths, OTHER_PARAMETERS + season - 1)
    spread = np.sqrt(squared / np.maximum(lengths - 1 - season, 1))
    possible = (lengths >= LEAST_PERIODS) & allowed.any(axis=1) & (np.abs(step) > LEAST_STEP * spread)
    return TwoLevels(at, before, after, criterion, otherwise, possible)


def _without_positions(cases: Cases, position: Counts, season: int) -> tuple[Floats, Floats]:
    """The values less the mean of their position, and those means along the series."""
    means = np.zeros(cases.values.shape)
    for one in range(season):
        here = position == one
        counts = np.maximum(cases.there[:, here].sum(axis=1), 1)
        means[:, here] = (cases.values[:, here].sum(axis=1) / counts)[:, None]
    return np.where(cases.there, cases.values - means, 0.0), means


def _seasonal_part(cases: Cases, position: Counts, season: int, stepped: NDArray[np.bool_], step: Floats) -> Floats:
    """The fixed season of the two-level model along each series, 0 on average; nothing without a season."""
    if season == 1:
        return np.zeros(cases.values.shape)
    flat = Cases.of(cases.values - stepped * step[:, None], cases.lengths, cases.season)
    _, means = _without_positions(flat, position, season)
    return means - means[:, :season].mean(axis=1, keepdims=True)


def _criterion(squared: Floats, lengths: Counts, parameters: int) -> Floats:
    counts = np.maximum(lengths, 1)
    return counts * np.log(np.maximum(squared, 1e-300) / counts) + parameters * np.log(counts)
