"""What comparisons need of single facts, added up by the database; and the benchmarks that a company keeps."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Float, and_, case, cast, exists, func, or_, select
from sqlalchemy.orm import aliased

from spm.calendar import Span
from spm.metrics.measures import Tally
from spm.store import tables
from spm.store.credited import credited
from spm.store.facts import largest_open_rows
from spm.store.kept import Kept, kept_of
from spm.store.opening import Store
from spm.store.tallying import conditions


def attribute_values(store: Store, measures: Sequence[str], months: Span, kept: Kept = ()) -> set[tuple[str, str]]:
    """What the facts of measures carry in whole months: attributes, each with a value of it."""
    held, total = tables.SliceValue, tables.CompanyBySlice
    counted = select(total.slice_id).where(
        total.measure.in_(measures), total.month >= months.start, total.month < months.end
    )
    meant = (held.slice_id.in_(counted), *kept_of(held.slice_id, kept))
    asked = select(held.attribute, held.value).where(*meant).distinct()
    with store.reading() as connection:
        return {(attribute, value) for attribute, value in connection.execute(asked)}


def size_sums(store: Store, tally: Tally, span: Span | None, kept: Kept = ()) -> tuple[int, float, float]:
    """How many of the facts that a tally counts have a value above 0, Σ value and Σ value²."""
    columns = tables.Table.metadata.tables[tally.fact].c
    size, day = columns[tally.value or "id"], columns[tally.on]
    squares_sum = func.sum(size * cast(size, Float))
    asked = select(func.count(), func.sum(size), squares_sum).where(*conditions(tally), size > 0)
    if span is not None:
        asked = asked.where(day >= span.start, day < span.end)
    asked = asked.where(*kept_of(columns.slice_id, kept))
    with store.reading() as connection:
        count, total, squares = connection.execute(asked).one()
    return int(count), float(total or 0), float(squares or 0)


def value_counts(store: Store, tally: Tally, span: Span) -> pd.DataFrame:
    """How many of the facts that a tally counts in `span` have which value: value, facts_count.

    A fact that several share is there once for each of them.
    """
    facts = credited(tally.fact, tally.is_overlay)
    day, value = facts.c[tally.on], facts.c[tally.value or "id"]
    asked = select(value.label("value"), func.count().label("facts_count")).select_from(facts.rows)
    meant = (*conditions(tally), value.is_not(None), day >= span.start, day < span.end)
    return store.frame(asked.where(*meant).group_by(value))


def open_by_stage_and_age(
    store: Store,
    today: date,
    ages_days: Sequence[int],
    usual_days: int | None,
    person_ids: Sequence[int] | None,
    kept: Kept = (),
) -> pd.DataFrame:
    """The open deals by stage and age: stage, age (which of `ages_days` it has reached, -1: none, None: not known), deals,
    valued (deals with an amount), amount_cents, rated (deals with a probability), probability (the sum of theirs), overdue and
    old (deals past their expected close, or open longer than usual).
    """
    deal = tables.Deal.__table__.c
    edges = [today - timedelta(days=days) for days in ages_days]
    reached = [(deal.created_on <= edge, at) for at, edge in reversed(list(enumerate(edges)))]
    age = case((deal.created_on.is_(None), None), *reached, else_=-1).label("age")
    overdue: ColumnElement[bool] = deal.expected_close_on < today
    only_old = and_(deal.created_on < _begun_by(today, usual_days), or_(~overdue, deal.expected_close_on.is_(None)))
    asked = select(
        deal.stage,
        age,
        func.count().label("deals"),
        func.count(deal.amount_cents).label("valued"),
        func.sum(deal.amount_cents).label("amount_cents"),
        func.count(deal.probability).label("rated"),
        func.sum(deal.probability).label("probability"),
        func.sum(case((overdue, 1), else_=0)).label("overdue"),
        func.sum(case((only_old, 1), else_=0)).label("old"),
    ).where(
        deal.status == "open", or_(deal.created_on <= today, deal.created_on.is_(None)), *kept_of(deal.slice_id, kept)
    )
    if person_ids is not None:
        asked = asked.where(deal.person_id.in_(person_ids))
    return store.frame(asked.group_by(deal.stage, age))


def slipped_deals(store: Store, person_ids: Sequence[int] | None, kept: Kept = ()) -> pd.DataFrame:
    """How many open deals were expected to close sooner than they are now: deals (how many have a past), slipped."""
    deal, version = tables.Deal.__table__.c, aliased(tables.DealVersion)
    slipped = func.sum(case((_was_sooner(deal), 1), else_=0)).label("slipped")
    asked = select(func.count().label("deals"), slipped).where(
        deal.status == "open", exists().where(version.deal_id == deal.id), *kept_of(deal.slice_id, kept)
    )
    if person_ids is not None:
        asked = asked.where(deal.person_id.in_(person_ids))
    return store.frame(asked)


def slipped_rows(store: Store, today: date, person_ids: Sequence[int] | None, kept: Kept = ()) -> pd.DataFrame:
    """Those that slipped, see `facts.largest_open_rows`."""
    return largest_open_rows(store, today, _was_sooner, person_ids, kept)


def stale_rows(
    store: Store, today: date, usual_days: int | None, person_ids: Sequence[int] | None, kept: Kept = ()
) -> pd.DataFrame:
    """The open deals past their expected close or open longer than usual, see `facts.largest_open_rows`."""
    begun_by = _begun_by(today, usual_days)

    def is_stale(deal: Any) -> ColumnElement[bool]:
        return or_(deal.expected_close_on < today, deal.created_on < begun_by)

    return largest_open_rows(store, today, is_stale, person_ids, kept)


def _was_sooner(deal: Any) -> ColumnElement[bool]:
    """Whether a deal, by its columns, was once expected to close sooner than it is now."""
    version = aliased(tables.DealVersion)
    return exists().where(version.deal_id == deal.id, version.expected_close_on < deal.expected_close_on)


def _begun_by(today: date, usual_days: int | None) -> date:
    """What began before that has been open for longer than usual."""
    return today - timedelta(days=usual_days) if usual_days is not None else date.min


def first_won(
    store: Store, person_id: int, least_cents: float, of_orders: bool, kept: Kept = ()
) -> tuple[date, float, str] | None:
    """A person's first won deal (or order) of at least that amount: its day, amount in minor units, account or name."""
    order, deal = tables.Order.__table__.c, tables.Deal.__table__.c
    if of_orders:
        asked = select(order.ordered_on, order.amount_cents, func.coalesce(order.account, order.key))
        asked = asked.where(
            order.person_id == person_id, order.amount_cents >= least_cents, *kept_of(order.slice_id, kept)
        )
        asked = asked.order_by(order.ordered_on)
    else:
        asked = select(deal.closed_on, deal.amount_cents, func.coalesce(deal.account, deal.name, deal.key))
        asked = asked.where(deal.person_id == person_id, deal.status == "won", deal.amount_cents >= least_cents)
        asked = asked.where(*kept_of(deal.slice_id, kept)).order_by(deal.closed_on)
    with store.reading() as connection:
        found = connection.execute(asked.limit(1)).first()
    return (found[0], float(found[1]), str(found[2])) if found else None


def industry_figures(store: Store) -> pd.DataFrame:
    """Every industry figure: metric, role, segment, low, typical, high, source, dated_on."""
    figure = tables.IndustryFigure.__table__.c
    columns = (figure.metric, figure.role, figure.segment, figure.low, figure.typical, figure.high, figure.source)
    frame = store.frame(
        select(*columns, figure.dated_on).order_by(figure.metric, figure.role, figure.segment, figure.dated_on)
    )
    return frame.astype(object).where(frame.notna(), None)


def pinned_benchmarks(store: Store) -> pd.DataFrame:
    """Every pinned benchmark, the latest first."""
    pin = tables.PinnedBenchmark.__table__.c
    return store.frame(
        select(pin.metric, pin.grouped_by, pin.group, pin.starts_on, pin.ends_before, pin.pinned_on, pin.people_count,
               pin.median, pin.top_quartile).order_by(pin.pinned_on.desc(), pin.id)
    )  # fmt: skip
