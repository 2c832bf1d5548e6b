"""The candidates: each makes the forecast of all cases at once, cases × steps ahead."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from spm.forecast.methods.autoregression import autoregressed
from spm.forecast.methods.smoothing import Grid, pace_of, smoothed
from spm.forecast.methods.stl import stl
from spm.forecast.methods.theta import theta_forecast
from spm.forecast.series.cases import Cases
from spm.forecast.shape.season import Season

Floats = NDArray[np.float64]

ALPHAS = [0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99]
FEWER_ALPHAS = [0.05, 0.15, 0.3, 0.5, 0.75, 0.99]
SIMPLE = Grid.of(ALPHAS, [0.0], [1.0], first_trend=False)
DAMPED = [0.1, 0.3, 0.6, 0.95], [0.05, 0.3, 1.0], [0.8, 0.95]
"""Alphas, shares and dampings of a fading trend, up to one that turns as quickly as the level, as no other member's does. On the
hold-outs twice as many points were no better, and shares up to 0.2 alone worse by 0.3 %."""
TRENDED_SHARES = [0.01, 0.03, 0.1]
RECENT_LAGS = 6
LAST_YEAR = -0.2
"""How much of what the last year lay apart from the one before is usually taken back in the next: what was chance in it. Of 0 to
-0.5, months of M3 were best with 0, those of M1 with -0.5; in between it hardly matters."""
RARELY = 0.1


def last_value(cases: Cases, horizon: int) -> Floats:
    return np.repeat(cases.last(1), horizon, axis=1)


def mean(cases: Cases, horizon: int) -> Floats:
    means = cases.values.sum(axis=1) / np.maximum(cases.lengths, 1)
    return np.repeat(means[:, None], horizon, axis=1)


def seasonal_naive(cases: Cases, horizon: int) -> Floats:
    """The same period a season ago; the last value where there are fewer than two seasons."""
    year = cases.last(cases.season)[:, np.arange(horizon) % cases.season]
    return np.where(cases.seasonal[:, None], year, last_value(cases, horizon))


def simple_smoothing(cases: Cases, horizon: int) -> Floats:
    return _around_season(cases, horizon, lambda rest: smoothed(rest.values, rest.lengths, SIMPLE).forecast(horizon))


def drift(cases: Cases, horizon: int) -> Floats:
    """The last value, and from there on the mean step of the whole history."""

    def straight_on(rest: Cases) -> Floats:
        last, steps_count = rest.last(1), np.maximum(rest.lengths - 1, 1)[:, None]
        return last + (last - rest.values[:, :1]) / steps_count * np.arange(1, horizon + 1)

    return _around_season(cases, horizon, straight_on)


def holt_trend(cases: Cases, horizon: int) -> Floats:
    grid = Grid.of(FEWER_ALPHAS, [share * pace_of(cases.season) for share in TRENDED_SHARES], [1.0])
    return _around_season_of_logs(
        cases, horizon, lambda rest: smoothed(rest.values, rest.lengths, grid).forecast(horizon)
    )


def damped_trend(cases: Cases, horizon: int) -> Floats:
    return _around_season_of_logs(cases, horizon, lambda rest: _damped(rest, horizon))


def theta(cases: Cases, horizon: int) -> Floats:
    return _around_season(cases, horizon, lambda rest: theta_forecast(rest.values, rest.lengths, horizon))


def log_theta(cases: Cases, horizon: int) -> Floats:
    return _around_season_of_logs(cases, horizon, lambda rest: theta_forecast(rest.values, rest.lengths, horizon))


def autoregression(cases: Cases, horizon: int) -> Floats:
    """What follows from the last few steps, which of a walk say nothing."""
    usual = dict.fromkeys(range(1, RECENT_LAGS + 1), 0.0)
    return _around_season_of_logs(cases, horizon, lambda rest: autoregressed(rest, usual, horizon))


def seasonal_autoregression(cases: Cases, horizon: int) -> Floats:
    """What follows from how far the last periods lay above those a season before; logarithms where positive.

    No season is estimated: it is the last one. Of a walk with a fixed season, such changes go on by 1 - 1 / season.
    The last value where there are fewer than two seasons.
    """
    usual = {1: 1 - 1 / cases.season, 2: 0.0, cases.season: LAST_YEAR}
    made = cases.from_logs(autoregressed(cases.logs, usual, horizon, apart=cases.season))
    return np.where(cases.seasonal[:, None], made, last_value(cases, horizon))


def stl_trend(cases: Cases, horizon: int) -> Floats:
    """Damped trend of what STL leaves without its season, with the season of the last year; logarithms where positive.

    STL finds a season in anything: it is drawn in as far as the decomposition by years believes in one.
    """
    logs = cases.logs
    seasonal = logs.added_season.belief[:, None] * stl(logs.values, logs.lengths, logs.season)[1]
    rest = Cases.of(logs.values - seasonal, logs.lengths, logs.season)
    at = cases.lengths[:, None] - cases.season + np.arange(horizon) % cases.season
    year = np.where(cases.seasonal[:, None], np.take_along_axis(seasonal, np.maximum(at, 0), axis=1), 0.0)
    return cases.from_logs(_damped(rest, horizon) + year)


def intermittent_demand(cases: Cases, horizon: int) -> Floats:
    """How likely a period has anything, times how much it then is, both smoothed (Teunter, Syntetos, Babai 2011)."""
    first = np.where(cases.there & (cases.values != 0), 1.0, 0.0)
    counts = np.maximum(cases.lengths, 1)
    chance = first.sum(axis=1) / counts
    size = cases.values.sum(axis=1) / np.maximum(first.sum(axis=1), 1.0)
    for t in range(cases.values.shape[1]):
        happened = first[:, t] > 0
        chance += np.where(cases.there[:, t], RARELY * (first[:, t] - chance), 0.0)
        size += np.where(happened, RARELY * (cases.values[:, t] - size), 0.0)
    return np.repeat((chance * size)[:, None], horizon, axis=1)


def _damped(rest: Cases, horizon: int) -> Floats:
    alphas, shares, dampings = DAMPED
    grid = Grid.of(alphas, [share * pace_of(rest.season) for share in shares], dampings)
    return smoothed(rest.values, rest.lengths, grid).forecast(horizon)


def _around_season(cases: Cases, horizon: int, method: Callable[[Cases], Floats]) -> Floats:
    """`method` of what is left without the season, with the season put back: as factors where all values are positive."""
    made = np.zeros((len(cases), horizon))
    for rows, multiplied in ((cases.positive, True), (~cases.positive, False)):
        if rows.any():
            part = cases.only(rows)
            season = part.factor_season if multiplied else part.added_season
            made[rows] = part.bounded(season.put_back(method(_without(part, season)), part.lengths))
    return made


def _around_season_of_logs(cases: Cases, horizon: int, method: Callable[[Cases], Floats]) -> Floats:
    """The same of the logarithms, where all values are positive."""
    logs, season = cases.logs, cases.logs.added_season
    return cases.from_logs(season.put_back(method(_without(logs, season)), cases.lengths))


def _without(cases: Cases, season: Season) -> Cases:
    return Cases.of(season.removed(cases.values), cases.lengths, cases.season)
