"""Who was in which role and team, under whom, on which day. Pure: frames in, frames out."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
from rapidfuzz import process, utils

from spm.calendar import Span
from spm.people.roles import MANAGER

ALWAYS, NEVER = date(1, 1, 1), date(9999, 12, 31)
LEADER = ("manager", "reporting_line")
DIMENSIONS = ("role", "team", *LEADER)
ACCENTS = re.compile("[\u0300-\u036f]")
PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE",
     "’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-"}
)  # fmt: skip
"""Letters with strokes and joined ones, which are no letter with an accent, and signs that look alike."""


def spans(assignments: pd.DataFrame) -> pd.DataFrame:
    """Assignments with open ends closed: None becomes ALWAYS or NEVER, so that days can be compared."""
    return assignments.assign(
        starts_on=assignments["starts_on"].map(lambda day: day or ALWAYS),
        ends_before=assignments["ends_before"].map(lambda day: day or NEVER),
    )


def stays(people: pd.DataFrame, assignments: pd.DataFrame) -> pd.DataFrame:
    """Everyone's days in each role, team and reporting line, as far as they were employed then.

    `assignments` are those of `lines.in_lines`. Columns: person_id, rep, role, team, manager, reporting_line, starts_on,
    ends_before. People without an assignment are listed with None in role, team and manager.
    """
    joined = people.rename(columns={"id": "person_id"}).merge(
        spans(assignments)[["person_id", "starts_on", "ends_before", *DIMENSIONS]], on="person_id", how="left"
    )
    day_after = joined["ended_on"].map(
        lambda day: date.fromordinal(day.toordinal() + 1) if pd.notna(day) and day != NEVER else NEVER
    )
    starts, employed_from = (joined[name].map(lambda day: day if pd.notna(day) else ALWAYS).to_numpy(object)
                             for name in ("starts_on", "started_on"))  # fmt: skip
    ends = joined["ends_before"].map(lambda day: day if pd.notna(day) else NEVER).to_numpy(object)
    found = joined.assign(
        starts_on=np.maximum(starts, employed_from), ends_before=np.minimum(ends, day_after.to_numpy(object))
    )
    return found[["person_id", "rep", *DIMENSIONS, "starts_on", "ends_before"]]


def active(stays: pd.DataFrame, span: Span) -> pd.DataFrame:
    """The rows of `stays` with a day in `span`, cut to it."""
    starts = [max(day, span.start) for day in stays["starts_on"]]
    ends = [min(day, span.end) for day in stays["ends_before"]]
    is_inside = np.array([start < end for start, end in zip(starts, ends, strict=True)], bool)
    return stays.assign(starts_on=starts, ends_before=ends)[is_inside].reset_index(drop=True)


def leaders(team_days: pd.DataFrame, assignments: pd.DataFrame) -> pd.DataFrame:
    """Who leads a team on a day, for each row of `team_days` (columns team and period, a date); None where nobody does.

    `assignments` are those of `lines.in_lines`. Columns: manager, and reporting_line, which begins with them. It is the one
    to whom most members report; those who are managers themselves decide only where nobody else is there.
    """
    known = assignments[["team", *LEADER, "role", "starts_on", "ends_before"]].dropna(subset=["team", "manager"])
    ends = {name: known[name].map(date.toordinal).astype("int64") for name in ("starts_on", "ends_before")}
    edges = pd.concat([known[["team"]].assign(since=day) for day in ends.values()]).drop_duplicates()
    joined = edges.merge(known.assign(**ends), on="team")  # between two edges the same one leads
    there = joined[(joined["starts_on"] <= joined["since"]) & (joined["since"] < joined["ends_before"])]
    votes = there.assign(vote=there["role"].map(lambda role: 0 if role == MANAGER else 1), all=1)
    counted = votes.groupby(["team", "since", *LEADER], as_index=False)[["vote", "all"]].sum()
    first = counted.sort_values(["vote", "all"], ascending=False).drop_duplicates(["team", "since"])
    leads = edges.merge(first[["team", "since", *LEADER]], how="left").astype({"team": object}).sort_values("since")
    asked = team_days[["team"]].astype(object).assign(since=[day.toordinal() for day in team_days["period"]])
    found = pd.merge_asof(asked.reset_index().sort_values("since"), leads, on="since", by="team").set_index("index")
    leader = found[list(LEADER)].astype(object).reindex(team_days.index)
    return leader.where(leader.notna(), None)


def branches(teams: pd.DataFrame) -> dict[str, frozenset[str]]:
    """Each team → itself and all teams below it, by name."""
    children: dict[int | None, list[int]] = {}
    ids, parents, called = (teams[column].tolist() for column in ("id", "parent_id", "name"))
    for team_id, parent_id in zip(ids, parents, strict=True):
        children.setdefault(parent_id, []).append(team_id)
    names = dict(zip(ids, called, strict=True))
    return {name: frozenset(_below([one for one in ids if names[one] == name], children, names)) for name in called}


def _below(waiting: list[int], children: Mapping[int | None, list[int]], names: Mapping[int, str]) -> set[str]:
    """The names of these teams and of all below them."""
    found: set[str] = set()
    while waiting:
        team_id = waiting.pop()
        if names[team_id] not in found:
            found.add(names[team_id])
            waiting += children.get(team_id, [])
    return found


def nearest(text: str, names: list[str], limit: int = 3, alike_percent: float = 70) -> list[str]:
    """The names spelt most like `text`, best first; none that is less alike than `alike_percent`."""
    found = process.extract(text, names, limit=limit, score_cutoff=alike_percent, processor=utils.default_process)
    return [name for name, _, _ in found]


def folded(text: str) -> str:
    """A name of any script without case, accents, double spaces and punctuation at its ends: "  José  SARAIVA " → "jose
    saraiva", "Øystein Łoś" → "oystein los"."""
    plain = text if text.isascii() else ACCENTS.sub("", unicodedata.normalize("NFKD", text.translate(PLAIN_LETTERS)))
    return re.sub(r"\s+", " ", plain).strip(" .,;").casefold()
