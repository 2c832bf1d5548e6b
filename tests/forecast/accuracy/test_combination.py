"""The weights of the combination, against a general optimiser and against taking origins out by hand."""

import numpy as np
import pytest
from scipy.optimize import minimize

from spm.forecast.accuracy.combination import EQUAL_ROWS, MEMBERS, _least, combination
from spm.forecast.accuracy.origins import Past, past
from spm.forecast.methods.league import MODELS
from spm.forecast.series.panel import panel
from tests.forecast.series import many, realistic


@pytest.fixture(scope="module")
def known() -> Past:
    return past(panel(many(realistic(15, 48)), 12), 12, 6, 4, np.array([], dtype=np.int64), "bound")


def test_weights_are_those_of_a_general_optimiser() -> None:
    errors = np.random.default_rng(0).normal(size=(4, 60)) * np.array([[1.0], [2.0], [1.5], [4.0]])
    squares = errors @ errors.T

    def cost(weights: np.ndarray) -> float:
        return float(weights @ squares @ weights + EQUAL_ROWS * (weights * np.log(weights * 4)).sum())

    best = minimize(
        cost,
        np.full(4, 0.25),
        bounds=[(1e-9, 1)] * 4,
        constraints={"type": "eq", "fun": lambda weights: weights.sum() - 1},
    )
    assert _least(squares[None])[0] == pytest.approx(best.x, abs=1e-5)


def test_weights_sum_to_one_and_go_to_members_alone(known: Past) -> None:
    found = combination(known, 15)
    for weights in (found.weights, found.past_weights):
        assert weights.sum(axis=0) == pytest.approx(np.ones(weights.shape[1]))
        assert (weights >= 0).all()
        assert (np.delete(weights, MEMBERS, axis=0) == 0).all()


def with_better(known: Past, model: str, rows: np.ndarray) -> Past:
    """The past in which a model missed by a fifth of what it did."""
    at, forecasts = MODELS.index(model), known.forecasts.copy()
    forecasts[at, rows] = (forecasts[at, rows] + 4 * np.nan_to_num(known.actuals[rows])) / 5
    return Past(known.series, known.origin, known.back, forecasts, known.actuals, known.scale, known.unit)


def test_who_is_better_everywhere_counts_more_for_all(known: Past) -> None:
    plain, found = (combination(each, 15).weights for each in (known, with_better(known, "Theta", known.series >= 0)))
    at = MODELS.index("Theta")
    assert (found[at] > 3 * plain[at]).all()


def test_who_is_better_for_one_series_counts_more_for_it_above_all(known: Past) -> None:
    plain, found = (
        combination(each, 15).weights for each in (known, with_better(known, "seasonal naive", known.series == 0))
    )
    at = MODELS.index("seasonal naive")
    more = found[at] / plain[at]
    assert (more[0] > 1.5 * more[1:]).all()


def test_a_past_row_is_weighed_without_its_own_origin(known: Past) -> None:
    """What came at the latest origin changes the weights of now and of the other origins, not its own."""
    latest = known.origin == 0
    actuals = known.actuals.copy()
    actuals[latest] *= 3.0
    changed = Past(known.series, known.origin, known.back, known.forecasts, actuals, known.scale, known.unit)
    before, after = combination(known, 15), combination(changed, 15)
    own = np.abs(before.past_weights - after.past_weights)
    assert own[:, latest].max() < 0.3 * own[:, ~latest].max()
