"""A value as a point on a scale on which luck is known, so that people can be told apart. Pure.

On these scales the luck of a value depends on how many cases it rests on and not on the value itself: the arcsine of the
root for rates, the root for counts, the logarithm for averages. An amount is a count of deals of differing size: so many
deals of `typical_cents` would be as uncertain, which is Σ amount² ÷ Σ amount of all deals.
"""

from dataclasses import dataclass
from enum import Enum
from math import isfinite, log, sqrt
from typing import Any, NamedTuple

import numpy as np

from spm.benchmarks.rates import Rate

LEAST_CASES = 10


class Scale(Enum):
    """On what a value is a point."""

    ARCSINE = "of the root: rates"
    ROOT = "counts, and amounts as counts of typical cases"
    LOGARITHM = "averages"


class Estimate(NamedTuple):
    """`at` on its scale, and the standard error there.

    It rests on `cases_count` of `exposure`: hits of trials, events of what they are counted over, of an average the number
    of cases twice. `variation` is that of the single cases, 0 where all count alike.
    """

    at: float
    error: float
    scale: Scale
    cases_count: float
    exposure: float
    variation: float = 0.0


@dataclass(frozen=True)
class Sizes:
    """The sizes of single cases (amounts in minor units, or days): what luck is made of."""

    typical: float  # Σ size² ÷ Σ size
    variation: float  # standard deviation ÷ mean


def sizes_from(cases_count: int, total: float, squares: float) -> Sizes | None:
    """By how many cases there are, Σ size and Σ size²; None for fewer than LEAST_CASES, which do not say how much they vary."""
    if cases_count < LEAST_CASES or total <= 0:
        return None
    return Sizes(squares / total, sqrt(max(cases_count * squares / total**2 - 1, 0.0)))


def of_rate(rate: Rate) -> Estimate | None:
    """None without trials. Anscombe's arcsine (1948), whose error hangs on the trials and not on the rate."""
    if rate.trials <= 0:
        return None
    hits = min(max(rate.hits, 0.0), rate.trials)
    return Estimate(float(arcsine(hits, rate.trials)), 0.5 / sqrt(rate.trials), Scale.ARCSINE, hits, rate.trials)


def of_count(count: float, exposure: float = 1.0, variation: float = 0.0) -> Estimate | None:
    """A count of events that come by themselves, per unit of exposure (a full period, a quota in typical deals).

    `variation`: of an amount, as a count of typical deals, that of the single ones.
    """
    if count < 0 or exposure <= 0 or not isfinite(count):
        return None
    return Estimate(sqrt(_of_each(count, exposure)), 0.5 / sqrt(exposure), Scale.ROOT, count, exposure, variation)


def of_average(average: float, cases_count: float, variation: float) -> Estimate | None:
    """An average of that many cases; None where there is none or it is not above 0."""
    if cases_count <= 0 or average <= 0:
        return None
    spread = max(variation, 1e-9)
    return Estimate(log(average), spread / sqrt(cases_count), Scale.LOGARITHM, cases_count, cases_count, spread)


def arcsine(hits: Any, trials: Any) -> Any:
    """Where rates are on their scale: a number, or an array of them."""
    return np.arcsin(np.sqrt((hits + 0.375) / (trials + 0.75)))


def root(count: np.ndarray, exposure: np.ndarray) -> Any:
    """Where counts are on their scale."""
    return np.sqrt(_of_each(count, exposure))


def _of_each(count: Any, exposure: Any) -> Any:
    return (count + 0.375) / exposure
