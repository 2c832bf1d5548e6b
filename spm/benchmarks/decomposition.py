"""What explains a change, split so that the parts add up exactly (DEFINITIONS 4). Pure; exact rational arithmetic."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations
from math import factorial, prod

NOTHING = Fraction(0)
BESIDE = "Not among closed deals"

Vector = tuple[Fraction, ...]
"""One factor, for each group; bookings are the sum over the groups of the factors' products."""


@dataclass(frozen=True)
class Part:
    """One reason of a change, and what it is worth in minor units."""

    name: str
    amount_cents: Fraction


@dataclass(frozen=True)
class Change:
    """From `before` to `after` in minor units: the parts add up to the difference, exactly."""

    before_cents: Fraction
    after_cents: Fraction
    parts: tuple[Part, ...]

    def with_others(self, names: Set[str]) -> "Change":
        """The same with only the parts of these names by name, all others together."""
        kept = [part for part in self.parts if part.name in names]
        others = [part.amount_cents for part in self.parts if part.name not in names]
        return Change(self.before_cents, self.after_cents, (*kept, Part(f"{len(others)} others", _total(others))))


@dataclass(frozen=True)
class Factors:
    """What bookings are a product of: closed deals, won deals and their amount in minor units.

    Of a company without deals `closed` are its orders and `won` is None. Counts may be fractions, of shared deals.
    """

    closed: Fraction
    won: Fraction | None
    bookings_cents: Fraction

    @classmethod
    def of(cls, closed: float, won: float | None, bookings_cents: float) -> "Factors":
        return cls(Fraction(closed), None if won is None else Fraction(won), Fraction(bookings_cents))

    def over(self, people_count: int) -> "Factors":
        """The same for each of so many people."""
        won = None if self.won is None else self.won / people_count
        return Factors(self.closed / people_count, won, self.bookings_cents / people_count)


def by_factor(before: Factors, after: Factors) -> Change:
    """The change by closed deals, win rate and average deal; of orders by their count and average.

    A factor that is not defined on one side (no deal closed, none won) takes the other side's value.
    """
    if before.won is None or after.won is None:
        names: tuple[str, ...] = ("Orders", "Average order")
        sides: list[tuple[Sequence[Fraction | None], ...]] = [
            ((one.closed,), _ratios([one.bookings_cents], [one.closed])) for one in (before, after)
        ]
    else:
        names = ("Closed deals", "Win rate", "Average deal")
        sides = [
            (
                (one.closed,),
                _ratios([one.won or NOTHING], [one.closed]),
                _ratios([one.bookings_cents], [one.won or NOTHING]),
            )
            for one in (before, after)
        ]
    return _change(before.bookings_cents, after.bookings_cents, names, _shapley(*_filled(*sides)))


def by_member(before: Mapping[str, float], after: Mapping[str, float]) -> Change:
    """The change by who brought it, the largest gain first; amounts in minor units, left out where nothing changed."""
    earlier, later = ({name: Fraction(amount) for name, amount in side.items()} for side in (before, after))
    names = sorted({*earlier, *later})
    changes = [Part(name, later.get(name, NOTHING) - earlier.get(name, NOTHING)) for name in names]
    parts = sorted((part for part in changes if part.amount_cents), key=lambda part: -float(part.amount_cents))
    return Change(_total(earlier.values()), _total(later.values()), tuple(parts))


def by_mix(before: Mapping[str, Factors], after: Mapping[str, Factors]) -> Change:
    """The change by how many deals closed, how they were spread over the groups, and what one brought in its group.

    `before` and `after`: group (a segment, a product, a member) → its factors. What a closed deal brings is the group's
    bookings ÷ its closed deals; a group without any on one side takes the other side's.
    """
    groups = sorted({*before, *after})
    sides: list[tuple[Sequence[Fraction | None], ...]] = []
    for side in (before, after):
        known = [side.get(group, Factors(NOTHING, NOTHING, NOTHING)) for group in groups]
        closed = [one.closed for one in known]
        every = [_total(closed)] * len(groups)
        sides.append((tuple(every), _ratios(closed, every), _ratios([one.bookings_cents for one in known], closed)))
    names = ("How many closed", "Mix", "Worth of a closed one")
    totals = [_total(one.bookings_cents for one in side.values()) for side in (before, after)]
    return _change(totals[0], totals[1], names, _shapley(*_filled(*sides)))


def _shapley(before: Sequence[Vector], after: Sequence[Vector]) -> list[Fraction]:
    """What each factor adds to the total: its mean step over all orders in which they may change (Shapley 1953)."""
    count = len(before)
    totals = {
        changed: _product([after[at] if at in changed else before[at] for at in range(count)])
        for size in range(count + 1)
        for changed in map(frozenset, combinations(range(count), size))
    }
    gains = [NOTHING] * count
    for order in permutations(range(count)):
        for place, at in enumerate(order):
            gains[at] += totals[frozenset(order[: place + 1])] - totals[frozenset(order[:place])]
    return [gain / factorial(count) for gain in gains]


def _product(factors: Sequence[Vector]) -> Fraction:
    return _total(prod(of_group) for of_group in zip(*factors, strict=True))


def _ratios(numerators: Sequence[Fraction], denominators: Sequence[Fraction]) -> tuple[Fraction | None, ...]:
    return tuple(above / below if below else None for above, below in zip(numerators, denominators, strict=True))


def _filled(
    before: Sequence[Sequence[Fraction | None]], after: Sequence[Sequence[Fraction | None]]
) -> tuple[list[Vector], list[Vector]]:
    """Both sides with what is not defined on one taken from the other; 0 where it is on neither."""

    def taken(side: Sequence[Fraction | None], other: Sequence[Fraction | None]) -> Vector:
        pairs = zip(side, other, strict=True)
        return tuple(own if own is not None else instead or NOTHING for own, instead in pairs)

    pairs = list(zip(before, after, strict=True))
    return [taken(own, other) for own, other in pairs], [taken(own, other) for other, own in pairs]


def _change(before: Fraction, after: Fraction, names: Sequence[str], amounts: Sequence[Fraction]) -> Change:
    parts = [Part(name, amount) for name, amount in zip(names, amounts, strict=True)]
    beside = after - before - _total(amounts)  # amounts that no closed deal carries
    return Change(before, after, (*parts, Part(BESIDE, beside)) if beside else tuple(parts))


def _total(amounts: Iterable[Fraction]) -> Fraction:
    return sum(amounts, NOTHING)
