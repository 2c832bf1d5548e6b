"""The season of a series: how much each position of the year lies above or below the rest.

Classical decomposition (a centred moving average over one season, then each position's mean distance from it, recent years
counting more), with the indices drawn towards none the less they stand out from the noise: a season is only as strong
as it is sure.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

NOISE_LEVEL = 2.0
"""The F ratio (between positions to within) that is taken for noise: the part of the indices that is believed is 1 - this / F."""
FADING = 0.7
"""What a year counts beside the one after it: seasons move."""
LEAST_RATIO = 0.05
"""No month is believed to be less than this share of a usual one, or dividing by it would blow up its noise."""


@dataclass(frozen=True)
class Season:
    """Indices by series × position; position 0 is that of the first period of each series.

    `belief` is 0 where no season is claimed and nears 1 where it is sure.
    """

    indices: Floats
    belief: Floats
    multiplied: bool

    def along(self, periods_count: int) -> Floats:
        """Series × the first `periods_count` periods."""
        return self.indices[:, np.arange(periods_count) % self.indices.shape[1]]

    def ahead(self, lengths: Counts, horizon: int) -> Floats:
        """Series × steps after each history."""
        return np.take_along_axis(self.indices, (lengths[:, None] + np.arange(horizon)) % self.indices.shape[1], axis=1)

    def removed(self, values: Floats) -> Floats:
        along = self.along(values.shape[1])
        return values / along if self.multiplied else values - along

    def put_back(self, forecast: Floats, lengths: Counts) -> Floats:
        ahead = self.ahead(lengths, forecast.shape[1])
        return forecast * ahead if self.multiplied else forecast + ahead


def season_of(values: Floats, lengths: Counts, season: int, multiplied: bool) -> Season:
    """`values`: series × periods without gaps, left-aligned. No season where there are fewer than two full ones.

    `multiplied` needs positive values: a row with others gets no season of that kind.
    """
    none = 1.0 if multiplied else 0.0
    count = len(values)
    if season < 2 or count == 0 or values.shape[1] < 2 * season:
        return Season(np.full((count, max(season, 1)), none), np.zeros(count), multiplied)
    brief = (lengths < 3 * season)[:, None]
    trend = np.where(brief, straight_line(values, lengths), moving_average(values, lengths, season))
    with np.errstate(invalid="ignore", divide="ignore"):
        apart = values / trend if multiplied else values - trend
    usable = (lengths >= 2 * season) & (
        ~multiplied | ~((trend <= 0) | (values < 0)).any(axis=1, where=np.isfinite(trend))
    )
    by_year = _by_year(np.where(usable[:, None], apart, np.nan), season)
    indices, belief = _indices(by_year)
    belief = np.where(usable, belief, 0.0)
    indices = np.where(belief[:, None] > 0, indices * belief[:, None], 0.0)
    return Season(np.maximum(1.0 + indices, LEAST_RATIO) if multiplied else indices, belief, multiplied)


def moving_average(values: Floats, lengths: Counts, season: int) -> Floats:
    """The centred mean over one season (an even one: over season + 1 periods, its ends by half); NaN where it doesn't reach."""
    running = np.concatenate([np.zeros((len(values), 1)), np.cumsum(np.nan_to_num(values), axis=1)], axis=1)
    periods_count, half = values.shape[1], season // 2
    at = np.arange(half, periods_count - half)
    found = np.full(values.shape, np.nan)
    if season % 2:
        found[:, at] = (running[:, at + half + 1] - running[:, at - half]) / season
    else:
        earlier = running[:, at + half] - running[:, at - half]
        later = running[:, at + half + 1] - running[:, at - half + 1]
        found[:, at] = (earlier + later) / (2 * season)
    return np.where(np.arange(periods_count) + half < lengths[:, None], found, np.nan)


def straight_line(values: Floats, lengths: Counts) -> Floats:
    """The least-squares line through each series; NaN after its end.

    It takes the place of the moving average where that would reach each position of the year but once.
    """
    at = np.arange(values.shape[1])
    there = at < lengths[:, None]
    counts = np.maximum(lengths, 1)[:, None]
    known = np.where(there, values, 0.0)
    middle = known.sum(axis=1, keepdims=True) / counts
    apart = np.where(there, at - (counts - 1) / 2, 0.0)
    slope = (apart * known).sum(axis=1, keepdims=True) / np.maximum((apart**2).sum(axis=1, keepdims=True), 1e-12)
    return np.where(there, middle + slope * apart, np.nan)


def _by_year(apart: Floats, season: int) -> Floats:
    """Series × years × positions, the last year filled up with NaN."""
    short = -apart.shape[1] % season
    return np.pad(apart, ((0, 0), (0, short)), constant_values=np.nan).reshape(len(apart), -1, season)


def _indices(by_year: Floats) -> tuple[Floats, Floats]:
    """Each position's median relative to the others, and how far to believe it, from the F ratio of the positions."""
    there = np.isfinite(by_year)
    counts = there.sum(axis=1)
    position = np.where(there, by_year, 0.0).sum(axis=1) / np.maximum(counts, 1)
    overall = position.mean(axis=1, keepdims=True)
    season = position.shape[1]
    within = np.where(there, (by_year - position[:, None]) ** 2, 0.0).sum(axis=(1, 2))
    within /= np.maximum(counts.sum(axis=1) - season, 1)
    between = (counts * (position - overall) ** 2).sum(axis=1) / (season - 1)
    floor = np.finfo(float).eps * (1e-3 + np.abs(overall[:, 0])) ** 2
    belief = np.clip(1.0 - NOISE_LEVEL * within / np.maximum(between, floor), 0.0, 1.0)
    belief[between <= floor] = 0.0
    recent = _recent_mean(by_year, there)
    return recent - recent.mean(axis=1, keepdims=True), belief


def _recent_mean(by_year: Floats, there: NDArray[np.bool_]) -> Floats:
    """Series × positions: the mean over the years, each year before the last counting less."""
    years = np.arange(by_year.shape[1])
    last = np.where(there.any(axis=2), years, 0).max(axis=1)
    weights = there * FADING ** np.maximum(last[:, None] - years, 0)[:, :, None]
    return (weights * np.where(there, by_year, 0.0)).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-12)
