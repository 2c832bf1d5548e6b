"""Periods as whole numbers, so that the next one is one more: integer periods as they are, dates by their grain."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Counts = NDArray[np.int64]

MONTHS_BY_SEASON = {12: 1, 4: 3, 1: 12, 2: 6}
DAYS_BY_SEASON = {52: 7, 53: 7, 7: 1, 5: 1, 365: 1}


@dataclass(frozen=True)
class Clock:
    """How periods are counted: `kind` is "number", "months" or "days", one period being `step` of them.

    Periods in months start on one day of the month, `first`'s; those in days are counted from `first`.
    """

    kind: str
    step: int
    first: pd.Timestamp
    as_dates: bool

    @classmethod
    def of(cls, periods: pd.Series, series: pd.Series, season: int) -> "Clock":
        """The clock that all `periods` fit: that of the season (12: months) or, where they don't, their common step."""
        if pd.api.types.is_integer_dtype(periods) or periods.empty:
            return cls("number", 1, pd.Timestamp(0), False)
        days = pd.to_datetime(periods)
        as_dates = isinstance(periods.iloc[0], date) and not isinstance(periods.iloc[0], pd.Timestamp)
        monthly = days.dt.day.nunique() == 1 and season not in DAYS_BY_SEASON
        kind, hints = ("months", MONTHS_BY_SEASON) if monthly else ("days", DAYS_BY_SEASON)
        counted = cls(kind, 1, days.min(), as_dates).numbers(periods)
        gaps = counted - pd.Series(counted).groupby(series.to_numpy()).transform("min").to_numpy()
        hint = hints.get(season, 0)
        step = hint if hint and not (gaps % hint).any() else int(np.gcd.reduce(gaps)) or hint or 1
        return cls(kind, step, days.min(), as_dates)

    def numbers(self, periods: pd.Series) -> Counts:
        if self.kind == "number":
            return periods.to_numpy(dtype=np.int64)
        days = pd.to_datetime(periods)
        if self.kind == "months":
            months = (days.dt.year - self.first.year) * 12 + days.dt.month - self.first.month
            return np.floor_divide(months.to_numpy(dtype=np.int64), self.step)
        return np.floor_divide((days - self.first).dt.days.to_numpy(dtype=np.int64), self.step)

    def periods(self, numbers: Counts) -> pd.Series:
        """The periods of these numbers, in the kind that came in: integers, dates or time stamps."""
        if self.kind == "number":
            return pd.Series(numbers)
        distinct, where = np.unique(numbers, return_inverse=True)
        starts = [self._start(int(number)) for number in distinct]
        if self.as_dates:
            return pd.Series(np.array([start.date() for start in starts], dtype=object)[where], dtype=object)
        return pd.Series(pd.DatetimeIndex(starts)[where])

    def _start(self, number: int) -> pd.Timestamp:
        unit = {"months": number * self.step} if self.kind == "months" else {"days": number * self.step}
        return self.first + pd.DateOffset(**unit)
