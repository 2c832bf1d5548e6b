"""Saving scenarios and plans, saying what one thinks of a quota, and publishing them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from spm.calendar import Span
from spm.company.queries import company_within
from spm.errors import Refusal, UnknownName
from spm.planning.allocation.quotas import Allocation
from spm.planning.baseline.course import Baseline
from spm.planning.draft import Draft
from spm.planning.draft import as_plain as draft_as_plain
from spm.planning.publishing import effective
from spm.planning.publishing.model import (
    DRAFT,
    PUBLISHED,
    REVIEWED,
    Review,
    kept_quotas,
    latest,
    open_reviews,
    plan_facts,
)
from spm.planning.scenarios.plain import as_plain, from_plain
from spm.planning.scenarios.scenario import Scenario
from spm.store.change_sets import Author, Writing, writing
from spm.store.opening import Store
from spm.store.rows import Row
from spm.store.tables import (
    Assignment,
    CoveredSpan,
    Person,
    PlannedQuota,
    PlanScenario,
    Quota,
    QuotaPlan,
    QuotaReview,
    Team,
)
from spm.store.upkeep import refresh_totals

KEPT = ("id", "key", "person_id", "team_id", "starts_on", "ends_before", "amount_cents", "source_id", "source_row")


def save_scenario(store: Store, author: Author, scenario: Scenario, note: str = "", copied_from: str = "") -> int:
    """Keeps a scenario as the next version of its name; returns its number. Raises Refusal where it says nothing new."""
    name = scenario.name.strip()
    if not name:
        raise Refusal("A scenario needs a name.", "Call it after what is different in it.")
    levers = as_plain(scenario)["levers"]
    with writing(store, "edit", author, ["plans"]) as open_set:
        known = sorted(open_set.rows(PlanScenario, "version", "levers", name=name), key=lambda row: row["version"])
        if known and from_plain({"name": name, "levers": known[-1]["levers"]}).levers == scenario.levers:
            raise Refusal(f"“{name}” is saved like this already.")
        number = known[-1]["version"] + 1 if known else 1
        row = {"name": name, "version": number, "levers": levers, "copied_from": copied_from, "note": note.strip()}
        open_set.insert(PlanScenario, [row])
        open_set.describe(f"scenario {name}, version {number}")
    return number


def save_plan(
    store: Store, author: Author, baseline: Baseline, draft: Draft, found: Allocation, probability: float, seed: int,
    note: str = "",
) -> int:  # fmt: skip
    """Keeps quotas as a draft, the next version of their period, with what they rest on; returns its id.

    `probability` of the company target and the `seed` that it was simulated with go with it.
    """
    period = baseline.period
    with writing(store, "edit", author, ["plans"]) as open_set:
        known = open_set.rows(QuotaPlan, "version", starts_on=period.start, ends_before=period.end)
        number = max((row["version"] for row in known), default=0) + 1
        (plan_id,) = open_set.insert(
            QuotaPlan,
            [
                {
                    "starts_on": period.start, "ends_before": period.end, "version": number, "stage": DRAFT,
                    "effective_on": draft.effective_on, "target_cents": draft.target_cents,
                    "draft": draft_as_plain(draft), "facts": plan_facts(baseline, found, probability, seed),
                    "note": note.strip(),
                }
            ],
        )  # fmt: skip
        open_set.insert(PlannedQuota, [{"plan_id": plan_id, **row} for row in kept_quotas(baseline, draft, found)])
        open_set.describe(f"quotas for {period.title}, version {number}")
    return plan_id


def review(
    store: Store, author: Author, plan_id: int, person_ids: Sequence[int], is_accepted: bool, comment: str = ""
) -> None:
    """Accepts the quotas of some reps, or comments on them. Raises Refusal for a plan that is published, or without a word."""
    if not is_accepted and not comment.strip():
        raise Refusal("Say what should be different.", "Whoever made the plan reads it beside the quota.")
    with writing(store, "edit", author, ["plans"]) as open_set:
        plan = _plan(open_set, plan_id)
        if plan["stage"] == PUBLISHED:
            raise Refusal("These quotas are published.", "Save a new version to change them.")
        rows = [
            {"plan_id": plan_id, "person_id": person, "is_accepted": is_accepted, "comment": comment.strip()}
            for person in person_ids
        ]
        open_set.insert(QuotaReview, rows)
        said = "accepted" if is_accepted else "commented on"
        open_set.describe(f"{len(rows)} {'quota' if len(rows) == 1 else 'quotas'} of version {plan['version']} {said}")


def finish_review(store: Store, author: Author, plan_id: int) -> None:
    """Takes a draft as reviewed. Raises Refusal, naming whose quota nobody has accepted, and for one that is no draft."""
    with writing(store, "edit", author, ["plans"]) as open_set:
        plan = _plan(open_set, plan_id)
        if plan["stage"] != DRAFT:
            raise Refusal(f"Version {plan['version']} is {plan['stage']} already.")
        _refuse_unless_accepted(open_set, plan_id)
        open_set.update(QuotaPlan, [{"id": plan_id, "stage": REVIEWED}])
        open_set.describe(f"quotas of version {plan['version']} reviewed")


def publish(store: Store, author: Author, plan_id: int) -> None:
    """Lets the quotas of a reviewed plan count, from its effective day on, one a rep and month.

    What held on these days for the same reps, for who left before, and for any team of the plan as a whole, ends there; days
    before keep what they had.
    Undoing this change set brings it back. Raises Refusal for a plan that is not reviewed, or older than a published one.
    """
    with writing(store, "edit", author, ["plans", "facts"]) as open_set:
        plan = _plan(open_set, plan_id)
        if plan["stage"] != REVIEWED:
            raise Refusal(f"Version {plan['version']} is {plan['stage']}.", "Only a reviewed plan can be published.")
        _refuse_if_outdated(open_set, plan)
        _refuse_unless_accepted(open_set, plan_id)
        taken = Span(plan["effective_on"], plan["ends_before"])
        planned = open_set.rows(PlannedQuota, "person_id", "months_cents", "facts", plan_id=plan_id)
        calendar = company_within(open_set).working_calendar
        _end_what_held(open_set, planned, set(plan["facts"]["teams"]), taken, calendar)
        keys = {row["id"]: row["key"] for row in open_set.rows(Person, "id", "key")}
        open_set.insert(
            Quota,
            [
                {"key": effective.quota_key(keys[row["person_id"]], month), "person_id": row["person_id"],
                 "metric": "bookings", "starts_on": month.start, "ends_before": month.end, "amount_cents": amount}
                for row in planned
                for month, amount in effective.by_month(row["months_cents"], plan["starts_on"], taken.start)
            ],
        )  # fmt: skip
        covered = {"measure": "quota", "starts_on": taken.start, "ends_before": taken.end}
        open_set.insert(CoveredSpan, [covered])
        open_set.update(QuotaPlan, [{"id": plan_id, "stage": PUBLISHED}])
        refresh_totals(open_set, calendar)
        since = f"{taken.start.day} {taken.start:%b %Y}"
        open_set.describe(f"quotas of {len(planned)} reps published from {since}, version {plan['version']}")


def _end_what_held(open_set: Writing, planned: Sequence[Row], teams: set[str], taken: Span, calendar: Any) -> None:
    """Quotas of these reps, of who left, and of teams give way on the days that are taken; on others they stay as they are."""
    persons = {row["person_id"] for row in planned} | _left_before(open_set, taken.start)
    team_ids = {row["id"] for row in open_set.rows(Team, "id", "name") if row["name"] in teams}
    held = [
        row
        for row in open_set.rows(Quota, *KEPT, metric="bookings")
        if (row["person_id"] in persons or row["team_id"] in team_ids)
        and row["starts_on"] < taken.end
        and taken.start < row["ends_before"]
    ]
    open_set.delete(Quota, [row["id"] for row in held])
    pieces = [_piece(row, piece) for row in held for piece in effective.remaining(row, taken, calendar)]
    open_set.insert(Quota, pieces)


def _left_before(open_set: Writing, day: date) -> set[int]:
    """Those whose last day, or the end of all of whose assignments, lies before a day."""
    until: dict[int, date] = {}
    for row in open_set.rows(Assignment, "person_id", "ends_before"):
        until[row["person_id"]] = max(until.get(row["person_id"], date.min), row["ends_before"] or date.max)
    ended = {row["id"] for row in open_set.rows(Person, "id", "ended_on") if row["ended_on"] and row["ended_on"] < day}
    return ended | {person for person, end in until.items() if end <= day}


def _piece(row: Mapping[str, Any], piece: Row) -> Row:
    owner = row["key"].split(" | ")[0]
    span = Span(piece["starts_on"], piece["ends_before"])
    return {**{name: row[name] for name in KEPT if name != "id"}, **piece, "metric": "bookings",
            "key": effective.quota_key(owner, span)}  # fmt: skip


def _refuse_unless_accepted(open_set: Writing, plan_id: int) -> None:
    persons = [row["person_id"] for row in open_set.rows(PlannedQuota, "person_id", plan_id=plan_id)]
    rows = open_set.rows(QuotaReview, "id", "person_id", "is_accepted", "comment", plan_id=plan_id)
    in_order = sorted(rows, key=lambda row: row["id"])
    said = latest(Review(row["person_id"], row["is_accepted"], row["comment"], "") for row in in_order)
    if missing := open_reviews(persons, said):
        names = {row["id"]: row["name"] for row in open_set.rows(Person, "id", "name")}
        named = ", ".join(names[person] for person in missing[:3])
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        raise Refusal(f"Nobody has accepted the quota of {named}{more}.", "Accept them, or save a version that can be.")


def _refuse_if_outdated(open_set: Writing, plan: Row) -> None:
    others = open_set.rows(QuotaPlan, "version", "stage", starts_on=plan["starts_on"], ends_before=plan["ends_before"])
    later = [row["version"] for row in others if row["stage"] == PUBLISHED and row["version"] > plan["version"]]
    if later:
        raise Refusal(
            f"Version {max(later)} is published already.", "Save a new version from this one, and publish that."
        )


def _plan(open_set: Writing, plan_id: int) -> Row:
    found = open_set.rows(
        QuotaPlan, "id", "version", "stage", "starts_on", "ends_before", "effective_on", "facts", id=plan_id
    )
    if not found:
        raise UnknownName("This plan is not there any more.", "Load the page again.")
    return found[0]
