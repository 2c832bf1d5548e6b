"""What room each owner of a plan has: the part that it can take of what the owner above carries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spm import money
from spm.errors import Refusal
from spm.planning.allocation.drivers import EVEN, DriverShare, Mix, driver_shares
from spm.planning.allocation.owners import Owner
from spm.planning.allocation.plan import Plan
from spm.planning.allocation.spreading import Part, reach


@dataclass(frozen=True)
class Room:
    """`by_drivers`: the share by drivers alone; `part`: that share × ramp as weight, and the least and the most."""

    by_drivers: DriverShare
    part: Part


def rooms(plan: Plan, with_overrides: bool) -> dict[str, Room]:
    """The room of everyone in the plan by owner's key, from their own limits and from what those within them can take.

    Raises Refusal, naming the owner and the amounts, where limits, locks or overrides contradict each other.
    """
    tree = plan.tree
    found: dict[str, Room] = {tree.top.key: Room(DriverShare(1.0), Part(1.0))}
    limits: dict[str, tuple[int, int | None]] = {}
    for owner in reversed([tree.top, *tree.below(tree.top)]):
        members = tree.within(owner)
        for member, shared in zip(members, _shares(plan, owner, with_overrides), strict=True):
            weight = shared.share * plan.ramp_share(member)
            found[member.key] = Room(shared, Part(weight, *limits[member.key]))
        inside = reach([found[member.key].part for member in members]) if members else _locked_months(plan, owner)
        limits[owner.key] = _limits(plan, owner, inside, with_overrides)
    top = found[tree.top.key]
    found[tree.top.key] = Room(top.by_drivers, Part(1.0, *limits[tree.top.key]))
    return found


def kept_cents(owner: Owner, with_overrides: bool = True) -> int | None:
    """The amount that an override, else a lock keeps for an owner; None where it is calculated."""
    return owner.override.amount_cents if with_overrides and owner.override else owner.locked_cents


def mix_used(plan: Plan, owner: Owner, with_overrides: bool = True) -> Mix:
    """By what an owner's amount is shared out; evenly where all within it are kept, so that nobody needs a driver."""
    is_all_kept = all(kept_cents(member, with_overrides) is not None for member in plan.tree.within(owner))
    return {EVEN: 1} if is_all_kept else plan.mix_within(owner)


def check_fits(plan: Plan, owner: Owner, amount_cents: int, room: Mapping[str, Room]) -> None:
    """Raises Refusal where those within `owner` cannot carry exactly `amount_cents` together, saying why."""
    members = plan.tree.within(owner)
    parts = [room[member.key].part for member in members]
    least, most = reach(parts)
    if amount_cents < least:
        raise _refusal(
            plan, owner, amount_cents, "at least", least, [(m, p.least) for m, p in zip(members, parts, strict=True)]
        )
    if most is not None and amount_cents > most:
        reaches = [(m, p.reach or 0) for m, p in zip(members, parts, strict=True)]
        raise _refusal(plan, owner, amount_cents, "at most", most, reaches)


def _shares(plan: Plan, owner: Owner, with_overrides: bool) -> list[DriverShare]:
    members = plan.tree.within(owner)
    if not members:
        return []
    return driver_shares(plan.tree, members, mix_used(plan, owner, with_overrides))


def _locked_months(plan: Plan, rep: Owner) -> tuple[int, int | None]:
    """The least is what its locked months carry; the most too, where no other month has a weight to take the rest by."""
    locked = plan.locked_months(rep)
    weights = zip(plan.months, plan.month_weights(rep), strict=True)
    is_open = any(weight for month, weight in weights if month not in locked)
    return sum(locked.values()), None if is_open else sum(locked.values())


def _limits(plan: Plan, owner: Owner, inside: tuple[int, int | None], with_overrides: bool) -> tuple[int, int | None]:
    """The least and the most of an owner: its own, and no more than those `inside` it allow."""
    kept = kept_cents(owner, with_overrides)
    least, most = owner.limits.bounds_cents(owner.last_year_cents) if kept is None else (kept, kept)
    inside_least, inside_most = inside
    low = max(least, inside_least)
    high = min((each for each in (most, inside_most) if each is not None), default=None)
    if high is None or low <= high:
        return low, high
    shown = [money.full(amount, plan.currency) for amount in (low, high)]
    raise Refusal(
        f"{owner.name} would carry {shown[0]} at least and {shown[1]} at most.",
        "Loosen a floor, a ceiling, a lock or an override of theirs, or of someone within.",
    )


def _refusal(
    plan: Plan, owner: Owner, amount: int, bound: str, together: int, parts: Sequence[tuple[Owner, int]]
) -> Refusal:
    largest = sorted(parts, key=lambda part: -part[1])[:3]
    named = ", ".join(f"{member.name} {money.full(cents, plan.currency)}" for member, cents in largest)
    more = " …" if len(parts) > len(largest) else ""
    return Refusal(
        f"{owner.name} carries {money.full(amount, plan.currency)}, but those within it carry "
        f"{money.full(together, plan.currency)} {bound}: {named}{more}.",
        "Loosen a limit or a lock, or change what is to be carried.",
    )
