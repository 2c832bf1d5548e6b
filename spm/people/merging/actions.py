"""Making one person of two, with everything that was theirs; one change set, which can be undone."""

from spm.company.queries import company_within
from spm.errors import Refusal
from spm.people.actions import EDITABLE, history_of, ids_of, one_row, put_history, remember_spellings
from spm.people.timeline import merged
from spm.store.change_sets import Author, Writing, writing
from spm.store.opening import Store
from spm.store.rows import Row
from spm.store.tables import (
    Activity,
    ClosedScore,
    Cost,
    Deal,
    DealCredit,
    DealVersion,
    ItemOpinion,
    Lead,
    Leave,
    Order,
    OrderLine,
    Person,
    PlannedQuota,
    Quota,
    QuotaReview,
    SkillLevel,
    Spelling,
    Survey,
    Table,
    TargetOverride,
)
from spm.store.tables import Assignment as StoredAssignment
from spm.store.upkeep import refresh_totals

OWNED: tuple[type[Table], ...] = (
    Spelling, Leave, Deal, DealCredit, DealVersion, Order, OrderLine, Lead, Activity, Survey, Cost, Quota,
    SkillLevel, TargetOverride, ClosedScore, ItemOpinion, PlannedQuota, QuotaReview,
)  # fmt: skip
"""Tables whose rows belong to the person in `person_id`, beside assignments."""


def merge_people(store: Store, author: Author, kept_id: int, merged_id: int) -> None:
    """Makes one person of two spellings: everything of the second is the first's, whose name and dates stay.

    The second's id, name and e-mail become spellings of the first, so that the next import means the first by them.
    What the first leaves open (e-mail, first day, role on a day) is taken from the second. Where both have a quota for
    the same metric and days, the later written one holds.
    """
    if kept_id == merged_id:
        raise Refusal("Two people are needed for that.")
    with writing(store, "edit", author, ["people", "facts"]) as open_set:
        kept, gone = (
            one_row(open_set, Person, person_id, "id", "key", *EDITABLE, "attributes")
            for person_id in (kept_id, merged_id)
        )
        open_set.describe(f"{gone['name']} ({gone['key']}) is {kept['name']} ({kept['key']})")
        _merge_quota_keys(open_set, kept, gone)
        _join_credits(open_set, kept_id, merged_id)
        put_history(open_set, kept_id, merged(history_of(open_set, kept_id), history_of(open_set, merged_id)))
        open_set.delete(StoredAssignment, ids_of(open_set, StoredAssignment, person_id=merged_id))
        led = open_set.rows(StoredAssignment, "id", "person_id", manager_id=merged_id)
        open_set.update(
            StoredAssignment,
            [{"id": row["id"], "manager_id": None if row["person_id"] == kept_id else kept_id} for row in led],
        )
        for model in OWNED:
            owned = [{"id": row_id, "person_id": kept_id} for row_id in ids_of(open_set, model, person_id=merged_id)]
            open_set.update(model, owned)
        starts = [day for day in (kept["started_on"], gone["started_on"]) if day]
        filled = {"email": kept["email"] or gone["email"], "started_on": min(starts, default=None),
                  "attributes": {**(gone["attributes"] or {}), **(kept["attributes"] or {})} or None}  # fmt: skip
        open_set.update(Person, [{"id": kept_id, **filled}])
        open_set.delete(Person, [merged_id])
        remember_spellings(open_set, kept_id, [gone["key"], gone["name"], gone["email"]])
        refresh_totals(open_set, company_within(open_set).working_calendar)


def _merge_quota_keys(open_set: Writing, kept: Row, gone: Row) -> None:
    """The second's quotas take the keys that the first's would have; of two with one key the later written stays."""
    columns = ("id", "key", "changed_in", "source_row")
    twins = {row["key"]: row for row in open_set.rows(Quota, *columns, person_id=kept["id"])}
    renamed, outdated = [], []
    for row in open_set.rows(Quota, *columns, person_id=gone["id"]):
        key = kept["key"] + row["key"].removeprefix(gone["key"])
        twin = twins.get(key)
        if twin and _written(twin) > _written(row):
            outdated.append(row["id"])
        else:
            outdated += [twin["id"]] if twin else []
            renamed.append({"id": row["id"], "key": key})
    open_set.delete(Quota, outdated)
    open_set.update(Quota, renamed)


def _join_credits(open_set: Writing, kept_id: int, merged_id: int) -> None:
    """What both have of one deal becomes one credit of the first."""
    columns = ("id", "deal_id", "is_overlay", "share_e4", "amount_cents")
    own = {(row["deal_id"], row["is_overlay"]): row for row in open_set.rows(DealCredit, *columns, person_id=kept_id)}
    joined, spent = [], []
    for row in open_set.rows(DealCredit, *columns, person_id=merged_id):
        if twin := own.get((row["deal_id"], row["is_overlay"])):
            amounts = [one["amount_cents"] for one in (twin, row) if one["amount_cents"] is not None]
            share_e4 = twin["share_e4"] + row["share_e4"]
            joined.append({"id": twin["id"], "share_e4": share_e4, "amount_cents": sum(amounts) if amounts else None})
            spent.append(row["id"])
    open_set.delete(DealCredit, spent)
    open_set.update(DealCredit, joined)


def _written(row: Row) -> tuple[int, int]:
    """When a row was written: its change set, and its row of the sheet within that."""
    return row["changed_in"], row["source_row"] or 0
