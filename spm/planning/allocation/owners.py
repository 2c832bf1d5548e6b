"""Who carries a quota, in which level, and what is known and asked of each before an allocation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from math import ceil, floor

from spm.errors import Refusal


@dataclass(frozen=True)
class Override:
    """A quota that a person sets in place of the calculated one, which is kept beside it. 0 is a value."""

    amount_cents: int
    reason: str


@dataclass(frozen=True)
class Limits:
    """The least and the most that an owner may carry, None where nothing limits it.

    `change_share`: at most this much more or less than last year (0.2 is ± 20 %); no limit for one without a last year.
    """

    floor_cents: int | None = None
    ceiling_cents: int | None = None
    change_share: float | None = None

    def bounds_cents(self, last_year_cents: int | None) -> tuple[int, int | None]:
        """The least and the most in whole units, the narrower of each; they may cross."""
        least = [0, self.floor_cents or 0]
        most = [] if self.ceiling_cents is None else [self.ceiling_cents]
        if self.change_share is not None and last_year_cents is not None:
            least.append(ceil(round(last_year_cents * (1 - self.change_share), 6)))
            most.append(floor(round(last_year_cents * (1 + self.change_share), 6)))
        return max(least), min(most, default=None)


@dataclass(frozen=True)
class Owner:
    """A company, team or rep with a quota; `within` is the key of the owner above, None for the one on top.

    `drivers`: what its share may go by (history, potential, …); a missing or None value is not known, 0 is 0. Where
    others are within it, a driver that it has no value of its own for is their sum.
    `ramp`: of a rep, the share of a full quota in each month of the plan; empty is full. `locked_cents` keeps an amount
    as it is; `locked_months` keep single months of a rep, by first day.
    """

    key: str
    name: str
    within: str | None = None
    drivers: Mapping[str, float | None] = field(default_factory=dict)
    last_year_cents: int | None = None
    limits: Limits = Limits()
    ramp: tuple[float, ...] = ()
    locked_cents: int | None = None
    locked_months: Mapping[date, int] = field(default_factory=dict)
    override: Override | None = None

    def __post_init__(self) -> None:
        """Raises Refusal for a negative amount and for an override without a reason."""
        set_by_hand = [self.override.amount_cents] if self.override else []
        amounts = [self.locked_cents, self.limits.floor_cents, self.limits.ceiling_cents, *self.locked_months.values()]
        if any(amount is not None and amount < 0 for amount in [*set_by_hand, *amounts]):
            raise Refusal(f"{self.name} has a quota, lock or limit below 0.", "A quota is 0 or more, or empty.")
        if self.override and not self.override.reason.strip():
            raise Refusal(f"The override of {self.name} has no reason.", "Say why, for the one who will ask.")


@dataclass(frozen=True)
class Tree:
    """Owners by who is within whom. Raises Refusal unless exactly one is on top and every other hangs below it."""

    owners: tuple[Owner, ...]

    def __post_init__(self) -> None:
        keys = [owner.key for owner in self.owners]
        if len(set(keys)) < len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise Refusal(f"{self.by_key[twice].name} is in the plan twice.", "Keep one.")
        tops = [owner.name for owner in self.owners if owner.within is None]
        if len(tops) != 1:
            raise Refusal(f"A plan has one owner on top, not {len(tops)}.", "Put the others into a team.")
        reached = {owner.key for owner in self.below(self.top)} | {self.top.key}
        if lost := [owner.name for owner in self.owners if owner.key not in reached]:
            raise Refusal(f"{lost[0]} is in no team of this plan.", "Say which team, or leave them out.")

    @cached_property
    def by_key(self) -> dict[str, Owner]:
        return {owner.key: owner for owner in self.owners}

    @cached_property
    def _within(self) -> dict[str | None, list[Owner]]:
        found: dict[str | None, list[Owner]] = {}
        for owner in self.owners:
            found.setdefault(owner.within, []).append(owner)
        return found

    @property
    def top(self) -> Owner:
        return self._within[None][0]

    def within(self, owner: Owner) -> Sequence[Owner]:
        """Those directly below, in their order; none below a rep."""
        return self._within.get(owner.key, ())

    def below(self, owner: Owner) -> Iterator[Owner]:
        """Everyone below, each one before those within it."""
        for each in self.within(owner):
            yield each
            yield from self.below(each)

    def leaves(self, owner: Owner) -> list[Owner]:
        """Those below with nobody within them, the reps; the owner itself where it is one."""
        return [each for each in (owner, *self.below(owner)) if not self.within(each)]
