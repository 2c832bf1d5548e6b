"""Which assumption matters most: the odds with each one at its low and at its high end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spm.planning.odds.crew import Crew
from spm.planning.odds.simulation import Odds, Progress, odds

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
    found: Odds,
    swings: Sequence[Swing] = SWINGS,
    runs_count: int = TORNADO_RUNS,
    progress: Progress | None = None,
) -> list[Effect]:
    """The effect of each swing on the odds `found` for this crew, the widest first.

    What an end adds is what it changes in as many runs with the same luck: an end that is as assumed has exactly `found`'s.
    """
    as_assumed = float((found.totals_cents[:runs_count] >= found.target_cents).mean())

    def at(swing: Swing, end: float) -> float:
        changed = replace(found.assumptions, **{swing.assumption: end})
        chance = odds(
            crew, found.target_cents, changed, found.seed, min(runs_count, len(found.totals_cents))
        ).probability
        return min(max(found.probability + (chance - as_assumed), 0.0), 1.0)

    effects = []
    for done, swing in enumerate(swings, start=1):
        effects.append(Effect(swing, at(swing, swing.low), at(swing, swing.high)))
        if progress:
            progress(done / len(swings))
    return sorted(effects, key=lambda effect: -effect.width)
