"""Regression on working days: a month with two days more sells more, as far as its own past shows it.

A value is taken for its level times 1 + effect × (days ÷ usual days − 1). The effect is estimated on the steps from period to
period of what is left without the season, and kept only where it is clear; the history is then freed of it, and what is
projected gets it back for the days to come.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from spm.forecast.series.periods import Clock
from spm.forecast.shape.season import season_of

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

CLEAR = 2.5
"""t statistic from which an effect is believed."""
MOST = 1.5
"""The largest effect: 1 is in proportion to the days."""
LEAST_PERIODS = 12


@dataclass(frozen=True)
class WorkingDays:
    """Days of each period over their mean, from the period numbered `first` on; 1 where nothing is known."""

    first: int
    relative: Floats

    @classmethod
    def of(cls, calendar: Mapping[object, float] | pd.Series | None, clock: Clock) -> "WorkingDays":
        if calendar is None or not len(calendar):
            return cls(0, np.ones(1))
        counts = pd.Series(calendar, dtype="float64")
        numbers = clock.numbers(pd.Series(list(counts.index)))
        days = np.full(int(numbers.max() - numbers.min()) + 1, np.nan)
        days[numbers - numbers.min()] = counts.to_numpy()
        relative = days / np.nanmean(days) if np.nansum(days) > 0 else np.ones(len(days))
        return cls(int(numbers.min()), np.where(relative > 0, relative, 1.0))

    def at(self, numbers: Counts) -> Floats:
        place = numbers - self.first
        inside = (place >= 0) & (place < len(self.relative))
        return np.where(inside, self.relative[np.where(inside, place, 0)], 1.0)


def working_day_effect(values: Floats, lengths: Counts, days: Floats, season: int) -> Floats:
    """Per row of series × periods the effect, 0 where none is clear. `days`: relative working days, of the same shape."""
    if values.shape[1] < LEAST_PERIODS or np.ptp(days) == 0:
        return np.zeros(len(values))
    there = np.arange(values.shape[1]) < lengths[:, None]
    level = np.abs(np.where(there, values, 0.0)).sum(axis=1) / np.maximum(lengths, 1)
    usual = np.where(level > 0, level, 1.0)[:, None]
    moved, by_days = (
        np.where(there[:, 1:], np.diff(season_of(each, lengths, season, multiplied=False).removed(each)), 0.0)
        for each in (np.where(there, values / usual, 0.0), np.where(there, days, 0.0))
    )
    squares = (by_days**2).sum(axis=1)
    effect = (moved * by_days).sum(axis=1) / np.where(squares > 0, squares, 1.0)
    left = ((moved - effect[:, None] * by_days) ** 2).sum(axis=1) / np.maximum(lengths - 2, 1)
    clear = effect**2 * squares > CLEAR**2 * left
    return np.where(clear & (lengths >= LEAST_PERIODS), np.clip(effect, 0.0, MOST), 0.0)
