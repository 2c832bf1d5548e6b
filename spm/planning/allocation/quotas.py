"""A target from the top to every team, rep and month, adding up exactly, each step kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from spm import money
from spm.errors import Refusal
from spm.planning.allocation.owners import Owner
from spm.planning.allocation.plan import Plan
from spm.planning.allocation.room import Room, check_fits, kept_cents, mix_used, rooms
from spm.planning.allocation.spreading import Part, spread


@dataclass(frozen=True)
class Step:
    """One step on the way to a quota: what was done, and the amount after it."""

    text: str
    amount_cents: int


@dataclass(frozen=True)
class Quota:
    """What one owner carries, by month of the plan, and how it came about: the last step's amount is the quota.

    `calculated_cents`: what it would be if nobody within the same owner had an override; None where the limits leave no
    way without one. `share`: of what the owner above carries, by the drivers alone.
    """

    owner: Owner
    amount_cents: int
    calculated_cents: int | None
    share: float
    steps: tuple[Step, ...]
    months_cents: tuple[int, ...] = ()


@dataclass(frozen=True)
class Allocation:
    """The quotas of a plan by owner's key, each owner before those within it."""

    plan: Plan
    quotas: Mapping[str, Quota]

    def frame(self) -> pd.DataFrame:
        """One row an owner: owner, name, within, last_year_cents, calculated_cents, quota_cents, months_cents, is_kept.

        Amounts in minor units, NA where missing; `months_cents` holds a list; `is_kept`: set by a lock or an override.
        """
        rows = [
            (
                key,
                quota.owner.name,
                quota.owner.within,
                quota.owner.last_year_cents,
                quota.calculated_cents,
                quota.amount_cents,
                list(quota.months_cents),
                kept_cents(quota.owner) is not None,
            )
            for key, quota in self.quotas.items()
        ]
        amounts = ["last_year_cents", "calculated_cents", "quota_cents"]
        frame = pd.DataFrame(rows, columns=["owner", "name", "within", *amounts, "months_cents", "is_kept"])
        return frame.astype(dict.fromkeys(amounts, "Int64"))


def allocation(plan: Plan) -> Allocation:
    """Quotas that add up to the minor unit: the reps of a team to the team, the teams to target × over-assignment, a
    rep's months to the rep, and in every month the reps to their team and the teams to the company.

    Locks and overrides are kept, limits held (an override may go beyond its own), and the rest is spread again by the
    drivers. Raises Refusal where that is not possible, with who and how much is in the way.
    """
    tree, top = plan.tree, plan.tree.top
    room = rooms(plan, with_overrides=True)
    without_overrides = _rooms_without_overrides(plan) if any(owner.override for owner in tree.owners) else room
    quotas = {top.key: Quota(top, plan.assigned_cents, plan.assigned_cents, 1.0, _first_steps(plan))}
    _check_top(plan, room[top.key].part)
    for owner in (top, *tree.below(top)):
        if tree.within(owner):
            check_fits(plan, owner, quotas[owner.key].amount_cents, room)
            quotas |= _shared_out(plan, quotas[owner.key], room, without_overrides)
    return Allocation(plan, _with_months(plan, quotas))


def _check_top(plan: Plan, part: Part) -> None:
    """The company carries what is assigned, whatever lock or limit of its own says otherwise."""
    amount = plan.assigned_cents
    if amount < part.least or (part.most is not None and amount > part.most):
        shown = [money.full(cents, plan.currency) for cents in (amount, part.least, part.most or part.least)]
        raise Refusal(
            f"{shown[0]} is to be assigned, but limits, locks and overrides leave {shown[1]} to {shown[2]}.",
            "Loosen one of them, or change the target or the over-assignment.",
        )


def _rooms_without_overrides(plan: Plan) -> dict[str, Room] | None:
    """None where the limits and locks contradict each other as soon as the overrides are gone."""
    try:
        return rooms(plan, with_overrides=False)
    except Refusal:
        return None


