"""From leads to won deals: where most is lost against peers, and what mending it would bring. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import dropwhile, pairwise
from typing import NamedTuple

import pandas as pd

from spm.benchmarks.rates import Rate, probability_better

COLUMNS = (
    "place",
    "stage",
    "count",
    "of",
    "of_count",
    "conversion_rate",
    "peers_of_count",
    "peers_count",
    "peers_rate",
)
OF_BEFORE, OF_CLOSED = "the stage before", "those that closed"
LIKELY = 0.80  # under it a step is not called weak
LAST_STEP = "Win rate"


class Counts(NamedTuple):
    """How many there were of each stage in a period, in their order, and how many deals closed in it; None where missing."""

    of_stage: Mapping[str, float | None]
    closed: float | None


NO_COUNTS = Counts({}, None)


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


def steps(own: Counts, of_peers: Counts = NO_COUNTS) -> pd.DataFrame:
    """Stages in their order, those of COLUMNS of each; None where missing.

    From the first stage with anything in it; empty without a count before the last stage. A rate is count ÷ of_count: of the
    last stage the deals that closed, so that it is the win rate; of others the stage before, left out where more came than that
    had; `of` says which. The counts are not of the same deals followed through, and what is won was often opened long before.
    """
    known = [(stage, count) for stage, count in own.of_stage.items() if count is not None]
    known = list(dropwhile(lambda stage: not stage[1], known))
    if all(count is None for count in list(own.of_stage.values())[:-1]):
        known = []
    last = next(reversed(list(own.of_stage)), None)
    rows = []
    for place, (stage, count) in enumerate(known):
        before = known[place - 1][0] if place else ""
        of = OF_CLOSED if stage == last else OF_BEFORE if place else None
        of_count, peers_of_count = (
            one.closed if of == OF_CLOSED else one.of_stage.get(before) for one in (own, of_peers)
        )
        peers_count = of_peers.of_stage.get(stage)
        rates = _rate(count, of_count), _rate(peers_count, peers_of_count)
        rows.append((place, stage, count, of, of_count, rates[0], peers_of_count, peers_count, rates[1]))
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _rate(count: float | None, before: float | None) -> float | None:
    return count / before if count is not None and before and count <= before else None


def bottleneck(stages: pd.DataFrame, bookings_cents: float | None) -> Bottleneck | None:
    """Of `stages` (see `steps`) the step to mend first; None where no step is below that of the peers.

    Whatever passes a step more often passes all later ones at their rates: bookings grow as the step's rate does.
    """
    found = []
    for before, stage in pairwise(stages.to_dict("records")):
        rate, peers_rate = stage["conversion_rate"], stage["peers_rate"]
        if rate and peers_rate and rate < peers_rate and bookings_cents:
            own, peers = Rate(stage["count"], stage["of_count"]), Rate(stage["peers_count"], stage["peers_of_count"])
            step = LAST_STEP if stage["of"] == OF_CLOSED else f"{before['stage']} to {stage['stage'].lower()}"
            gain = bookings_cents * (peers_rate / rate - 1)
            found.append(Bottleneck(step, rate, peers_rate, gain, probability_better(peers, own)))
    return max(found, key=lambda one: one.gain_cents, default=None)
