"""How one rep's quota was set, in their words, from the numbers of the plan. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spm import money
from spm.calendar import plus_months
from spm.metrics import wording
from spm.metrics.registry import Unit
from spm.metrics.wording import percent
from spm.planning.publishing.model import PUBLISHED, Version

Lines = tuple[tuple[str, str], ...]
"""Pairs of a label and an amount or a text."""


@dataclass(frozen=True)
class Letter:
    """What a rep is told. `steps`: what was done, with the amount after it; `months` add up to `amount`."""

    rep: str
    company: str
    team: str
    manager: str
    period: str
    amount: str
    status: str
    sentences: tuple[str, ...]
    steps: Lines
    months: Lines
    facts: Lines
    terms: Lines

    @property
    def title(self) -> str:
        return f"Your quota for {self.period}: {self.amount}"


TERMS: Lines = (
    ("Quota", "The bookings that you answer for: won deals on their close date, or orders where there are no deals."),
    ("Attainment", "Your bookings ÷ the quota of the same days; a part of a month counts by its working days."),
    ("Projection", "What your own past bookings say will probably come; it is no promise and no limit."),
    ("Ramp", "Months in which somebody new carries a part of a full quota."),
)


def letter(
    version: Version, rep: str, amount_cents: int, months_cents: Sequence[int], facts: Mapping[str, Any]
) -> Letter:
    """The letter of one rep in a version of a plan; `facts` as `model.kept_quotas` gives them."""
    currency = version.facts["currency"]

    def shown(cents: int | None) -> str:
        return "not known" if cents is None else money.full(cents, currency)

    months = tuple(
        (f"{plus_months(version.span.start, at):%B %Y}", shown(cents)) for at, cents in enumerate(months_cents)
    )
    company_steps = tuple(
        (step, shown(cents)) for step, cents in version.facts["teams"].get(version.facts["company"], [])
    )
    team_steps = tuple((step, shown(cents)) for step, cents in version.facts["teams"].get(facts["team"], []))
    own_steps = tuple((step, shown(cents)) for step, cents in facts["steps"])
    last_year = version.facts["last_year"]
    known = (
        (f"Your bookings in {last_year}", shown(facts["last_year_cents"])) if last_year else None,
        (f"Your projection for {version.facts['period']}", shown(facts["projection_cents"])),
        _potential(facts),
        ("Calculated, before anything was set by hand", shown(facts["calculated_cents"])),
        ("Company target", shown(version.target_cents)),
        ("All quotas together", shown(_all_cents(version))),
    )
    return Letter(
        rep, version.facts["company"], facts["team"], facts["manager"], version.facts["period"], shown(amount_cents),
        _status(version), _sentences(version, amount_cents, facts), (*company_steps, *team_steps, *own_steps), months,
        tuple(line for line in known if line), TERMS,
    )  # fmt: skip


def _all_cents(version: Version) -> int:
    """All quotas together, those of who left included (versions saved before these were counted say nothing of them)."""
    return int(version.facts["assigned_cents"]) + int(version.facts.get("gone_cents", 0))


def _potential(facts: Mapping[str, Any]) -> tuple[str, str] | None:
    """How large the territory is, and who says so; None where the quota does not go by it (or was saved before this was kept)."""
    if not facts.get("potential"):
        return None
    size, column = facts["potential"]
    return f"Your potential, {f'by the column “{column}”' if column else 'typed into the plan'}", f"{size:,.15g}"


def _status(version: Version) -> str:
    since = f"{version.effective_on.day} {version.effective_on:%B %Y}"
    if version.stage == PUBLISHED:
        on = f"{version.changed_at.day} {version.changed_at:%B %Y}"
        return f"Version {version.number}, published on {on}, in force from {since}."
    return f"Version {version.number}, a {version.stage} that is not in force; it would be from {since}."


def _sentences(version: Version, amount_cents: int, facts: Mapping[str, Any]) -> tuple[str, ...]:
    currency, found = version.facts["currency"], []
    last_year, projected = facts["last_year_cents"], facts["projection_cents"]
    quota = wording.whole(Unit.MONEY, amount_cents, currency)
    if last_year:
        still = ", of which a part is projected" if version.facts["projected_count"] else ""
        found.append(
            f"{quota} is {_against(amount_cents / last_year)} your bookings in {version.facts['last_year']}{still}."
        )
    if projected:
        found.append(f"It is {_against(amount_cents / projected)} what your own course projects.")
    if facts["reason"]:
        found.append(f"It was set by hand: {facts['reason']}.")
    if months := facts.get("months_reason"):  # not there in versions saved before months could be set
        found.append(f"Single months were set by hand, {months}.")
    if facts["is_ramping"]:
        found.append("You are new: your first months carry a part of a full quota.")
    assigned = _all_cents(version)
    if assigned != version.target_cents and version.target_cents:
        share = assigned / version.target_cents
        found.append(f"All quotas together are {percent(share)} of the company target.")
    return tuple(found)


def _against(ratio: float) -> str:
    change = round(100 * (ratio - 1))
    if not change:
        return "as much as"
    return f"{abs(change)} % {'above' if change > 0 else 'below'}"
