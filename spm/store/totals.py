"""Totals of every measure, kept true as facts change; pages read these, never the facts.

Totals are sums, so a write takes away what the facts that it touches counted before, and adds what they count after:
whatever a company has, an import costs what it brings. A total of 0 is not kept.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    CompoundSelect,
    Connection,
    Date,
    FromClause,
    Integer,
    Select,
    Table,
    cast,
    delete,
    false,
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

from spm.calendar import Span
from spm.metrics.measures import (
    ABOVE_ZERO,
    FILLED,
    MEASURES,
    Measure,
    Tally,
    Within,
    all_measures,
    measure_of,
    own_measure,
)
from spm.store import purchases, tables
from spm.store.credited import E4, credited, rows_of
from spm.store.rows import insert_columns, temporary

DAY, MONTH = tables.TotalByDay, tables.TotalByMonth
COMPANY_DAY, COMPANY_MONTH = tables.CompanyByDay, tables.CompanyByMonth
TOTALS = (DAY, MONTH, COMPANY_DAY, COMPANY_MONTH)

_Sums = dict[str, tuple[Table, ...]]
"""Measure → the temporary tables with its sums, those of the whole before those by slice."""


class month_start(GenericFunction[date]):
    """The first day of a date's month, in either database."""

    type = Date()
    inherit_cache = True


@compiles(month_start, "sqlite")
def _month_start_in_sqlite(element: Any, compiler: Any, **how: Any) -> str:
    return f"substr({compiler.process(element.clauses, **how)}, 1, 8) || '01'"  # half the time of its date functions


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
        elif value is ABOVE_ZERO:
            found.append(columns[name] > 0)
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
UNTALLIED = [key for key, measure in MEASURES.items() if not measure.tallies]
"""The measures whose totals are `put`."""


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
        asked |= {name: facts.column(name) for name in counted_columns(fact)}
        asked["person_id"] = func.coalesce(facts.person_id, tables.NOBODY)
        parts.append(
            select(*(column.label(name) for name, column in asked.items())).select_from(facts.rows).where(*meant)
        )
    return parts[0] if len(parts) == 1 else union_all(*parts)


@contextmanager
def counting(connection: Connection, fact: str, extra: Sequence[str] = ()) -> Iterator[Table]:
    """An empty temporary table for rows of `counted`, which is gone at the end of the block."""
    types = {"sign": Integer(), "share_e4": Integer(), "is_overlay": Boolean()}
    facts = tables.Table.metadata.tables[fact].c
    names = ["sign", *extra, *counted_columns(fact)]
    columns = (Column(name, types[name] if name in types else facts[name].type) for name in names)
    with temporary(connection, f"{fact}_counted", columns) as rows:
        yield rows


def rebuild(connection: Connection) -> None:
    """Counts everything anew from the facts; quotas keep theirs (see `put`)."""
    for total in TOTALS:
        connection.execute(delete(total).where(total.measure.not_in(UNTALLIED)))
    purchases.rebuild(connection)
    for fact in sorted(COUNTED_FACTS):
        with counting(connection, fact) as rows:
            connection.execute(insert(rows).from_select(rows.c.keys(), counted(fact, 1)))
            add(connection, fact, rows)


def forget_others(connection: Connection) -> None:
    """Takes away the totals of measures that are none any more."""
    known = list(known_measures(connection))
    for total in TOTALS:
        connection.execute(delete(total).where(total.measure.not_in(known)))


def put(connection: Connection, key: str, by_day: pd.DataFrame) -> None:
    """Replaces all totals of a measure that is not counted by a tally: columns `person_id`, `day`, `value_e4`."""
    for total in TOTALS:
        connection.execute(delete(total).where(total.measure == key))
    columns = {name: by_day[name].tolist() for name in ("day", "person_id", "value_e4")}
    insert_columns(connection, DAY.__table__, {"measure": [key] * len(by_day)} | columns)
    month = func.month_start(DAY.day)
    monthly = (
        select(literal(key), literal(tables.WHOLE), month, DAY.person_id, cast(func.sum(DAY.value_e4), BigInteger))
        .where(DAY.measure == key)
        .group_by(month, DAY.person_id)
    )
    connection.execute(insert(MONTH).from_select(["measure", "slice_id", "month", "person_id", "value_e4"], monthly))
    add_up_company(connection, [key])


