"""By what an amount is shared out: history, potential, headcount, evenly, or a weighted mix of these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isnan

from spm.errors import Refusal
from spm.planning.allocation.owners import Owner, Tree

HEADCOUNT = "headcount"
EVEN = "even"
COUNTED = (HEADCOUNT, EVEN)  # known of everyone; any other driver is a value that an owner brings

WORDS: dict[str, str] = {"history": "last year", "even": "equal parts"}
"""Drivers whose name would say too little to the one whose quota it is."""

Mix = Mapping[str, float]
"""Driver → its weight in the mix; only their relation counts."""


@dataclass(frozen=True)
class DriverShare:
    """An owner's share of what the owner above carries, 0 to 1; `assumed` names drivers whose value stands for a missing one."""

    share: float
    assumed: tuple[str, ...] = ()


def driver_shares(tree: Tree, owners: Sequence[Owner], mix: Mix) -> list[DriverShare]:
    """The shares of `owners`, who are all within the same one, by a mix of drivers; they add up to 1.

    A rep without a value for a driver is taken at the mean of the team, or of everyone where the team has none. A
    negative value counts as 0. Raises Refusal for a mix without weight and a driver that nobody has a value above 0 for.
    """
    used = {driver: weight for driver, weight in mix.items() if weight}
    if not used or min(used.values()) < 0:
        raise Refusal("An allocation needs a driver.", "Give at least one a weight above 0, and none a negative one.")
    shares = [Fraction()] * len(owners)
    for driver, weight in used.items():
        values = [_value(tree, owner, driver) for owner in owners]
        if not sum(values):
            names = ", ".join(owner.name for owner in owners[:3])
            raise Refusal(
                f"Nobody of {names}{' …' if len(owners) > 3 else ''} has a {driver} above 0 to share by.",
                "Give values, or choose another driver, such as even.",
            )
        part = Fraction(str(weight)) / sum(Fraction(str(each)) for each in used.values())
        shares = [share + part * value / sum(values) for share, value in zip(shares, values, strict=True)]
    assumed = [tuple(driver for driver in used if _is_assumed(tree, owner, driver)) for owner in owners]
    return [DriverShare(float(share), names) for share, names in zip(shares, assumed, strict=True)]


def _known(owner: Owner, driver: str) -> Fraction | None:
    value = owner.drivers.get(driver, 1 if driver in COUNTED else None)
    return None if value is None or isnan(value) else Fraction(str(max(value, 0)))


def _value(tree: Tree, owner: Owner, driver: str) -> Fraction:
    members = tree.within(owner)
    if driver in owner.drivers or not members or driver == EVEN:
        known = _known(owner, driver)
        return _mean_of_others(tree, owner, driver) if known is None else known
    return sum((_value(tree, member, driver) for member in members), Fraction())


def _is_assumed(tree: Tree, owner: Owner, driver: str) -> bool:
    if tree.within(owner) and driver not in owner.drivers:
        return any(_is_assumed(tree, member, driver) for member in tree.within(owner))
    return _known(owner, driver) is None


def _mean_of_others(tree: Tree, owner: Owner, driver: str) -> Fraction:
    """What stands in for a value that is not known: the mean of the known ones nearest to the owner; 0 without any."""
    above = tree.by_key[owner.within] if owner.within is not None else None
    for place in (above, tree.top):
        reps = tree.leaves(place) if place else []
        known = [value for value in (_known(rep, driver) for rep in reps) if value is not None]
        if known:
            return sum(known, Fraction()) / len(known)
    return Fraction()
