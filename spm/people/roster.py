"""The list of everybody as it stands on a day, and who of them may be one and the same. Pure."""

from collections import Counter
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pandas as pd
from rapidfuzz import fuzz, process, utils

from spm.people import org
from spm.people.roles import label_of

HERE, LEFT, TO_COME = "here", "left", "to come"
ALIKE_FROM = 88  # of 100: "Jon Smith" and "John Smith" are, "Ana Ruiz" and "Ana Diaz" are not
COLUMNS = ("person_id", "rep", "role", "is_role_assumed", "team", "manager", "since", "started_on", "tenure_days",
           "email", "ended_on", "standing")  # fmt: skip


def roster(people: pd.DataFrame, assignments: pd.DataFrame, day: date) -> pd.DataFrame:
    """One row a person with what holds on `day`, or last held; columns as in COLUMNS.

    `role` is its label; `since` the first day of the assignment, None where it always was; `ended_on` the last day.
    """
    known = org.spans(assignments).sort_values("starts_on")
    by_person = {person_id: rows.to_dict("records") for person_id, rows in known.groupby("person_id")}
    rows: list[dict[str, Any]] = []
    for person in people.to_dict("records"):
        held = _held(by_person.get(person["id"], []), day)
        rows.append(
            {
                **{name: held.get(name) for name in ("is_role_assumed", "team", "manager")},
                "person_id": person["id"],
                "rep": person["rep"],
                "role": label_of(held.get("role")) or None,
                "since": held["starts_on"] if held.get("starts_on", org.ALWAYS) != org.ALWAYS else None,
                "started_on": person["started_on"],
                "tenure_days": tenure_days(person["started_on"], person["ended_on"], day),
                "email": person["email"],
                "ended_on": person["ended_on"],
                "standing": _standing(person["started_on"], person["ended_on"], day),
            }
        )
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def tenure_days(started_on: date | None, ended_on: date | None, day: date) -> int | None:
    """Days from the first day to `day`, or to the last day of who left; None where the start is not known or to come."""
    if started_on is None or started_on > day:
        return None
    return (min(day, ended_on or day) - started_on + timedelta(days=1)).days


def _held(assignments: list[dict[str, Any]], day: date) -> dict[str, Any]:
    """The assignment of that day, else the last before it, else the first to come."""
    begun = [known for known in assignments if known["starts_on"] <= day]
    return (begun[-1:] or assignments[:1] or [{}])[0]


def _standing(started_on: date | None, ended_on: date | None, day: date) -> str:
    if ended_on is not None and ended_on < day:
        return LEFT
    return TO_COME if started_on is not None and started_on > day else HERE


def alike(people: pd.DataFrame) -> list[tuple[int, int]]:
    """Pairs of ids whose names are spelt so much alike that they may be one person, the most alike first."""
    ids = people["id"].tolist()
    names = [" ".join(sorted(utils.default_process(name).split())) for name in people["name"]]
    likeness = process.cdist(names, names, scorer=fuzz.ratio, score_cutoff=ALIKE_FROM)
    found = {
        (ids[one], ids[two]): likeness[one, two] for one, two in zip(*likeness.nonzero(), strict=True) if one < two
    }
    found = {**dict.fromkeys(_with_initials(people), ALIKE_FROM), **found}
    return sorted(found, key=lambda pair: -found[pair])


def _with_initials(people: pd.DataFrame) -> list[tuple[int, int]]:
    """Pairs in which one name is the other with the first name cut to its initial: "A. Ruiz", "Ana Ruiz"."""
    by_initial: dict[tuple[str, ...], list[tuple[int, str]]] = {}
    for person_id, name in zip(people["id"], people["name"], strict=True):
        first, *rest = utils.default_process(name).split() or [""]
        if rest:
            by_initial.setdefault((first[0], *rest), []).append((person_id, first))
    return [
        (one, two)
        for namesakes in by_initial.values()
        for (one, first), (two, other) in combinations(namesakes, 2)
        if 1 in (len(first), len(other))
    ]


def team_list(everybody: pd.DataFrame, teams: pd.DataFrame) -> pd.DataFrame:
    """The teams from the top down, with those of the `roster` who are here.

    Columns: team_id, team, depth, below (the team above), led_by (whom most of the members report to), people_count, and
    roles (how many of each, the most first).
    """
    here = everybody[everybody["standing"] == HERE]
    names = dict(zip(teams["id"], teams["name"], strict=True))
    parents = dict(zip(teams["id"], teams["parent_id"], strict=True))
    rows = []
    for team_id, depth in team_tree(teams):
        members = here[here["team"] == names[team_id]]
        roles = Counter(members["role"].dropna())
        led_by = Counter(members["manager"].dropna()).most_common(1)
        rows.append(
            {
                "team_id": team_id,
                "team": names[team_id],
                "depth": depth,
                "below": names.get(parents[team_id]),
                "led_by": led_by[0][0] if led_by else None,
                "people_count": len(members),
                "roles": ", ".join(f"{count}\u00a0×\u00a0{role.lower()}" for role, count in roles.most_common()),
            }
        )
    columns = ["team_id", "team", "depth", "below", "led_by", "people_count", "roles"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def team_tree(teams: pd.DataFrame) -> list[tuple[int, int]]:
    """The teams from the top down, each below the one that it belongs to: (id, how deep)."""
    children: dict[int | None, list[int]] = {}
    for row in teams.sort_values("name").itertuples():
        children.setdefault(row.parent_id, []).append(row.id)
    found: list[tuple[int, int]] = []
    waiting = [(team_id, 0) for team_id in reversed(children.get(None, []))]
    while waiting:
        team_id, depth = waiting.pop()
        found.append((team_id, depth))
        waiting += [(child, depth + 1) for child in reversed(children.get(team_id, []))]
    return found
