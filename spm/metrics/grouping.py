"""Dimensions: what a metric can be grouped and filtered by, and how rows get their place in them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from spm.calendar import FiscalCalendar, Grain, Period, Span, plus_months
from spm.errors import UnknownName
from spm.metrics.registry import attribute_key
from spm.people import org
from spm.people.org import nearest

GRAINS = tuple(grain.value for grain in Grain)
OVER_TIME = org.DIMENSIONS  # role, team, manager: asked for the day
ORGANISATION = ("company", "rep", *OVER_TIME)


@dataclass(frozen=True)
class Dimensions:
    """The dimensions of one question, sorted by what they are made from."""

    by: tuple[str, ...]
    where: dict[str, str]
    facts: tuple[str, ...]  # every attribute of facts that the company filters by
    people: tuple[str, ...]  # every attribute of people

    @property
    def grains(self) -> tuple[Grain, ...]:
        return tuple(Grain(name) for name in self.by if name in GRAINS)

    @property
    def fact_attributes(self) -> tuple[str, ...]:
        return tuple(name for name in self.by if name in self.facts)

    @property
    def fact_filter(self) -> dict[str, str]:
        return {name: value for name, value in self.where.items() if name in self.facts}

    @property
    def needs_people(self) -> bool:
        mentioned = (*self.by, *self.where)
        return any(name in ("rep", *OVER_TIME, *self.people) for name in mentioned)

    @property
    def needs_days_in_role(self) -> bool:
        return any(name in OVER_TIME for name in (*self.by, *self.where))

    @property
    def needs_periods(self) -> bool:
        """Whether rows must say when they were: for a grain, or for who was where."""
        return bool(self.grains) or self.needs_days_in_role


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


def in_place(
    rows: pd.DataFrame,
    dims: Dimensions,
    people: pd.DataFrame,
    assignments: pd.DataFrame,
    own_columns: Mapping[str, Mapping[int, str]],
    calendar: FiscalCalendar,
    company: str,
) -> pd.DataFrame:
    """`rows` with a column for every dimension asked for.

    `rows` has the columns that the dimensions need: person_id, period (a date), and each fact attribute. A grain's value
    is the period's label, a rep's the person's name; whoever has none gets None.
    """
    placed = rows
    if dims.needs_days_in_role:
        placed = org.placed(placed, assignments)
    if dims.needs_people:
        placed = placed.assign(rep=placed["person_id"].map(dict(zip(people["id"], people["rep"], strict=True))))
        for name in (*dims.by, *dims.where):
            if name in dims.people:
                placed = placed.assign(**{name: placed["person_id"].map(own_columns[name])})
    for grain in dims.grains:
        labels = {day: calendar.period_of(grain, day).label for day in placed["period"].unique()}
        placed = placed.assign(**{grain.value: placed["period"].map(labels)})
    if "company" in dims.by or "company" in dims.where:
        placed = placed.assign(company=company)
    return placed


def filtered(
    rows: pd.DataFrame, dims: Dimensions, teams: pd.DataFrame, managers: Mapping[str, set[str]]
) -> pd.DataFrame:
    """The rows that `where` keeps, those of facts aside; a team's rows include those of the teams below it.

    A manager's are those of everyone below; `managers` is what `org.below` gives.
    """
    for name, wanted in dims.where.items():
        if name in dims.facts:
            continue
        values = {wanted}
        if name == "team":
            values = org.nested_teams(teams, wanted)
        elif name == "manager":
            values |= managers.get(wanted, set())
        rows = rows[rows[name].isin(values)]
    return rows


def people_in_place(
    active: pd.DataFrame, dims: Dimensions, own_columns: Mapping[str, Mapping[int, str]], company: str
) -> pd.DataFrame:
    """Everyone of `active` (see `org.active`, with a column `rep`) with a column for each dimension that isn't time."""
    named = active
    for name in (*dims.by, *dims.where):
        if name in dims.people:
            named = named.assign(**{name: named["person_id"].map(own_columns[name])})
    return named.assign(company=company)


def expected_groups(
    members: pd.DataFrame, dims: Dimensions, periods: Mapping[Grain, Sequence[Period]]
) -> pd.DataFrame | None:
    """The groups that a question speaks of even where nothing happened: who was there, in every period they were.

    `members`: people in place, cut to `where`, with starts_on and ends_before. None where a fact attribute is asked for:
    of these only what occurs is known.
    """
    if dims.fact_attributes:
        return None
    groups = members
    finest = min(dims.grains, key=lambda grain: list(Grain).index(grain), default=None)
    if finest is not None:
        calendar = pd.DataFrame(
            [
                {
                    "_start": period.start,
                    "_end": period.end,
                    **{grain.value: _holding(periods[grain], period) for grain in dims.grains},
                }
                for period in periods[finest]
            ]
        )
        if calendar.empty:
            return None
        groups = members.merge(calendar, how="cross")
        groups = groups[(groups["starts_on"] < groups["_end"]) & (groups["_start"] < groups["ends_before"])]
    return groups[list(dims.by)].drop_duplicates()


def _holding(periods: Sequence[Period], part: Period) -> str:
    return next(period.label for period in periods if period.start <= part.start < period.end)


def whole_months(span: Span) -> Span | None:
    """The whole calendar months inside `span`, None where there is none."""
    start = span.start if span.start.day == 1 else plus_months(span.start, 1)
    end = span.end.replace(day=1)
    return Span(start, end) if start < end else None


def cut_months(spans: Mapping[int, Span], within: Span) -> set[tuple[int, date]]:
    """The (person, first of month) pairs inside `within` of which a person's own span holds only a part."""
    edges = [(person, day) for person, span in spans.items() for day in (span.start, span.end)]
    return {(person, day.replace(day=1)) for person, day in edges if day in within and day.day != 1}


def in_months(rows: pd.DataFrame, months: set[tuple[int, date]]) -> pd.Series:
    """Which rows (person_id, period) lie in one of the (person, first of month) pairs."""
    pairs = zip(rows["person_id"], rows["period"], strict=True)
    return pd.Series([(person, day.replace(day=1)) in months for person, day in pairs], index=rows.index, dtype=bool)


def in_own_span(rows: pd.DataFrame, spans: Mapping[int, Span]) -> pd.Series:
    """Which rows (person_id, period) lie in the span of their person; those of people without one do."""
    pairs = zip(rows["person_id"], rows["period"], strict=True)
    inside = [person not in spans or day in spans[person] for person, day in pairs]
    return pd.Series(inside, index=rows.index, dtype=bool)
