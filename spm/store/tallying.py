"""What totals count of each fact: the rows, their measures, and on which days; told from the facts themselves."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    CompoundSelect,
    Connection,
    FromClause,
    Integer,
    Select,
    Table,
    cast,
    false,
    func,
    literal,
    select,
    union_all,
)

from spm.calendar import Span
from spm.metrics.measures import ABOVE_ZERO, FILLED, Tally, Within, all_measures, measure_of
from spm.store import tables
from spm.store.credited import E4, credited, rows_of
from spm.store.kept import Kept, kept_of
from spm.store.rows import temporary

TALLIES = [tally for measure in all_measures(()).values() for tally in measure.tallies]
COUNTED_FACTS = {tally.fact for tally in TALLIES}
"""The fact tables that measures count; the company's own count activities, as some of the app's do."""


def conditions(tally: Tally, columns: Any = None) -> list[ColumnElement[bool]]:
    """What a tally counts, as conditions on its fact table, or on other `columns` of the same names."""
    columns = tables.Table.metadata.tables[tally.fact].c if columns is None else columns
    return [columns[tally.on].is_not(None), *where_of(tally, columns)]


def where_of(tally: Tally, columns: Any) -> list[ColumnElement[bool]]:
    """The same of rows that have the day that it counts by."""
    found: list[ColumnElement[bool]] = []
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


def facts_by_day(
    measures: Sequence[str], span: Span, kept: Kept = (), person_ids: Sequence[int] | None = None
) -> list[Select[Any]]:
    """What facts with what is `kept` count on the days of `span`: measure, slice_id, period (the day), person_id, value_e4, a
    row a fact.

    Of `person_ids` at least what is theirs. One selection for each tally. Totals by slice are kept by month alone: by day
    there would be as many as there are facts.
    """
    found: list[Select[Any]] = []
    theirs: dict[tuple[str, str], FromClause | None] = {}
    for measure in map(measure_of, measures):
        for tally in measure.tallies:
            rows = tally.fact, tally.on
            if rows not in theirs:  # found once for all measures
                theirs[rows] = rows_of(
                    tally.fact, person_ids, tally.on, span, kept, {"id", *counted_columns(tally.fact)}
                )
            facts = credited(tally.fact, tally.is_overlay, among=theirs[rows])
            day, value_e4 = facts.c[tally.on], value_e4_of(tally, facts.column)
            person_id = func.coalesce(facts.person_id, tables.NOBODY).label("person_id")
            asked = select(
                literal(measure.key).label("measure"), facts.c.slice_id, day.label("period"), person_id,
                value_e4.label("value_e4"),
            )  # fmt: skip
            in_span = (day >= span.start, day < span.end)
            meant = (*conditions(tally, facts.c), *in_span, value_e4 != 0, *kept_of(facts.c.slice_id, kept))
            found.append(asked.select_from(facts.rows).where(*meant))
    total = tables.TotalBySlice
    none = select(total.measure, total.slice_id, total.month.label("period"), total.person_id, total.value_e4)
    return found or [none.where(false())]  # no facts count quotas


def value_e4_of(tally: Tally, column: Callable[[str], ColumnElement[Any]]) -> ColumnElement[int]:
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
