"""Tiers instead of ranks: who cannot be told from the best, then who cannot be told from the best of the rest. Pure."""

from collections.abc import Sequence
from functools import cache
from math import inf, sqrt

from scipy.stats import studentized_range

from spm.benchmarks.estimates import Estimate

FAMILY_ERROR = 0.10  # how often people who are all alike come out as more than one tier


def tiers(
    estimates: Sequence[Estimate | None], higher_is_better: bool = True, family_error: float = FAMILY_ERROR
) -> list[int | None]:
    """The tier of each, the best being 1; None for whoever has no estimate.

    A tier holds everyone who cannot be told from its best by Tukey's range test (Tukey and Kramer where samples differ in
    size), which allows for the best being the luckiest of many. Neighbours across a tier may well be alike.
    """
    found: list[int | None] = [None] * len(estimates)
    sign = 1 if higher_is_better else -1
    known = sorted(((-sign * one.at, at, one) for at, one in enumerate(estimates) if one), key=lambda row: row[:2])
    left = [(at, one) for _, at, one in known]
    tier = 1
    while left:
        limit = _limit(len(left), family_error)
        _, best = left[0]
        below = []
        for at, one in left:
            gap = sign * (best.at - one.at)
            if gap <= limit * sqrt((best.error**2 + one.error**2) / 2):
                found[at] = tier
            else:
                below.append((at, one))
        left, tier = below, tier + 1
    return found


@cache
def _limit(people_count: int, family_error: float) -> float:
    """How far the best and the worst of so many alike are apart, in standard errors, in all but that share of cases."""
    return float(studentized_range.ppf(1 - family_error, people_count, inf)) if people_count > 1 else inf
