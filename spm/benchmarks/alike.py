"""Where people come out by luck alone when all of them are alike: drawn, the same each time. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

import numpy as np

from spm.benchmarks.estimates import Estimate, Scale, arcsine, root

SEED = 20
CELLS = 20_000  # draws × people: some 3 ms, whether forty are compared or a hundred
LEAST_DRAWS, MOST_DRAWS = 99, 499
AT_ONCE = 50  # draws: of most groups they say already that nobody is told apart


def draws_count(people_count: int) -> int:
    """How many draws are made of so many people."""
    return min(max(CELLS // people_count, LEAST_DRAWS), MOST_DRAWS)


def drawn_alike(estimates: Sequence[Estimate]) -> Iterator[Iterable[np.ndarray]]:
    """Points on the scale of the estimates, draws × people, if nobody truly differed: for each way that may come about
    some draws after the other, to be taken before the next way.

    Whatever they have together is dealt out anew by what each one's rests on. That is exact for rates and counts, however
    small (a permutation test). Of the sizes of deals only the variation is known: amounts are drawn as if all were typical,
    and as if they were lognormal; averages as of a gamma distribution, whose low ones lie further out.
    """
    scale = estimates[0].scale
    count = np.array([one.cases_count for one in estimates])
    exposure = np.array([one.exposure for one in estimates])
    variation = max(one.variation for one in estimates)
    every = draws_count(len(estimates))
    random = np.random.default_rng(
        (SEED, *np.rint(count).astype(int))
    )  # of its own for each case: no limit is lucky for all
    parts = [min(AT_ONCE, every - begun) for begun in range(0, every, AT_ONCE)]
    match scale:
        case Scale.ARCSINE:
            trials = np.maximum(np.rint(exposure).astype(int), 1)  # of shared deals there are fractions
            hits = min(round(count.sum()), int(trials.sum()))
            deal = partial(random.multivariate_hypergeometric, trials, hits, method="marginals")
            yield (arcsine(deal(size=draws), trials) for draws in parts)
        case Scale.ROOT:
            shares = exposure / exposure.sum()
            yield (root(random.multinomial(round(count.sum()), shares, draws), exposure) for draws in parts)
            if variation:
                typical = 1 + variation**2  # the size of a typical case, in terms of a mean one
                cases = random.multinomial(round(count.sum() * typical), shares, every)
                yield [root(_together(cases, variation, random) / typical, exposure)]
        case Scale.LOGARITHM:
            shape = exposure / variation**2
            sizes = ((draws, len(estimates)) for draws in parts)
            yield (np.log(np.maximum(random.gamma(shape, size=size) / shape, np.finfo(float).tiny)) for size in sizes)


def _together(cases: np.ndarray, variation: float, random: np.random.Generator) -> np.ndarray:
    """So many cases of differing size, of mean 1, added up: lognormal by its first two moments (Fenton 1960)."""
    spread = np.log1p(variation**2 / np.maximum(cases, 1))
    return np.asarray(cases * np.exp(np.sqrt(spread) * random.standard_normal(cases.shape) - spread / 2))
