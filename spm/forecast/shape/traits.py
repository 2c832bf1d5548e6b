"""What kind of history it is, in a few numbers that say which methods do well on it."""

import numpy as np
from numpy.typing import NDArray

from spm.forecast.series.cases import Cases

Floats = NDArray[np.float64]

SMALLEST = 1e-4
"""Steps that are smaller than this share of a value are all alike: a logarithm has no bottom."""


def traits(cases: Cases) -> Floats:
    """Cases × 3: how far its season is believed (0 to 1); how far a step goes on in the next one (the correlation of steps,
    below 0 where they are taken back); and how much it moves, the logarithm of a usual step.

    Steps are those of what is left without the season, of logarithms where all values are positive, otherwise in shares of
    the usual size.
    """
    logs = cases.logs
    season = logs.added_season
    steps = np.where(cases.there[:, 1:], np.diff(season.removed(logs.values), axis=1), 0.0)
    squares = (steps**2).sum(axis=1)
    going_on = (steps[:, 1:] * steps[:, :-1]).sum(axis=1) / np.where(squares > 0, squares, 1.0)
    sizes = np.abs(cases.values).sum(axis=1) / np.maximum(cases.lengths, 1)
    whole = np.where(cases.positive | (sizes == 0), 1.0, sizes)
    usual = np.sqrt(squares / np.maximum(cases.lengths - 1, 1)) / whole
    return np.stack([season.belief, going_on, np.log(np.maximum(usual, SMALLEST))], axis=1)
