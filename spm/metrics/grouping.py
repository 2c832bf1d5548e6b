"""Dimensions: what a metric can be grouped and filtered by, and how rows get their place in them. Pure."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from spm.calendar import FiscalCalendar, Grain, Period, Span, plus_months
from spm.errors import UnknownName
from spm.metrics.measures import attribute_key
from spm.metrics.places import Places, day_numbers, pairs
from spm.people import org
from spm.people.lines import names_above
from spm.people.org import nearest
from spm.people.roles import MANAGER
from spm.rows import DAY, Labels, Rows

GRAINS = tuple(grain.value for grain in Grain)
OVER_TIME = org.DIMENSIONS  # role, team, manager, reporting_line: asked for the day
ORGANISATION = ("company", "rep", *OVER_TIME)


@dataclass(frozen=True)
class Dimensions:
    """The dimensions of one question, sorted by what they are made from."""

    by: tuple[str, ...]
    where: dict[str, str]
    facts: tuple[str, ...]  # every attribute of facts that the company filters by
    people: tuple[str, ...]  # every attribute of people
    person_ids: tuple[int, ...] | None = None  # only what these people did; None: whatever was done

    @property
    def groups(self) -> tuple[object, ...]:
        """What makes one question's groups those of another."""
        return self.by, tuple(self.where.items()), self.person_ids

    @property
    def grains(self) -> tuple[Grain, ...]:
        return tuple(Grain(name) for name in self.by if name in GRAINS)

    @property
    def finest(self) -> Grain | None:
        return min(self.grains, key=list(Grain).index, default=None)

    @property
    def fact_attributes(self) -> tuple[str, ...]:
        return tuple(name for name in self.by if name in self.facts)

    @property
    def fact_filter(self) -> tuple[tuple[str, str], ...]:
        return tuple((name, value) for name, value in self.where.items() if name in self.facts)

    @property
    def needs_people(self) -> bool:
        return self.person_ids is not None or any(name in ("rep", *OVER_TIME, *self.people) for name in self._mentioned)

    @property
    def needs_days_in_role(self) -> bool:
        return any(name in OVER_TIME for name in self._mentioned)

    @property
    def needs_periods(self) -> bool:
        """Whether rows must say when they were: for a grain, or for who was where."""
        return bool(self.grains) or self.needs_days_in_role

    @property
    def of_reps(self) -> bool:
        """Whether each group is of one person."""
        return "rep" in self._mentioned

    @property
    def _mentioned(self) -> tuple[str, ...]:
        return (*self.by, *self.where)

    @property
    def placed(self) -> tuple[str, ...]:
        """The dimensions that rows need a column for: who is below a manager is told by the reporting line."""
        told = ("reporting_line" if name == "manager" else name for name in self.where)
        return tuple(dict.fromkeys((*self.by, *told)))

    def grouped_by(self, *names: str) -> "Dimensions":
        """The same question by other dimensions."""
        return replace(self, by=tuple(dict.fromkeys(names)))


def dimensions(by: Sequence[str], where: Mapping[str, str], facts: Sequence[str], people: Sequence[str]) -> Dimensions:
    """The question's dimensions; raises UnknownName for one that there is none of, naming those there are."""
    people = tuple(name for name in people if name not in facts)
    known = (*ORGANISATION, *GRAINS, *facts, *people)
    for name in (*by, *where):
        if name not in known or (name in where and name in GRAINS):
            near = nearest(name, list(known))
            raise UnknownName(
                f"There is nothing called “{name}” to {'filter' if name in where else 'group'} by.",
                f"Did you mean {near[0]}?" if near else f"There are {', '.join(known)}.",
            )
    return Dimensions(tuple(dict.fromkeys(by)), dict(where), tuple(facts), people)


def person_attributes(people: pd.DataFrame) -> dict[str, dict[int, str]]:
    """Attribute key → person id → value, of the columns that people sheets brought."""
    found: dict[str, dict[int, str]] = {}
    for person_id, attributes in zip(people["id"], people["attributes"], strict=True):
        for label, value in (attributes or {}).items():
            found.setdefault(attribute_key(label), {})[person_id] = value
    return found


def in_place(rows: Rows, dims: Dimensions, places: Places, calendar: FiscalCalendar, company: str) -> Rows:
    """`rows` with labels for every dimension asked for.

    `rows` has what the dimensions need: person_id, period (a day), labels for each attribute of facts. A grain's value is
    the period's label, a rep's the person's name; whoever has none is missing.
    """
    placed = {}
    for name in dims.placed:
        if name == "rep" or name in dims.people:
            placed[name] = places.of_person(name, rows.numbers["person_id"])
        elif name in OVER_TIME:
            placed[name] = places.on_days(name, rows.numbers["person_id"], rows.numbers["period"])
        elif name in GRAINS:
            placed[name] = labelled(rows.numbers["period"], Grain(name), calendar)
        elif name == "company":
            placed[name] = Labels.alike(company, len(rows))
    return rows.plus(labels=placed)


