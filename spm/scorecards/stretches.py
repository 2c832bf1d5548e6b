"""Who is scored for which days of a period. Pure: frames in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import pandas as pd

from spm.calendar import Period, Span
from spm.people.roles import DEFAULT_ROLE


@dataclass(frozen=True)
class Stretch:
    """Days of a period that a person spent in one role; team, manager and reporting line are the latest of them.

    `rep` is the person's name, made unique; `name` the one by which others report to them. `stays`: the same days by team
    and reporting line, in time; none where both stayed as they were. `is_stay`: it is one of those.
    """

    person_id: int
    rep: str
    name: str
    role: str
    is_role_assumed: bool
    team: str | None
    manager: str | None
    reporting_line: str | None
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
            reporting_line=row["reporting_line"] if pd.notna(row["reporting_line"]) else None,
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
    firsts = [next(same) for _, same in groupby(rows, key=lambda one: (one.team, one.reporting_line))]
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
