"""Small samples drawn towards their role: what a rate or an average most likely is, beside what was seen. Pure.

Both are empirical Bayes: how far people of a role truly differ is taken from the role itself, and whoever has few cases
is drawn the further towards it. Rates are beta-binomial, logarithms of amounts normal (DEFINITIONS 4).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaln

from spm.benchmarks.rates import Rate

PRIOR_TRIALS = np.geomspace(1, 1e5, 101)  # how many trials the role may count for; the most likely one is taken
LEAST_PEOPLE = 3  # who make a role that anybody can be drawn to


def shrunk_rates(rates: Sequence[Rate]) -> list[float | None]:
    """Each rate drawn towards that of all together; None for fewer than LEAST_PEOPLE with trials.

    Whoever has no trials is expected to be like all.
    """
    hits = np.array([rate.hits for rate in rates], dtype=float)
    trials = np.array([rate.trials for rate in rates], dtype=float)
    if (trials > 0).sum() < LEAST_PEOPLE:
        return [None] * len(rates)
    mean = hits.sum() / trials.sum()
    if not 0 < mean < 1:
        return [float(mean)] * len(rates)
    alpha, beta = mean * PRIOR_TRIALS[:, None], (1 - mean) * PRIOR_TRIALS[:, None]
    likelihood = (betaln(hits + alpha, trials - hits + beta) - betaln(alpha, beta)).sum(axis=1)
    weight = PRIOR_TRIALS[likelihood.argmax()]
    return [float(one) for one in (hits + weight * mean) / (trials + weight)]


def shrunk_averages(samples: Sequence[ArrayLike]) -> list[float | None]:
    """The average of each person's amounts, drawn towards that of all together, on the logarithms' scale.

    How far, is what normal logarithms say: by the spread of single amounts, their number, and how far people differ.
    Amounts of 0 and less are left out. None for whoever has none, and for all where fewer than LEAST_PEOPLE have two.
    """
    every = [np.asarray(sample, dtype=float) for sample in samples]
    kept = [sample[sample > 0] for sample in every]
    logs = [np.log(one) for one in kept if len(one) > 1]
    if len(logs) < LEAST_PEOPLE:
        return [None] * len(samples)
    spread = sum(one.var() * len(one) for one in logs) / sum(len(one) - 1 for one in logs)
    between = _between(np.array([one.mean() for one in logs]), spread / np.array([len(one) for one in logs]))
    everybody = np.log(np.concatenate(kept).mean())
    found: list[float | None] = []
    for one in kept:
        noise = spread / len(one) if len(one) else 0.0
        drawn = noise / (noise + between) if noise else 0.0
        found.append(float(np.exp((1 - drawn) * np.log(one.mean()) + drawn * everybody)) if len(one) else None)
    return found


def _between(means: np.ndarray, noises: np.ndarray) -> float:
    """How far the true means differ, as a variance: what the noise does not explain (DerSimonian and Laird 1986)."""
    if not noises.all():
        return float(means.var())
    weights = 1 / noises
    middle = weights @ means / weights.sum()
    excess = weights @ (means - middle) ** 2 - (len(means) - 1)
    return max(0.0, float(excess / (weights.sum() - (weights**2).sum() / weights.sum())))
