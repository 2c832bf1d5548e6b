"""The facts themselves: the rows behind a number, and the few questions that totals cannot answer."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Float, and_, cast, func, or_, select

from spm.calendar import ONE_DAY, Span
from spm.metrics.measures import Tally
from spm.rows import Rows
from spm.store import tables
from spm.store.adding_up import columns, day_text
from spm.store.credited import E4, Credited, credited, deals_not_closed, rows_of
from spm.store.kept import Kept, kept_of
from spm.store.opening import Store
from spm.store.purchases import FIRST
from spm.store.tallying import conditions

SHOWN = ("key", "name", "account", "product", "stage", "status", "kind", "outcome", "direction", "category", "stated",
         "amount_cents", "amount_e4", "cost_cents", "currency", "count", "score", "cycle_days", "created_on", "closed_on",
         "expected_close_on", "ordered_on", "qualified_on", "converted_on", "happened_on", "answered_on", "spent_on",
         "starts_on", "ends_before", "source")  # fmt: skip
MOST_KEYS = 50_000  # looked up singly; more are read with the whole table
KEYS_AT_ONCE = 10_000  # in one statement; SQLite takes three times as many


def open_deals(store: Store, day: date, today: date, kept: Kept = ()) -> pd.DataFrame:
    """The deals open at the end of `day`: person_id, amount_cents (None: not known), expected_close_on, stage, probability.
    A shared deal is there once for each who shares it, with their part of the amount.

    Rebuilt from creation and close dates at today's amounts and stages. A deal without a creation date counts only on `today`.
    """
    facts = credited("deal")
    asked = select(
        facts.person_id.label("person_id"), facts.column("amount_cents").label("amount_cents"), facts.c.expected_close_on,
        facts.c.stage, facts.c.probability,
    ).select_from(facts.rows)  # fmt: skip
    return store.frame(asked.where(is_open(facts.c, day, today), *kept_of(facts.c.slice_id, kept)))


def is_open(deal: Any, day: date, today: date) -> ColumnElement[bool]:
    """Whether a deal was open at the end of `day`, by its columns `deal`."""
    begun = deal.created_on <= day
    if day >= today:
        begun = or_(begun, deal.created_on.is_(None))
    return and_(begun, or_(deal.status == "open", and_(deal.status.in_(("won", "lost")), deal.closed_on > day)))


def observations(store: Store, tally: Tally, span: Span | None, kept: Kept = ()) -> Rows:
    """Each fact that a tally counts, singly: fact_id, person_id (NOBODY's where it has no owner), period (its day), value,
    slice_id; for medians.

    A fact that several share is there once for each of them.
    """
    c = credited(tally.fact, tally.is_overlay).c
    return _counted(store, tally, span, kept, c.id.label("fact_id"), day_text(c[tally.on]).label("period"), c.slice_id)


def sizes(store: Store, tally: Tally, span: Span | None, kept: Kept = ()) -> Rows:
    """The same as person_id and value alone: of how much each, of whom."""
    return _counted(store, tally, span, kept)


def _counted(store: Store, tally: Tally, span: Span | None, kept: Kept, *beside: ColumnElement[Any]) -> Rows:
    facts = credited(tally.fact, tally.is_overlay)
    day, value = facts.c[tally.on], facts.c[tally.value or "id"]
    owner = func.coalesce(facts.person_id, tables.NOBODY).label("person_id")
    meant = (*conditions(tally), value.is_not(None), *kept_of(facts.c.slice_id, kept))
    asked = select(owner, value.label("value"), *beside).select_from(facts.rows).where(*meant)
    if span is not None:
        asked = asked.where(day >= span.start, day < span.end)
    return columns(store, asked)


def rows_behind(
    store: Store,
    tally: Tally,
    span: Span | None,
    person_ids: Sequence[int] | None = None,
    kept: Kept = (),
    limit: int | None = 10_000,
) -> pd.DataFrame:
    """The facts that a tally counts, each with where it came from, the latest first.

    Columns: those of SHOWN that the fact has, then person_id, owner, file_name, sheet, source_row, on (the day it counts
    for); of deals also credit_share, and credited_cents, what of the amount is this owner's. A shared deal is there once
    for each who shares it.
    """
    if tally.fact == FIRST:
        return _first_purchases(store, tally, span, person_ids, kept, limit)
    facts = credited(tally.fact, tally.is_overlay, among=rows_of(tally.fact, person_ids, tally.on, span))
    day = facts.c[tally.on]
    meant = conditions(tally, facts.c)
    if span is not None:
        meant += [day >= span.start, day < span.end]
    return _shown(store, facts, day, meant, person_ids, kept, limit)


def open_rows(
    store: Store,
    day: date,
    today: date,
    closing: Span | None = None,
    person_ids: Sequence[int] | None = None,
    kept: Kept = (),
    limit: int | None = 10_000,
) -> pd.DataFrame:
    """The deals open at the end of `day` (see `open_deals`), as `rows_behind` lists deals; `on` is when each was created.

    `closing` keeps those that are expected to close in it.
    """
    facts = credited("deal", among=deals_not_closed(day, person_ids))
    meant = [is_open(facts.c, day, today)]
    if closing is not None:
        meant += [facts.c.expected_close_on >= closing.start, facts.c.expected_close_on < closing.end]
    return _shown(store, facts, facts.c.created_on, meant, person_ids, kept, limit)


def largest_open_rows(
    store: Store,
    today: date,
    meant: Callable[[Any], ColumnElement[bool]],
    person_ids: Sequence[int] | None = None,
    kept: Kept = (),
    limit: int | None = 10_000,
) -> pd.DataFrame:
    """The deals open today of whose columns `meant` holds, as `rows_behind` lists deals, the largest first."""
    facts = credited("deal", among=deals_not_closed(today, person_ids))
    largest = facts.c.amount_cents.desc().nulls_last()
    those = [is_open(facts.c, today, today), meant(facts.c)]
    return _shown(store, facts, facts.c.created_on, those, person_ids, kept, limit, largest)


def _shown(
    store: Store,
    facts: Credited,
    day: ColumnElement[Any],
    meant: Sequence[ColumnElement[bool]],
    person_ids: Sequence[int] | None,
    kept: Kept,
    limit: int | None,
    first: ColumnElement[Any] | None = None,
) -> pd.DataFrame:
    source, person, columns = tables.Source, tables.Person, facts.c
    shown = [columns[name] for name in SHOWN if name in columns]
    if facts.is_shared:
        share = (cast(facts.share_e4, Float) / E4).label("credit_share")
        shown += [share, facts.column("amount_cents").label("credited_cents")]
    came_from = (source.file_name, source.sheet, columns.source_row)
    asked = (
        select(*shown, facts.person_id.label("person_id"), person.name.label("owner"), *came_from, day.label("on"))
        .select_from(facts.rows)
        .outerjoin(source, source.id == columns.source_id)
        .outerjoin(person, person.id == facts.person_id)
        .where(*meant)
        .order_by(day.desc() if first is None else first, columns.id)
        .limit(limit)
    )
    if person_ids is not None:
        asked = asked.where(facts.person_id.in_(person_ids))
    return store.frame(asked.where(*kept_of(columns.slice_id, kept)))


def _first_purchases(
    store: Store,
    tally: Tally,
    span: Span | None,
    person_ids: Sequence[int] | None,
    kept: Kept,
    limit: int | None,
) -> pd.DataFrame:
    """The deals or orders with which customers bought for the first time."""
    bought, source, person = tables.FirstPurchase.__table__.c, tables.Source, tables.Person
    table = tables.Table.metadata.tables[str(dict(tally.where)["fact"])]
    shown = [table.c[name] for name in SHOWN if name in table.c]
    share = (cast(bought.share_e4, Float) / E4).label("credit_share")
    asked = (
        select(*shown, bought.person_id, person.name.label("owner"), share, source.file_name, source.sheet,
               table.c.source_row, bought.bought_on.label("on"))
        .select_from(table.join(tables.FirstPurchase.__table__, bought.fact_id == table.c.id))
        .outerjoin(source, source.id == table.c.source_id)
        .outerjoin(person, person.id == bought.person_id)
        .where(*conditions(tally))
        .order_by(bought.bought_on.desc(), table.c.id)
        .limit(limit)
    )  # fmt: skip
    if span is not None:
        asked = asked.where(bought.bought_on >= span.start, bought.bought_on < span.end)
    if person_ids is not None:
        asked = asked.where(bought.person_id.in_(person_ids))
    return store.frame(asked.where(*kept_of(bought.slice_id, kept)))


def fingerprints(store: Store, table_name: str) -> dict[str, int | None] | None:
    """Key → what the sheet that told it last said, as one number, None where someone changed it since.

    None for a table whose rows have none.
    """
    columns = tables.Table.metadata.tables[table_name].c
    if "fingerprint" not in columns:
        return None
    with store.reading() as connection:
        said = connection.execute(select(columns.key, columns.fingerprint))
        return dict(said.cursor)  # as the driver gives them: an object a row is slow


def stored(store: Store, table_name: str, keys: Sequence[str] | None = None) -> pd.DataFrame:
    """The rows of a fact table, with `person_key` and `team` in place of ids: all of them in the order in which they
    came, or those of some keys.

    Empty (without columns) where there is none.
    """
    table = tables.Table.metadata.tables[table_name]
    person, team = tables.Person, tables.Team
    columns: list[Any] = [column for column in table.c if column.name not in ("person_id", "team_id")]
    asked = select(*columns)
    if "person_id" in table.c:
        asked = asked.add_columns(person.key.label("person_key")).outerjoin(person, person.id == table.c.person_id)
    if "team_id" in table.c:
        asked = asked.add_columns(team.name.label("team")).outerjoin(team, team.id == table.c.team_id)
    if keys is None or len(keys) > MOST_KEYS:
        return store.frame(asked.order_by(table.c.id))
    starts = range(0, len(keys), KEYS_AT_ONCE)
    parts = [store.frame(asked.where(table.c.key.in_(keys[at : at + KEYS_AT_ONCE]))) for at in starts]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def quota_rows(store: Store, span: Span | None) -> pd.DataFrame:
    """The quotas of bookings with a day in `span`, each with where it came from, the latest first.

    Columns: key, person_id (None: a team's), owner (the person's or the team's name), team (None: a person's), amount_cents,
    on (the first day), last_on, file_name, sheet, source_row.
    """
    quota, source, person, team = tables.Quota, tables.Source, tables.Person, tables.Team
    asked = (
        select(quota.key, quota.person_id, func.coalesce(person.name, team.name).label("owner"), team.name.label("team"),
               quota.amount_cents, quota.starts_on.label("on"), quota.ends_before, source.file_name, source.sheet,
               quota.source_row)
        .outerjoin(source, source.id == quota.source_id)
        .outerjoin(person, person.id == quota.person_id)
        .outerjoin(team, team.id == quota.team_id)
        .where(quota.metric == "bookings")
        .order_by(quota.starts_on.desc(), quota.id)
    )  # fmt: skip
    if span is not None:
        asked = asked.where(quota.starts_on < span.end, quota.ends_before > span.start)
    rows = store.frame(asked)
    return rows.assign(last_on=[day - ONE_DAY for day in rows["ends_before"]]).drop(columns="ends_before")
