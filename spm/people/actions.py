"""Changing people, teams, assignments and leave; each verb is one change set, which can be undone."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from spm.calendar import ONE_DAY
from spm.company.queries import company_within
from spm.errors import Refusal, UnknownName
from spm.people.org import folded
from spm.people.roles import ROLES
from spm.people.timeline import Assignment, changed, in_order, merged
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
    ScorecardVersion,
    SkillLevel,
    Spelling,
    Survey,
    Table,
    TargetOverride,
    Team,
)
from spm.store.tables import Assignment as StoredAssignment
from spm.store.upkeep import refresh_totals

SPAN = ("starts_on", "ends_before")
CONTENT = ("role", "team_id", "manager_id")
EDITABLE = ("name", "email", "started_on", "ended_on")
OWNED: tuple[type[Table], ...] = (
    Spelling, Leave, Deal, DealCredit, DealVersion, Order, OrderLine, Lead, Activity, Survey, Cost, Quota,
    SkillLevel, TargetOverride, ClosedScore, ItemOpinion, PlannedQuota, QuotaReview,
)  # fmt: skip
"""Tables whose rows belong to the person in `person_id`, beside assignments."""
_LABELS = {"name": "name", "email": "e-mail", "started_on": "first day", "ended_on": "last day", "role": "role",
           "team_id": "team", "manager_id": "manager"}  # fmt: skip


def add_person(
    store: Store, author: Author, name: str, key: str = "", change: Mapping[str, Any] | None = None, **details: Any
) -> int:
    """Adds someone; returns their id. `key` is the company's own id, the name where there is none.

    `change` says role, team_id and manager_id; `details` email, started_on and ended_on (the last day). Raises Refusal
    where the key already means someone.
    """
    name, key = name.strip(), key.strip() or name.strip()
    if not name:
        raise Refusal("A person needs a name.")
    with writing(store, "edit", author, ["people"], note=f"{name} added") as open_set:
        people = open_set.rows(Person, "key", "name")
        taken = {folded(row["text"]): row["text"] for row in open_set.rows(Spelling, "text")}
        taken |= {folded(row["key"]): row["name"] for row in people}
        if folded(key) in taken:
            raise Refusal(f"“{key}” already means {taken[folded(key)]}.", "Give the new person an id of their own.")
        row = {"key": key, "name": name, **_checked_details(details)}
        _refuse_unless_in_order(name, row.get("started_on"), row.get("ended_on"))
        (person_id,) = open_set.insert(Person, [row])
        said = _checked_change(open_set, change or {}, person_id, name)
        open_set.insert(StoredAssignment, [{"person_id": person_id, **said}])
        return person_id


def edit_person(store: Store, author: Author, person_id: int, **details: Any) -> None:
    """Changes name, email, started_on or ended_on (the last day); None empties the last three.

    A former name or e-mail stays known as a spelling, so that sheets that still use it mean the same person.
    """
    with writing(store, "edit", author, ["people"]) as open_set:
        person = _one(open_set, Person, person_id, "id", "key", *EDITABLE)
        new = {name: value for name, value in _checked_details(details).items() if person[name] != value}
        if not new:
            raise Refusal(f"Nothing of {person['name']} is changed by that.")
        after = person | new
        if not after["name"]:
            raise Refusal("A person needs a name.")
        _refuse_unless_in_order(after["name"], after["started_on"], after["ended_on"])
        open_set.update(Person, [{"id": person_id, **new}])
        former = [person[name] for name in ("name", "email") if name in new and person[name]]
        _remember_spellings(open_set, person_id, former)
        open_set.describe(f"{after['name']}: {', '.join(_LABELS[name] for name in new)}")


def assign(
    store: Store,
    author: Author,
    person_ids: Sequence[int],
    change: Mapping[str, Any],
    starts_on: date | None = None,
    ends_before: date | None = None,
) -> None:
    """Gives people another role, team_id or manager_id, from `starts_on` up to `ends_before` (see `timeline.changed`).

    Raises UnknownName for a role, team or person that there is none of, Refusal where nothing would change or someone
    would report to themselves.
    """
    if starts_on and ends_before and ends_before <= starts_on:
        raise Refusal("The last day lies before the first.")
    with writing(store, "edit", author, ["people"]) as open_set:
        names = {row["id"]: row["name"] for row in open_set.rows(Person, "id", "name")}
        moved = []
        for person_id in person_ids:
            said = _checked_change(open_set, change, person_id, names[person_id])
            before = _history(open_set, person_id)
            after = changed(before, said, starts_on, ends_before)
            if after != before:
                _put_history(open_set, person_id, after)
                moved.append(names[person_id])
        if not moved:
            raise Refusal("That is how it is already.")
        who = ", ".join(moved) if len(moved) <= 3 else f"{len(moved)} people"
        since = f" from {starts_on:%-d %b %Y}" if starts_on else ""
        open_set.describe(f"{who}: {', '.join(_LABELS[name] for name in change)}{since}")


def add_team(store: Store, author: Author, name: str, parent_id: int | None = None) -> int:
    """Adds a team, below another where `parent_id` is given; returns its id."""
    with writing(store, "edit", author, ["people"], note=f"team {name.strip()} added") as open_set:
        _refuse_team_name(open_set, name.strip(), None)
        return open_set.insert(Team, [{"name": name.strip(), "parent_id": parent_id}])[0]


def edit_team(store: Store, author: Author, team_id: int, name: str, parent_id: int | None) -> None:
    """Renames a team and puts it below another (None: at the top). Raises Refusal where teams would go in a circle."""
    with writing(store, "edit", author, ["people"]) as open_set:
        team = _one(open_set, Team, team_id, "id", "name", "parent_id")
        _refuse_team_name(open_set, name.strip(), team_id)
        parents = {row["id"]: row["parent_id"] for row in open_set.rows(Team, "id", "parent_id")}
        above = parent_id
        while above is not None:
            if above == team_id:
                raise Refusal(f"{name.strip()} would be above itself.", "Put it below a team that is not part of it.")
            above = parents[above]
        if (team["name"], team["parent_id"]) == (name.strip(), parent_id):
            raise Refusal("That is how it is already.")
        open_set.update(Team, [{"id": team_id, "name": name.strip(), "parent_id": parent_id}])
        open_set.describe(f"team {team['name']}" + (f" is now {name.strip()}" if team["name"] != name.strip() else ""))


def add_leave(
    store: Store,
    author: Author,
    person_id: int,
    starts_on: date,
    last_day: date,
    away_share: float = 1.0,
    reason: str = "",
) -> int:
    """Days on which a person is away, wholly or in part (`away_share` above 0 up to 1); returns its id.

    Raises Refusal for days that another leave has.
    """
    if last_day < starts_on:
        raise Refusal("The last day lies before the first.")
    if not 0 < away_share <= 1:
        raise Refusal("The share away lies above 0 and is at most 100 %.")
    with writing(store, "edit", author, ["people"]) as open_set:
        person = _one(open_set, Person, person_id, "name")
        for other in open_set.rows(Leave, "starts_on", "ends_before", person_id=person_id):
            if other["starts_on"] <= last_day and starts_on < other["ends_before"]:
                until = other["ends_before"] - ONE_DAY
                raise Refusal(f"{person['name']} is away from {other['starts_on']} to {until} already.")
        open_set.describe(f"{person['name']}: leave from {starts_on:%-d %b %Y}")
        row = {"person_id": person_id, "starts_on": starts_on, "ends_before": last_day + ONE_DAY,
               "away_share": away_share, "reason": reason.strip()}  # fmt: skip
        return open_set.insert(Leave, [row])[0]


def end_leave(store: Store, author: Author, leave_id: int, last_day: date) -> None:
    """Lets a leave end on another day; one whose last day lies before its first is taken away."""
    with writing(store, "edit", author, ["people"]) as open_set:
        leave = _one(open_set, Leave, leave_id, "person_id", "starts_on")
        name = _one(open_set, Person, leave["person_id"], "name")["name"]
        if last_day < leave["starts_on"]:
            open_set.delete(Leave, [leave_id])
            open_set.describe(f"{name}: no leave from {leave['starts_on']:%-d %b %Y}")
        else:
            open_set.update(Leave, [{"id": leave_id, "ends_before": last_day + ONE_DAY}])
            open_set.describe(f"{name}: leave until {last_day:%-d %b %Y}")


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
            _one(open_set, Person, person_id, "id", "key", *EDITABLE, "attributes")
            for person_id in (kept_id, merged_id)
        )
        open_set.describe(f"{gone['name']} ({gone['key']}) is {kept['name']} ({kept['key']})")
        _merge_quota_keys(open_set, kept, gone)
        _join_credits(open_set, kept_id, merged_id)
        _put_history(open_set, kept_id, merged(_history(open_set, kept_id), _history(open_set, merged_id)))
        open_set.delete(StoredAssignment, _ids(open_set, StoredAssignment, person_id=merged_id))
        led = open_set.rows(StoredAssignment, "id", "person_id", manager_id=merged_id)
        open_set.update(
            StoredAssignment,
            [{"id": row["id"], "manager_id": None if row["person_id"] == kept_id else kept_id} for row in led],
        )
        for model in OWNED:
            owned = [{"id": row_id, "person_id": kept_id} for row_id in _ids(open_set, model, person_id=merged_id)]
            open_set.update(model, owned)
        starts = [day for day in (kept["started_on"], gone["started_on"]) if day]
        filled = {"email": kept["email"] or gone["email"], "started_on": min(starts, default=None),
                  "attributes": {**(gone["attributes"] or {}), **(kept["attributes"] or {})} or None}  # fmt: skip
        open_set.update(Person, [{"id": kept_id, **filled}])
        open_set.delete(Person, [merged_id])
        _remember_spellings(open_set, kept_id, [gone["key"], gone["name"], gone["email"]])
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


def _history(open_set: Writing, person_id: int) -> list[Assignment]:
    return in_order(
        [Assignment(**row) for row in open_set.rows(StoredAssignment, *SPAN, *CONTENT, person_id=person_id)]
    )


def _put_history(open_set: Writing, person_id: int, after: Sequence[Assignment]) -> None:
    """Brings the stored assignments of a person to `after`; one that says something else no longer names a sheet."""
    stored: dict[date | None, Row] = {}
    for row in open_set.rows(StoredAssignment, "id", *SPAN, *CONTENT, person_id=person_id):
        stored.setdefault(row["starts_on"], row)
    starts = {known.starts_on for known in after}
    kept_ids = {row["id"] for start, row in stored.items() if start in starts}
    open_set.delete(
        StoredAssignment,
        [row_id for row_id in _ids(open_set, StoredAssignment, person_id=person_id) if row_id not in kept_ids],
    )
    for known in after:
        row = {name: getattr(known, name) for name in (*SPAN, *CONTENT)}
        before = stored.get(known.starts_on)
        if before is None:
            open_set.insert(StoredAssignment, [{"person_id": person_id, **row}])
        elif {**before, **row} != before:
            says_same = all(before[name] == row[name] for name in CONTENT)
            lineage = {} if says_same else {"source_id": None, "source_row": None}
            open_set.update(StoredAssignment, [{"id": before["id"], **row, **lineage}])


def _remember_spellings(open_set: Writing, person_id: int, texts: Sequence[str | None]) -> None:
    """Texts that mean the person from now on, but for those that name somebody already."""
    taken = {folded(row["text"]) for row in open_set.rows(Spelling, "text")}
    for row in open_set.rows(Person, "key", "name", "email"):
        taken |= {folded(text) for text in row.values() if text}
    new = dict.fromkeys(text for text in texts if text and folded(text) not in taken)
    open_set.insert(Spelling, [{"text": text, "person_id": person_id} for text in new])


def _checked_details(details: Mapping[str, Any]) -> Row:
    """Details with texts trimmed; an empty one is None."""
    return {name: (value.strip() or None) if isinstance(value, str) else value for name, value in details.items()}


def _checked_change(open_set: Writing, change: Mapping[str, Any], person_id: int, name: str) -> Row:
    """The change, once role, team and manager are known to exist."""
    role, team_id, manager_id = (change.get(part) for part in CONTENT)
    roles = {*ROLES, *(row["role"] for row in open_set.rows(ScorecardVersion, "role"))}
    if role is not None and role not in roles:
        raise UnknownName(f"There is no role “{role}”.", f"There are {', '.join(sorted(roles))}.")
    if team_id is not None:
        _one(open_set, Team, team_id, "name")
    if manager_id is not None:
        _one(open_set, Person, manager_id, "name")
        if manager_id == person_id:
            raise Refusal(f"{name} can’t be their own manager.")
    return dict(change)


def _refuse_unless_in_order(name: str, started_on: date | None, ended_on: date | None) -> None:
    if started_on and ended_on and ended_on < started_on:
        raise Refusal(f"{name} can’t leave before the first day.")


def _refuse_team_name(open_set: Writing, name: str, team_id: int | None) -> None:
    if not name:
        raise Refusal("A team needs a name.")
    known = {row["name"].casefold(): row["id"] for row in open_set.rows(Team, "id", "name")}
    if known.get(name.casefold(), team_id) != team_id:
        raise Refusal(f"There is a team {name} already.")


def _one(open_set: Writing, model: type[Table], row_id: int, *columns: str) -> Row:
    """The row of that id; raises UnknownName where there is none (it was taken away meanwhile)."""
    found = open_set.rows(model, *columns, id=row_id)
    if not found:
        raise UnknownName(f"This {model.__tablename__} is not there any more.", "Load the page again.")
    return found[0]


def _ids(open_set: Writing, model: type[Table], **equal: Any) -> list[int]:
    return [row["id"] for row in open_set.rows(model, "id", **equal)]
