"""What a forecast is made from: histories without gaps, each up to some origin."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from spm.forecast.shape.season import Season, season_of

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Cases:
    """Series × periods without gaps, each from its first period on; 0 after its end, which `lengths` tells.

    The same series cut at several origins is as many cases. Nothing after a case's end is ever read.
    """

    values: Floats
    lengths: Counts
    season: int

    @classmethod
    def of(cls, values: Floats, lengths: Counts, season: int) -> "Cases":
        there = np.arange(values.shape[1]) < lengths[:, None]
        return cls(np.where(there, values, 0.0), lengths, season)

    def __len__(self) -> int:
        return len(self.values)

    def only(self, rows: NDArray[np.bool_]) -> "Cases":
        """These cases alone; all of them are the cases themselves, with what was worked out for them."""
        return self if rows.all() else Cases(self.values[rows], self.lengths[rows], self.season)

    @cached_property
    def there(self) -> NDArray[np.bool_]:
        return np.arange(self.values.shape[1]) < self.lengths[:, None]

    @cached_property
    def positive(self) -> NDArray[np.bool_]:
        """Cases whose every value lies above 0: they may be taken as logarithms and seasons as factors."""
        return np.where(self.there, self.values, 1.0).min(axis=1, initial=1.0) > 0

    @cached_property
    def intermittent(self) -> NDArray[np.bool_]:
        """Cases without a negative value that are 0 in at least `MOSTLY` of their periods, but not always."""
        nothing = (self.there & (self.values == 0)).sum(axis=1)
        return (
            (nothing >= MOSTLY * self.lengths) & (nothing < self.lengths) & (self.values.min(axis=1, initial=0.0) >= 0)
        )

    @cached_property
    def seasonal(self) -> NDArray[np.bool_]:
        """Cases that have two full seasons: fewer claim none."""
        return (self.lengths >= 2 * self.season) if self.season > 1 else np.zeros(len(self), dtype=bool)

    @cached_property
    def added_season(self) -> Season:
        return season_of(self.values, self.lengths, self.season, multiplied=False)

    @cached_property
    def factor_season(self) -> Season:
        return season_of(self.values, self.lengths, self.season, multiplied=True)

    @cached_property
    def logs(self) -> "Cases":
        """Logarithms of the positive cases; the others as they are."""
        taken = self.positive[:, None] & self.there
        return Cases(np.log(self.values, out=self.values.copy(), where=taken), self.lengths, self.season)

    def from_logs(self, forecast: Floats) -> Floats:
        """Back from what was forecast of `logs`; bounded, as an exponential isn't."""
        made = np.where(self.positive[:, None], np.exp(np.minimum(forecast, LARGEST_POWER)), forecast)
        return self.bounded(made)

    def bounded(self, forecast: Floats) -> Floats:
        """What was forecast of the positive cases, no farther beyond their values than a history can say."""
        lowest = np.where(self.there, self.values, np.inf).min(axis=1, initial=np.inf)
        highest = self.values.max(axis=1, initial=0.0)
        within = np.clip(forecast, lowest[:, None] / FARTHEST, highest[:, None] * FARTHEST)
        return np.where(self.positive[:, None], within, forecast)

    def last(self, periods_count: int) -> Floats:
        """The last periods of each case; a shorter case repeats its first."""
        at = self.lengths[:, None] - periods_count + np.arange(periods_count)
        return np.take_along_axis(self.values, np.maximum(at, 0), axis=1)


MOSTLY = 0.4
FARTHEST = 10.0
"""A forecast for a history above 0 stays below this many times its highest value, and above its lowest divided by it."""
LARGEST_POWER = 700.0
