"""How sure a rate is: its interval, and whether one is better than another (DEFINITIONS 4). Pure."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np
from scipy.special import betainc

CONFIDENCE = 0.90
SURE = 0.95  # of one side: what a 90 % interval leaves beyond each of its ends
GRID = 4_000  # steps over which a probability is added up: good to six digits


@dataclass(frozen=True)
class Rate:
    """So many of so many: won of closed. Counts may be fractions, of deals that several share."""

    hits: float
    trials: float

    @property
    def share(self) -> float | None:
        """Hits ÷ trials, None without trials."""
        return self.hits / self.trials if self.trials else None

    @property
    def words(self) -> str:
        """ "9 of 20"."""
        return f"{self.hits:,.10g} of {self.trials:,.10g}"


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, both shares."""

    low: float
    high: float


def interval(rate: Rate, confidence: float = CONFIDENCE) -> Interval | None:
    """Wilson's score interval of a rate; None without trials."""
    share = rate.share
    if share is None:
        return None
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    weight = 1 + z * z / rate.trials
    middle = (share + z * z / (2 * rate.trials)) / weight
    reach = z * sqrt(share * (1 - share) / rate.trials + (z / (2 * rate.trials)) ** 2) / weight
    return Interval(max(middle - reach, 0.0), min(middle + reach, 1.0))


def probability_better(rate: Rate, other: Rate) -> float:
    """How likely the true rate behind `rate` is the higher one, 0 to 1: beta distributions from flat priors."""
    edges = np.linspace(0, 1, GRID + 1)
    steps = np.diff(betainc(rate.hits + 1, rate.trials - rate.hits + 1, edges))
    other_is_lower = betainc(other.hits + 1, other.trials - other.hits + 1, edges)
    return float(steps @ (other_is_lower[1:] + other_is_lower[:-1]) / 2)


@dataclass(frozen=True)
class Verdict:
    """A rate against another: `words` for a coach, and how likely it is the higher one."""

    words: str
    probability: float

    @property
    def is_sure(self) -> bool:
        return not 1 - SURE < self.probability < SURE


def verdict(rate: Rate, other: Rate) -> Verdict:
    """What a coach can say of two rates: "too early to tell: 9 of 20 against 6 of 20"."""
    likely = probability_better(rate, other)
    told = "higher" if likely >= SURE else "lower" if likely <= 1 - SURE else "too early to tell"
    return Verdict(f"{told}: {rate.words} against {other.words}", likely)
