"""Where people come out by luck alone when all of them are alike: drawn, the same each time. Pure."""

from collections.abc import Sequence

import numpy as np

from spm.benchmarks.estimates import Estimate, Scale, arcsine, root

SEED = 20
CELLS = 20_000  # draws × people: some 3 ms, whether forty are compared or a hundred
LEAST_DRAWS, MOST_DRAWS = 199, 499


def drawn_alike(estimates: Sequence[Estimate]) -> list[np.ndarray]:
    """Points on the scale of the estimates, draws × people, if nobody truly differed; an array a way that may come about.

    Whatever they have together is dealt out anew by what each one's rests on. That is exact for rates and counts, however
    small (a permutation test). Of the sizes of deals only the variation is known: amounts are drawn as if all were typical,
    and as if they were lognormal; averages as of a gamma distribution, whose low ones lie further out.
    """
    scale = estimates[0].scale
    count = np.array([one.count for one in estimates])
    exposure = np.array([one.exposure for one in estimates])
    variation = max(one.variation for one in estimates)
    draws_count = min(max(CELLS // len(estimates), LEAST_DRAWS), MOST_DRAWS)
    random = np.random.default_rng(
        (SEED, *np.rint(count).astype(int))
    )  # of its own for each case: no limit is lucky for all
    match scale:
        case Scale.ARCSINE:
            trials = np.maximum(np.rint(exposure).astype(int), 1)  # of shared deals there are fractions
            hits = min(round(count.sum()), int(trials.sum()))
            dealt = random.multivariate_hypergeometric(trials, hits, draws_count, method="marginals")
            return [arcsine(dealt, trials)]
        case Scale.ROOT:
            shares = exposure / exposure.sum()
            found = [root(random.multinomial(round(count.sum()), shares, draws_count), exposure)]
            if variation:
                typical = 1 + variation**2  # the size of a typical case, in terms of a mean one
                cases = random.multinomial(round(count.sum() * typical), shares, draws_count)
                found.append(root(_together(cases, variation, random) / typical, exposure))
            return found
        case Scale.LOGARITHM:
            shape = np.broadcast_to(exposure / variation**2, (draws_count, len(estimates)))
            return [np.log(np.maximum(random.gamma(shape) / shape, np.finfo(float).tiny))]


def _together(cases: np.ndarray, variation: float, random: np.random.Generator) -> np.ndarray:
    """So many cases of differing size, of mean 1, added up: lognormal by its first two moments (Fenton 1960)."""
    spread = np.log1p(variation**2 / np.maximum(cases, 1))
    return np.asarray(cases * np.exp(np.sqrt(spread) * random.standard_normal(cases.shape) - spread / 2))
