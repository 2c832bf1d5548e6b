"""Who is scored for which days of a period. Pure: frames in."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

import pandas as pd

from spm.calendar import Period, Span
from spm.people.org import DIMENSIONS
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
    is_assumed = assignments["is_role_assumed"].to_numpy(bool)
    assumed = set(zip(*(assignments.loc[is_assumed, name] for name in ("person_id", "role")), strict=True))
    names = dict(zip(people["id"], people["name"], strict=True))
    whole, rows_count = Span(period.start, period.end), Counter(active["person_id"])
    told = active[[*DIMENSIONS]].astype(object).where(active[[*DIMENSIONS]].notna(), None)
    columns = (
        *(active[name] for name in ("rep", "person_id", "starts_on", "ends_before")),
        *(told[name] for name in DIMENSIONS),
    )
    held = [
        Stretch(person_id, rep, names[person_id], role or DEFAULT_ROLE, role is None or (person_id, role) in assumed,
                team, manager, line, Span(start, end) if rows_count[person_id] > 1 else whole)
        for rep, person_id, start, end, role, team, manager, line in sorted(zip(*columns, strict=True), key=itemgetter(0, 1, 2))
    ]  # fmt: skip
    found = []
    for theirs in by_person(held):
        in_roles = [list(rows) for _, rows in groupby(theirs, key=lambda one: one.role)]
        spans = [Span(rows[0].span.start, rows[-1].span.end) for rows in in_roles] if len(in_roles) > 1 else [whole]
        found += [_joined(rows, span) for rows, span in zip(in_roles, spans, strict=True)]
    return found


def _joined(rows: Sequence[Stretch], span: Span) -> Stretch:
    """The rows of one role as one stretch over `span`."""
    if len(rows) == 1:
        return rows[0] if rows[0].span == span else replace(rows[0], span=span)
    firsts = [next(same) for _, same in groupby(rows, key=lambda one: (one.team, one.reporting_line))]
    begun = [span.start, *(one.span.start for one in firsts[1:])]
    stays = [
        replace(one, span=Span(start, end), is_stay=True)
        for one, start, end in zip(firsts, begun, [*begun[1:], span.end], strict=True)
        if start < end
    ]
    return replace(rows[-1], span=span, stays=tuple(stays) if len(stays) > 1 else ())


def held_throughout(active: pd.DataFrame, periods: Sequence[Period]) -> dict[str, dict[str, set[str]]]:
    """Who had which role on all days of a period: its label → role → names.

    `active`: that of `people.org` for a span that holds the periods.
    """
    in_order = active.sort_values(["person_id", "starts_on"])
    roles = in_order["role"].fillna(DEFAULT_ROLE)
    spans: dict[tuple[str, str], list[Span]] = {}
    for rep, role, start, end in zip(
        in_order["rep"], roles, in_order["starts_on"], in_order["ends_before"], strict=True
    ):
        known = spans.setdefault((rep, role), [])
        if known and known[-1].end == start:
            known[-1] = Span(known[-1].start, end)
        else:
            known.append(Span(start, end))
    found: dict[str, dict[str, set[str]]] = {period.label: defaultdict(set) for period in periods}
    for (rep, role), known in spans.items():
        for span in known:
            for period in periods:
                if span.start <= period.start and period.end <= span.end:
                    found[period.label][role].add(rep)
    return found


def by_person(found: Iterable[Stretch]) -> Iterator[list[Stretch]]:
    """The stretches of each person together; they must come in the order of `stretches`."""
    for _, theirs in groupby(found, key=lambda stretch: stretch.person_id):
        yield list(theirs)
