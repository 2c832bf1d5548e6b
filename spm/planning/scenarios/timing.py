"""Bookings moved between months: a season that shifts or flattens, a cycle that grows or shrinks. Months along the last axis."""

from collections.abc import Callable, Sequence
from math import ceil

import numpy as np
from numpy.typing import NDArray

from spm.planning.scenarios.outlook import Cells

MONTHS = 12


def rolled(bookings: Cells, acts: NDArray[np.bool_], by_months: int, weights: Sequence[float]) -> Cells:
    """Each row's year `by_months` later, what runs over its end coming in at its start."""
    return _by_year(bookings, acts, weights, lambda year: np.roll(year, by_months))


def flattened(bookings: Cells, acts: NDArray[np.bool_], share: float, weights: Sequence[float]) -> Cells:
    """Each month drawn towards its year's mean by `share`."""
    return _by_year(bookings, acts, weights, lambda year: (1 - share) * year + share * year.mean())


def _by_year(
    bookings: Cells, acts: NDArray[np.bool_], weights: Sequence[float], changed: Callable[[Cells], Cells]
) -> Cells:
    """The months that act, changed twelve at a time from the first of them on.

    The months that a part of a year lacks are taken as large as the season makes them beside it: `weights` is what it gives
    each month of the plan and of the eleven after it.
    """
    found = bookings.copy()
    for row in np.ndindex(acts.shape[:-1]):
        reached = np.flatnonzero(acts[row])
        for start in range(0, len(reached), MONTHS):
            year = reached[start : start + MONTHS]
            season = np.array(weights[year[0] : year[0] + MONTHS])
            whole = season * (
                bookings[row][year].sum() / season[: len(year)].sum() if season[: len(year)].any() else 0.0
            )
            whole[: len(year)] = bookings[row][year]
            found[row][year] = changed(whole)[: len(year)]
    return found


def moved(bookings: Cells, later_months: Cells) -> Cells:
    """Each cell's bookings so many months later, or earlier where negative; a part of a month in proportion.

    What moves past the last month is booked after the plan. What moves in from there is taken from the same months a year
    earlier, or the last month where the plan is shorter than a year; it moves as the last month does. Nothing moves to
    before the first month.
    """
    reach = ceil(max(-later_months.min(), 0.0))
    shape, months_count = bookings.shape, bookings.shape[-1]
    rows, later_rows = bookings.reshape(-1, months_count), later_months.reshape(-1, months_count)
    ahead = [at - MONTHS if at >= MONTHS else months_count - 1 for at in range(months_count, months_count + reach)]
    coming = np.concatenate([rows, rows[:, ahead]], axis=1)
    steps = np.concatenate([later_rows, np.repeat(later_rows[:, -1:], reach, axis=1)], axis=1)
    lands = np.maximum(np.arange(coming.shape[1]) + steps, 0.0)
    first = np.floor(lands).astype(int)
    found = np.zeros((len(rows), max(int(first.max()) + 2, months_count)))
    at_row = np.arange(len(rows))[:, None]
    np.add.at(found, (at_row, first), coming * (1 - (lands - first)))
    np.add.at(found, (at_row, first + 1), coming * (lands - first))
    return found[:, :months_count].reshape(shape)