def labelled(days: np.ndarray, grain: Grain, calendar: FiscalCalendar) -> Labels:
    """The label of the period that each day lies in."""
    codes, distinct = pd.factorize(day_numbers(days))
    return Labels.of(_label(calendar, grain, day) for day in distinct.astype(DAY).astype(object))[codes]


@lru_cache(maxsize=20_000)
def _label(calendar: FiscalCalendar, grain: Grain, day: date) -> str:
    return calendar.period_of(grain, day).label


def is_kept(rows: Rows, dims: Dimensions, within: Callable[[str], Collection[str]]) -> np.ndarray:
    """Which rows `where` keeps, those of facts aside; a team's rows include those of the teams `within` it.

    A manager's are those of everyone below on the row's day, at any depth.
    """
    found = np.ones(len(rows), bool)
    if dims.person_ids is not None:
        found &= np.isin(rows.numbers["person_id"], dims.person_ids)
    for name, wanted in dims.where.items():
        if name == "manager":
            lines = rows.labels["reporting_line"]
            found &= lines.among(line for line in lines.kinds if wanted in names_above(line))
        elif name not in dims.facts:
            found &= rows.labels[name].among(within(wanted) if name == "team" else {wanted})
    return found


def people_in_place(members: Rows, dims: Dimensions, places: Places, company: str) -> Rows:
    """People (see `places.there`) with labels for each dimension that isn't time."""
    person_ids = members.numbers["person_id"]
    own = {name: places.of_person(name, person_ids) for name in dims.placed if name == "rep" or name in dims.people}
    return members.plus(labels=own | {"company": Labels.alike(company, len(members))})


def expected_groups(
    members: Rows, dims: Dimensions, periods: Sequence[Period], calendar: FiscalCalendar
) -> Rows | None:
    """The groups that a question speaks of even where nothing happened: who was there, in every period they were.

    `members`: people in place, cut to `where`, with starts_on and ends_before; managers are not expected to bring anything.
    `periods` are those of the finest grain. None where a fact attribute is asked for: of these only what occurs is known.
    """
    if dims.fact_attributes:
        return None
    sellers = members[~members.labels["role"].among({MANAGER})]
    own = {name: sellers.labels[name] for name in dims.by if name not in GRAINS}
    if dims.finest is None:
        return Rows({}, own)
    if not periods:
        return None
    starts, ends = day_numbers([one.start for one in periods]), day_numbers([one.end for one in periods])
    begins, leaves = day_numbers(sellers.numbers["starts_on"]), day_numbers(sellers.numbers["ends_before"])
    is_there = (begins[:, None] < ends) & (starts < leaves[:, None])
    member, period = np.nonzero(is_there if own else is_there.any(axis=0, keepdims=True))
    first_days = np.array([one.start for one in periods], DAY)[period]
    times = {grain.value: labelled(first_days, grain, calendar) for grain in dims.grains}
    return Rows({}, {name: column[member] for name, column in own.items()} | times)


def whole_months(span: Span) -> Span | None:
    """The whole calendar months inside `span`, None where there is none."""
    start = span.start if span.start.day == 1 else plus_months(span.start, 1)
    end = span.end.replace(day=1)
    return Span(start, end) if start < end else None


def cut_months(spans: Mapping[int, Span], within: Span) -> np.ndarray:
    """The (person, month) pairs, as `pairs` makes them, inside `within` of which a person's own span holds only a part."""
    edges = [(person, day) for person, span in spans.items() for day in (span.start, span.end)]
    cut = [(person, day) for person, day in edges if day in within and day.day != 1]
    return pairs([person for person, _ in cut], np.array([day for _, day in cut], dtype=DAY))


def in_months(rows: Rows, months: np.ndarray) -> np.ndarray:
    """Which rows (person_id, period) lie in one of the pairs."""
    return np.isin(pairs(rows.numbers["person_id"], rows.numbers["period"]), months)


def in_own_span(rows: Rows, spans: Mapping[int, Span]) -> np.ndarray:
    """Which rows (person_id, period) lie in the span of their person; those of people without one do."""
    people = np.array(sorted(spans), np.int64)
    if not len(people):
        return np.ones(len(rows), bool)
    starts = np.array([spans[int(person)].start for person in people], DAY)
    ends = np.array([spans[int(person)].end for person in people], DAY)
    asked, days = rows.numbers["person_id"], rows.numbers["period"]
    at = np.minimum(np.searchsorted(people, asked), len(people) - 1)
    return (people[at] != asked) | ((starts[at] <= days) & (days < ends[at]))
