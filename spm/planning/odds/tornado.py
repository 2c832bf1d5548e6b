"""Which assumption matters most: the odds with each one at its low and at its high end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spm.planning.odds.crew import Assumptions, Crew
from spm.planning.odds.simulation import Progress, odds

TORNADO_RUNS = 4_000  # the same luck at both ends, so that differences are far surer than the odds themselves


@dataclass(frozen=True)
class Swing:
    """How far an assumption may be off: the name of a field of `Assumptions`, a label, its low and its high end."""

    assumption: str
    label: str
    low: float
    high: float


SWINGS = (
    Swing("level", "Market 5 % lower or higher", 0.95, 1.05),
    Swing("error_scale", "Projections a quarter better or worse", 0.75, 1.25),
    Swing("correlation", "Nothing, or half of the luck shared", 0.0, 0.5),
    Swing("yearly_attrition_share", "Nobody, or a quarter leaves in a year", 0.0, 0.25),
    Swing("mean_delay_months", "Hires on time, or three months late", 0.0, 3.0),
)
"""What to start from; a company sets its own."""


@dataclass(frozen=True)
class Effect:
    """The odds with one assumption at either end, all others as they are."""

    swing: Swing
    probability_low: float
    probability_high: float

    @property
    def width(self) -> float:
        return abs(self.probability_high - self.probability_low)


def tornado(
    crew: Crew,
    target_cents: int,
    assumptions: Assumptions,
    swings: Sequence[Swing] = SWINGS,
    seed: int = 0,
    runs_count: int = TORNADO_RUNS,
    progress: Progress | None = None,
) -> list[Effect]:
    """The effect of each swing on the company's odds, the widest first."""
    found = []
    for at, swing in enumerate(swings, start=1):
        low, high = (
            odds(crew, target_cents, replace(assumptions, **{swing.assumption: end}), seed, runs_count).probability
            for end in (swing.low, swing.high)
        )
        found.append(Effect(swing, low, high))
        if progress:
            progress(at / len(swings))
    return sorted(found, key=lambda effect: -effect.width)
