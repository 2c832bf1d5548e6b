"""Totals of every measure, kept true as facts change; pages read these, never the facts.

Totals are sums, so a write takes away what the facts that it touches counted before, and adds what they count after:
whatever a company has, an import costs what it brings. A total of 0 is not kept.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    CompoundSelect,
    Connection,
    Date,
    Integer,
    MetaData,
    Select,
    Table,
    and_,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from spm.metrics.registry import FILLED, MEASURES, Tally, Within
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


def conditions(tally: Tally, columns: Any = None) -> list[ColumnElement[bool]]:
    """The tally's `where`, as conditions on its fact table, or on other `columns` of the same names."""
    columns = tables.Table.metadata.tables[tally.fact].c if columns is None else columns
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


def counted_facts() -> set[str]:
    """The fact tables that measures count."""
    return {tally.fact for measure in MEASURES.values() for tally in measure.tallies}


def counted_columns(fact: str) -> list[str]:
    """The columns of a fact table that totals are made from."""
    tallies = [tally for measure in MEASURES.values() for tally in measure.tallies if tally.fact == fact]
    named = {name for tally in tallies for name in (tally.on, tally.value, *(name for name, _ in tally.where)) if name}
    return ["slice_id", "person_id", *sorted(named)]


def rebuild(connection: Connection) -> None:
    """Counts everything anew from the facts; quotas keep theirs (see `put`)."""
    tallied = [measure.key for measure in MEASURES.values() if measure.tallies]
    connection.execute(delete(DAY).where(DAY.measure.in_(tallied)))
    connection.execute(delete(MONTH).where(MONTH.measure.in_(tallied)))
    for fact in sorted(counted_facts()):
        columns = tables.Table.metadata.tables[fact].c
        add(connection, fact, select(literal(1).label("sign"), *(columns[name] for name in counted_columns(fact))))


def put(connection: Connection, key: str, by_day: pd.DataFrame) -> None:
    """Replaces all totals of a measure that is not counted by a tally: columns `person_id`, `day`, `value_e4`."""
    connection.execute(delete(DAY).where(DAY.measure == key))
    connection.execute(delete(MONTH).where(MONTH.measure == key))
    rows = [
        {"measure": key, "slice_id": tables.WHOLE, **row}
        for row in by_day[["day", "person_id", "value_e4"]].to_dict("records")
    ]
    if rows:
        connection.execute(insert(DAY), rows)
    month = func.month_start(DAY.day)
    monthly = (
        select(literal(key), DAY.slice_id, month, DAY.person_id, cast(func.sum(DAY.value_e4), BigInteger))
        .where(DAY.measure == key)
        .group_by(DAY.slice_id, month, DAY.person_id)
    )
    connection.execute(insert(MONTH).from_select(["measure", "slice_id", "month", "person_id", "value_e4"], monthly))


def add(connection: Connection, fact: str, rows: Select[Any] | CompoundSelect[Any]) -> None:
    """Adds to the totals what `rows` count: those of `counted_columns`, and `sign`, -1 for what is to be taken away.

    Facts are grouped once for each of their days (closed, created), whatever number of measures counts them by it.
    """
    facts = rows.subquery()
    for on, measures in _by_day_column(fact).items():
        person, values = func.coalesce(facts.c.person_id, tables.NOBODY), _values(measures, facts.c)
        by_day = select(facts.c.slice_id, facts.c[on].label("period"), person.label("person_id"), *values)
        by_day = by_day.where(facts.c[on].is_not(None)).group_by(facts.c.slice_id, facts.c[on], person)
        with _kept(connection, "by_day", measures, by_day) as days:
            _add_to(connection, DAY, days, measures)
            with _kept(connection, "by_day_whole", measures, _summed(days, measures, days.c.period)) as whole:
                _add_to(connection, DAY, whole, measures)
            monthly = _summed(days, measures, func.month_start(days.c.period), days.c.slice_id)
            with _kept(connection, "by_month", measures, monthly) as months:
                _add_to(connection, MONTH, months, measures)
                with _kept(connection, "by_month_whole", measures, _summed(months, measures, months.c.period)) as whole:
                    _add_to(connection, MONTH, whole, measures)


def _by_day_column(fact: str) -> dict[str, dict[str, Tally]]:
    """Column of a day → measure → the tally that counts this fact by it."""
    found: dict[str, dict[str, Tally]] = {}
    for measure in MEASURES.values():
        for tally in measure.tallies:
            if tally.fact == fact:
                found.setdefault(tally.on, {})[measure.key] = tally
    return found


def _values(measures: dict[str, Tally], columns: Any) -> Iterator[ColumnElement[int]]:
    """What each measure counts of a group of facts, in ten-thousandths; None where it counts none of them."""
    for key, tally in measures.items():
        value = literal(1) if tally.value is None else columns[tally.value]
        in_e4 = value if tally.value and tally.value.endswith("_e4") else value * literal(E4)
        counted = case((and_(*conditions(tally, columns)), in_e4 * columns.sign))
        yield cast(func.sum(counted), BigInteger).label(key)


def _summed(
    table: Table, measures: Iterable[str], period: ColumnElement[date], slice_id: ColumnElement[int] | None = None
) -> Select[Any]:
    """The sums of a table by period and person, and by slice where that is given; else of the whole."""
    sums = (cast(func.sum(table.c[key]), BigInteger).label(key) for key in measures)
    keys = [period, table.c.person_id] if slice_id is None else [slice_id, period, table.c.person_id]
    slice_of = literal(tables.WHOLE) if slice_id is None else slice_id
    return select(slice_of.label("slice_id"), period.label("period"), table.c.person_id, *sums).group_by(*keys)


@contextmanager
def _kept(connection: Connection, name: str, measures: Iterable[str], rows: Select[Any]) -> Iterator[Table]:
    """The rows in a temporary table, which is gone at the end of the block."""
    keys = (Column("slice_id", Integer), Column("period", Date), Column("person_id", Integer))
    kept = Table(name, MetaData(), *keys, *(Column(key, BigInteger) for key in measures), prefixes=["TEMPORARY"])
    kept.create(connection, checkfirst=False)
    connection.execute(insert(kept).from_select(kept.c.keys(), rows))
    yield kept
    kept.drop(connection, checkfirst=False)


def _add_to(connection: Connection, total: type[tables.Table], rows: Table, measures: Iterable[str]) -> None:
    """Adds the sums of each measure to its totals; a total that comes to 0 goes."""
    stored = tables.Table.metadata.tables[str(total.__tablename__)]
    names = stored.c.keys()
    making = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[connection.dialect.name](stored)
    for key in sorted(measures):
        moved = select(literal(key), rows.c.slice_id, rows.c.period, rows.c.person_id, rows.c[key]).where(
            rows.c[key] != 0
        )
        added = stored.c.value_e4 + making.excluded.value_e4
        connection.execute(
            making.from_select(names, moved).on_conflict_do_update(index_elements=names[:-1], set_={"value_e4": added})
        )
        connection.execute(delete(stored).where(stored.c.measure == key, stored.c.value_e4 == 0))
