"""Backwards: the company target, or the number of hires, that reaches the odds one wants."""

from dataclasses import dataclass
from math import ceil

import numpy as np

from spm.errors import Refusal
from spm.metrics.wording import percent
from spm.planning.allocation.roster import SAID_DIGITS
from spm.planning.odds.crew import Crew
from spm.planning.odds.simulation import HIRES_STREAM, Odds, simulated

MOST_HIRES = 100


def target_for(found: Odds, probability: float) -> int:
    """The highest target in minor units that is reached with at least this probability, above 0 to 1."""
    if not 0 < probability <= 1:
        raise Refusal("Odds lie above 0 and up to 100 %.", "Ask for 80 %, say.")
    best_first = np.sort(found.totals_cents)[::-1]
    return int(np.floor(best_first[ceil(round(probability * len(best_first), 9)) - 1]))


def target_to_say(found: Odds, probability: float) -> int:
    """The same rounded down to what one would say, three digits, and so reached a little more often."""
    exact = target_for(found, probability)
    step = 10 ** max(len(str(exact)) - SAID_DIGITS, 0)
    return exact // step * step


@dataclass(frozen=True)
class HiresNeeded:
    """So many more hires, and the odds with each number of them, from none up to `count`."""

    count: int
    probabilities: tuple[float, ...]


def hires_for(found: Odds, hire: Crew, probability: float, most: int = MOST_HIRES) -> HiresNeeded:
    """The fewest hires with whom the target of `found` is reached with at least this probability.

    `hire` is a crew of one: what a hire is expected to bring by month, ramp included, and its error. They share the
    shocks of the simulation and its assumptions. Raises Refusal where `most` hires are not enough.
    """
    reached = np.zeros(most + 1)
    crew, runs_count = hire.repeated(most), len(found.totals_cents)
    for runs, bookings in simulated(crew, found.assumptions, found.seed, runs_count, HIRES_STREAM):
        together = np.concatenate([found.totals_cents[runs, None], bookings], axis=1).cumsum(axis=1)
        reached += (together >= found.target_cents).sum(axis=0)
    probabilities = reached / runs_count
    enough = np.flatnonzero(probabilities >= probability)
    if not len(enough):
        raise Refusal(
            f"Not even {most} hires make it {percent(probability)} likely: {percent(probabilities[-1])}.",
            "Let them start sooner, or lower the target.",
        )
    return HiresNeeded(int(enough[0]), tuple(probabilities[: enough[0] + 1].tolist()))
