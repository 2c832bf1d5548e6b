"""How much each member of the combination counts in a series, by what its history is like.

Picking each series' own winner believes luck: on the M3 training histories the winner by past origins erred 8 % more than a
combination. So the weights are those with which the members together would have erred least at the past origins of all series,
and they go with the traits of a history (`shape.traits`), feature-weighted linear stacking (Sill et al. 2009):

    weight(member) = 1 / members + coefficient(member) + sum over traits of coefficient(member, trait) * trait

all coefficients being drawn towards 0, so that few past rows leave the members equal. A weight may lie below 0, where a member
errs as others do, only more; what is combined never leaves the range of its members.

The past is scored in absolute errors. Their sum is brought down by weighted squares, each square over the size that the error
had (iteratively reweighted least squares), which leaves of each origin one small matrix: taking an origin out is a subtraction.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spm.forecast.accuracy.origins import Past
from spm.forecast.methods.league import COMBINED, MODELS

Floats = NDArray[np.float64]

EQUAL_ROWS, TRAIT_ROWS = 40.0, 100.0
"""Past rows that speak for equal weights, and for weights that go with no trait. With a seventh of them panels of five series
were missed by 1.5 % more, those of hundreds by 0.1 % less."""
FARTHEST = 2.5
"""Standard deviations beyond which a trait moves weights no farther."""
REWEIGHTED = 6
"""Rounds: after three, quarterly hold-outs were missed by 0.5 % more, after ten by no less."""
SMALLEST_UNIT, SMALLEST_ERROR = 0.3, 0.25
"""Shares of a usual step, and of a row's mean error, below which neither makes a row, or a step of it, count more."""

AT = {name: row for row, name in enumerate(MODELS)}
MEMBERS = np.array([AT[name] for name in COMBINED])


@dataclass(frozen=True)
class Combination:
    """Weights that sum to 1: models × series, and models × past rows, those chosen without the row's own origin."""

    weights: Floats
    past_weights: Floats


def combination(known: Past, traits: Floats) -> Combination:
    """`traits`: series × traits of the full histories."""
    middle, spread = _usual(known.traits)
    past_traits, now_traits = (_standard(each, middle, spread) for each in (known.traits, traits))
    together, without = _coefficients(known, past_traits)
    past = np.einsum("rmt,rt->mr", without[known.origin], past_traits)
    return Combination(_of_all_models(together @ now_traits.T), _of_all_models(past))


def blended(weights: Floats, forecasts: Floats) -> Floats:
    """Rows × steps from models × rows × steps, never beyond the models that count."""
    made = np.einsum("mr,mrh->rh", weights, forecasts)
    counts = (weights != 0)[:, :, None]
    lowest = np.where(counts, forecasts, np.inf).min(axis=0, initial=np.inf)
    return np.clip(made, lowest, np.where(counts, forecasts, -np.inf).max(axis=0, initial=-np.inf))


def _usual(traits: Floats) -> tuple[Floats, Floats]:
    """Mean and standard deviation of each trait; 0 and 1 where no row is known, or all are alike."""
    if not len(traits):
        return np.zeros(traits.shape[1]), np.ones(traits.shape[1])
    spread = traits.std(axis=0)
    return traits.mean(axis=0), np.where(spread > np.finfo(np.float32).eps, spread, np.inf)


def _standard(traits: Floats, middle: Floats, spread: Floats) -> Floats:
    """Rows × (1, then each trait in standard deviations from its mean)."""
    apart = np.clip((traits - middle) / spread, -FARTHEST, FARTHEST)
    return np.concatenate([np.ones((len(traits), 1)), apart], axis=1)


def _of_all_models(leanings: Floats) -> Floats:
    found = np.zeros((len(MODELS), leanings.shape[1]))
    found[MEMBERS] = 1 / len(MEMBERS) + leanings
    return found


def _coefficients(known: Past, traits: Floats) -> tuple[Floats, Floats]:
    """Members × traits; and origins × members × traits, made without that origin."""
    came = np.isfinite(known.actuals)
    middle = known.forecasts[MEMBERS].mean(axis=0)
    missed = np.where(came, known.actuals - middle, 0.0)
    apart = np.where(came, known.forecasts[MEMBERS] - middle, 0.0).transpose(1, 0, 2)
    counts = np.maximum(came.sum(axis=1, keepdims=True), 1)
    usual = np.maximum(np.abs(missed).sum(axis=1, keepdims=True) / counts, SMALLEST_UNIT * known.unit[:, None])
    origins = [known.origin == origin for origin in range(int(known.origin.max(initial=0)) + 1)]
    rows = np.full(traits.shape[1], TRAIT_ROWS)
    rows[0] = EQUAL_ROWS
    ridge = np.diag(np.tile(rows, len(MEMBERS)))
    found = np.zeros((len(MEMBERS), traits.shape[1]))
    for _ in range(REWEIGHTED):
        left = missed - np.einsum("rm,rmh->rh", traits @ found.T, apart)
        rooted = 1 / np.sqrt(2 * np.maximum(np.abs(left), SMALLEST_ERROR * usual) * usual * counts)
        squares, products = _sums(apart * rooted[:, None], missed * rooted, traits, origins)
        found = np.linalg.solve(squares.sum(axis=0) + ridge, products.sum(axis=0)).reshape(found.shape)
    without = np.linalg.solve(squares.sum(axis=0) - squares + ridge, (products.sum(axis=0) - products)[:, :, None])
    return found, without.reshape(-1, *found.shape)


def _sums(apart: Floats, missed: Floats, traits: Floats, origins: Sequence[NDArray[np.bool_]]) -> tuple[Floats, Floats]:
    """Of each origin's rows the products of (member, trait) with each other, and with what was missed."""
    (count, members, _), kinds = apart.shape, traits.shape[1]
    of_members = (apart @ apart.transpose(0, 2, 1)).reshape(count, members**2)
    of_missed = np.einsum("rmh,rh->rm", apart, missed)
    of_traits = (traits[:, :, None] * traits[:, None, :]).reshape(count, kinds**2)
    pairs = np.array([of_members[mine].T @ of_traits[mine] for mine in origins])
    squares = pairs.reshape(-1, members, members, kinds, kinds).transpose(0, 1, 3, 2, 4)
    products = np.array([of_missed[mine].T @ traits[mine] for mine in origins])
    return squares.reshape(-1, members * kinds, members * kinds), products.reshape(-1, members * kinds)
