"""Saved scenarios and plans, and what holds already."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import floor
from typing import Any

import pandas as pd

from spm.calendar import Period, Span, plus_months
from spm.metrics.queries import Question, Scene, value, values
from spm.planning.allocation.roster import person_key
from spm.planning.draft import from_plain
from spm.planning.publishing.letter import Letter, letter
from spm.planning.publishing.model import Kept, Review, Version, latest
from spm.planning.ramp import tenure_months
from spm.planning.scenarios import plain
from spm.store import plans

NOISE = 1e-3  # of a minor unit: totals keep ten-thousandths, and a working day is at least a 262nd of a quota


def scenarios_of(scene: Scene) -> dict[str, list[Kept]]:
    """Name → its versions, the latest last."""
    found: dict[str, list[Kept]] = {}
    for row in plans.scenarios(scene.store).to_dict("records"):
        scenario = plain.from_plain({"name": row["name"], "levers": row["levers"]})
        kept = Kept(scenario, int(row["version"]), row["copied_from"], row["note"], row["author"], row["made_at"])
        found.setdefault(row["name"], []).append(kept)
    return found


def versions_of(scene: Scene, period: Span) -> list[Version]:
    """The versions of the quotas of a period, the latest last."""
    rows = plans.quota_plans(scene.store)
    mine = rows[(rows["starts_on"] == period.start) & (rows["ends_before"] == period.end)]
    return [_version(row) for row in mine.to_dict("records")]


def planned(scene: Scene, plan_id: int) -> pd.DataFrame:
    """The quotas of a version as they were saved, one row a rep: see `store.plans.planned_quotas`."""
    return plans.planned_quotas(scene.store, plan_id)


def reviews_of(scene: Scene, plan_id: int) -> dict[int, Review]:
    """Person → what was said last of their quota."""
    rows = plans.reviews(scene.store, plan_id).to_dict("records")
    return latest(
        Review(int(row["person_id"]), bool(row["is_accepted"]), row["comment"], row["author"]) for row in rows
    )


def letters_of(scene: Scene, version: Version) -> list[Letter]:
    """How each quota of a version was set, from the numbers as they were saved."""
    rows = planned(scene, version.id).to_dict("records")
    return [letter(version, row["rep"], int(row["amount_cents"]), row["months_cents"], row["facts"]) for row in rows]


def kept_months(scene: Scene, period: Period, effective_on: date) -> dict[str, dict[date, int]]:
    """Owner's key → month → the quota that holds, for the months of a period before the day on which a change takes effect.

    0 for who is there in the period and has none in a month: nothing is published for it any more, so that all they carry
    falls on the months to come. Empty where no quota holds for anybody.
    """
    if effective_on <= period.start or "quota" not in scene.covered:
        return {}
    rows = values(scene, Question("quota", ("rep", "month"), span=Span(period.start, effective_on)))
    people = dict(zip(scene.org.people["rep"], scene.org.people["id"], strict=True))
    over = [plus_months(period.start, at) for at in range(tenure_months(period.start, effective_on))]
    there = {int(person) for person in scene.org.active(period)["person_id"]}
    found: dict[str, dict[date, int]] = {person_key(person): dict.fromkeys(over, 0) for person in there}
    for rep, own in rows.dropna(subset=["value", "rep"]).groupby("rep"):
        labels = [scene.standing.company.fiscal_calendar.period(label).start for label in own["month"]]
        found[person_key(int(people[rep]))] = _whole_cents(dict(zip(labels, own["value"], strict=True)), over)
    return found if any(any(months.values()) for months in found.values()) else {}


def held_cents(scene: Scene, period: Period, effective_on: date) -> int | None:
    """The company's quota of a period's months before a day, as its attainment counts it: teams' own where they have any."""
    if effective_on <= period.start:
        return None
    held = value(scene, "quota", Span(period.start, effective_on))
    return None if held is None else round(held)


def _whole_cents(months: Mapping[date, float], over: Sequence[date]) -> dict[date, int]:
    """Whole minor units by month that add up to what a quota keeps when it is cut after any of them."""
    found, before, sums = {}, 0, 0.0
    for month in over:
        sums += months.get(month, 0.0)
        until = floor(sums + 0.5 + NOISE)
        found[month], before = until - before, until
    return found


def _version(row: dict[str, Any]) -> Version:
    return Version(
        int(row["id"]), Span(row["starts_on"], row["ends_before"]), int(row["version"]), row["stage"], row["effective_on"],
        int(row["target_cents"]), from_plain(row["draft"]), row["facts"], row["note"], row["author"], row["made_at"],
        row["changed_at"],
    )  # fmt: skip
