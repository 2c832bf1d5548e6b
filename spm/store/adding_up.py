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
from spm.store.kept import Kept, slices
from spm.store.opening import Store
from spm.store.tallying import facts_by_day

WHOLE_NUMBERS = ("value_e4", "person_id", "fact_id", "slice_id", "share_e4")
NUMBERS = dict.fromkeys(WHOLE_NUMBERS, np.int64) | dict.fromkeys(("value", "amount_cents", "chance_cents"), float)
OF_PEOPLE = {"day": tables.TotalByDay, "month": tables.TotalByMonth, "slice": tables.TotalBySlice}
OF_COMPANY = {"day": tables.CompanyByDay, "month": tables.CompanyByMonth, "slice": tables.CompanyBySlice}


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
    is asked by slice, or of those with what is `kept`, is read from the totals by slice, and on single days from what the
    facts count.
    """
    by_slice, of_company = per_slice or bool(kept), not per_person and person_ids is None
    is_summed = by_slice or not (per_period and (per_person or of_company))  # else each row is the only one of its kind
    parts = []
    for told in _told(measures, span, by_day, by_slice, is_summed, of_company, kept, person_ids):
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
    kept: Kept,
    person_ids: Sequence[int] | None,
) -> list[_Told]:
    one = measures[0] if len(measures) == 1 else None
    if by_day and by_slice:
        every = [asked.subquery().c for asked in facts_by_day(measures, span, kept, person_ids)]
        return [_Told(c, c.period, one) for c in every]
    kind = "day" if by_day else "slice" if by_slice else "month"
    c = (OF_COMPANY if of_company else OF_PEOPLE)[kind].__table__.c
    period = c.day if by_day else c.month
    meant: list[ColumnElement[bool]] = []
    is_by_person = not of_company and (by_day or person_ids is not None)
    if is_by_person:  # each month is looked up for itself: the totals of others between them are not read
        meant.append(c.month.in_(span.first_days_of_months()))
    if by_day or not is_by_person:
        meant += [period >= span.start, period < span.end]
    if by_slice and kept:  # told of rows as they are read: to look each slice up for itself takes twenty times as long
        meant.append((c.slice_id + 0).in_(slices(kept)))
    if is_summed:  # rows of one measure need not be told from others by it, which is a third of the work
        return [_Told(c, period, measure, (c.measure == measure, *meant)) for measure in measures]
    return [_Told(c, period, one, (c.measure.in_(measures), *meant))]


def values_within(store: Store, measure: str, attribute: str) -> list[str]:
    """The values of an attribute that the facts of a measure have."""
    held, total = tables.SliceValue, tables.CompanyBySlice
    counted = select(total.slice_id).where(total.measure == measure).distinct()
    asked = select(held.value).where(held.attribute == attribute, held.slice_id.in_(counted)).distinct()
    with store.reading() as connection:
        return sorted(connection.execute(asked).scalars())


def measures_with(store: Store, attribute: str) -> frozenset[str]:
    """The measures of which some fact at least carries the attribute; of the others it says nothing."""
    held, total = tables.SliceValue, tables.CompanyBySlice
    covered = select(tables.CoveredSpan.measure).distinct().subquery()
    carrying = select(held.slice_id).where(held.attribute == attribute)
    is_carried = exists().where(total.measure == covered.c.measure, total.slice_id.in_(carrying))
    with store.reading() as connection:
        return frozenset(connection.execute(select(covered.c.measure).where(is_carried.correlate(covered))).scalars())


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
