"""A value as a point on a scale on which luck is known, so that people can be told apart. Pure.

On these scales the luck of a value depends on how many cases it rests on and not on the value itself: the arcsine of the
root for rates, the root for counts, the logarithm for averages. An amount is a count of deals of differing size: so many
deals of `typical_cents` would be as uncertain, which is Σ amount² ÷ Σ amount of all deals.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, isfinite, log, sqrt

import numpy as np

from spm.benchmarks.rates import Rate

LEAST_CASES = 10


@dataclass(frozen=True)
class Estimate:
    """`at` on its scale, and the standard error there."""

    at: float
    error: float


@dataclass(frozen=True)
class Sizes:
    """The sizes of single cases (amounts in minor units, or days): what luck is made of."""

    typical: float  # Σ size² ÷ Σ size
    variation: float  # standard deviation ÷ mean


def sizes(cases: Sequence[float]) -> Sizes | None:
    """Those above 0; None for fewer than LEAST_CASES of them, which do not say how much they vary."""
    known = np.array([case for case in cases if case > 0], dtype=float)
    return sizes_from(len(known), float(known.sum()), float((known**2).sum()))


def of_rate(rate: Rate) -> Estimate | None:
    """None without trials. Anscombe's arcsine (1948), whose error hangs on the trials and not on the rate."""
    if rate.trials <= 0:
        return None
    share = min(max((rate.hits + 0.375) / (rate.trials + 0.75), 0.0), 1.0)
    return Estimate(asin(sqrt(share)), 0.5 / sqrt(rate.trials))


def of_count(count: float, exposure: float = 1.0) -> Estimate | None:
    """A count of events that come by themselves, per unit of exposure (a full period, a quota in typical deals)."""
    if count < 0 or exposure <= 0 or not isfinite(count):
        return None
    return Estimate(sqrt((count + 0.375) / exposure), 0.5 / sqrt(exposure))


def of_average(average: float, cases_count: float, variation: float) -> Estimate | None:
    """An average of that many cases; None where there is none or it is not above 0."""
    if cases_count <= 0 or average <= 0:
        return None
    return Estimate(log(average), max(variation, 1e-9) / sqrt(cases_count))


def sizes_from(cases_count: int, total: float, squares: float) -> Sizes | None:
    """The same from how many cases there are, Σ size and Σ size²."""
    if cases_count < LEAST_CASES or total <= 0:
        return None
    return Sizes(squares / total, sqrt(max(cases_count * squares / total**2 - 1, 0.0)))
