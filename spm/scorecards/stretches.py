"""Who is scored for which days of a period, and who answers for whom. Pure: frames in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from math import inf, nan

import pandas as pd

from spm.calendar import Span
from spm.metrics.registry import Metric, Nature
from spm.people.roles import DEFAULT_ROLE


@dataclass(frozen=True)
class Stretch:
    """Days of a period that a person spent in one role; team and manager are the latest of them.

    `rep` is the person's name, made unique; `name` the one by which others report to them.
    """

    person_id: int
    rep: str
    name: str
    role: str
    is_role_assumed: bool
    team: str | None
    manager: str | None
    span: Span


def stretches(active: pd.DataFrame, people: pd.DataFrame, assignments: pd.DataFrame, period: Span) -> list[Stretch]:
    """Everyone's stretches in a period, by name and then in time; whoever had one role in it has the whole period.

    `active` is `people.org.active` of the period. Whoever no sheet gives a role is taken for a sales representative.
    """
    assumed = {(row.person_id, row.role) for row in assignments.itertuples() if row.is_role_assumed}
    names = dict(zip(people["id"], people["name"], strict=True))
    in_order = active.sort_values(["rep", "person_id", "starts_on"]).to_dict("records")
    found: list[Stretch] = []
    for row in in_order:
        role = row["role"] if pd.notna(row["role"]) else None
        stretch = Stretch(
            person_id=row["person_id"],
            rep=row["rep"],
            name=names[row["person_id"]],
            role=role or DEFAULT_ROLE,
            is_role_assumed=role is None or (row["person_id"], role) in assumed,
            team=row["team"] if pd.notna(row["team"]) else None,
            manager=row["manager"] if pd.notna(row["manager"]) else None,
            span=Span(row["starts_on"], row["ends_before"]),
        )
        before = found[-1] if found else None
        if before and (before.person_id, before.role) == (stretch.person_id, stretch.role):
            found[-1] = replace(stretch, span=Span(before.span.start, stretch.span.end))
        else:
            found.append(stretch)
    whole = Span(period.start, period.end)
    return [
        replace(stretch, span=whole) if len(theirs) == 1 else stretch
        for theirs in by_person(found)
        for stretch in theirs
    ]


def by_person(found: Iterable[Stretch]) -> Iterator[list[Stretch]]:
    """The stretches of each person together; they must come in the order of `stretches`."""
    for _, theirs in groupby(found, key=lambda stretch: stretch.person_id):
        yield list(theirs)


def rolled_up(frame: pd.DataFrame, metric: Metric, teams: Mapping[str, set[str]]) -> dict[str, float]:
    """A metric by manager, with the teams of the managers below: a sum, or a sum over a sum; NaN is missing.

    `frame` is that of `metrics.queries.values` by manager, `teams` what `below` gives. Of a median, which is no
    sum, a manager with managers below has none.
    """
    known = frame[frame["manager"].notna()].set_index("manager")[["value", "numerator", "denominator"]].astype(float)
    return {
        manager: _together(known.reindex(sorted(team)).dropna(how="all"), metric) for manager, team in teams.items()
    }


def _together(parts: pd.DataFrame, metric: Metric) -> float:
    if len(parts) < 2:
        return float(parts["value"].sum(min_count=1))
    if metric.nature is Nature.DISTRIBUTION:
        return nan
    if parts["denominator"].isna().all():
        return float(parts["value"].sum(min_count=1))
    whole = float(parts["denominator"].sum())
    if whole > 0:
        return float(parts["numerator"].sum()) / whole
    return inf if parts["value"].eq(inf).any() else nan  # nothing left to cover, or nothing to divide by