def add_up_company(connection: Connection, measures: Sequence[str]) -> None:
    """Adds everybody's totals of these measures up to the company's, which has none of them yet."""
    for total, company in ((DAY, COMPANY_DAY), (MONTH, COMPANY_MONTH)):
        of_each, names = total.__table__.c, company.__table__.c.keys()
        *keys, value_e4 = (of_each[name] for name in names)
        together = cast(func.sum(value_e4), BigInteger)
        asked = select(*keys, together).where(of_each.measure.in_(measures)).group_by(*keys).having(together != 0)
        connection.execute(insert(company).from_select(names, asked))


def add(connection: Connection, fact: str, rows: Table) -> None:
    """Adds to the totals what `rows` (see `counting`) count; what has the sign -1 is taken away.

    Facts are grouped once by day and once by slice and month for each of their days (closed, created), whatever number of
    measures counts them by it.
    """
    added: dict[type[tables.Table], _Sums] = {total: {} for total in TOTALS}
    with ExitStack() as kept:
        for on, measures in _by_day_column(known_measures(connection).values(), fact).items():
            sums, day, person = _sums(measures, rows.c), rows.c[on], {"person_id": rows.c.person_id}
            is_on_a_day, month = day.is_not(None), func.month_start(day)
            days = kept.enter_context(_summed(connection, f"{on}_by_day", {"day": day} | person, sums, is_on_a_day))
            of_days = {"month": func.month_start(days.c.day), "person_id": days.c.person_id}
            by_the_day = {key: func.sum(days.c[key]) for key in measures}
            months = kept.enter_context(_summed(connection, f"{on}_by_month", of_days, by_the_day))
            by_slice = {"slice_id": rows.c.slice_id, "month": month} | person
            slices = kept.enter_context(_summed(connection, f"{on}_by_slice", by_slice, sums, is_on_a_day))
            all_days, all_months, all_slices = (
                kept.enter_context(_summed_again(connection, part, keys, measures))
                for part, keys in ((days, ["day"]), (months, ["month"]), (slices, ["slice_id", "month"]))
            )
            added[DAY] |= dict.fromkeys(measures, (days,))
            added[MONTH] |= dict.fromkeys(measures, (months, slices))
            added[COMPANY_DAY] |= dict.fromkeys(measures, (all_days,))
            added[COMPANY_MONTH] |= dict.fromkeys(measures, (all_months, all_slices))
        for total, of_measures in added.items():
            _add_to(connection, total, of_measures)


def facts_by_day(measures: Sequence[str], span: Span, person_ids: Sequence[int] | None = None) -> list[Select[Any]]:
    """What facts count on the days of `span`: measure, slice_id, period (the day), person_id, value_e4, a row a fact.

    Of `person_ids` at least what is theirs. One selection for each tally. Totals by slice are kept by month alone: by day
    there would be as many as there are facts.
    """
    found: list[Select[Any]] = []
    theirs: dict[tuple[str, str], FromClause | None] = {}
    for measure in map(measure_of, measures):
        for tally in measure.tallies:
            rows = tally.fact, tally.on
            if rows not in theirs:  # found once for all measures
                theirs[rows] = rows_of(tally.fact, person_ids, tally.on, span, {"id", *counted_columns(tally.fact)})
            facts = credited(tally.fact, tally.is_overlay, among=theirs[rows])
            day, value_e4 = facts.c[tally.on], _value_e4(tally, facts.column)
            person_id = func.coalesce(facts.person_id, tables.NOBODY).label("person_id")
            asked = select(
                literal(measure.key).label("measure"), facts.c.slice_id, day.label("period"), person_id,
                value_e4.label("value_e4"),
            )  # fmt: skip
            meant = (*conditions(tally, facts.c), day >= span.start, day < span.end, value_e4 != 0)
            found.append(asked.select_from(facts.rows).where(*meant))
    whole = literal(tables.WHOLE).label("slice_id")
    none = select(DAY.measure, whole, DAY.day.label("period"), DAY.person_id, DAY.value_e4).where(false())
    return found or [none]  # no facts count quotas


