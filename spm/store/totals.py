"""Totals of every measure, kept true as facts change; pages read these, never the facts.

Totals are sums, so a write takes away what the facts that it touches counted before, and adds what they count after:
whatever a company has, an import costs what it brings. A total of 0 is not kept.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

import pandas as pd
from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Table,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    literal_column,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from spm.metrics.measures import MEASURES, Measure, Tally, all_measures, own_measure
from spm.store import purchases, stage_stays, tables
from spm.store.days import month_start
from spm.store.rows import insert_columns, temporary
from spm.store.tallying import COUNTED_FACTS, counted, counting, value_e4_of, where_of

DAY, MONTH, SLICE = tables.TotalByDay, tables.TotalByMonth, tables.TotalBySlice
COMPANY_DAY, COMPANY_MONTH, COMPANY_SLICE = tables.CompanyByDay, tables.CompanyByMonth, tables.CompanyBySlice
TOTALS = (DAY, MONTH, SLICE, COMPANY_DAY, COMPANY_MONTH, COMPANY_SLICE)

UNTALLIED = [key for key, measure in MEASURES.items() if not measure.tallies]
"""The measures whose totals are `put`."""


def known_measures(connection: Connection) -> dict[str, Measure]:
    """Every measure by its key: those that come with the app and the company's own."""
    own = tables.OwnMeasure
    declared = connection.execute(select(own.key, own.label, own.unit).order_by(own.id))
    return all_measures(own_measure(*row) for row in declared)


def rebuild(connection: Connection) -> None:
    """Counts everything anew from the facts; quotas keep theirs (see `put`)."""
    for total in TOTALS:
        connection.execute(delete(total).where(total.measure.not_in(UNTALLIED)))
    purchases.rebuild(connection)
    stage_stays.rebuild(connection)
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
    columns["month"] = [day.replace(day=1) for day in columns["day"]]
    insert_columns(connection, DAY.__table__, {"measure": [key] * len(by_day)} | columns)
    monthly = (
        select(literal(key), DAY.month, DAY.person_id, cast(func.sum(DAY.value_e4), BigInteger))
        .where(DAY.measure == key)
        .group_by(DAY.month, DAY.person_id)
    )
    connection.execute(insert(MONTH).from_select(["measure", "month", "person_id", "value_e4"], monthly))
    add_up_company(connection, [key])


def add_up_company(connection: Connection, measures: Sequence[str]) -> None:
    """Adds everybody's totals of these measures up to the company's, which has none of them yet."""
    for total, company in ((DAY, COMPANY_DAY), (MONTH, COMPANY_MONTH), (SLICE, COMPANY_SLICE)):
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
    added: dict[type[tables.Table], dict[str, Table]] = {total: {} for total in TOTALS}
    with ExitStack() as kept:
        for on, measures in _by_day_column(known_measures(connection).values(), fact).items():
            measures = _those_met(connection, measures, rows)
            sums, day = _sums(measures, rows.c), rows.c[on]
            is_on_a_day = day.is_not(None)
            of_a_month = {"month": month_start(day), "person_id": rows.c.person_id}
            by_day, by_slice = of_a_month | {"day": day}, of_a_month | {"slice_id": rows.c.slice_id}
            days = kept.enter_context(_summed(connection, f"{on}_by_day", by_day, sums, is_on_a_day))
            slices = kept.enter_context(_summed(connection, f"{on}_by_slice", by_slice, sums, is_on_a_day))
            months = kept.enter_context(_summed_again(connection, days, ["month", "person_id"], measures))
            all_days, all_months, all_slices = (
                kept.enter_context(_summed_again(connection, part, keys, measures))
                for part, keys in ((days, ["day"]), (months, ["month"]), (slices, ["month", "slice_id"]))
            )
            every = (days, months, slices, all_days, all_months, all_slices)
            for sums_of_total, table in zip(added.values(), every, strict=True):
                sums_of_total.update(dict.fromkeys(measures, table))
        for total, of_measures in added.items():
            _add_to(connection, total, of_measures)


def _by_day_column(measures: Iterable[Measure], fact: str) -> dict[str, dict[str, Tally]]:
    """Column of a day → measure → the tally that counts this fact by it."""
    found: dict[str, dict[str, Tally]] = {}
    for measure in measures:
        for tally in measure.tallies:
            if tally.fact == fact:
                found.setdefault(tally.on, {})[measure.key] = tally
    return found


def _those_met(connection: Connection, measures: Mapping[str, Tally], rows: Table) -> dict[str, Tally]:
    """Those of `measures` that count any of the rows at all: of a company's many, a sheet often brings a few."""
    asked = [
        exists().where(rows.c[tally.on].is_not(None), *_counts(tally, rows.c)).label(key)
        for key, tally in measures.items()
    ]
    met = connection.execute(select(*asked)).one()._mapping
    return {key: tally for key, tally in measures.items() if met[key]}


def _sums(measures: Mapping[str, Tally], columns: Any) -> dict[str, ColumnElement[int]]:
    """What each measure counts of rows with its day together, in ten-thousandths; None where it counts none of them."""
    return {
        key: func.sum(value_e4_of(tally, columns.__getitem__) * columns.sign).filter(*_counts(tally, columns))
        for key, tally in measures.items()
    }


def _counts(tally: Tally, columns: Any) -> list[ColumnElement[bool]]:
    """Whether a tally counts a row of `counted` that has its day, as conditions on its columns."""
    return [*where_of(tally, columns), columns.is_overlay.is_(tally.is_overlay)]


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
    return _summed(connection, f"{parts.name}_by_{keys[-1]}", {key: parts.c[key] for key in keys}, sums)


def _add_to(connection: Connection, total: type[tables.Table], sums: Mapping[str, Table]) -> None:
    """Adds the sums of each measure (in the table that has them) to its totals; a total that comes to 0 goes.

    In the order of the totals' key: rows that follow on one another go in twice as fast.
    """
    stored: Any = total.__table__
    names = stored.c.keys()
    making = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[connection.dialect.name](stored)
    added = stored.c.value_e4 + making.excluded.value_e4
    for key in sorted(sums):
        rows = sums[key]
        told = {"measure": literal(key), **dict(rows.c), "value_e4": rows.c[key]}
        moved = making.from_select(names, select(*(told[name] for name in names)).where(rows.c[key] != 0))
        connection.execute(moved.on_conflict_do_update(index_elements=names[:-1], set_={"value_e4": added}))
    came_to_zero = stored.c.value_e4 == literal_column("0")  # told, not bound: so that their index is used
    connection.execute(delete(stored).where(came_to_zero, stored.c.measure.in_(sorted(sums))))
