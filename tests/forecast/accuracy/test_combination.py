"""The weights of the combination, against a general optimiser and against taking origins out by hand."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import minimize

from spm.forecast.accuracy.combination import (
    EQUAL_ROWS,
    FARTHEST,
    MEMBERS,
    SMALLEST_ERROR,
    SMALLEST_UNIT,
    TRAIT_ROWS,
    blended,
    combination,
)
from spm.forecast.accuracy.origins import Past, past, standpoint
from spm.forecast.methods.league import MODELS
from spm.forecast.series.cases import Cases
from spm.forecast.series.panel import panel
from spm.forecast.shape.traits import traits
from tests.forecast.series import many, realistic

SERIES_COUNT, HORIZON = 15, 6


@pytest.fixture(scope="module")
def known() -> Past:
    return past(panel(many(realistic(SERIES_COUNT, 48)), 12), 12, HORIZON, 4, np.array([], dtype=np.int64), "bound")


@pytest.fixture(scope="module")
def cases() -> Cases:
    rows = np.arange(SERIES_COUNT)
    return standpoint(
        panel(many(realistic(SERIES_COUNT, 48)), 12), 12, rows, np.zeros_like(rows), HORIZON, "bound"
    ).cases


def standard(of: np.ndarray, among: np.ndarray) -> np.ndarray:
    """Rows × (1, then each trait in standard deviations from the mean of `among`)."""
    apart = np.clip((of - among.mean(axis=0)) / among.std(axis=0), -FARTHEST, FARTHEST)
    return np.concatenate([np.ones((len(of), 1)), apart], axis=1)


def test_weights_miss_as_little_as_a_general_optimiser_s(known: Past, cases: Cases) -> None:
    """Absolute errors (squared below a quarter of a row's usual one), each row's mean in usual errors, plus what coefficients
    cost: a slow optimiser that starts from them finds none that make that less."""
    found = combination(known, traits(cases))
    came = np.isfinite(known.actuals)
    middle = known.forecasts[MEMBERS].mean(axis=0)
    apart = np.where(came, known.forecasts[MEMBERS] - middle, 0.0)
    gap = np.where(came, known.actuals - middle, 0.0)
    past_traits, now_traits = (standard(each, known.traits) for each in (known.traits, traits(cases)))
    counts = came.sum(axis=1, keepdims=True)
    usual = np.abs(gap).sum(axis=1, keepdims=True) / counts
    usual = np.maximum(usual, SMALLEST_UNIT * known.unit[:, None])
    cost_of = np.array([EQUAL_ROWS, TRAIT_ROWS, TRAIT_ROWS, TRAIT_ROWS])
    small = SMALLEST_ERROR * usual

    def cost(flat: np.ndarray) -> float:
        coefficients = flat.reshape(len(MEMBERS), -1)
        missed = np.abs(gap - np.einsum("mr,mrh->rh", coefficients @ past_traits.T, apart))
        huber = np.where(missed < small, missed**2 / (2 * small) + small / 2, missed)
        return float((huber / (usual * counts)).sum() + (cost_of * coefficients**2).sum())

    own = np.linalg.lstsq(now_traits, (found.weights[MEMBERS] - 1 / len(MEMBERS)).T, rcond=None)[0].T
    best = minimize(cost, own.ravel(), method="L-BFGS-B")
    assert cost(own.ravel()) <= best.fun * 1.001
    assert cost(own.ravel()) < cost(np.zeros(own.size))


def test_weights_sum_to_one_and_go_to_members_alone(known: Past, cases: Cases) -> None:
    found = combination(known, traits(cases))
    for weights in (found.weights, found.past_weights):
        assert weights.sum(axis=0) == pytest.approx(np.ones(weights.shape[1]))
        assert (np.delete(weights, MEMBERS, axis=0) == 0).all()


def test_what_is_blended_stays_among_those_that_count() -> None:
    forecasts = np.array([[[1.0, 10.0]], [[2.0, 20.0]], [[9.0, 90.0]]])
    assert blended(np.array([[-1.0], [2.0], [0.0]]), forecasts).tolist() == [[2.0, 20.0]]
    assert blended(np.array([[0.5], [0.5], [0.0]]), forecasts).tolist() == [[1.5, 15.0]]


def with_better(known: Past, model: str, rows: np.ndarray) -> Past:
    """The past in which a model missed by a fifth of what it did."""
    at, forecasts = MODELS.index(model), known.forecasts.copy()
    forecasts[at, rows] = (forecasts[at, rows] + 4 * np.nan_to_num(known.actuals[rows])) / 5
    return replace(known, forecasts=forecasts)


def test_who_is_better_everywhere_counts_more_for_all(known: Past, cases: Cases) -> None:
    better = with_better(known, "Theta", known.series >= 0)
    plain, found = (combination(each, traits(cases)).weights for each in (known, better))
    at = MODELS.index("Theta")
    assert (found[at] > plain[at] + 0.1).all()


def test_who_is_better_for_histories_of_a_kind_counts_more_for_those(known: Past, cases: Cases) -> None:
    """A naive forecast that is good where histories move much gains there, and not where they move little."""
    moves = traits(cases)[:, 2]
    loud = known.traits[:, 2] > np.median(moves)
    plain, found = (
        combination(each, traits(cases)).weights for each in (known, with_better(known, "seasonal naive", loud))
    )
    gained = (found - plain)[MODELS.index("seasonal naive")]
    assert (
        gained[moves.argmax()] > 2 * gained[moves.argmin()] > 0 or gained[moves.argmin()] <= 0 < gained[moves.argmax()]
    )


def test_a_past_row_is_weighed_without_its_own_origin(known: Past, cases: Cases) -> None:
    """What came at the latest origin changes the weights of now and of the other origins; its own only through the sizes that
    errors are held against."""
    latest = known.origin == 0
    actuals = known.actuals.copy()
    actuals[latest] *= 3.0
    before, after = (combination(each, traits(cases)) for each in (known, replace(known, actuals=actuals)))
    own = np.abs(before.past_weights - after.past_weights)
    assert own[:, latest].max() < 0.4 * own[:, ~latest].max()
