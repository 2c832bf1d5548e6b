"""Totals of every measure, brought up to date for the months that a write touched; pages read these, never the facts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Date,
    Select,
    and_,
    cast,
    delete,
    false,
    func,
    insert,
    literal,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from spm.calendar import Span, plus_months
from spm.metrics.registry import FILLED, MEASURES, Measure, Tally, Within
from spm.store import tables

E4 = 10_000
DAY, MONTH = tables.TotalByDay, tables.TotalByMonth


class month_start(GenericFunction[date]):
    """The first day of a date's month, in either database."""

    type = Date()
    inherit_cache = True


@compiles(month_start, "sqlite")
def _month_start_in_sqlite(element: Any, compiler: Any, **how: Any) -> str:
    return f"date({compiler.process(element.clauses, **how)}, 'start of month')"


@compiles(month_start)
def _month_start(element: Any, compiler: Any, **how: Any) -> str:
    return f"CAST(date_trunc('month', {compiler.process(element.clauses, **how)}) AS DATE)"


def conditions(tally: Tally) -> list[ColumnElement[bool]]:
    """The tally's `where`, as conditions on its fact table."""
    columns = tables.Table.metadata.tables[tally.fact].c
    found: list[ColumnElement[bool]] = [columns[tally.on].is_not(None)]
    for name, value in tally.where:
        if value is FILLED:
            found.append(columns[name].is_not(None))
        elif isinstance(value, Within):
            found.append(columns[name].between(0, value.most))
        elif isinstance(value, tuple):
            found.append(columns[name].in_(value))
        else:
            found.append(columns[name] == value)
    return found


def _value(tally: Tally) -> ColumnElement[int]:
    if tally.value is None:
        return func.count() * literal(E4)
    column = tables.Table.metadata.tables[tally.fact].c[tally.value]
    total = func.sum(column)
    return cast(total if tally.value.endswith("_e4") else total * literal(E4), BigInteger)


def touched_months(touched: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, list[Span]]:
    """Measure → the stretches of whole months in which rows of its facts changed; None days are skipped."""
    months: dict[tuple[str, str], set[date]] = {}
    found: dict[str, set[date]] = {}
    for measure in MEASURES.values():
        for tally in measure.tallies:
            column = (tally.fact, tally.on)
            if column not in months:
                days = {row[tally.on] for row in touched.get(tally.fact, ()) if row.get(tally.on) is not None}
                months[column] = {day.replace(day=1) for day in days}
            if months[column]:
                found.setdefault(measure.key, set()).update(months[column])
    return {key: _stretches(starts) for key, starts in found.items()}


def _stretches(months: Iterable[date]) -> list[Span]:
    joined: list[Span] = []
    for month in sorted(months):
        end = plus_months(month, 1)
        if joined and joined[-1].end == month:
            joined[-1] = Span(joined[-1].start, end)
        else:
            joined.append(Span(month, end))
    return joined


def _within(column: Any, spans: Sequence[Span]) -> ColumnElement[bool]:
    return or_(false(), *(and_(column >= span.start, column < span.end) for span in spans))


def refresh(connection: Connection, stretches: Mapping[str, Sequence[Span]]) -> None:
    """Counts measures anew in the given stretches of whole months, by slice and whole, by day and by month."""
    for key, spans in stretches.items():
        _remove(connection, key, spans)
        _count_by_day(connection, MEASURES[key], spans)
        _sum_up(connection, key, spans)


def rebuild(connection: Connection) -> None:
    """Counts everything anew from the facts; quotas keep theirs (see `put`)."""
    everything = [Span(date(1, 1, 1), date(9999, 1, 1))]
    refresh(connection, {measure.key: everything for measure in MEASURES.values() if measure.tallies})


def put(connection: Connection, key: str, by_day: pd.DataFrame) -> None:
    """Replaces all totals of a measure that is not counted by a tally: columns `person_id`, `day`, `value_e4`."""
    everything = [Span(date(1, 1, 1), date(9999, 1, 1))]
    _remove(connection, key, everything)
    rows = [
        {"measure": key, "slice_id": tables.WHOLE, **row}
        for row in by_day[["day", "person_id", "value_e4"]].to_dict("records")
    ]
    if rows:
        connection.execute(insert(DAY), rows)
    _sum_up(connection, key, everything, has_slices=False)


def _remove(connection: Connection, key: str, spans: Sequence[Span]) -> None:
    connection.execute(delete(DAY).where(DAY.measure == key, _within(DAY.day, spans)))
    connection.execute(delete(MONTH).where(MONTH.measure == key, _within(MONTH.month, spans)))


def _count_by_day(connection: Connection, measure: Measure, spans: Sequence[Span]) -> None:
    parts: list[Select[Any]] = []
    for tally in measure.tallies:
        columns = tables.Table.metadata.tables[tally.fact].c
        day, person = columns[tally.on], func.coalesce(columns.person_id, tables.NOBODY)
        parts.append(
            select(columns.slice_id, day.label("day"), person.label("person_id"), _value(tally).label("value_e4"))
            .where(*conditions(tally), _within(day, spans))
            .group_by(columns.slice_id, day, person)
        )
    facts = parts[0].union_all(*parts[1:]).subquery()
    counted = (
        select(
            literal(measure.key),
            facts.c.slice_id,
            facts.c.day,
            facts.c.person_id,
            cast(func.sum(facts.c.value_e4), BigInteger),
        )
        .where(facts.c.value_e4.is_not(None))
        .group_by(facts.c.slice_id, facts.c.day, facts.c.person_id)
    )
    connection.execute(insert(DAY).from_select(["measure", "slice_id", "day", "person_id", "value_e4"], counted))


def _sum_up(connection: Connection, key: str, spans: Sequence[Span], has_slices: bool = True) -> None:
    if has_slices:
        whole = (
            select(
                literal(key), literal(tables.WHOLE), DAY.day, DAY.person_id, cast(func.sum(DAY.value_e4), BigInteger)
            )
            .where(DAY.measure == key, DAY.slice_id != tables.WHOLE, _within(DAY.day, spans))
            .group_by(DAY.day, DAY.person_id)
        )
        connection.execute(insert(DAY).from_select(["measure", "slice_id", "day", "person_id", "value_e4"], whole))
    month = func.month_start(DAY.day)
    monthly = (
        select(literal(key), DAY.slice_id, month, DAY.person_id, cast(func.sum(DAY.value_e4), BigInteger))
        .where(DAY.measure == key, _within(DAY.day, spans))
        .group_by(DAY.slice_id, month, DAY.person_id)
    )
    connection.execute(insert(MONTH).from_select(["measure", "slice_id", "month", "person_id", "value_e4"], monthly))
