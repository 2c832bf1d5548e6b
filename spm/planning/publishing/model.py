"""Versions of a plan and of a scenario, what is said of its quotas, and what each of them rests on. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from spm.calendar import Span
from spm.planning.allocation.quotas import Allocation, Quota
from spm.planning.allocation.roster import POTENTIAL, person_key
from spm.planning.baseline.course import Baseline
from spm.planning.draft import Draft, Terms
from spm.planning.scenarios.scenario import Scenario

DRAFT, REVIEWED, PUBLISHED = "draft", "reviewed", "published"


@dataclass(frozen=True)
class Version:
    """One version of the quotas of a span; `facts` is what was known when it was saved."""

    id: int
    span: Span
    number: int
    stage: str
    effective_on: date
    target_cents: int
    draft: Draft
    facts: Mapping[str, Any]
    note: str
    author: str
    made_at: datetime
    changed_at: datetime

    @property
    def title(self) -> str:
        """As in "Version 3, published (Nora, 20 Mar 2026)"."""
        return f"Version {self.number}, {self.stage} ({self.author}, {self.made_at.day} {self.made_at:%b %Y})"


@dataclass(frozen=True)
class Review:
    """What was said last of one rep's quota in a version."""

    person_id: int
    is_accepted: bool
    comment: str
    author: str


def latest(reviews: Iterable[Review]) -> dict[int, Review]:
    """Person → what was said last."""
    return {review.person_id: review for review in reviews}


def open_reviews(person_ids: Sequence[int], said: Mapping[int, Review]) -> list[int]:
    """Those whose quota nobody has accepted, in order: commented on, or nothing said."""
    return [person for person in person_ids if person not in said or not said[person].is_accepted]


def months_reason(terms: Terms) -> str:
    """Which months were set by hand, and why: "January and March: parental leave"; "" where none was."""
    named = " and ".join(f"{month:%B}" for month in sorted(terms.months_cents))
    return f"{named}: {terms.reason}" if named else ""


def kept_quotas(baseline: Baseline, draft: Draft, found: Allocation) -> list[dict[str, Any]]:
    """Rows of planned_quota without the plan: each rep's amount, months, and what they rest on."""
    rows = []
    for row in baseline.members.to_dict("records"):
        quota = found.quotas[person_key(int(row["person_id"]))]
        facts = {
            "team": row["team"],
            "manager": row["manager"],
            "last_year_cents": _whole(row["last_year_cents"]),
            "projection_cents": _whole(row["projection_cents"]),
            "calculated_cents": quota.calculated_cents,
            "steps": [[step.text, step.amount_cents] for step in quota.steps],
            "reason": quota.owner.override.reason if quota.owner.override else "",
            "months_reason": months_reason(draft.of(person_key(int(row["person_id"])))),
            "is_ramping": any(share < 1 for share in quota.owner.ramp),
            "potential": _potential(quota, draft),
        }
        rows.append({"person_id": int(row["person_id"]), "amount_cents": quota.amount_cents,
                     "months_cents": list(quota.months_cents), "facts": facts})  # fmt: skip
    return rows


def _potential(quota: Quota, draft: Draft) -> list[Any] | None:
    """How large somebody's territory is and which column says so ("" typed in); None where the quota does not go by it."""
    size = quota.owner.drivers.get(POTENTIAL)
    if size is None or not dict(draft.mix).get(POTENTIAL):
        return None
    is_typed = draft.of(quota.owner.key).potential is not None
    return [size, "" if is_typed else draft.potential_from.replace("_", " ")]


def plan_facts(baseline: Baseline, found: Allocation, probability: float, seed: int) -> dict[str, Any]:
    """What all letters of a version have in common."""
    last_year = baseline.days.last_year
    return {
        "company": baseline.company,
        "currency": baseline.currency,
        "period": baseline.period.title,
        "last_year": last_year.title if last_year else "",
        "projected_count": baseline.days.projected_count,
        "teams": {
            quota.owner.name: [[step.text, step.amount_cents] for step in quota.steps]
            for key, quota in found.quotas.items()
            if not key.startswith("person ")
        },
        "assigned_cents": found.plan.assigned_cents,
        "gone_cents": found.plan.gone_cents,
        "probability": probability,
        "seed": seed,
    }


def _whole(value: Any) -> int | None:
    return None if value is None or pd.isna(value) else round(value)


@dataclass(frozen=True)
class Kept:
    """One version of a scenario, with who saved it when, and from which one it was copied ("" from none)."""

    scenario: Scenario
    number: int
    copied_from: str
    note: str
    author: str
    made_at: datetime

    @property
    def title(self) -> str:
        """As in "Version 2 (Nora, 20 Mar 2026)"."""
        return f"Version {self.number} ({self.author}, {self.made_at.day} {self.made_at:%b %Y})"
