"""How quotas that take effect inside a period add up to its target, and what of it is published for nobody. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from spm import money
from spm.planning.allocation.quotas import Allocation
from spm.planning.draft import Draft

CENTS_OF_ROUNDING = 100  # by which a team's quota may be off, cut into months, with nobody to blame


@dataclass(frozen=True)
class Parts:
    """Of all quotas of a plan: `before_cents` on months before it takes effect, `gone_cents` of who left, `to_come_cents`.

    `is_held`: whether quotas hold for the months before; else nothing is published for them.
    """

    before_cents: int
    gone_cents: int
    to_come_cents: int
    is_held: bool


def parts(found: Allocation, draft: Draft) -> Parts:
    """The parts, which add up to target × over-assignment."""
    whole = found.quotas[found.plan.tree.top.key].months_cents
    before = sum(cents for month, cents in zip(found.plan.months, whole, strict=True) if month < draft.effective_on)
    return Parts(before, found.plan.gone_cents, sum(whole) - before, bool(draft.kept_months))


def sentences(
    found: Allocation, draft: Draft, gone: Mapping[str, int], held_cents: int | None, currency: str
) -> list[str]:
    """What a reader has to know of a plan that takes effect inside its period; nothing of one that begins with it.

    `gone`: name → what those who left carried. `held_cents`: the company's quota of the months before, as attainment counts it.
    """
    if draft.effective_on <= found.plan.months[0]:
        return []
    known, day = parts(found, draft), f"{draft.effective_on:%B %Y}"
    before, to_come, left = (
        money.full(cents, currency) for cents in (known.before_cents, known.to_come_cents, known.gone_cents)
    )
    if not known.is_held:
        return [
            f"{before} falls on the months before {day}, for which nobody holds a quota: what is published adds up to {to_come}. "
            "Put it in force from an earlier month, or set the target that is to come."
        ]
    said = [f"{before} held before {day} and stays as it was; {to_come} is what is published."]
    if gone:
        named = [f"{name} {money.full(cents, currency)}" for name, cents in gone.items()]
        listed = ", ".join(named[:3]) + (f" and {len(named) - 3} more" if len(named) > 3 else "")
        said.append(f"With the {left} that those who left carried before ({listed}) it is the target.")
    if held_cents is not None:
        more = held_cents - known.before_cents - known.gone_cents
        if abs(more) >= CENTS_OF_ROUNDING:
            than = "more" if more > 0 else "less"
            said.append(
                f"Before {day} the company’s attainment goes by the teams’ own quotas, where they have any: "
                f"{money.full(held_cents, currency)} in all, {money.full(abs(more), currency)} {than} than the reps carried."
            )
    return said
