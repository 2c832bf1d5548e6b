"""What is to be allocated: a target, who carries it, in which months, by what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from spm import money
from spm.errors import Refusal
from spm.planning.allocation.drivers import WORDS, Mix
from spm.planning.allocation.owners import Owner, Tree
from spm.planning.seasons import Season


@dataclass(frozen=True)
class Plan:
    """A company target in minor units and how it goes down the tree. Raises Refusal for what no plan can have.

    `over_assignment`: Σ quotas ÷ target, 1.25 is "125 % of target". `months`: the first day of each month of the plan,
    in order. `mix` shares what each owner carries among those within it, `own_mixes`, by owner's key, in its place;
    `driver_words` is what a driver is called. `gone_cents`: what people who are no owners any more carried of it.
    """

    target_cents: int
    tree: Tree
    months: tuple[date, ...]
    season: Season
    mix: Mix
    currency: str
    over_assignment: float = 1.0
    own_mixes: Mapping[str, Mix] = field(default_factory=dict)
    driver_words: Mapping[str, str] = field(default_factory=lambda: WORDS)
    gone_cents: int = 0

    def __post_init__(self) -> None:
        if self.target_cents < 0 or not self.over_assignment > 0 or not self.months:
            raise Refusal(
                "A plan needs a target of 0 or more, an over-assignment above 0 and at least one month.",
                "Correct what is not so.",
            )
        if self.gone_cents > self.quotas_cents:
            gone = money.full(self.gone_cents, self.currency)
            raise Refusal(f"Those who left carried {gone} already, more than the plan.", "Give a higher target.")

    @property
    def assigned_cents(self) -> int:
        """What the owners carry: all quotas but those of who left."""
        return self.quotas_cents - self.gone_cents

    @property
    def quotas_cents(self) -> int:
        """Target × over-assignment, halves rounded up: what all quotas add up to."""
        exact = Decimal(self.target_cents) * Decimal(str(self.over_assignment))
        return int(exact.to_integral_value(ROUND_HALF_UP))

    def mix_within(self, owner: Owner) -> Mix:
        return self.own_mixes.get(owner.key, self.mix)

    def ramp_share(self, owner: Owner) -> float:
        """The share of a full quota over the plan, by its season; of a team the mean of its reps."""
        season = self.season.weights(self.months)
        reps = self.tree.leaves(owner)
        return float(np.mean([np.average(rep.ramp, weights=season) if rep.ramp else 1.0 for rep in reps]))

    def locked_months(self, rep: Owner) -> dict[date, int]:
        """The months of the plan that a rep has locked, by first day."""
        return {month: rep.locked_months[month] for month in self.months if month in rep.locked_months}

    def month_weights(self, rep: Owner) -> list[float]:
        """By what a rep's quota is split into months: season × ramp; the season alone for one without any ramped month."""
        season = self.season.weights(self.months)
        ramped = [share * ramp for share, ramp in zip(season, rep.ramp or [1.0] * len(season), strict=True)]
        return ramped if any(ramped) else season
