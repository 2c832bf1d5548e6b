"""Totals of every measure, kept true as facts change; pages read these, never the facts.

Totals are sums, so a write takes away what the facts that it touches counted before, and adds what they count after:
whatever a company has, an import costs what it brings. A total of 0 is not kept.
"""

from collections.abc import Iterable, Iterator, Sequence
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
    literal_column,
    select,
    union_all,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from spm.metrics.measures import FILLED, Measure, Tally, Within, all_measures, own_measure
from spm.store import purchases, tables
from spm.store.credited import E4, credited
from spm.store.rows import insert_columns

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


TALLIES = [tally for measure in all_measures(()).values() for tally in measure.tallies]
COUNTED_FACTS = {tally.fact for tally in TALLIES}
"""The fact tables that measures count; the company's own count activities, as some of the app's do."""


def known_measures(connection: Connection) -> dict[str, Measure]:
    """Every measure by its key: those that come with the app and the company's own."""
    own = tables.OwnMeasure
    declared = connection.execute(select(own.key, own.label, own.unit).order_by(own.id))
    return all_measures(own_measure(*row) for row in declared)


def counted_columns(fact: str) -> list[str]:
    """What totals are made from of each row of a fact table, as `counted` gives it."""
    of_fact = [tally for tally in TALLIES if tally.fact == fact]
    named = {name for tally in of_fact for name in (tally.on, tally.value, *(name for name, _ in tally.where)) if name}
    return ["slice_id", "person_id", "share_e4", "is_overlay", *sorted(named)]


def counted(
    fact: str, sign: int, *meant: ColumnElement[bool], extra: Sequence[str] = (), without: Any = None
) -> Select[Any] | CompoundSelect[Any]:
    """The rows of a fact table as totals count them: `sign`, the `extra` columns, then those of `counted_columns`.

    A deal that several share is there once for each of them, and once more for each who has a part beside the shares.
    `without` is that of `credited`.
    """
    parts = []
    for is_overlay in (False, True) if fact == "deal" else (False,):
        facts = credited(fact, is_overlay, without)
        asked = {"sign": literal(sign), **{name: facts.c[name] for name in extra}}
        asked |= {
            name: literal(is_overlay) if name == "is_overlay" else facts.column(name) for name in counted_columns(fact)
        }
        parts.append(
            select(*(column.label(name) for name, column in asked.items())).select_from(facts.rows).where(*meant)
        )
    return parts[0] if len(parts) == 1 else union_all(*parts)


def rebuild(connection: Connection) -> None:
    """Counts everything anew from the facts; quotas keep theirs (see `put`)."""
    untallied = [key for key, measure in known_measures(connection).items() if not measure.tallies]
    connection.execute(delete(DAY).where(DAY.measure.not_in(untallied)))
    connection.execute(delete(MONTH).where(MONTH.measure.not_in(untallied)))
    purchases.rebuild(connection)
    for fact in sorted(COUNTED_FACTS):
        add(connection, fact, counted(fact, 1))


def forget_others(connection: Connection) -> None:
    """Takes away the totals of measures that are none any more."""
    known = list(known_measures(connection))
    for total in (DAY, MONTH):
        connection.execute(delete(total).where(total.measure.not_in(known)))


def put(connection: Connection, key: str, by_day: pd.DataFrame) -> None:
    """Replaces all totals of a measure that is not counted by a tally: columns `person_id`, `day`, `value_e4`."""
    connection.execute(delete(DAY).where(DAY.measure == key))
    connection.execute(delete(MONTH).where(MONTH.measure == key))
    columns = {name: by_day[name].tolist() for name in ("day", "person_id", "value_e4")}
    alike = {"measure": [key] * len(by_day), "slice_id": [tables.WHOLE] * len(by_day)}
    insert_columns(connection, tables.Table.metadata.tables["total_by_day"], alike | columns)
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
    for on, measures in _by_day_column(known_measures(connection).values(), fact).items():
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


def _by_day_column(measures: Iterable[Measure], fact: str) -> dict[str, dict[str, Tally]]:
    """Column of a day → measure → the tally that counts this fact by it."""
    found: dict[str, dict[str, Tally]] = {}
    for measure in measures:
        for tally in measure.tallies:
            if tally.fact == fact:
                found.setdefault(tally.on, {})[measure.key] = tally
    return found


def _values(measures: dict[str, Tally], columns: Any) -> Iterator[ColumnElement[int]]:
    """What each measure counts of a group of facts, in ten-thousandths; None where it counts none of them."""
    for key, tally in measures.items():
        is_meant = and_(*conditions(tally, columns), columns.is_overlay.is_(tally.is_overlay))
        yield cast(func.sum(case((is_meant, _value_e4(tally, columns) * columns.sign))), BigInteger).label(key)


def _value_e4(tally: Tally, columns: Any) -> ColumnElement[int]:
    """What one row counts for; amounts are credited ones already, all else is weighed by the share."""
    if tally.value is None:
        return columns.share_e4
    value = columns[tally.value]
    if tally.value.endswith("_e4"):
        return value
    if tally.value.endswith("_cents"):
        return value * literal(E4)
    return func.round(value * columns.share_e4) if value.type.python_type is float else value * columns.share_e4


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
    came_to_zero = stored.c.value_e4 == literal_column("0")  # told, not bound: so that their index is used
    connection.execute(delete(stored).where(came_to_zero, stored.c.measure.in_(sorted(measures))))
