"""Reading totals: the smallest table that answers."""

from collections.abc import Sequence
from datetime import date
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
from sqlalchemy.orm import aliased

from spm.calendar import Span
from spm.store import tables
from spm.store.credited import few
from spm.store.opening import Store
from spm.store.totals import DAY, MONTH, facts_by_day

NUMBERS = {"value_e4": np.int64, "person_id": np.int64, "fact_id": np.int64, "slice_id": np.int64, "is_first": np.int64,
           "value": float}  # fmt: skip
Kept = Sequence[tuple[str, str]]
"""Attributes and the values that are asked for: only facts with all of them are meant."""


def totals(
    store: Store,
    measures: Sequence[str],
    span: Span,
    by_day: bool,
    per_person: bool,
    per_period: bool,
    attributes: Sequence[str] = (),
    kept: Kept = (),
    person_ids: Sequence[int] | None = None,
) -> pd.DataFrame:
    """Sums of measures over `span`: measure, value_e4, and where asked person_id, period (a day), each attribute.

    From the table by day or by month (then `span` must be whole months). Naming an attribute, to group by or to keep one
    value of, reads the totals by slice, and on single days what the facts of these days count; a fact without that
    attribute then has no value (None).
    """
    by_slice = bool(attributes or kept)
    is_summed = by_slice or not (per_person and per_period)  # else each row is the only one of its kind
    one = measures[0] if len(measures) == 1 else None
    parts = []
    for told in _told(measures, span, by_day, by_slice, person_ids):
        keys: list[Any] = []
        if per_person:
            keys.append(told.person_id)
        if per_period:
            keys.append(day_text(told.period).label("period"))
        value = func.sum(told.value_e4) if is_summed else told.value_e4
        asked: Select[Any] = select(value.label("value_e4"))
        if person_ids is not None:
            asked = asked.where(told.person_id.in_(person_ids))
        for name in attributes:
            known = aliased(tables.SliceValue)
            asked = asked.outerjoin(known, (known.slice_id == told.slice_id) & (known.attribute == name))
            keys.append(known.value.label(name))
        if by_slice:
            asked = asked.where(told.slice_id.in_(slices(kept)))
        asked = asked.add_columns(literal(one).label("measure") if one else told.measure, *keys)
        # Rows of one measure need not be told from others by it, which is a third of the work.
        groups = keys if one and keys else [told.measure, *keys]
        parts.append(asked.group_by(*groups) if is_summed else asked)
    return columns(store, union_all(*parts))


def _told(
    measures: Sequence[str], span: Span, by_day: bool, by_slice: bool, person_ids: Sequence[int] | None
) -> list[Any]:
    """What is added up: the columns of selections of measure, period, person_id and value_e4, if `by_slice` slice_id too."""
    if by_day and by_slice:
        return [asked.subquery().c for asked in facts_by_day(measures, span, person_ids)]
    table = DAY if by_day else MONTH
    period = DAY.day if by_day else MONTH.month
    asked = select(table.measure, period.label("period"), table.person_id, table.value_e4)
    asked = asked.where(table.measure.in_(measures))
    if by_slice or few(person_ids) is None:
        asked = asked.where(period >= span.start, period < span.end)
    else:  # each day or month is looked up for itself: the totals of others between them are not read
        asked = asked.where(period.in_([day for day in span.days() if by_day or day.day == 1]))
    if by_slice:
        asked = asked.add_columns(MONTH.slice_id)
    elif not by_day:
        asked = asked.where(MONTH.slice_id == tables.WHOLE)
    return [asked.subquery().c]


def values_within(store: Store, measure: str, attribute: str) -> list[str]:
    """The values of an attribute that the facts of a measure have."""
    held = tables.SliceValue
    counted = select(MONTH.slice_id).where(MONTH.measure == measure).distinct()
    asked = select(held.value).where(held.attribute == attribute, held.slice_id.in_(counted)).distinct()
    with store.reading() as connection:
        return sorted(connection.execute(asked).scalars())


def measures_with(store: Store, attribute: str) -> frozenset[str]:
    """The measures of which some fact at least carries the attribute; of the others it says nothing."""
    held, covered = tables.SliceValue, select(tables.CoveredSpan.measure).distinct().subquery()
    is_counted = exists().where(MONTH.slice_id == held.slice_id, MONTH.measure == covered.c.measure)
    is_carried = exists().where(held.attribute == attribute, is_counted.correlate(held, covered))
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


def day_text(day: ColumnElement[date]) -> ColumnElement[str]:
    """A day as the driver gives it: `columns` reads each of the few that are in many rows once."""
    return type_coerce(day, String)


def columns(store: Store, asked: Select[Any] | CompoundSelect[Any]) -> pd.DataFrame:
    """The rows of a query as columns of numbers (NUMBERS), days (`period`) and texts of few kinds (all others).

    No number is missing; the one of a person who is not known is NOBODY's.
    """
    with store.reading() as connection:
        result = connection.execute(asked)
        names, rows = list(result.keys()), result.cursor.fetchall()  # as the driver gives them: an object a row is slow
    frame: dict[str, Any] = {}
    for at, name in enumerate(names):
        cells = [row[at] for row in rows]
        if name in NUMBERS:
            frame[name] = np.array(cells, dtype=NUMBERS[name])
            continue
        codes, kinds = pd.factorize(np.array(cells, dtype=object))
        if name == "period":
            frame[name] = np.array([str(day) for day in kinds], dtype="datetime64[s]")[codes]
        else:
            frame[name] = pd.Categorical.from_codes(codes, categories=pd.Index(kinds, dtype=object))
    return pd.DataFrame(frame)
