"""People sheets: who is there, and in which role, team and under whom since when. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from spm.calendar import ONE_DAY
from spm.intake.model import CheckedSheet, Issue, Severity
from spm.intake.staffing.directory import Directory
from spm.people.org import folded
from spm.people.roles import DEFAULT_ROLE, MANAGER, ROLES


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
    identities: dict[str, str | None] = {}
    told = _own_rows([(_introduced(row, people, identities), row) for row in rows], people)
    for key, row in told:
        member = found.setdefault(key, Member(key, people.names[key], source_row=row["row"]))
        member.email = row["email"] or member.email
        member.started_on = row["started_on"] or member.started_on
        member.ended_on = row["ended_on"] or member.ended_on
        member.attributes |= row["attributes"] or {}
        others = {text for text in (row["key"], row["other_key"]) if text and text != key}
        member.spellings |= {text for text in others if people.key_of(text) == key}
    where = f"{sheet.file_name} › {sheet.sheet}"
    titles: Counter[str] = Counter()
    for key, row in told:
        manager_key = people.resolve(row["manager_key"], row["manager"], where)
        role = people.role_of(row["role"]) if row["role"] else None
        if row["role"] and role is None:
            titles[row["role"]] += 1
        ends_before = row["valid_to"] + ONE_DAY if row["valid_to"] else None
        found[key].postings.append(Posting(row["valid_from"], ends_before, role, row["team"], manager_key, row["row"]))
    if sheet.layout != "people":
        return found, []
    return found, [*_role_notes(titles, found.values(), sheet.sheet), *_team_notes(found.values(), sheet.sheet)]


def _own_rows(told: list[tuple[str, dict[str, Any]]], people: Directory) -> list[tuple[str, dict[str, Any]]]:
    """The rows without those that tell of someone under another spelling, where a row tells of them under their own."""
    is_own = [folded(row["key"] or row["name"] or key) in (folded(key), folded(people.names[key])) for key, row in told]
    known = {key for (key, _), own in zip(told, is_own, strict=True) if own}
    return [(key, row) for (key, row), own in zip(told, is_own, strict=True) if own or key not in known]


def _introduced(row: dict[str, Any], people: Directory, identities: dict[str, str | None]) -> str:
    """The key of the person in a row, whom `people` knows from now on.

    A namesake is someone else where the sheet gives the two different ids or e-mails (`identities`, by key).
    """
    name, identity = row["name"], row["key"] or row["email"]
    known = people.key_of(row["key"], row["email"])
    if known is None:
        known = people.key_of(name)
        other = identities.get(known) if known else None
        if identity and other and other != identity:
            known = None
    free_name = name if people.key_of(name) is None else None
    key = known or row["key"] or free_name or row["email"] or name
    identities.setdefault(key, identity)
    is_respelt = known is not None and (name is None or people.key_of(name) == known)
    shown = people.names[key] if is_respelt else name or row["email"] or key
    people.know(key, shown, (row["key"], row["email"], row["other_key"]))
    return key


def _role_notes(titles: Counter[str], found: Iterable[Member], sheet_name: str) -> list[Issue]:
    label = ROLES[DEFAULT_ROLE].label.lower()
    if titles:
        words = ", ".join(f"“{title}”" for title, _ in titles.most_common(5))
        message = f"no role is known by the title {words}: taken as {label}; the People page changes it"
    elif all(posting.role is None for member in found for posting in member.postings):
        message = f"names no roles: everyone is taken as {label}; the People page changes it"
    else:
        return []
    return [Issue(Severity.NOTE, message, sheet_name)]


def _team_notes(found: Iterable[Member], sheet_name: str) -> list[Issue]:
    """Of everybody who stands in several teams at once: the one that counts."""
    notes = []
    for member in found:
        since = {posting.starts_on for posting in member.postings}
        teams = list(dict.fromkeys(posting.team for posting in member.postings if posting.team))
        if len(since) == 1 and len(teams) > 1:
            counted = in_order(member.postings)[-1].team
            message = f"{member.name} stands in several teams at once ({', '.join(teams)}): {counted} counts"
            notes.append(Issue(Severity.NOTE, message, sheet_name, member.postings[-1].source_row))
    return notes


def tells_more(member: Member, known: Member) -> bool:
    """Whether a sheet says of a person what is not known yet, or says it otherwise."""
    said = (member.name, member.email, member.started_on, member.ended_on)
    before = (known.name, known.email, known.started_on, known.ended_on)
    return (
        any(new is not None and new != old for new, old in zip(said, before, strict=True))
        or any(known.attributes.get(name) != value for name, value in member.attributes.items())
        or bool(member.spellings - known.spellings)
    )


def combined(known: Member | None, member: Member) -> Member:
    """What is known of a person, with what a sheet says on top."""
    if known is None:
        return member
    return replace(
        member,
        email=member.email or known.email,
        started_on=member.started_on or known.started_on,
        ended_on=member.ended_on or known.ended_on,
        attributes={**known.attributes, **member.attributes},
        spellings=known.spellings | member.spellings,
    )


def in_order(postings: Sequence[Posting]) -> list[Posting]:
    """Postings by start, each ending where the next one starts at the latest; the last of several that start
    together."""
    by_start = {posting.starts_on or date.min: posting for posting in postings}
    ordered = [by_start[start] for start in sorted(by_start)]
    for at, following in enumerate(ordered[1:]):
        end = ordered[at].ends_before
        if end is None or (following.starts_on and end > following.starts_on):
            ordered[at] = replace(ordered[at], ends_before=following.starts_on)
    return ordered


def merged(stored: Sequence[Posting], sheet: Sequence[Posting], today: date, names: Mapping[str, str]) -> list[Posting]:
    """A person's postings after a sheet: dated ones take their place in time, an undated one holds from today on.

    What an undated row leaves open (no team column, say) stays as it is. The first thing that is ever said of a person,
    or said after an import that knew only the name, holds for always. Whoever reports to someone and has no team is in
    that manager's (`names`, by key).
    """
    if any(posting.starts_on for posting in sheet):
        starts = {posting.starts_on for posting in sheet}
        told = [*(posting for posting in stored if posting.starts_on not in starts), *sheet]
        return in_order([_with_team(posting, names) for posting in told])
    if not sheet:
        return list(stored)
    said = sheet[-1]
    if not stored:
        return [_with_team(said, names)]
    at = max((at for at, known in enumerate(stored) if (known.starts_on or date.min) <= today), default=0)
    current = stored[at]
    manager_key = said.manager_key or current.manager_key
    team = said.team or current.team
    if not said.team and manager_key != current.manager_key and current.team == _team_of(current.manager_key, names):
        team = None
    role = said.role or current.role
    now = _with_team(replace(current, role=role, team=team, manager_key=manager_key, source_row=said.source_row), names)
    if now.content == current.content:
        return list(stored)
    if (
        current.starts_on is None
        and current.team is None
        and current.manager_key is None
        and current.role in (None, MANAGER)
    ):
        return [*stored[:at], now, *stored[at + 1 :]]
    return in_order([*stored, replace(now, starts_on=today, ends_before=None)])


def with_history(
    stored: Sequence[Posting], sheet: Sequence[Posting], today: date, names: Mapping[str, str]
) -> list[Posting]:
    """A person's postings after a sheet of teams over time: what its rows leave open (the role, the manager) is as it was
    on their first day, and where it has no row the person is as before."""
    filled = []
    for posting in sheet:
        held = _held_on(stored, posting.starts_on)
        known = (posting.role or held.role, posting.team or held.team, posting.manager_key or held.manager_key)
        filled.append(replace(posting, role=known[0], team=known[1], manager_key=known[2]))
    ends = {posting.ends_before for posting in sheet if posting.ends_before}
    starts = {posting.starts_on for posting in sheet}
    between = [replace(_held_on(stored, end), starts_on=end, ends_before=None) for end in sorted(ends - starts)]
    return merged(stored, [*between, *filled], today, names)


def _held_on(postings: Sequence[Posting], day: date | None) -> Posting:
    """The posting in force on a day, the first one before all; nothing known where there is none."""
    begun = [known for known in postings if (known.starts_on or date.min) <= (day or date.min)]
    return (begun or list(postings) or [Posting(None, None, None, None, None)])[-1 if begun else 0]


def _with_team(posting: Posting, names: Mapping[str, str]) -> Posting:
    return posting if posting.team else replace(posting, team=_team_of(posting.manager_key, names))


def _team_of(manager_key: str | None, names: Mapping[str, str]) -> str | None:
    """What a team is called of which only the manager is known."""
    return f"{names[manager_key]}’s team" if manager_key else None


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
