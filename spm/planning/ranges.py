"""A number with the range in which it probably lies, and where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, hypot, isfinite, log, prod, sqrt
from statistics import NormalDist

from spm.benchmarks.rates import CONFIDENCE, Rate, interval
from spm.errors import Refusal


@dataclass(frozen=True)
class Range:
    """`value` and the range around it, in the same unit; `source` says where they are from ("last 12 months", "typed in").

    Raises Refusal unless low ≤ value ≤ high.
    """

    value: float
    low: float
    high: float
    source: str = ""

    def __post_init__(self) -> None:
        if not (self.low <= self.value <= self.high and isfinite(self.high - self.low)):
            raise Refusal(
                f"A value of {self.value:g} does not lie between {self.low:g} and {self.high:g}.",
                "Give the lowest, the likeliest and the highest in this order.",
            )

    @classmethod
    def certain(cls, value: float, source: str = "") -> "Range":
        """A number without a range, such as one from a contract."""
        return cls(value, value, value, source)


def ratio_of_counts(hits: float, trials: float, level: float = CONFIDENCE, source: str = "") -> Range:
    """So many of so many with the range at `level`: Wilson's where it is a share, such as won of closed deals.

    Where it is more than one to one (opportunities a meeting) it is the score interval of a Poisson count. Raises
    Refusal without trials: no denominator, no ratio.
    """
    if not trials > 0:
        raise Refusal("There is no ratio of nothing.", "Type one in, with its range.")
    if hits <= trials and (found := interval(Rate(hits, trials), level)):
        share = hits / trials
        return Range(share, min(found.low, share), max(found.high, share), source)
    z = NormalDist().inv_cdf((1 + level) / 2)
    middle, half = hits + z**2 / 2, z * sqrt(hits + z**2 / 4)
    value, low, high = (each / trials for each in (hits, middle - half, middle + half))
    return Range(value, low, high, source)


def product(factors: Sequence[Range], source: str = "") -> Range:
    """The product of independent factors, their relative errors added as squares, on the scale of logarithms.

    Raises Refusal for a factor whose range does not lie above 0.
    """
    if unlike := next((factor for factor in factors if not factor.low > 0), None):
        raise Refusal(
            f"A ratio of {unlike.value:g} from {unlike.low:g} to {unlike.high:g} leads to no number.",
            "Type one in whose range lies above 0.",
        )
    value = prod(factor.value for factor in factors)
    up = hypot(*(log(factor.high / factor.value) for factor in factors))
    down = hypot(*(log(factor.value / factor.low) for factor in factors))
    return Range(value, value * exp(-down), value * exp(up), source)
