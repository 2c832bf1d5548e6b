"""Reading totals: the smallest table that answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    exists,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)

from spm.calendar import Span
from spm.rows import DAY, Labels, Rows
from spm.store import tables
from spm.store.credited import few
from spm.store.opening import Store
from spm.store.tallying import facts_by_day, is_told_by_owner

FEW_OWNERS = 8  # of so many what their own deals count is less to read than the totals of everybody's slices
WHOLE_NUMBERS = ("value_e4", "person_id", "fact_id", "slice_id", "share_e4")
NUMBERS = dict.fromkeys(WHOLE_NUMBERS, np.int64) | dict.fromkeys(("value", "amount_cents", "chance_cents"), float)
Kept = Sequence[tuple[str, str]]
"""Attributes and the values that are asked for: only facts with all of them are meant."""


@dataclass(frozen=True)
class _Told:
    """What is added up: columns (measure, person_id, value_e4, if asked by slice slice_id), of which measure if it is one
    alone, and which rows are meant."""

    c: Any
    period: ColumnElement[date]
    measure: str | None
    meant: tuple[ColumnElement[bool], ...] = ()


def totals(
    store: Store,
    measures: Sequence[str],
    span: Span,
    by_day: bool,
    per_person: bool,
    per_period: bool,
    per_slice: bool = False,
    kept: Kept = (),
    person_ids: Sequence[int] | None = None,
) -> Rows:
    """Sums of measures over `span`: measure, value_e4, and where asked person_id, period (a day), slice_id.

    From the table by day or by month (then `span` must be whole months): the company's where nobody's own are asked for. What
    is asked by slice, or of those with what is `kept`, is read from the totals by slice, and on single days, or of FEW_OWNERS
    at most, from what the facts count.
    """
    by_slice, of_company = per_slice or bool(kept), not per_person and person_ids is None
    is_summed = by_slice or not (per_period and (per_person or of_company))  # else each row is the only one of its kind
    parts = []
    for told in _told(measures, span, by_day, by_slice, is_summed, of_company, person_ids):
        keys: list[Any] = []
        if per_person:
            keys.append(told.c.person_id)
        if per_period:
            keys.append(day_text(told.period).label("period"))
        if per_slice:
            keys.append(told.c.slice_id)
        value = func.sum(told.c.value_e4) if is_summed else told.c.value_e4
        asked: Select[Any] = select(value.label("value_e4")).where(*told.meant)
        if person_ids is not None:
            asked = asked.where(told.c.person_id.in_(person_ids))
        if by_slice:
            asked = asked.where(told.c.slice_id.in_(slices(kept)))
        kinds = keys if told.measure and keys else [told.c.measure, *keys]
        grouped = asked.group_by(*kinds) if is_summed else asked
        measure = literal(told.measure) if told.measure else told.c.measure
        parts.append(grouped.add_columns(*keys, measure.label("measure")))
    return columns(store, parts[0] if len(parts) == 1 else union_all(*parts))


def _told(
    measures: Sequence[str],
    span: Span,
    by_day: bool,
    by_slice: bool,
    is_summed: bool,
    of_company: bool,
    person_ids: Sequence[int] | None,
) -> list[_Told]:
    if by_slice and not by_day and few(person_ids, FEW_OWNERS) is not None:
        by_owner = [measure for measure in measures if is_told_by_owner(measure)]
        others = [measure for measure in measures if measure not in by_owner]
        theirs = [asked.subquery().c for asked in facts_by_day(by_owner, span, person_ids)] if by_owner else []
        months = [_Told(c, func.month_start(c.period), None) for c in theirs]
        return [*months, *_told(others, span, by_day, by_slice, is_summed, of_company, None)]
    one = measures[0] if len(measures) == 1 else None
    if by_day and by_slice:
        every = [asked.subquery().c for asked in facts_by_day(measures, span, person_ids)]
        return [_Told(c, c.period, one) for c in every]
    c = _table(by_day, of_company).__table__.c
    period = c.day if by_day else c.month
    meant = [] if by_day or by_slice else [c.slice_id == tables.WHOLE]
    is_by_person = not of_company and (by_day or (not by_slice and few(person_ids) is not None))
    if is_by_person:  # each month is looked up for itself: the totals of others between them are not read
        meant.append(c.month.in_(span.first_days_of_months()))
    if by_day or not is_by_person:
        meant += [period >= span.start, period < span.end]
    if is_summed:  # rows of one measure need not be told from others by it, which is a third of the work
        return [_Told(c, period, measure, (c.measure == measure, *meant)) for measure in measures]
    return [_Told(c, period, one, (c.measure.in_(measures), *meant))]


def _table(by_day: bool, of_company: bool) -> type[tables.Table]:
    if of_company:
        return tables.CompanyByDay if by_day else tables.CompanyByMonth
    return tables.TotalByDay if by_day else tables.TotalByMonth


def values_within(store: Store, measure: str, attribute: str) -> list[str]:
    """The values of an attribute that the facts of a measure have."""
    held, month = tables.SliceValue, tables.TotalByMonth
    counted = select(month.slice_id).where(month.measure == measure).distinct()
    asked = select(held.value).where(held.attribute == attribute, held.slice_id.in_(counted)).distinct()
    with store.reading() as connection:
        return sorted(connection.execute(asked).scalars())


def measures_with(store: Store, attribute: str) -> frozenset[str]:
    """The measures of which some fact at least carries the attribute; of the others it says nothing."""
    held, month = tables.SliceValue, tables.TotalByMonth
    covered = select(tables.CoveredSpan.measure).distinct().subquery()
    carrying = select(held.slice_id).where(held.attribute == attribute)
    is_carried = exists().where(month.measure == covered.c.measure, month.slice_id.in_(carrying))
    with store.reading() as connection:
        return frozenset(connection.execute(select(covered.c.measure).where(is_carried.correlate(covered))).scalars())


def slices(kept: Kept) -> Select[Any]:
    """The slices with these values of attributes."""
    asked = select(tables.Slice.id)
    for name, wanted in kept:
        held = tables.SliceValue
        asked = asked.where(
            tables.Slice.id.in_(select(held.slice_id).where(held.attribute == name, held.value == wanted))
        )
    return asked


def kept_of(slice_id: ColumnElement[int], kept: Kept) -> list[ColumnElement[bool]]:
    """The condition that a fact has what is `kept`."""
    return [slice_id.in_(slices(kept))] if kept else []


def day_text(day: ColumnElement[date]) -> ColumnElement[str]:
    """A day as the driver gives it: `columns` reads each of the few that are in many rows once."""
    return type_coerce(day, String)


def columns(store: Store, asked: Select[Any] | CompoundSelect[Any], numbered: Sequence[str] = ()) -> Rows:
    """The rows of a query as columns of numbers (NUMBERS), days (`period`) and texts of few kinds (all others).

    The number of a person who is not known is NOBODY's; one that is missing is NaN. `numbered`: texts of many kinds, each of
    which comes as a number from 0, in no order: whoever only has to tell them apart need not wait for them to be sorted.
    """
    with store.reading() as connection:
        result = connection.execute(asked)
        names, rows = list(result.keys()), result.cursor.fetchall()  # as the driver gives them: an object a row is slow
    numbers, labels = {}, {}
    for at, name in enumerate(names):
        cells = [
            *map(itemgetter(at), rows)
        ]  # zip(*rows) would make an object of each row, which takes three times as long
        if name in NUMBERS:
            numbers[name] = np.array(cells, dtype=NUMBERS[name])
        elif name in numbered:
            numbers[name], _ = pd.factorize(np.array(cells, dtype=object))
        elif name == "period":
            days = Labels.of(cells)
            numbers[name] = np.array([str(day) for day in days.kinds], dtype=DAY)[days.codes]
        else:
            labels[name] = Labels.of(cells)
    return Rows(numbers, labels)
