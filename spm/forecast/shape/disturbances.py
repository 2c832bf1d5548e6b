"""What disturbs a history: one value far from its neighbours (a huge deal), and a level that moved for good.

Both are looked for only up to a case's own origin.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spm.forecast.series.cases import Cases
from spm.forecast.series.medians import median_of_rows
from spm.forecast.shape.season import Season
from spm.forecast.shape.shifts import shifts

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
    outliers, expected, _ = _outliers(cases, cases.added_season)
    season = Cases.of(np.where(outliers, expected, cases.values), cases.lengths, cases.season).added_season
    outliers, expected, bound = _outliers(cases, season)
    calm = Cases.of(np.where(outliers, expected, cases.values), cases.lengths, cases.season)
    at, before, after = shifts(calm)
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


def _outliers(cases: Cases, season: Season) -> tuple[Flags, Floats, Floats]:
    """Which they are, what the neighbours and the season say there, and the farthest usual value on the same side."""
    rest = np.where(cases.there, season.removed(cases.values), np.nan)
    middle = _running_median(rest)
    apart = np.nan_to_num(rest - middle)
    usual = np.nan_to_num(median_of_rows(np.where(cases.there, np.abs(apart), np.nan))) * 1.4826
    far = np.where(usual > 0, FAR * usual, np.inf)[:, None]
    found = np.abs(apart) > far
    rare = (found.sum(axis=1) <= np.maximum(1, RARE * cases.lengths)) & (cases.lengths >= LEAST_PERIODS)
    expected = np.nan_to_num(middle) + season.along(rest.shape[1])
    outliers = found & rare[:, None]
    return outliers, expected, expected + np.sign(apart) * np.where(outliers, far, 0.0)
