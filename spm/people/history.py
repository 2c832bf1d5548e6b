"""What changed about a person, as sentences: what, from, to. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from spm.calendar import ONE_DAY
from spm.people.roles import DEFAULT_ROLE, label_of

FIELDS = {"name": "Name", "email": "E-mail", "started_on": "First day", "ended_on": "Last day"}
NOTHING = "–"


@dataclass(frozen=True)
class Step:
    """One thing that a change set changed about a person; `before` or `after` is "–" where there was or is nothing."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Names:
    """What ids are called: teams and people."""

    teams: Mapping[int, str]
    people: Mapping[int, str]


def steps(table: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, names: Names) -> list[Step]:
    """What happened to one row of a person's between two states of it; empty where nothing that a reader sees."""
    if table == "person":
        return [
            Step(label, _word((before or {}).get(key)), _word((after or {}).get(key)))
            for key, label in FIELDS.items()
            if (before or {}).get(key) != (after or {}).get(key)
        ]
    tell = _TELLERS[table]
    what = {"assignment": "Role and team", "leave": "Leave", "spelling": "Also known as"}[table]
    was, now = (tell(row, names) if row else NOTHING for row in (before, after))
    return [Step(what, was, now)] if was != now else []


def assignment(row: Mapping[str, Any], names: Names) -> str:
    """As in "Account executive, North, under Max Boss, from 1 Apr 2017"."""
    role = label_of(row["role"]) or f"{label_of(DEFAULT_ROLE)} (assumed)"
    team = names.teams.get(row["team_id"], "")
    boss = names.people.get(row["manager_id"], "")
    parts = [role, team, f"under {boss}" if boss else "", days(row["starts_on"], row["ends_before"])]
    return ", ".join(part for part in parts if part)


def leave(row: Mapping[str, Any], names: Names) -> str:
    """As in "1 May 2017 – 31 May 2017, 50% away, parental"."""
    share = "" if row["away_share"] == 1 else f"{row['away_share']:.0%} away"
    return ", ".join(part for part in (days(row["starts_on"], row["ends_before"]), share, row["reason"]) if part)


def days(starts_on: date | None, ends_before: date | None) -> str:
    """A half-open span as a reader says it, with its last day; "" for always."""
    last_day = ends_before - ONE_DAY if ends_before else None
    if starts_on and last_day:
        return f"{starts_on:%-d %b %Y} – {last_day:%-d %b %Y}"
    return f"from {starts_on:%-d %b %Y}" if starts_on else f"until {last_day:%-d %b %Y}" if last_day else ""


def spelling(row: Mapping[str, Any], _: Names) -> str:
    return str(row["text"])


_TELLERS: dict[str, Callable[[Mapping[str, Any], Names], str]] = {
    "assignment": assignment,
    "leave": leave,
    "spelling": spelling,
}


def _word(value: Any) -> str:
    return f"{value:%-d %b %Y}" if isinstance(value, date) else value or NOTHING