def _first_steps(plan: Plan) -> tuple[Step, ...]:
    found = [Step("Company target", plan.target_cents)]
    found += _step(f"Over-assignment, {plan.over_assignment:.4g} × target", plan.quotas_cents, found)
    found += _step("Less what those who left carried", plan.assigned_cents, found)
    return tuple(found)


def _shared_out(
    plan: Plan, above: Quota, room: Mapping[str, Room], without_overrides: Mapping[str, Room] | None
) -> dict[str, Quota]:
    """The quotas of those directly within an owner."""
    total, members = above.amount_cents, plan.tree.within(above.owner)
    shares = [room[member.key].by_drivers.share for member in members]
    amounts = spread(total, [room[member.key].part for member in members])
    by_drivers = money.split(total, shares)
    ramped = [room[member.key].part.weight for member in members]
    by_ramp = money.split(total, ramped) if any(ramped) else by_drivers
    calculated = _calculated(total, members, without_overrides)
    mix = " and ".join(_mix_words(plan, above.owner))
    found = {}
    for at, member in enumerate(members):
        assumed = room[member.key].by_drivers.assumed
        unknown = " and ".join(plan.driver_words.get(driver, driver) for driver in assumed)
        note = f" ({unknown} not known: the others' mean)" if assumed else ""
        steps = [Step(f"{_percent(shares[at])} of {above.owner.name} by {mix}{note}", by_drivers[at])]
        steps += _step(_ramp_words(plan, member), by_ramp[at], steps)
        steps += _step(_limit_words(member), calculated[at], steps)
        steps += _step(_override_words(member), amounts[at], steps)
        found[member.key] = Quota(member, amounts[at], calculated[at], shares[at], tuple(steps))
    return found


def _calculated(total: int, members: Sequence[Owner], room: Mapping[str, Room] | None) -> list[int | None]:
    if room is None:
        return [None] * len(members)
    try:
        return list(spread(total, [room[member.key].part for member in members]))
    except ValueError:  # only the overrides bring the total into reach
        return [None] * len(members)


def _step(text: str, amount: int | None, before: Sequence[Step]) -> list[Step]:
    """The step, where it changes the amount."""
    return [] if amount is None or amount == before[-1].amount_cents else [Step(text, amount)]


def _mix_words(plan: Plan, owner: Owner) -> list[str]:
    used = {driver: weight for driver, weight in mix_used(plan, owner).items() if weight}
    whole = sum(used.values())
    named = {plan.driver_words.get(driver, driver): weight for driver, weight in used.items()}
    return [driver if len(used) == 1 else f"{_percent(weight / whole)} {driver}" for driver, weight in named.items()]


def _percent(share: float) -> str:
    return f"{100 * share:.1f}".removesuffix(".0") + " %"


def _ramp_words(plan: Plan, member: Owner) -> str:
    share = plan.ramp_share(member)
    return f"Ramp, {_percent(share)} of a full quota" if share < 1 else "Taken over from those who ramp"


def _limit_words(member: Owner) -> str:
    return "Limits and locks, the rest spread again" if member.locked_cents is None else "Locked"


def _override_words(member: Owner) -> str:
    return f"Set by hand: {member.override.reason}" if member.override else "Overrides of others, the rest spread again"


def _with_months(plan: Plan, quotas: Mapping[str, Quota]) -> dict[str, Quota]:
    """The quotas with their months: a rep's by season and ramp, everyone else's the sum of those below."""
    by_rep = {rep.key: _months(plan, quotas[rep.key]) for rep in plan.tree.leaves(plan.tree.top)}
    found = {}
    for key, quota in quotas.items():
        below = [by_rep[rep.key] for rep in plan.tree.leaves(quota.owner)]
        found[key] = replace(quota, months_cents=tuple(map(sum, zip(*below, strict=True))))
    return found


def _months(plan: Plan, quota: Quota) -> list[int]:
    locked = plan.locked_months(quota.owner)
    return spread(
        quota.amount_cents,
        [
            Part(weight, locked[month], locked[month]) if month in locked else Part(weight)
            for month, weight in zip(plan.months, plan.month_weights(quota.owner), strict=True)
        ],
    )
