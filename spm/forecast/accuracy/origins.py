"""The back-test: the league run at past origins of every series, and what came after."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spm.forecast.accuracy.measures import ROUNDING
from spm.forecast.methods.league import league
from spm.forecast.methods.working_days import working_day_effect
from spm.forecast.series.cases import Cases
from spm.forecast.series.gaps import filled
from spm.forecast.series.panel import Panel
from spm.forecast.shape.disturbances import Disturbances, calmed, disturbances
from spm.forecast.shape.traits import traits

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

USUAL_STEPS = 3.0
"""Steps of what is usual among all cases that a case's own are mixed with: without them the 95 % ranges of histories of four to
eight months, among long ones of M3, held 86 % of what came."""


@dataclass(frozen=True)
class Standpoint:
    """What is known at some origin of each row: its history made ready, what was found in it, and what days to come do.

    The history has its gaps filled, is freed of its working days and of shifts of level, and has its outliers as asked for.
    """

    cases: Cases
    found: Disturbances
    working_day_effect: Floats
    days_ahead: Floats

    def league(self) -> Floats:
        """Models × rows × steps ahead."""
        return league(self.cases, self.days_ahead.shape[1]) * self.days_ahead


@dataclass(frozen=True)
class Past:
    """One row per series and origin.

    `series`: the row of the panel; `origin`: the number of the origin, 0 the latest; `back`: how many periods before the end
    of the series it lies;
    `forecasts`: models × rows × steps; `actuals`: rows × steps, NaN where missing or not come yet;
    `scale`: what a usual step was up to the origin, per row; `unit` the same, or what a usual value was where none moved;
    `traits`: rows × traits of the history up to the origin.
    """

    series: Counts
    origin: Counts
    back: Counts
    forecasts: Floats
    actuals: Floats
    scale: Floats
    unit: Floats
    traits: Floats

    def sizes(self, errors: Floats) -> Floats:
        """… × rows: the sum over the steps of absolute errors (… × rows × steps), in usual steps of the series."""
        return np.nan_to_num(np.abs(errors)).sum(axis=-1) / self.unit

    def by_series(self, sizes: Floats, series_count: int) -> Floats:
        """… × series: sums of what is … × rows."""
        if sizes.ndim > 1:
            return np.stack([self.by_series(each, series_count) for each in sizes])
        return np.bincount(self.series, sizes, series_count).astype(np.float64)

    def of_rows(self, rows: NDArray[np.bool_]) -> "Past":
        """These rows alone; `series` still numbers those of the whole panel."""
        return Past(
            self.series[rows],
            self.origin[rows],
            self.back[rows],
            self.forecasts[:, rows],
            self.actuals[rows],
            self.scale[rows],
            self.unit[rows],
            self.traits[rows],
        )


def past(of: Panel, season: int, horizon: int, origins: int, together: Counts, outliers: str) -> Past:
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
    known = standpoint(of, season, series, chosen, horizon, outliers)
    scale, size = usual_step(known.cases), usual_size(known.cases)
    unit = np.where(scale > 0, scale, np.where(size > 0, size, 1.0))
    came = what_came(of, series, chosen, horizon)
    return Past(series, origin, chosen, known.league(), came, scale, unit, traits(known.cases))


def what_came(of: Panel, series: Counts, back: Counts, horizon: int) -> Floats:
    """Rows × steps: the values of these series from `back` periods before their end on; NaN where missing or not come yet."""
    at = (of.lengths[series] - back)[:, None] + np.arange(horizon)
    inside = at < of.lengths[series, None]
    return np.where(inside, of.values[series[:, None], np.where(inside, at, 0)], np.nan)


def standpoint(
    of: Panel, season: int, series: Counts, back: Counts, horizon: int, outliers: str, newest: int | None = None
) -> Standpoint:
    """These rows of the panel, each without its last `back` periods: nothing later is looked at. Of what is left only the
    `newest` periods, where that is given."""
    whole = of.lengths[series] - back
    lengths = whole if newest is None else np.minimum(whole, newest)
    width = int(lengths.max(initial=0))
    first = (whole - lengths)[:, None]
    values = filled(of.values[series[:, None], first + np.arange(width)], lengths, season)
    starts = (of.next_periods - of.lengths)[series, None] + first
    days = of.days.at(starts + np.arange(width))
    effect = working_day_effect(values, lengths, days, season)
    cases = Cases.of(values / (1.0 + effect[:, None] * (days - 1.0)), lengths, season)
    found = disturbances(cases)
    ahead = of.days.at(starts + lengths[:, None] + np.arange(horizon))
    return Standpoint(calmed(cases, found, outliers), found, effect, 1.0 + effect[:, None] * (ahead - 1.0))


def usual_step(cases: Cases) -> Floats:
    """Per case, what its values move by from one period to the next once the season is out; 0 where they didn't. Few steps say
    little: theirs is drawn towards the share of their size that is usual among the cases.

    What is left of the periods that a season was found in understates what is left of those to come. Akaike's final prediction
    error (1969) says by how much: (n + p) / (n - p) times the variance, p parameters having been found in n periods.
    """
    season = cases.added_season
    steps = np.abs(np.diff(season.removed(cases.values), axis=1))
    counted = cases.there[:, 1:]
    usual = np.where(counted, steps, 0.0).sum(axis=1) / np.maximum(counted.sum(axis=1), 1)
    found = season.belief * (season.indices.shape[1] - 1)
    wider = np.sqrt((cases.lengths + found) / np.maximum(cases.lengths - found, 1.0))
    size = usual_size(cases)
    moved = usual > ROUNDING * size
    of_all = size * (np.median((usual * wider)[moved] / size[moved]) if moved.any() else 0.0)
    steps_count = np.maximum(cases.lengths - 1, 0)
    drawn_in = (steps_count * usual * wider + USUAL_STEPS * of_all) / (steps_count + USUAL_STEPS)
    return np.where(moved, drawn_in, 0.0)


def usual_size(cases: Cases) -> Floats:
    """Per case the mean of its absolute values; 0 where it has none."""
    return np.abs(cases.values).sum(axis=1) / np.maximum(cases.lengths, 1)
