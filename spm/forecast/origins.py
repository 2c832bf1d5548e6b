"""The back-test: the league run at past origins of every series, and what came after."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spm.forecast.cases import Cases
from spm.forecast.gaps import filled
from spm.forecast.league import league
from spm.forecast.panel import Panel

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Past:
    """One row per series and origin.

    `series`: the row of the panel; `back`: how many periods before its end the origin lies; `origin`: 0 is the latest;
    `forecasts`: models × rows × steps; `actuals`: rows × steps, NaN where missing or not come yet;
    `scale`: what a usual step or error was up to the origin, per row.
    """

    series: Counts
    back: Counts
    origin: Counts
    forecasts: Floats
    actuals: Floats
    scale: Floats

    @property
    def errors(self) -> Floats:
        """Models × rows × steps: actual less forecast."""
        return self.actuals - self.forecasts


def past(of: Panel, season: int, horizon: int, origins: int, together: Counts) -> Past:
    """`origins` origins per series, a third of the horizon apart, nearer where the history is short.

    An origin keeps two full seasons of history where the series has more than that, otherwise half of it. The rows of
    the panel in `together` have their origins in the same periods, as far as each reaches.
    """
    least = np.minimum(2 * season, of.lengths - of.lengths // 2)
    room = of.lengths - np.maximum(least, 1)
    apart = np.clip(room // max(origins, 1), 1, max(1, horizon // 3))
    apart[together] = apart[together].max(initial=1)
    back = apart[:, None] * np.arange(1, origins + 1)
    series, origin = np.nonzero(back <= room[:, None])
    chosen = back[series, origin]
    cases = cases_at(of, season, series, chosen)
    at = of.lengths[series, None] - chosen[:, None] + np.arange(horizon)
    inside = at < of.lengths[series, None]
    actuals = np.where(inside, of.values[series[:, None], np.where(inside, at, 0)], np.nan)
    return Past(series, chosen, origin, league(cases, horizon), actuals, usual_error(cases))


def cases_at(of: Panel, season: int, series: Counts, back: Counts) -> Cases:
    """The histories of these rows of the panel, each without its last `back` periods."""
    lengths = of.lengths[series] - back
    width = int(lengths.max(initial=0))
    return Cases.of(filled(of.values[series, :width], lengths, season), lengths, season)


def usual_error(cases: Cases) -> Floats:
    """Per case, what its values moved by from one period to the next once the season is out; 0 where they didn't."""
    rest = cases.added_season.removed(cases.values)
    steps = np.abs(np.diff(rest, axis=1))
    counted = cases.there[:, 1:]
    return np.where(counted, steps, 0.0).sum(axis=1) / np.maximum(counted.sum(axis=1), 1)
