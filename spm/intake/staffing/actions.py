"""Writing the people, teams and postings of an upload, within the change set that brings it in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from spm.intake.changes.preview import Preview
from spm.intake.staffing.staff import Posting
from spm.store import tables
from spm.store.change_sets import Writing
from spm.store.rows import Row


@dataclass(frozen=True)
class _Ids:
    """Where rows that refer to others find them: people and teams by key and name, sheets by their place."""

    people: Mapping[str, int]
    teams: Mapping[str, int]
    sources: Mapping[int, int]


def write_staff(open_set: Writing, plan: Preview, sources: Mapping[int, int]) -> None:
    """Writes who is new or told otherwise, and where they stand; `sources` are the ids of the sheets by their place."""
    people = _write_people(open_set, plan, sources)
    _write_postings(open_set, plan, _Ids(people, _write_teams(open_set, plan), sources))


def _write_people(open_set: Writing, plan: Preview, sources: Mapping[int, int]) -> dict[str, int]:
    known = open_set.ids_by(tables.Person, "key")
    new: list[Row] = []
    for key in sorted(plan.changed_members):
        at, member = plan.members[key]
        row = {"name": member.name, "email": member.email, "started_on": member.started_on, "ended_on": member.ended_on,
               "attributes": member.attributes or None, "source_id": sources[at], "source_row": member.source_row}  # fmt: skip
        if key in known:
            open_set.update(tables.Person, [{"id": known[key], **row}])
        else:
            new.append({"key": key, **row})
    new += [{"key": key, "name": name, "source_id": sources[at]} for key, (at, name) in plan.added_people.items()]
    known |= dict(zip([row["key"] for row in new], open_set.insert(tables.Person, new), strict=True))
    spelt = open_set.ids_by(tables.Spelling, "text")
    told: dict[str, Row] = {
        text: {"person_id": known[key], "source_id": min(sources.values()), "source_row": None}
        for text, key in plan.spellings.items()
        if key in known
    }
    for key, (at, member) in plan.members.items():
        row = {"person_id": known[key], "source_id": sources[at], "source_row": member.source_row}
        told |= dict.fromkeys(sorted(member.spellings), row)
    open_set.insert(tables.Spelling, [{"text": text, **row} for text, row in told.items() if text not in spelt])
    return known


def _write_teams(open_set: Writing, plan: Preview) -> dict[str, int]:
    known = open_set.ids_by(tables.Team, "name")
    named = {posting.team for key in plan.changed_postings for posting in plan.postings[key] if posting.team}
    named |= {
        team for _, found in plan.differences if found.table == "quota" for team in found.new["team"].dropna().unique()
    }
    said = plan.decisions.teams
    new = sorted((named | said.keys()) - set(known))
    known |= dict(zip(new, open_set.insert(tables.Team, [{"name": name} for name in new]), strict=True))
    above = {**plan.team_parents, **said}
    parents = [(known[team], known[parent]) for team in new if (parent := above.get(team)) in known]
    open_set.update(tables.Team, [{"id": team, "parent_id": above} for team, above in parents])
    return known


def _write_postings(open_set: Writing, plan: Preview, ids: _Ids) -> None:
    columns = ("id", "starts_on", "ends_before", "role", "team_id", "manager_id")
    stored_of: dict[int, dict[tuple[Any, ...], int]] = {}
    for row in open_set.rows(tables.Assignment, *columns, "person_id"):
        stored_of.setdefault(row["person_id"], {})[tuple(row[name] for name in columns[1:])] = row["id"]
    new: list[Row] = []
    gone: list[int] = []
    for key, at in plan.changed_postings.items():
        person_id = ids.people[key]
        stored = stored_of.get(person_id, {})
        kept = {_posting_row(posting, ids): posting for posting in plan.postings[key]}
        gone += [row_id for content, row_id in stored.items() if content not in kept]
        source_id = ids.sources.get(at) if at is not None else None
        new += [
            {"person_id": person_id, **dict(zip(columns[1:], content, strict=True)), "source_id": source_id,
             "source_row": posting.source_row if source_id else None}
            for content, posting in kept.items()
            if content not in stored
        ]  # fmt: skip
    open_set.delete(tables.Assignment, gone)
    open_set.insert(tables.Assignment, new)


def _posting_row(posting: Posting, ids: _Ids) -> tuple[Any, ...]:
    team_id = ids.teams[posting.team] if posting.team else None
    manager_id = ids.people[posting.manager_key] if posting.manager_key else None
    return (posting.starts_on, posting.ends_before, posting.role, team_id, manager_id)
