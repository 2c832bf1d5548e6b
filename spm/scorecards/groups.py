"""Several people or spans as one: a team's item, a team of several roles, a role change inside a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from spm.scorecards.bands import Band, Bands


@dataclass(frozen=True)
class Contribution:
    """What one member brings to a group's item, for their days in it; None is missing.

    Of an additive item `numerator` is the actual and `denominator` stays None; of a ratio or a mean both
    are given, such as won and closed deals. A member who did nothing in a span that the sheets cover has
    0, not None.
    """

    target: float | None
    numerator: float | None
    denominator: float | None = None


@dataclass(frozen=True)
class Pooled:
    """A group's target and actual of an item, None where no member has both."""

    target: float | None
    actual: float | None


def pooled_sum(members: Sequence[Contribution]) -> Pooled:
    """Σ actual against Σ target of an additive item: targets 10 each and actuals 8, 8, 0, 0 are 16 of 40.

    Members without a contribution are in it; left out, with their target, are those of whom a value is
    missing.
    """
    known = [
        (member.target, member.numerator)
        for member in members
        if member.target is not None and member.numerator is not None
    ]
    if not known:
        return Pooled(None, None)
    targets, actuals = zip(*known, strict=True)
    return Pooled(fsum(targets), fsum(actuals))


def pooled_ratio(members: Sequence[Contribution]) -> Pooled:
    """Σ numerator ÷ Σ denominator against Σ (target × denominator) ÷ Σ denominator: a ratio or mean.

    Left out are members of whom a value is missing. Nothing closed at all: the denominators add up to 0,
    no ratio.
    """
    known = [
        (member.target, member.numerator, member.denominator)
        for member in members
        if member.target is not None and member.numerator is not None and member.denominator is not None
    ]
    whole = fsum(denominator for _, _, denominator in known)
    if not whole:
        return Pooled(None, None)
    target = fsum(target * denominator for target, _, denominator in known) / whole
    return Pooled(target, fsum(numerator for _, numerator, _ in known) / whole)


@dataclass(frozen=True)
class Part:
    """A score that counts for some days: head-days of a role in a team, working days of a span in a role."""

    label: str
    score: float | None
    days_count: float


@dataclass(frozen=True)
class Combined:
    """The mean of several scores by their days, None where no part has one, and its parts."""

    value: float | None
    band: Band | None
    parts: tuple[Part, ...]


def combined(parts: Sequence[Part], bands: Bands) -> Combined:
    """One score of several parts, weighted by days. A part without a score is left out of the mean."""
    known = [(part.score, part.days_count) for part in parts if part.score is not None]
    days_count = fsum(days for _, days in known)
    if not days_count:
        return Combined(None, None, tuple(parts))
    value = fsum(score * days for score, days in known) / days_count
    return Combined(value, bands.band(value), tuple(parts))
