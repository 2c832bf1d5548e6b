"""What disturbs a history: one value far from its neighbours (a huge deal), and a level that moved for good.

Both are looked for in what is left without the season, and only up to a case's own origin.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spm.forecast.cases import Cases
from spm.forecast.medians import median_of_rows
from spm.forecast.season import straight_line
from spm.forecast.smoothing import Grid, smoothed

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]

FAR = 6.0
"""Usual distances (1.48 × the median one) from its neighbours beyond which a value is an outlier."""
RARE = 0.05
"""Where more of the values than this share are far out, it is how the series is: none is an outlier."""
NEIGHBOURS = 3
"""On each side."""
LEAST_PERIODS = 12
LEAST_AFTER = 4
"""Periods of the new level before it is believed, and of the old one."""
CLEARLY = 3.0
"""How much better, on Bayes' information criterion, a step must explain a history than smoothing or a line does."""
LEAST_STEP = 2.5
"""Size of a step in standard deviations around the two levels."""
SMOOTHING = Grid.of([0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.99], [0.0], [1.0], first_trend=False)


@dataclass(frozen=True)
class Disturbances:
    """`outliers`: cases × periods; `expected`: what the neighbours and the season say there; `bound`: what it is cut to.

    `shift_at`: the first period of the new level, -1 where none moved; `before`, `after`: the two levels without the season.
    """

    outliers: Flags
    expected: Floats
    bound: Floats
    shift_at: Counts
    before: Floats
    after: Floats


def disturbances(cases: Cases) -> Disturbances:
    if cases.values.shape[1] < LEAST_PERIODS:
        return _none(cases)
    season = cases.added_season
    rest = np.where(cases.there, season.removed(cases.values), np.nan)
    middle = _running_median(rest)
    outliers, far = _outliers(rest - middle, cases)
    calm = np.where(outliers, middle, rest)
    at, before, after = _shift(Cases.of(calm, cases.lengths, cases.season))
    expected = np.where(cases.there, middle + season.along(rest.shape[1]), 0.0)
    bound = expected + np.sign(rest - middle) * far[:, None]
    return Disturbances(outliers, expected, np.where(outliers, bound, cases.values), at, before, after)


def _none(cases: Cases) -> Disturbances:
    zeros = np.zeros(len(cases))
    return Disturbances(np.zeros_like(cases.there), cases.values, cases.values, np.full(len(cases), -1), zeros, zeros)


def calmed(cases: Cases, found: Disturbances, outliers: str) -> Cases:
    """The cases with what came before a shift brought to the new level, and outliers as asked for.

    `outliers`: "bound" cuts them to the farthest usual value, "leave out" puts what was expected there, "keep" keeps them.
    """
    values = cases.values
    if outliers != "keep":
        values = np.where(found.outliers, found.expected if outliers == "leave out" else found.bound, values)
    earlier = cases.there & (np.arange(values.shape[1]) < found.shift_at[:, None])
    by_factor = (cases.positive & (found.before > 0) & (found.after > 0))[:, None]
    factor = np.divide(found.after, found.before, out=np.ones(len(cases)), where=by_factor[:, 0])[:, None]
    moved = np.where(by_factor, values * factor, values + (found.after - found.before)[:, None])
    return Cases.of(np.where(earlier, moved, values), cases.lengths, cases.season)


def _running_median(rest: Floats) -> Floats:
    """Of each value's neighbours, itself left out; of what there is at the ends."""
    count, width = rest.shape
    padded = np.pad(rest, ((0, 0), (NEIGHBOURS, NEIGHBOURS)), constant_values=np.nan)
    shifts = [shift for shift in range(2 * NEIGHBOURS + 1) if shift != NEIGHBOURS]
    around = np.stack([padded[:, shift : shift + width] for shift in shifts], axis=2).reshape(-1, len(shifts))
    return np.asarray(median_of_rows(around).reshape(count, width))


def _outliers(apart: Floats, cases: Cases) -> tuple[Flags, Floats]:
    """Which they are, and the distance beyond which one is."""
    usual = np.nan_to_num(median_of_rows(np.abs(apart))) * 1.4826
    far = FAR * usual
    found = np.nan_to_num(np.abs(apart)) > np.where(far > 0, far, np.inf)[:, None]
    rare = found.sum(axis=1) <= np.maximum(1, RARE * cases.lengths)
    return found & (rare & (cases.lengths >= LEAST_PERIODS))[:, None], far


def _shift(rest: Cases) -> tuple[Counts, Floats, Floats]:
    """First period of the new level (-1: none), the level before and after."""
    count, width = rest.values.shape
    none = np.full(count, -1), np.zeros(count), np.zeros(count)
    if width < LEAST_PERIODS:
        return none
    lengths = rest.lengths[:, None]
    at = np.arange(1, width)
    sums, squares = np.cumsum(rest.values, axis=1), np.cumsum(rest.values**2, axis=1)
    first, total = sums[:, :-1], sums[:, -1:]
    left = squares[:, -1:] - first**2 / at - (total - first) ** 2 / np.maximum(lengths - at, 1)
    allowed = (at >= LEAST_AFTER) & (at <= lengths - LEAST_AFTER)
    left = np.where(allowed, left, np.inf)
    best = left.argmin(axis=1)
    rows = np.arange(count)
    split, squared = at[best], left[rows, best]
    before = first[rows, best] / split
    after = (total[:, 0] - first[rows, best]) / np.maximum(rest.lengths - split, 1)
    spread = np.sqrt(np.maximum(squared, 0.0) / np.maximum(rest.lengths - 2, 1))
    line = np.where(rest.there, rest.values - straight_line(rest.values, rest.lengths), 0.0)
    smooth = smoothed(rest.values, rest.lengths, SMOOTHING).squared_error.min(axis=0)
    stepwise = _criterion(squared, rest.lengths, 4)
    otherwise = np.minimum(_criterion((line**2).sum(axis=1), rest.lengths, 2), _criterion(smooth, rest.lengths, 2))
    enough = (rest.lengths >= LEAST_PERIODS) & np.isfinite(squared)
    moved = enough & (stepwise + CLEARLY < otherwise) & (np.abs(after - before) > LEAST_STEP * spread)
    return np.where(moved, split, -1), np.where(moved, before, 0.0), np.where(moved, after, 0.0)


def _criterion(squared: Floats, lengths: Counts, parameters: int) -> Floats:
    counts = np.maximum(lengths, 1)
    return counts * np.log(np.maximum(squared, 1e-300) / counts) + parameters * np.log(counts)
