"""Each method against a slow and obvious implementation, or the library's."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy.optimize import minimize
from statsmodels.tsa.forecasting.theta import ThetaModel
from statsmodels.tsa.seasonal import STL, seasonal_decompose

from spm.forecast.methods import candidates
from spm.forecast.methods.autoregression import DRIFT_RIDGE, RIDGE, autoregressed
from spm.forecast.methods.smoothing import Grid, smoothed
from spm.forecast.methods.stl import stl
from spm.forecast.methods.theta import ALPHAS, SHARES, running_lines, theta_forecast
from spm.forecast.series.cases import Cases
from spm.forecast.shape.season import moving_average, season_of, straight_line
from tests.forecast.series import Floats, realistic

RANDOM = np.random.default_rng(11)
WALK = 50 + RANDOM.normal(size=40).cumsum()


def case(values: Floats, season: int = 12) -> Cases:
    return Cases.of(values[None], np.array([len(values)]), season)


def slow_smoothing(
    values: Floats, alpha: float, beta: float, damping: float, level: float, trend: float
) -> tuple[float, float, float]:
    """Sum of squared errors, last level and trend, from given first states."""
    squared = 0.0
    for value in values:
        expected = level + damping * trend
        error = value - expected
        level, trend = expected + alpha * error, damping * trend + beta * error
        squared += error**2
    return squared, level, trend


@pytest.mark.parametrize(("alpha", "beta", "damping"), [(0.3, 0.05, 0.9), (0.8, 0.2, 1.0), (0.1, 0.0, 0.98)])
def test_one_point_of_a_grid_is_the_recursion_with_the_best_first_states(
    alpha: float, beta: float, damping: float
) -> None:
    grid = Grid(np.array([alpha]), np.array([beta]), np.array([damping]), first_trend=True)
    found = smoothed(WALK[None], np.array([40]), grid)

    def squared(first: Floats) -> float:
        return slow_smoothing(WALK, alpha, beta, damping, *first)[0]

    best = minimize(
        squared, [WALK[0], 0.0], method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 4000}
    )
    _, level, trend = slow_smoothing(WALK, alpha, beta, damping, *best.x)
    assert found.squared_error[0, 0] == pytest.approx(best.fun, rel=1e-6)
    expected = level + trend * np.cumsum(damping ** np.arange(1, 6))
    assert found.forecast(5)[0] == pytest.approx(expected, rel=1e-4)


def test_a_grid_is_averaged_by_likelihood() -> None:
    grid = Grid.of([0.1, 0.5, 0.9], [0.0], [1.0], first_trend=False)
    single = [
        smoothed(WALK[None], np.array([40]), Grid.of([alpha], [0.0], [1.0], first_trend=False)) for alpha in grid.alpha
    ]
    likelihood = np.array([one.squared_error[0, 0] ** -20.0 for one in single])
    expected = np.average([one.forecast(1)[0, 0] for one in single], weights=likelihood)
    assert smoothed(WALK[None], np.array([40]), grid).forecast(1)[0, 0] == pytest.approx(expected, rel=1e-4)


def test_series_of_other_lengths_do_not_disturb_each_other() -> None:
    values = np.vstack([WALK, np.r_[WALK[:17], np.full(23, 9e9)]])
    grid = Grid.of([0.2, 0.7], [0.1], [0.9])
    together = smoothed(values, np.array([40, 17]), grid).forecast(4)
    assert together[0] == pytest.approx(smoothed(WALK[None], np.array([40]), grid).forecast(4)[0])
    assert together[1] == pytest.approx(smoothed(WALK[None, :17], np.array([17]), grid).forecast(4)[0])


def slow_theta(values: Floats, alpha: float, theta: float, first: float, horizon: int) -> tuple[float, Floats]:
    """Sum of squared errors and forecast of the dynamic model, every line fitted anew, from a given first level."""
    share, level, squared = 1 - 1 / theta, first, 0.0
    for t in range(len(values) + 1):
        slope, start = np.polyfit(np.arange(1, t + 1), values[:t], 1) if t > 1 else (0.0, values[:t].sum())
        faded = (1 - alpha) ** t
        line = faded * start + (1 - faded * (1 - alpha)) / alpha * slope
        if t < len(values):
            squared += (values[t] - level - share * line) ** 2
            level += alpha * (values[t] - level)
    return squared, level + share * (line + slope * np.arange(horizon))


def test_theta_averages_the_published_model_by_likelihood() -> None:
    values, likelihoods, forecasts = WALK - WALK[0], [], []
    for alpha in ALPHAS.ravel():
        for share in SHARES.ravel():
            ends = [slow_theta(values, alpha, 1 / (1 - share), first, 5) for first in (-1.0, 0.0, 1.0)]
            curve = np.polyfit([-1.0, 0.0, 1.0], [squared for squared, _ in ends], 2)
            squared, forecast = slow_theta(values, alpha, 1 / (1 - share), -curve[1] / (2 * curve[0]), 5)
            likelihoods.append(squared ** (-len(values) / 2))
            forecasts.append(forecast)
    expected = WALK[0] + np.average(forecasts, axis=0, weights=likelihoods)
    assert theta_forecast(WALK[None], np.array([40]), 5)[0] == pytest.approx(expected, rel=1e-4)


def test_running_lines_are_numpy_s() -> None:
    intercepts, slopes = running_lines(WALK[None])
    for t in (2, 3, 17, 40):
        slope, start = np.polyfit(np.arange(1, t + 1), WALK[:t], 1)
        assert (intercepts[t, 0], slopes[t, 0]) == (pytest.approx(start), pytest.approx(slope))


def test_theta_goes_on_with_half_the_slope_as_the_library_s_does() -> None:
    """Ours averages over alphas and thetas; the library takes a theta of 2: close where the line is clear."""
    values = 20 + 0.5 * np.arange(60) + RANDOM.normal(0, 1, 60)
    theirs = ThetaModel(values, period=1, deseasonalize=False).fit().forecast(8).to_numpy()
    assert candidates.theta(case(values, 1), 8)[0] == pytest.approx(theirs, rel=0.04)


def test_a_drift_goes_on_from_the_last_value_by_the_mean_step() -> None:
    assert candidates.drift(case(np.array([3.0, 9.0, 4.0, 6.0]), 1), 3).tolist() == [[7.0, 8.0, 9.0]]
    assert candidates.drift(case(np.array([5.0]), 12), 2).tolist() == [[5.0, 5.0]]


@pytest.mark.parametrize(("length", "season"), [(48, 12), (61, 12), (26, 12), (40, 4), (9, 4)])
def test_stl_is_the_library_s(length: int, season: int) -> None:
    values = RANDOM.normal(size=length).cumsum() + 3 * np.sin(2 * np.pi * np.arange(length) / season)
    theirs = STL(values, period=season, seasonal=7).fit(inner_iter=5, outer_iter=0)
    trend, seasonal = stl(values[None], np.array([length]), season)
    np.testing.assert_allclose(trend[0], theirs.trend, atol=1e-9)
    np.testing.assert_allclose(seasonal[0], theirs.seasonal, atol=1e-9)


@pytest.mark.parametrize("season", [12, 4, 7])
def test_the_moving_average_is_the_library_s(season: int) -> None:
    theirs = seasonal_decompose(WALK, period=season).trend
    np.testing.assert_allclose(moving_average(WALK[None], np.array([40]), season)[0], theirs)


def test_the_straight_line_is_numpy_s() -> None:
    slope, start = np.polyfit(np.arange(40), WALK, 1)
    np.testing.assert_allclose(straight_line(WALK[None], np.array([40]))[0], start + slope * np.arange(40))


def test_a_season_is_believed_as_far_as_it_stands_out() -> None:
    pure = 100 + 20 * np.sin(2 * np.pi * np.arange(60) / 12)
    noisy = pure + RANDOM.normal(0, 10, 60)
    noise = 100 + RANDOM.normal(0, 10, 60)
    found = season_of(np.vstack([pure, noisy, noise]), np.full(3, 60), 12, multiplied=False)
    assert found.belief[0] == pytest.approx(1.0)
    assert found.belief[0] > found.belief[1] > 0.5 > found.belief[2]
    np.testing.assert_allclose(found.indices[0], 20 * np.sin(2 * np.pi * np.arange(12) / 12), atol=1e-9)


def slow_autoregression(values: Floats, usual: dict[int, float], horizon: int, apart: int) -> Floats:
    """Equation by equation; what is usual for a coefficient is one more equation, as heavy as its ridge."""
    changes = {t: values[t] - values[t - apart] for t in range(apart, len(values))}
    size = np.sqrt(np.mean(np.square(list(changes.values()))))
    scaled = {t: change / size for t, change in changes.items()}
    equations = [[scaled.get(t - lag, 0.0) for lag in usual] + [1.0] for t in scaled]
    answers = list(scaled.values())
    for number, (weight, drawn_to) in enumerate([*((RIDGE, each) for each in usual.values()), (DRIFT_RIDGE, 0.0)]):
        equations.append([np.sqrt(weight) * (number == at) for at in range(len(usual) + 1)])
        answers.append(np.sqrt(weight) * drawn_to)
    *coefficients, drift = np.linalg.lstsq(np.array(equations), np.array(answers), rcond=None)[0]
    made = list(values)
    for t in range(len(values), len(values) + horizon):
        pairs = zip(coefficients, usual, strict=True)
        scaled[t] = drift + sum(coefficient * scaled.get(t - lag, 0.0) for coefficient, lag in pairs)
        made.append(made[t - apart] + size * scaled[t])
    return np.array(made[len(values) :])


@pytest.mark.parametrize(
    ("usual", "apart"), [({1: 0.0, 2: 0.0, 5: 0.0}, 1), ({1: 0.75, 2: 0.0, 4: -0.2}, 4), ({1: 0.9, 12: -0.2}, 12)]
)
def test_autoregression_is_ridge_regression(usual: dict[int, float], apart: int) -> None:
    made = autoregressed(case(WALK), usual, 15, apart)[0]
    np.testing.assert_allclose(made, slow_autoregression(WALK, usual, 15, apart))


def test_a_season_on_a_straight_line_goes_on_by_seasonal_autoregression() -> None:
    """Every change over a season is the same: a drift that little speaks against."""
    values = 5 + np.arange(60) / 10 - np.arange(60) % 12
    expected = 5 + np.arange(60, 72) / 10 - np.arange(12)
    assert candidates.seasonal_autoregression(case(values), 12)[0] == pytest.approx(expected, abs=0.6)
    short = candidates.seasonal_autoregression(case(values[:23]), 2)[0]
    assert short.tolist() == [values[22]] * 2


def test_intermittent_demand_is_chance_times_size() -> None:
    values = np.array([0, 0, 10, 0, 0, 0, 20, 0, 0, 10, 0, 0.0])
    chance, size = 3 / 12, 40 / 3
    for value in values:
        chance += 0.1 * ((value > 0) - chance)
        size += 0.1 * (value - size) * (value > 0)
    assert candidates.intermittent_demand(case(values), 2)[0] == pytest.approx([chance * size] * 2)


def test_the_simple_rules() -> None:
    values = np.arange(30.0)
    assert candidates.last_value(case(values), 2)[0].tolist() == [29, 29]
    assert candidates.mean(case(values), 2)[0].tolist() == [14.5, 14.5]
    assert candidates.seasonal_naive(case(values), 14)[0].tolist() == [*range(18, 30), 18, 19]
    assert candidates.seasonal_naive(case(values[:20]), 2)[0].tolist() == [19, 19]


@pytest.mark.parametrize("method", [candidates.log_theta, candidates.damped_trend, candidates.stl_trend])
def test_a_history_that_grows_in_proportion_goes_on_growing(method: Callable[[Cases, int], Floats]) -> None:
    values = 100 * 1.02 ** np.arange(60)
    made = method(case(values), 6)[0]
    assert (np.diff(made) > 0).all()
    assert made[-1] < values[-1] * 1.02**6 * 1.001


def test_every_method_gives_numbers_for_any_length() -> None:
    values = realistic(8, 30)
    lengths = np.array([1, 2, 3, 5, 12, 23, 24, 30])
    cases = Cases.of(values, lengths, 12)
    for name, method in candidates.__dict__.items():
        if callable(method) and getattr(method, "__module__", "") == candidates.__name__ and not name.startswith("_"):
            assert np.isfinite(method(cases, 7)).all(), name
