"""Missing periods inside a history: filled so that methods can run, never scored."""

import numpy as np
from numpy.typing import NDArray

from spm.forecast.shape.season import season_of

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


def filled(values: Floats, lengths: Counts, season: int) -> Floats:
    """Every NaN inside a history lies on the line between its neighbours, with the season where there is one.

    Before the first known value and after the last it is the nearest known one. Rows without gaps are untouched.
    """
    there = np.arange(values.shape[1]) < lengths[:, None]
    gappy = (np.isnan(values) & there).any(axis=1)
    found = np.where(there, values, 0.0)
    if not gappy.any():
        return found
    known, its_lengths = found[gappy], lengths[gappy]
    straight = np.where(there[gappy], _interpolated(known), 0.0)
    along = season_of(straight, its_lengths, season, multiplied=False).along(values.shape[1])
    found[gappy] = np.where(there[gappy], _interpolated(known - along) + along, 0.0)
    return found


def _interpolated(values: Floats) -> Floats:
    """NaN replaced along each row; 0 in a row where nothing is known."""
    at = np.broadcast_to(np.arange(values.shape[1]), values.shape)
    known = np.isfinite(values)
    before = np.maximum.accumulate(np.where(known, at, -1), axis=1)
    after = np.minimum.accumulate(np.where(known, at, values.shape[1])[:, ::-1], axis=1)[:, ::-1]
    left = np.take_along_axis(values, np.maximum(np.where(before < 0, after, before), 0) % values.shape[1], axis=1)
    right_at = np.where(after >= values.shape[1], before, after)
    right = np.take_along_axis(values, np.maximum(right_at, 0), axis=1)
    share = (at - before) / np.maximum(after - before, 1)
    between = np.where((before >= 0) & (after < values.shape[1]), left + share * (right - left), left)
    return np.where(known.any(axis=1, keepdims=True), between, 0.0)
