"""Changing people, teams and who is where; each verb is one change set, which can be undone."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from spm.errors import Refusal, UnknownName
from spm.people.org import folded
from spm.people.roles import ROLES
from spm.people.timeline import Assignment, changed, in_order
from spm.store.change_sets import Author, Writing, writing
from spm.store.opening import Store
from spm.store.rows import Row
from spm.store.tables import Assignment as StoredAssignment
from spm.store.tables import Person, ScorecardVersion, Spelling, Table, Team

SPAN = ("starts_on", "ends_before")
CONTENT = ("role", "team_id", "manager_id")
EDITABLE = ("name", "email", "started_on", "ended_on")
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
        person = one_row(open_set, Person, person_id, "id", "key", *EDITABLE)
        new = {name: value for name, value in _checked_details(details).items() if person[name] != value}
        if not new:
            raise Refusal(f"Nothing of {person['name']} is changed by that.")
        after = person | new
        if not after["name"]:
            raise Refusal("A person needs a name.")
        _refuse_unless_in_order(after["name"], after["started_on"], after["ended_on"])
        open_set.update(Person, [{"id": person_id, **new}])
        former = [person[name] for name in ("name", "email") if name in new and person[name]]
        remember_spellings(open_set, person_id, former)
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
            before = history_of(open_set, person_id)
            after = changed(before, said, starts_on, ends_before)
            if after != before:
                put_history(open_set, person_id, after)
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
        team = one_row(open_set, Team, team_id, "id", "name", "parent_id")
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


def history_of(open_set: Writing, person_id: int) -> list[Assignment]:
    """Where a person has been, as it is inside a change set."""
    return in_order(
        [Assignment(**row) for row in open_set.rows(StoredAssignment, *SPAN, *CONTENT, person_id=person_id)]
    )


def put_history(open_set: Writing, person_id: int, after: Sequence[Assignment]) -> None:
    """Brings the stored assignments of a person to `after`; one that says something else no longer names a sheet."""
    stored: dict[date | None, Row] = {}
    for row in open_set.rows(StoredAssignment, "id", *SPAN, *CONTENT, person_id=person_id):
        stored.setdefault(row["starts_on"], row)
    starts = {known.starts_on for known in after}
    kept_ids = {row["id"] for start, row in stored.items() if start in starts}
    open_set.delete(
        StoredAssignment,
        [row_id for row_id in ids_of(open_set, StoredAssignment, person_id=person_id) if row_id not in kept_ids],
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


def remember_spellings(open_set: Writing, person_id: int, texts: Sequence[str | None]) -> None:
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
        one_row(open_set, Team, team_id, "name")
    if manager_id is not None:
        one_row(open_set, Person, manager_id, "name")
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


def one_row(open_set: Writing, model: type[Table], row_id: int, *columns: str) -> Row:
    """The row of that id; raises UnknownName where there is none (it was taken away meanwhile)."""
    found = open_set.rows(model, *columns, id=row_id)
    if not found:
        raise UnknownName(f"This {model.__tablename__} is not there any more.", "Load the page again.")
    return found[0]


def ids_of(open_set: Writing, model: type[Table], **equal: Any) -> list[int]:
    """The ids of the rows whose columns equal what is given."""
    return [row["id"] for row in open_set.rows(model, "id", **equal)]
