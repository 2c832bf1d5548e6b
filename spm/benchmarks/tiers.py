"""Tiers instead of ranks: who cannot be told from the best, then who cannot be told from the best of the rest. Pure."""

from collections.abc import Sequence
from math import ceil, inf

import numpy as np

from spm.benchmarks.alike import drawn_alike, draws_count
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
        errors = np.array([one.error for one in several])
        behind = _behind_the_best(sign * np.array([[one.at for one in several]]), errors)[0]
        limit = _limit(several, errors, sign, behind.max()) + NOISE
        for (at, _), is_within in zip(left, behind <= limit, strict=True):
            found[at] = tier if is_within else None
        left, tier = [pair for pair, gap in zip(left, behind, strict=True) if gap > limit], tier + 1
    return found


def _limit(several: Sequence[Estimate], errors: np.ndarray, sign: int, enough: float) -> float:
    """How far the last of so many alike is behind their best, in all but that share of cases: a Monte Carlo test's limit.

    `enough` where it is that or more: no draw is made after those that say so.
    """
    if len(several) == 1:
        return inf
    every = draws_count(len(several))
    beyond_count = every + 1 - ceil((every + 1) * (1 - FAMILY_ERROR))
    limit = 0.0
    for ways in drawn_alike(several):
        furthest = np.zeros(beyond_count)  # so far: the first of them is the limit once all are drawn
        for drawn in ways:
            last = _behind_the_best(sign * drawn, errors).max(axis=1)
            furthest = np.sort(np.append(furthest, last))[-beyond_count:]
            if furthest[0] >= enough:
                return enough
        limit = max(limit, float(furthest[0]))
    return limit


def _behind_the_best(at: np.ndarray, errors: np.ndarray) -> np.ndarray:
    """How far each is behind the best of its row, in standard errors of the two."""
    best = at.argmax(axis=1)
    gap = at[np.arange(len(at)), best][:, None] - at
    return np.asarray(gap / np.sqrt((errors[best][:, None] ** 2 + errors**2) / 2))
