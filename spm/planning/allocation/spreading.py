"""A total spread over parts by weight, inside each part's limits, to the last unit."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from spm import money


@dataclass(frozen=True)
class Part:
    """One that takes a share: `weight`, `least` and `most` are 0 or more, limits in whole units; `most` None is no limit.

    A part of weight 0 takes its least and no more. A fixed part has `least` == `most`.
    """

    weight: float
    least: int = 0
    most: int | None = None

    def __post_init__(self) -> None:
        if not self.weight >= 0 or self.least < 0 or (self.most is not None and self.most < self.least):
            raise ValueError(f"a part needs a weight and limits of 0 or more, in order, not {self}")

    @property
    def reach(self) -> int | None:
        """The most that it can take; None where nothing limits it."""
        return self.most if self.weight > 0 else self.least


def reach(parts: Sequence[Part]) -> tuple[int, int | None]:
    """The least and the most that the parts can take together; None where nothing limits it."""
    most = 0
    for part in parts:
        if part.reach is None:
            return sum(each.least for each in parts), None
        most += part.reach
    return sum(each.least for each in parts), most


def spread(total: int, parts: Sequence[Part]) -> list[int]:
    """Whole shares that add up to `total`: proportional to the weights wherever no limit is met.

    What a limit cuts off or adds is spread again over the others by their weights, until it adds up; fractions go to the
    largest remainders, ties to the earlier part. Without limits it is `spm.money.split`. Raises ValueError where `total`
    is out of `reach`: ask first, and say why in the reader's words.
    """
    least, most = reach(parts)
    if total < least or (most is not None and total > most):
        raise ValueError(f"{total} is out of reach: {least} to {most}")
    if not any(part.least or part.most is not None for part in parts):
        return money.split(total, [part.weight for part in parts])
    weights = [Fraction(str(part.weight)) for part in parts]
    per_weight = _per_weight(total, parts, weights)
    exact = [_within(part, weight * per_weight) for part, weight in zip(parts, weights, strict=True)]
    shares = [floor(share) for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda at: shares[at] - exact[at])
    for at in by_remainder[: total - sum(shares)]:
        shares[at] += 1
    return shares


def _within(part: Part, share: Fraction) -> Fraction:
    share = max(share, Fraction(part.least))
    return share if part.most is None else min(share, Fraction(part.most))


def _per_weight(total: int, parts: Sequence[Part], weights: Sequence[Fraction]) -> Fraction:
    """The amount per unit of weight at which the shares, each within its limits, add up to `total`.

    The sum grows with it in straight pieces, which bend where a part meets a limit: find the piece, then solve it.
    """
    weighted = [(part, weight) for part, weight in zip(parts, weights, strict=True) if weight]
    bends = {Fraction(part.least) / weight for part, weight in weighted}
    bends |= {Fraction(part.most) / weight for part, weight in weighted if part.most is not None}

    def together(per_weight: Fraction) -> Fraction:
        return sum(
            (_within(part, weight * per_weight) for part, weight in zip(parts, weights, strict=True)), Fraction()
        )

    ordered = sorted(bends | {Fraction(0)})
    start = ordered[bisect_right(ordered, Fraction(total), key=together) - 1]
    missing = total - together(start)
    if not missing:
        return start
    free = sum(weight for part, weight in weighted if part.least <= weight * start and _grows(part, weight * start))
    return start + missing / free


def _grows(part: Part, share: Fraction) -> bool:
    return part.most is None or share < part.most
