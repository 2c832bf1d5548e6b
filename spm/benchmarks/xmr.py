"""XmR charts of many series at once: what is normal for a point by the points before it, and when it is a signal. Pure.

A row of an array is a series, the oldest first, with its gaps closed up: missing (NaN) only at its end.
"""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

LIMIT_FACTOR = 2.66  # times the mean moving range: three standard deviations
LEAST_COUNT = 8  # points before one that can be judged
RUN_COUNT = 8  # points in a row on one side of the mean are a signal too
NOISE = 1e-9  # relative: the limits of a constant series are its value

ABOVE, RUN_ABOVE, NO_SIGNAL, RUN_BELOW, BELOW = 2, 1, 0, -1, -2
"""What a point is: outside its limits, or the end of a run, above or below."""


@dataclass(frozen=True)
class Limits:
    """Of each point mean and limits by those before it, in arrays of the series' shape; NaN with fewer than LEAST_COUNT."""

    low: np.ndarray
    mean: np.ndarray
    high: np.ndarray


def packed(series: np.ndarray) -> np.ndarray:
    """The series with their gaps closed up: known values in order, NaN after them."""
    order = np.argsort(np.isnan(series), axis=1, kind="stable")
    return np.take_along_axis(series, order, axis=1)


def limits(series: np.ndarray) -> Limits:
    """Mean ± 2.66 × the mean difference between neighbours, both of the points before the one judged."""
    before = np.arange(series.shape[1])
    can_judge = before >= LEAST_COUNT
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = _sum_before(series) / before
        reach = LIMIT_FACTOR * _sum_before(np.abs(np.diff(series, axis=1, prepend=np.nan)), first=1) / (before - 1)
    known = can_judge & ~np.isnan(series)
    mean, reach = np.where(known, mean, np.nan), np.where(known, reach, np.nan)
    return Limits(mean - reach, mean, mean + reach)


def signals(series: np.ndarray) -> np.ndarray:
    """What each point is, ABOVE to BELOW; NO_SIGNAL too where it cannot be judged."""
    normal = limits(series)
    noise = NOISE * np.fmax(np.abs(normal.mean), np.abs(series))
    found = np.full(series.shape, NO_SIGNAL, dtype=np.int8)
    if series.shape[1] >= RUN_COUNT:
        runs = sliding_window_view(series, RUN_COUNT, axis=1)
        ends, mean, slack = found[:, RUN_COUNT - 1 :], normal.mean[:, RUN_COUNT - 1 :], noise[:, RUN_COUNT - 1 :]
        ends[runs.min(axis=2) > mean + slack] = RUN_ABOVE
        ends[runs.max(axis=2) < mean - slack] = RUN_BELOW
    found[series > normal.high + noise] = ABOVE
    found[series < normal.low - noise] = BELOW
    return found


def latest(series: np.ndarray) -> np.ndarray:
    """What the last known point of each series is."""
    at = np.maximum((~np.isnan(series)).sum(axis=1) - 1, 0)
    return signals(series)[np.arange(len(series)), at]


def _sum_before(values: np.ndarray, first: int = 0) -> np.ndarray:
    """For each place the sum of the values before it, from place `first` on."""
    counted = values.copy()
    counted[:, :first] = 0
    return np.cumsum(counted, axis=1) - counted
