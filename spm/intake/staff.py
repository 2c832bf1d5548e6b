"""People sheets: who is there, and in which role, team and under whom since when. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from spm.calendar import ONE_DAY
from spm.intake.directory import Directory
from spm.intake.model import CheckedSheet, Issue, Severity
from spm.people.roles import DEFAULT_ROLE, MANAGER, ROLES, role_of


@dataclass(frozen=True)
class Posting:
    """A person's role, team and manager from a day up to another (None: always, until further notice)."""

    starts_on: date | None
    ends_before: date | None
    role: str | None
    team: str | None
    manager_key: str | None
    source_row: int | None = None

    @property
    def content(self) -> tuple[Any, ...]:
        return (self.starts_on, self.ends_before, self.role, self.team, self.manager_key)


@dataclass
class Member:
    """A person as a people sheet tells of them; `spellings` are other ids and names that mean them."""

    key: str
    name: str
    email: str | None = None
    started_on: date | None = None
    ended_on: date | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    spellings: set[str] = field(default_factory=set)
    postings: list[Posting] = field(default_factory=list)
    source_row: int = 0


def members(sheet: CheckedSheet, people: Directory) -> tuple[dict[str, Member], list[Issue]]:
    """Everyone in a people sheet by key, with their postings in order, and notes; `people` learns to know them."""
    rows = sheet.rows.to_dict("records")
    found: dict[str, Member] = {}
    issues: list[Issue] = []
    for row in rows:
        key = people.key_of(row["key"], row["name"] or row["email"]) or row["key"] or row["name"] or row["email"]
        name = row["name"] or row["email"] or row["key"]
        people.know(key, name, (row["key"], row["email"], row["other_key"]))
        member = found.setdefault(key, Member(key, name, source_row=row["row"]))
        member.email = row["email"] or member.email
        member.started_on = row["started_on"] or member.started_on
        member.ended_on = row["ended_on"] or member.ended_on
        member.attributes |= row["attributes"] or {}
        member.spellings |= {text for text in (row["key"], row["other_key"]) if text and text != key}
    where = f"{sheet.file_name} › {sheet.sheet}"
    titles: Counter[str] = Counter()
    for row in rows:
        key = people.key_of(row["key"], row["name"] or row["email"])
        assert key is not None
        manager_key = people.resolve(row["manager_key"], row["manager"], where)
        role = role_of(row["role"]) if row["role"] else None
        if row["role"] and role is None:
            titles[row["role"]] += 1
        team = row["team"] or (f"{people.names[manager_key]}’s team" if manager_key else None)
        ends_before = row["valid_to"] + ONE_DAY if row["valid_to"] else None
        found[key].postings.append(Posting(row["valid_from"], ends_before, role, team, manager_key, row["row"]))
    for member in found.values():
        member.postings = in_order(member.postings)
    if titles:
        words = ", ".join(f"“{title}”" for title, _ in titles.most_common(5))
        label = ROLES[DEFAULT_ROLE].label.lower()
        message = f"no role is known by the title {words}: taken as {label}; the People page changes it"
        issues.append(Issue(Severity.NOTE, message, sheet.sheet))
    elif all(posting.role is None for member in found.values() for posting in member.postings):
        label = ROLES[DEFAULT_ROLE].label.lower()
        issues.append(
            Issue(
                Severity.NOTE, f"names no roles: everyone is taken as {label}; the People page changes it", sheet.sheet
            )
        )
    return found, issues


def in_order(postings: Sequence[Posting]) -> list[Posting]:
    """Postings by start, each ending where the next one starts at the latest; the last of several that start together."""
    by_start = {posting.starts_on or date.min: posting for posting in postings}
    ordered = [by_start[start] for start in sorted(by_start)]
    for at, following in enumerate(ordered[1:]):
        end = ordered[at].ends_before
        if end is None or (following.starts_on and end > following.starts_on):
            ordered[at] = replace(ordered[at], ends_before=following.starts_on)
    return ordered


def merged(stored: Sequence[Posting], sheet: Sequence[Posting], today: date) -> list[Posting]:
    """A person's postings after a sheet: dated ones take their place in time, an undated one holds from today on.

    What an undated row leaves open (no team column, say) stays as it is. The first thing that is ever said of a person,
    or said after an import that knew only the name, holds for always.
    """
    dated = [posting for posting in sheet if posting.starts_on is not None]
    if dated or len(sheet) > 1:
        starts = {posting.starts_on for posting in sheet}
        return in_order([*(posting for posting in stored if posting.starts_on not in starts), *sheet])
    if not sheet:
        return list(stored)
    (said,) = sheet
    if not stored:
        return [said]
    last = stored[-1]
    now = replace(
        last, role=said.role or last.role, team=said.team or last.team, manager_key=said.manager_key or last.manager_key,
        source_row=said.source_row,
    )  # fmt: skip
    if now.content == last.content:
        return list(stored)
    if last.starts_on is None and last.team is None and last.manager_key is None and last.role in (None, MANAGER):
        return [*stored[:-1], now]
    return in_order([*stored, replace(now, starts_on=today, ends_before=None)])


def with_manager_roles(postings: dict[str, list[Posting]]) -> dict[str, list[Posting]]:
    """Whoever others report to, and of whom no sheet says a role, is a sales manager."""
    leaders = {posting.manager_key for known in postings.values() for posting in known if posting.manager_key}
    return {
        key: [
            replace(posting, role=MANAGER) if posting.role is None and key in leaders else posting for posting in known
        ]
        for key, known in postings.items()
    }


def team_parents(postings: dict[str, list[Posting]]) -> dict[str, str | None]:
    """Team → the team that whoever leads it belongs to, None at the top."""
    leaders: dict[str, Counter[str]] = {}
    for known in postings.values():
        for posting in known:
            if posting.team:
                counted = leaders.setdefault(posting.team, Counter())
                if posting.manager_key:
                    counted[posting.manager_key] += 1
    parents: dict[str, str | None] = {}
    for team, counted in leaders.items():
        above = [
            p.team for key, _ in counted.most_common(1) for p in postings.get(key, [])[-1:] if p.team and p.team != team
        ]
        parents[team] = above[0] if above and not _is_above(parents, above[0], team) else None
    return parents


def _is_above(parents: dict[str, str | None], team: str | None, other: str) -> bool:
    """Whether `other` is `team` itself or above it: a circle of teams is cut."""
    while team is not None:
        if team == other:
            return True
        team = parents.get(team)
    return False


def leaders(postings: dict[str, list[Posting]]) -> dict[str, str]:
    """Key of a manager → the team they lead (that of most who report to them)."""
    counted: dict[str, Counter[str]] = {}
    for known in postings.values():
        for posting in known:
            if posting.manager_key and posting.team:
                counted.setdefault(posting.manager_key, Counter())[posting.team] += 1
    return {key: teams.most_common(1)[0][0] for key, teams in counted.items()}
