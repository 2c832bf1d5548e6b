"""Bookings moved between months: a season that shifts or flattens, a cycle that grows or shrinks. Arrays units × months."""

from collections.abc import Callable
from math import ceil

import numpy as np
from numpy.typing import NDArray

from spm.planning.scenarios.outlook import Cells

MONTHS = 12


def rolled(bookings: Cells, acts: NDArray[np.bool_], by_months: int) -> Cells:
    """Each unit's year `by_months` later, what runs over its end coming in at its start."""
    return _by_year(bookings, acts, lambda year: np.roll(year, by_months))


def flattened(bookings: Cells, acts: NDArray[np.bool_], share: float) -> Cells:
    """Each month drawn towards its year's mean by `share`."""
    return _by_year(bookings, acts, lambda year: (1 - share) * year + share * year.mean())


def _by_year(bookings: Cells, acts: NDArray[np.bool_], changed: Callable[[Cells], Cells]) -> Cells:
    """The months that act, changed twelve at a time from the first of them on; the last year may be a part of one."""
    found = bookings.copy()
    for unit, months in enumerate(acts):
        reached = np.flatnonzero(months)
        for start in range(0, len(reached), MONTHS):
            year = reached[start : start + MONTHS]
            found[unit, year] = changed(bookings[unit, year])
    return found


def moved(bookings: Cells, later_months: Cells) -> Cells:
    """Each cell's bookings so many months later, or earlier where negative; a part of a month in proportion.

    What moves past the last month is booked after the plan. What moves in from there is taken from the same months a year
    earlier, or the last month where the plan is shorter than a year; it moves as the last month does. Nothing moves to
    before the first month.
    """
    reach = ceil(max(-later_months.min(), 0.0))
    months_count = bookings.shape[1]
    ahead = [at - MONTHS if at >= MONTHS else months_count - 1 for at in range(months_count, months_count + reach)]
    coming = np.concatenate([bookings, bookings[:, ahead]], axis=1)
    steps = np.concatenate([later_months, np.repeat(later_months[:, -1:], reach, axis=1)], axis=1)
    lands = np.maximum(np.arange(coming.shape[1]) + steps, 0.0)
    first = np.floor(lands).astype(int)
    found = np.zeros((bookings.shape[0], max(int(first.max()) + 2, months_count)))
    rows = np.arange(bookings.shape[0])[:, None]
    np.add.at(found, (rows, first), coming * (1 - (lands - first)))
    np.add.at(found, (rows, first + 1), coming * (lands - first))
    return found[:, :months_count]
