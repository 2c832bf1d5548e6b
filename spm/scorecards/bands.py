"""Bands: where an attainment or a score falls. Unrounded values decide; a shown percent is rounded down."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from spm.errors import Refusal

TOLERANCE = 1e-9  # 1.1999999999999997 is 1.2 after the arithmetic of weights; a real gap is far larger


class Band(StrEnum):
    """The bands, best first."""

    OUTSTANDING = "outstanding"
    ON_TARGET = "on target"
    NEAR_TARGET = "near target"
    NEEDS_HELP = "needs help"


@dataclass(frozen=True)
class Bands:
    """From which score on each band begins (1.0 is 100 %); needs help is what lies below near target.

    Raises Refusal unless the three fall from outstanding to near target and are above 0.
    """

    outstanding: float = 1.2
    on_target: float = 1.0
    near_target: float = 0.8

    def __post_init__(self) -> None:
        if not self.outstanding > self.on_target > self.near_target > 0:
            raise Refusal(
                "Outstanding must begin above on target, on target above near target, near target above 0.",
                "Usual values are 120 %, 100 % and 80 %.",
            )

    @cached_property
    def begins(self) -> dict[Band, float]:
        """The lowest score of each band, best band first."""
        return {
            Band.OUTSTANDING: self.outstanding,
            Band.ON_TARGET: self.on_target,
            Band.NEAR_TARGET: self.near_target,
            Band.NEEDS_HELP: 0.0,
        }

    def band(self, score: float) -> Band:
        """The band of a score or attainment."""
        for band, edge in self.begins.items():
            if reaches(score, edge):
                return band
        return Band.NEEDS_HELP

    def next_above(self, score: float) -> Band | None:
        """The band above the one of this score, None in the highest."""
        bands = list(self.begins)
        place = bands.index(self.band(score))
        return bands[place - 1] if place else None


def reaches(score: float, edge: float) -> bool:
    """Whether a score is at least `edge`, leaving float noise out (TOLERANCE)."""
    return score >= edge - TOLERANCE
