"""From leads to won deals: where most is lost against peers, and what mending it would bring. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import dropwhile, pairwise

import pandas as pd

from spm.benchmarks.rates import Rate, probability_better

COLUMNS = ("place", "stage", "count", "conversion_rate", "peers_count", "peers_rate")
LIKELY = 0.80  # under it a step is not called weak


@dataclass(frozen=True)
class Bottleneck:
    """The step whose rise to the peers' pooled rate would bring most: `gain_cents` on bookings, in minor units.

    `probability`: how likely it truly is below the peers'.
    """

    step: str
    rate: float
    peers_rate: float
    gain_cents: float
    probability: float

    @property
    def is_likely(self) -> bool:
        return self.probability >= LIKELY


def steps(counts: Mapping[str, float | None], of_peers: Mapping[str, float | None]) -> pd.DataFrame:
    """Stages in their order: place, stage, count, conversion_rate, peers_count, peers_rate; None where missing.

    From the first stage with anything in it; empty without a count before the last stage. The counts are not of the same
    deals followed through: a rate is won ÷ opened and the like, left out where more came than the stage before had.
    """
    known = [(stage, count) for stage, count in counts.items() if count is not None]
    known = list(dropwhile(lambda stage: not stage[1], known))
    if all(count is None for count in list(counts.values())[:-1]):
        known = []
    rows = []
    for at, (stage, count) in enumerate(known):
        before = known[at - 1][0] if at else ""
        rows.append(
            {
                "place": at,
                "stage": stage,
                "count": count,
                "conversion_rate": _rate(count, counts.get(before)),
                "peers_count": of_peers.get(stage),
                "peers_rate": _rate(of_peers.get(stage), of_peers.get(before)),
            }
        )
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _rate(count: float | None, before: float | None) -> float | None:
    return count / before if count is not None and before and count <= before else None


def bottleneck(stages: pd.DataFrame, bookings_cents: float | None) -> Bottleneck | None:
    """Of `stages` (see `steps`) the step to mend first; None where no step is below that of the peers.

    Whatever passes a step more often passes all later ones at their rates: bookings grow as the step's rate does.
    """
    found = []
    rows = stages.to_dict("records")
    for before, stage in pairwise(rows):
        rate, peers_rate = stage["conversion_rate"], stage["peers_rate"]
        if rate and peers_rate and rate < peers_rate and bookings_cents:
            own, peers = Rate(stage["count"], before["count"]), Rate(stage["peers_count"], before["peers_count"])
            step = f"{before['stage']} to {stage['stage'].lower()}"
            gain = bookings_cents * (peers_rate / rate - 1)
            found.append(Bottleneck(step, rate, peers_rate, gain, probability_better(peers, own)))
    return max(found, key=lambda one: one.gain_cents, default=None)
