"""From leads to won deals: where most is lost against peers, and what mending it would bring. Pure."""

from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from spm.benchmarks.rates import Rate, probability_better

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


def bottleneck(stages: pd.DataFrame, bookings_cents: float | None) -> Bottleneck | None:
    """Of `stages` (see `queries.funnel`) the step to mend first; None where no step is below that of the peers.

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
