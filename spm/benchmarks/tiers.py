"""Tiers instead of ranks: who cannot be told from the best, then who cannot be told from the best of the rest. Pure."""

from collections.abc import Sequence
from math import ceil, inf

import numpy as np

from spm.benchmarks.alike import drawn_alike
from spm.benchmarks.estimates import Estimate

FAMILY_ERROR = 0.06  # how often people who are all alike come out as more than one tier: under the one in ten promised
NOISE = 1e-9


def tiers(estimates: Sequence[Estimate | None], higher_is_better: bool = True) -> list[int | None]:
    """The tier of each, the best being 1; None for whoever has no estimate.

    A tier holds everyone who is no further below its best than the last of as many alike would be by luck (see
    `alike.drawn_alike`), which allows for the best being the luckiest of many. Neighbours across a tier may well be alike.
    """
    found: list[int | None] = [None] * len(estimates)
    sign = 1 if higher_is_better else -1
    known = [(at, one) for at, one in enumerate(estimates) if one]
    left = sorted(known, key=lambda pair: -sign * pair[1].at)
    tier = 1
    while left:
        several = [one for _, one in left]
        behind = _behind_the_best(sign * np.array([[one.at for one in several]]), several)[0]
        limit = _limit(several, sign) + NOISE
        for (at, _), is_within in zip(left, behind <= limit, strict=True):
            found[at] = tier if is_within else None
        left, tier = [pair for pair, gap in zip(left, behind, strict=True) if gap > limit], tier + 1
    return found


def _limit(several: Sequence[Estimate], sign: int) -> float:
    """How far the last of so many alike is behind their best, in all but that share of cases: a Monte Carlo test's limit."""
    if len(several) == 1:
        return inf
    found = []
    for drawn in drawn_alike(several):
        furthest = np.sort(_behind_the_best(sign * drawn, several).max(axis=1))
        at = ceil((len(furthest) + 1) * (1 - FAMILY_ERROR)) - 1
        found.append(float(furthest[at]))
    return max(found)


def _behind_the_best(at: np.ndarray, several: Sequence[Estimate]) -> np.ndarray:
    """How far each is behind the best of its row, in standard errors of the two."""
    error = np.array([one.error for one in several])
    best = at.argmax(axis=1)
    gap = at[np.arange(len(at)), best][:, None] - at
    return np.asarray(gap / np.sqrt((error[best][:, None] ** 2 + error**2) / 2))
