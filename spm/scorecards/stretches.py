"""Who is scored for which days of a period, and who answers for whom. Pure: frames in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import fsum, inf, isnan, nan

import pandas as pd

from spm.calendar import Period, Span
from spm.metrics.registry import Metric, Nature
from spm.people.roles import DEFAULT_ROLE

PARTS = ("value", "numerator", "denominator")


@dataclass(frozen=True)
class Stretch:
    """Days of a period that a person spent in one role; team and manager are the latest of them.

    `rep` is the person's name, made unique; `name` the one by which others report to them. `stays`: the same days by team
    and manager, in time; none where both stayed as they were. `is_stay`: it is one of those.
    """

    person_id: int
    rep: str
    name: str
    role: str
    is_role_assumed: bool
    team: str | None
    manager: str | None
    span: Span
    stays: tuple["Stretch", ...] = ()
    is_stay: bool = False


def stretches(active: pd.DataFrame, people: pd.DataFrame, assignments: pd.DataFrame, period: Span) -> list[Stretch]:
    """Everyone's stretches in a period, by name and then in time; whoever had one role in it has the whole period.

    `active` is `people.org.active` of the period. Whoever no sheet gives a role is taken for a sales representative. Days
    between two stays, of which no sheet speaks, are the earlier one's.
    """
    assumed = {(row.person_id, row.role) for row in assignments.itertuples() if row.is_role_assumed}
    names = dict(zip(people["id"], people["name"], strict=True))
    in_order = active.sort_values(["rep", "person_id", "starts_on"]).to_dict("records")
    held: list[Stretch] = []
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
        held.append(stretch)
    whole = Span(period.start, period.end)
    found = []
    for theirs in by_person(held):
        in_roles = [list(rows) for _, rows in groupby(theirs, key=lambda one: one.role)]
        spans = [Span(rows[0].span.start, rows[-1].span.end) for rows in in_roles] if len(in_roles) > 1 else [whole]
        found += [_joined(rows, span) for rows, span in zip(in_roles, spans, strict=True)]
    return found


def _joined(rows: Sequence[Stretch], span: Span) -> Stretch:
    """The rows of one role as one stretch over `span`."""
    if len(rows) == 1:
        return replace(rows[0], span=span)
    firsts = [next(same) for _, same in groupby(rows, key=lambda one: (one.team, one.manager))]
    begun = [span.start, *(one.span.start for one in firsts[1:])]
    stays = [
        replace(one, span=Span(start, end), is_stay=True)
        for one, start, end in zip(firsts, begun, [*begun[1:], span.end], strict=True)
        if start < end
    ]
    return replace(rows[-1], span=span, stays=tuple(stays) if len(stays) > 1 else ())


def held_throughout(held: pd.DataFrame, periods: Sequence[Period]) -> set[tuple[str, str]]:
    """The (rep, period label) pairs in which somebody is in `held` on all days of the period.

    `held`: rows of `people.org.active`, such as those of one role, of a span that holds the periods.
    """
    in_order = held.sort_values(["person_id", "starts_on"])
    spans: dict[str, list[Span]] = {}
    for rep, start, end in zip(in_order["rep"], in_order["starts_on"], in_order["ends_before"], strict=True):
        known = spans.setdefault(rep, [])
        if known and known[-1].end == start:
            known[-1] = Span(known[-1].start, end)
        else:
            known.append(Span(start, end))
    return {
        (rep, period.label)
        for rep, known in spans.items()
        for span in known
        for period in periods
        if span.start <= period.start and period.end <= span.end
    }


def by_person(found: Iterable[Stretch]) -> Iterator[list[Stretch]]:
    """The stretches of each person together; they must come in the order of `stretches`."""
    for _, theirs in groupby(found, key=lambda stretch: stretch.person_id):
        yield list(theirs)


Parts = tuple[float, ...]
"""Value, numerator and denominator of a metric; NaN is missing."""


def rolled_up(frame: pd.DataFrame, metric: Metric, teams: Mapping[str, set[str]]) -> dict[str, Parts]:
    """A metric by manager, with the teams of the managers below: a sum, or a sum over a sum.

    `frame` is that of `metrics.queries.values` by manager, `teams` what `below` gives. Of a median, which is no
    sum, a manager with managers below has none.
    """
    known = frame[frame["manager"].notna()].astype(dict.fromkeys(PARTS, float))
    parts = {row["manager"]: tuple(row[name] for name in PARTS) for row in known.to_dict("records")}
    return {
        manager: _together([parts[name] for name in sorted(team) if name in parts], metric)
        for manager, team in teams.items()
    }


def _together(parts: Sequence[Parts], metric: Metric) -> Parts:
    """One value of several teams' parts."""
    parts = [part for part in parts if not all(isnan(number) for number in part)]
    if len(parts) == 1:
        return parts[0]
    values, numerators, denominators = ([part[at] for part in parts] for at in range(len(PARTS)))
    if not parts or metric.nature is Nature.DISTRIBUTION:
        return nan, nan, nan
    if all(isnan(number) for number in denominators):
        return _total(values), nan, nan
    above, whole = _total(numerators), _total(denominators)
    if whole > 0:
        return above / whole, above, whole
    return inf if inf in values else nan, above, whole  # nothing left to cover, or nothing to divide by


def _total(numbers: Sequence[float]) -> float:
    """The sum of those that are known, NaN where none is."""
    known = [number for number in numbers if not isnan(number)]
    return fsum(known) if known else nan
