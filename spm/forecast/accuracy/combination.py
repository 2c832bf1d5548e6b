"""How much each member of the combination counts, over all series of a panel and for each series.

Picking each series' own winner believes luck: on the M3 training histories the winner by past origins erred 8 % more than a
combination. So the weights are those with which the members together would have erred least at the past origins of all series,
drawn towards equal ones; and for each series they are moved, as far as its own record reaches, to those who did better there.

The past is scored in absolute errors. Their sum is brought down by weighted squares, each square over the size that the error
had (iteratively reweighted least squares), which leaves of each origin one small matrix: taking an origin out is a subtraction.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spm.forecast.accuracy.measures import ROUNDING
from spm.forecast.accuracy.origins import Past
from spm.forecast.methods.league import COMBINED, MODELS

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

EQUAL_ROWS = 5.0
"""Past rows that speak for equal weights."""
USUAL_ORIGINS = 4.0
"""Origins of what is usual in the panel that a series' own record is mixed with."""
REWEIGHTED, NEWTON_STEPS = 6, 10
"""Rounds: after two, quarterly hold-outs were missed by 1 % more, after ten by no less. Steps: five did on all of them."""
MOST_CUT = 0.1
"""What a step of Newton's leaves of a weight at least: below 0 there is none."""
SMALLEST_UNIT, SMALLEST_ERROR = 0.3, 0.25
"""Shares of a usual step, and of a row's mean error, below which neither makes a row, or a step of it, count more."""
LEAST_ERROR = 1e-3
"""Share of the combination's error below which a member gains no more."""

AT = {name: row for row, name in enumerate(MODELS)}
MEMBERS = np.array([AT[name] for name in COMBINED])


@dataclass(frozen=True)
class Combination:
    """Weights that sum to 1: models × series, and models × past rows, those chosen without the row's own origin."""

    weights: Floats
    past_weights: Floats


def combination(known: Past, series_count: int) -> Combination:
    together, without = _together(known)
    rows = without[:, known.origin]
    errors = known.sizes(known.actuals - known.forecasts[MEMBERS])
    combined = known.sizes(known.actuals - blended(rows, known.forecasts[MEMBERS]))
    record, own = known.by_series(errors, series_count), known.by_series(combined, series_count)
    origins = np.bincount(known.series, minlength=series_count)
    scored = own > ROUNDING
    usual = np.median(record[:, scored] / own[scored], axis=1) if scored.any() else np.ones(len(MEMBERS))
    now = _moved(together[:, None], record, own, origins, usual)
    at = known.series
    past = _moved(rows, record[:, at] - errors, own[at] - combined, origins[at] - 1, usual)
    return Combination(_of_all_models(now), _of_all_models(past))


def blended(weights: Floats, forecasts: Floats) -> Floats:
    """Rows × steps from models × rows × steps."""
    return np.einsum("mr,mrh->rh", weights, forecasts)


def _moved(weights: Floats, record: Floats, own: Floats, origins: Counts, usual: Floats) -> Floats:
    """Members × series: a member counts more where its error, to the combination's, is less than is usual for it."""
    relative = np.divide(record, own, out=np.ones_like(record), where=own > ROUNDING)
    mixed = (origins * relative + USUAL_ORIGINS * usual[:, None]) / (origins + USUAL_ORIGINS)
    shares = weights * usual[:, None] / np.maximum(mixed, LEAST_ERROR)
    return np.asarray(shares / shares.sum(axis=0))


def _of_all_models(weights: Floats) -> Floats:
    found = np.zeros((len(MODELS), weights.shape[1]))
    found[MEMBERS] = weights
    return found


def _together(known: Past) -> tuple[Floats, Floats]:
    """One weight per member; and members × origins, made without that origin."""
    came = np.isfinite(known.actuals)
    errors = np.where(came, known.actuals - known.forecasts[MEMBERS], 0.0)
    origins = np.arange(int(known.origin.max(initial=0)) + 1)
    weights = np.full(len(MEMBERS), 1 / len(MEMBERS))
    squares = np.zeros((len(origins), len(MEMBERS), len(MEMBERS)))
    counts = np.maximum(came.sum(axis=1, keepdims=True), 1)
    usual = np.abs(np.einsum("m,mrh->rh", weights, errors)).sum(axis=1, keepdims=True) / counts
    usual = np.maximum(usual, SMALLEST_UNIT * known.unit[:, None])
    for _ in range(REWEIGHTED):
        size = np.maximum(np.abs(np.einsum("m,mrh->rh", weights, errors)), SMALLEST_ERROR * usual)
        scaled = errors / np.sqrt(2 * size * usual * counts)
        for origin in origins:
            rows = scaled[:, known.origin == origin].reshape(len(MEMBERS), -1)
            squares[origin] = rows @ rows.T
        weights = _least(squares.sum(axis=0)[None])[0]
    return weights, _least(squares.sum(axis=0) - squares).T


def _least(squares: Floats) -> Floats:
    """Of each matrix S, weights w that sum to 1 with the least w'Sw plus what it costs to leave equal ones (their relative
    entropy), by Newton's method: matrices × members."""
    count = squares.shape[1]
    weights = np.full(squares.shape[:2], 1 / count)
    system = np.ones((len(squares), count + 1, count + 1))
    system[:, -1, -1] = 0.0
    for _ in range(NEWTON_STEPS):
        slope = 2 * (squares @ weights[:, :, None])[:, :, 0] + EQUAL_ROWS * np.log(weights * count)
        system[:, :-1, :-1] = 2 * squares + EQUAL_ROWS * np.eye(count) / weights[:, None]
        step = np.linalg.solve(system, np.pad(-slope, ((0, 0), (0, 1)))[:, :, None])[:, :-1, 0]
        weights = np.maximum(weights + step, MOST_CUT * weights)
        weights /= weights.sum(axis=1, keepdims=True)
    return weights
