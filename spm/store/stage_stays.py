"""How long deals stayed in each stage: kept true as deals and their histories change, and read by person or for all.

A deal is in a stage as long as what is known of it says so, however often it is told. A stay is one that was seen to end; its
length is known where it was also seen to begin. Histories have several rows a deal: read from them, a quarter of a large
company takes seconds.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import (
    Connection,
    Select,
    and_,
    case,
    delete,
    func,
    insert,
    literal,
    literal_column,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects import postgresql, sqlite

from spm.calendar import Span
from spm.store import tables
from spm.store.days import days_between, month_start
from spm.store.kept import Kept, kept_of
from spm.store.opening import Store

UNSEEN = -1
"""The days of a stay that nobody saw begin: its deal is older than what is known of it."""

OPEN, LOST = "open", "lost"
OF_A_KIND = ("stage", "days", "went_on")
COUNT, PLACES = "stays_count", "places_sum"
COLUMNS = (*OF_A_KIND, COUNT, PLACES)


def ended(store: Store, span: Span, person_ids: Sequence[int] | None = None, kept: Kept = ()) -> pd.DataFrame:
    """The stays that ended in `span`, of all deals or those of some people, by stage and length: COLUMNS.

    `days` is UNSEEN where nobody knows them; `went_on`: to another stage or won, not lost; `places_sum` adds up the places that
    the stays have in their deals, 0 for a deal's first.
    """
    stay, of_all = tables.StageStay.__table__.c, tables.CompanyStays.__table__.c
    is_whole_months = span.start.day == 1 and span.end.day == 1
    if person_ids is None and not kept and is_whole_months:
        kinds = [of_all[name] for name in OF_A_KIND]
        asked = select(*kinds, func.sum(of_all.stays_count).label(COUNT), func.sum(of_all.places_sum).label(PLACES))
        asked = asked.where(of_all.month >= span.start, of_all.month < span.end)
    else:
        kinds = [stay[name] for name in OF_A_KIND]
        asked = select(*kinds, func.count().label(COUNT), func.sum(stay.place).label(PLACES))
        asked = asked.where(stay.ended_on >= span.start, stay.ended_on < span.end, *kept_of(stay.slice_id, kept))
    if person_ids is not None:
        asked = asked.where(stay.person_id.in_(person_ids))
    found = store.frame(asked.group_by(*kinds))
    return found.astype(dict.fromkeys(("days", COUNT, PLACES), np.int64) | {"went_on": bool})


def read_anew(connection: Connection, deals: Select[Any]) -> None:
    """Replaces the stays of deals by what their histories say now, and brings those of the company along."""
    stay = tables.StageStay.__table__
    _count(connection, deals, -1)
    connection.execute(delete(stay).where(stay.c.deal_id.in_(deals)))
    _insert(connection, deals)
    _count(connection, deals, 1)
    of_all = tables.CompanyStays.__table__
    connection.execute(delete(of_all).where(of_all.c.stays_count == literal_column("0")))


def rebuild(connection: Connection) -> None:
    """Reads all stays anew."""
    every = select(tables.DealVersion.deal_id)
    for table in (tables.StageStay, tables.CompanyStays):
        connection.execute(delete(table))
    _insert(connection, every)
    _count(connection, every, 1)


def with_history(deals: Select[Any]) -> Select[Any]:
    """Those of the deals of which something earlier is known."""
    version = tables.DealVersion
    return select(version.deal_id).where(version.deal_id.in_(deals)).distinct()


def _insert(connection: Connection, deals: Select[Any]) -> None:
    told = _told(deals).subquery().c
    columns = tables.StageStay.__table__.c.keys()
    in_order = select(*(told[name] for name in columns)).order_by(told.person_id, told.ended_on)
    connection.execute(insert(tables.StageStay).from_select(columns, in_order))


def _count(connection: Connection, deals: Select[Any], sign: int) -> None:
    """Adds the stays of deals, as they are kept now, to those of the company, or takes them away."""
    stay, stored = tables.StageStay.__table__.c, tables.CompanyStays.__table__
    making: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[connection.dialect.name](stored)
    keys = (month_start(stay.ended_on), *(stay[name] for name in OF_A_KIND))
    counted = select(*keys, sign * func.count(), sign * func.sum(stay.place)).where(stay.deal_id.in_(deals))
    moved = making.from_select(stored.c.keys(), counted.group_by(*keys))
    added = {name: stored.c[name] + making.excluded[name] for name in (COUNT, PLACES)}
    connection.execute(moved.on_conflict_do_update(index_elements=stored.c.keys()[:4], set_=added))


def _told(deals: Select[Any]) -> Select[Any]:
    """The ended stays of deals, told from what was known of them from when to when."""
    deal, version = tables.Deal.__table__.c, tables.DealVersion.__table__.c
    then = select(
        version.deal_id, version.known_on.label("since"), literal_column("0").label("is_now"), version.id.label("told_as"),
        version.stage, version.status,
    ).where(version.deal_id.in_(deals))  # fmt: skip
    now = select(deal.id, deal.known_on, literal_column("1"), null(), deal.stage, deal.status)
    known = union_all(then, now.where(deal.id.in_(with_history(deals)))).subquery().c
    in_order = {"partition_by": known.deal_id, "order_by": (known.since, known.is_now, known.told_as)}
    label = func.coalesce(known.stage, known.status)
    state = select(
        *known,
        label.label("label"),
        func.lag(label).over(**in_order).label("label_before"),
        func.lag(known.status).over(**in_order).label("status_before"),
    ).subquery().c  # fmt: skip
    moved = or_(state.label_before.is_(None), state.label_before != state.label, state.status_before != state.status)
    in_order = {"partition_by": state.deal_id, "order_by": (state.since, state.is_now, state.told_as)}
    start = (
        select(
            state.deal_id,
            state.since,
            state.stage,
            state.status,
            (func.row_number().over(**in_order) - 1).label("place"),
            func.lead(state.since).over(**in_order).label("ended_on"),
            func.lead(state.status).over(**in_order).label("next_status"),
        )
        .where(moved)
        .subquery()
        .c
    )
    is_seen = or_(start.place > 0, start.since <= deal.created_on)
    return select(
        func.coalesce(deal.person_id, tables.NOBODY).label("person_id"),
        start.ended_on,
        start.deal_id,
        start.place,
        deal.slice_id,
        start.stage,
        case((is_seen, days_between(start.since, start.ended_on)), else_=literal(UNSEEN)).label("days"),
        (start.next_status != LOST).label("went_on"),
    ).where(and_(deal.id == start.deal_id, start.ended_on.is_not(None), start.status == OPEN, start.stage.is_not(None)))