def is_told_by_owner(measure: str) -> bool:
    """Whether what facts count of a few people is read from the index by which they are found alone: of deals."""
    tallies = measure_of(measure).tallies
    return bool(tallies) and all(tally.fact == "deal" for tally in tallies)


def _by_day_column(measures: Iterable[Measure], fact: str) -> dict[str, dict[str, Tally]]:
    """Column of a day → measure → the tally that counts this fact by it."""
    found: dict[str, dict[str, Tally]] = {}
    for measure in measures:
        for tally in measure.tallies:
            if tally.fact == fact:
                found.setdefault(tally.on, {})[measure.key] = tally
    return found


def _sums(measures: Mapping[str, Tally], columns: Any) -> dict[str, ColumnElement[int]]:
    """What each measure counts of rows together, in ten-thousandths; None where it counts none of them."""
    return {
        key: func.sum(_value_e4(tally, columns.__getitem__) * columns.sign).filter(
            *conditions(tally, columns), columns.is_overlay.is_(tally.is_overlay)
        )
        for key, tally in measures.items()
    }


def _value_e4(tally: Tally, column: Callable[[str], ColumnElement[Any]]) -> ColumnElement[int]:
    """What one row counts for; amounts are credited ones already, all else is weighed by the share."""
    share_e4 = column("share_e4")
    if tally.value is None:
        return share_e4
    value = column(tally.value)
    if tally.value.endswith("_e4"):
        return value
    if tally.value.endswith("_cents"):
        return value * literal(E4)
    return cast(func.round(value * share_e4), BigInteger) if value.type.python_type is float else value * share_e4


@contextmanager
def _summed(
    connection: Connection,
    name: str,
    keys: Mapping[str, ColumnElement[Any]],
    sums: Mapping[str, ColumnElement[int]],
    *meant: ColumnElement[bool],
) -> Iterator[Table]:
    """Sums by some keys, in a temporary table that is gone at the end of the block."""
    columns = {**keys, **{key: cast(total, BigInteger) for key, total in sums.items()}}
    with temporary(connection, name, (Column(name, column.type) for name, column in columns.items())) as kept:
        asked = select(*(column.label(name) for name, column in columns.items())).where(*meant).group_by(*keys.values())
        connection.execute(insert(kept).from_select(kept.c.keys(), asked))
        yield kept


def _summed_again(
    connection: Connection, parts: Table, keys: Sequence[str], measures: Iterable[str]
) -> AbstractContextManager[Table]:
    """Sums of `_summed` put together by fewer keys."""
    sums = {key: func.sum(parts.c[key]) for key in measures}
    return _summed(connection, f"{parts.name}_of_all", {key: parts.c[key] for key in keys}, sums)


def _add_to(connection: Connection, total: type[tables.Table], sums: _Sums) -> None:
    """Adds the sums of each measure to its totals, those without a slice to the whole's; a total that comes to 0 goes.

    In the order of the totals' key: rows that follow on one another go in twice as fast.
    """
    stored: Any = total.__table__
    names = stored.c.keys()
    making = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[connection.dialect.name](stored)
    added = stored.c.value_e4 + making.excluded.value_e4
    for key in sorted(sums):
        for rows in sums[key]:
            told = {"measure": literal(key), "slice_id": literal(tables.WHOLE), **dict(rows.c), "value_e4": rows.c[key]}
            moved = making.from_select(names, select(*(told[name] for name in names)).where(rows.c[key] != 0))
            connection.execute(moved.on_conflict_do_update(index_elements=names[:-1], set_={"value_e4": added}))
    came_to_zero = stored.c.value_e4 == literal_column("0")  # told, not bound: so that their index is used
    connection.execute(delete(stored).where(came_to_zero, stored.c.measure.in_(sorted(sums))))
