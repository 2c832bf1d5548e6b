"""The facts themselves: the rows behind a number, and the few questions that totals cannot answer."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from spm.calendar import ONE_DAY, Span
from spm.metrics.registry import Tally
from spm.store import tables
from spm.store.opening import Store
from spm.store.recount import CHUNK
from spm.store.totals import conditions

MOST_KEYS = 50_000  # looked up singly; more are read with the whole table

SHOWN = ("key", "name", "account", "product", "stage", "status", "kind", "outcome", "amount_cents", "amount_e4", "currency",
         "count", "cycle_days", "created_on", "closed_on", "expected_close_on", "ordered_on", "qualified_on", "converted_on",
         "happened_on", "starts_on", "ends_before", "source")  # fmt: skip


def _with_attributes(
    asked: Select[Any], slice_id: ColumnElement[int], attributes: Sequence[str], kept: Mapping[str, str]
) -> Select[Any]:
    for name in dict.fromkeys((*attributes, *kept)):
        value = aliased(tables.SliceValue)
        asked = asked.outerjoin(value, and_(value.slice_id == slice_id, value.attribute == name))
        if name in attributes:
            asked = asked.add_columns(value.value.label(name))
        if name in kept:
            asked = asked.where(value.value == kept[name])
    return asked


def open_deals(
    store: Store, day: date, today: date, attributes: Sequence[str] = (), kept: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """The deals open at the end of `day`: person_id, amount_cents (None: not known), expected_close_on, stage, probability,
    each attribute.

    Rebuilt from creation and close dates at today's amounts and stages. A deal without a creation date counts only on `today`.
    """
    deal = tables.Deal.__table__.c
    begun = deal.created_on <= day
    if day >= today:
        begun = or_(begun, deal.created_on.is_(None))
    asked = select(deal.person_id, deal.amount_cents, deal.expected_close_on, deal.stage, deal.probability).where(
        begun, or_(deal.status == "open", deal.closed_on > day)
    )
    return store.frame(_with_attributes(asked, deal.slice_id, attributes, kept or {}))


def observations(
    store: Store, tally: Tally, span: Span | None, attributes: Sequence[str] = (), kept: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Each fact that a tally counts, singly: person_id, period (its day), value, each attribute; for medians."""
    columns = tables.Table.metadata.tables[tally.fact].c
    day = columns[tally.on]
    asked = select(columns.person_id, day.label("period"), columns[tally.value or "id"].label("value"))
    asked = asked.where(*conditions(tally), columns[tally.value or "id"].is_not(None))
    if span is not None:
        asked = asked.where(day >= span.start, day < span.end)
    return store.frame(_with_attributes(asked, columns.slice_id, attributes, kept or {}))


def rows_behind(
    store: Store,
    tally: Tally,
    span: Span | None,
    person_ids: Sequence[int] | None = None,
    kept: Mapping[str, str] | None = None,
    limit: int = 10_000,
) -> pd.DataFrame:
    """The facts that a tally counts, each with where it came from, the latest first.

    Columns: those of SHOWN that the fact has, then person_id, owner, file_name, sheet, source_row, on (the day it counts for).
    """
    table = tables.Table.metadata.tables[tally.fact]
    columns, source, person = table.c, tables.Source, tables.Person
    day = columns[tally.on]
    shown = [columns[name] for name in SHOWN if name in columns]
    came_from = (source.file_name, source.sheet, columns.source_row)
    asked = (
        select(*shown, columns.person_id, person.name.label("owner"), *came_from, day.label("on"))
        .outerjoin(source, source.id == columns.source_id)
        .outerjoin(person, person.id == columns.person_id)
        .where(*conditions(tally))
        .order_by(day.desc(), columns.id)
        .limit(limit)
    )
    if span is not None:
        asked = asked.where(day >= span.start, day < span.end)
    if person_ids is not None:
        asked = asked.where(columns.person_id.in_(person_ids))
    return store.frame(_with_attributes(asked, columns.slice_id, (), kept or {}))


def fingerprints(store: Store, table_name: str) -> dict[str, int | None] | None:
    """Key → what the sheet that told it last said, as one number, None where someone changed it since.

    None for a table whose rows have none.
    """
    columns = tables.Table.metadata.tables[table_name].c
    if "fingerprint" not in columns:
        return None
    with store.reading() as connection:
        return dict(connection.execute(select(columns.key, columns.fingerprint)).all())


def stored(store: Store, table_name: str, keys: Sequence[str] | None = None) -> pd.DataFrame:
    """The rows of a fact table, with `person_key` and `team` in place of ids: all of them, or those of some keys.

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
        return store.frame(asked)
    parts = [store.frame(asked.where(table.c.key.in_(keys[at : at + CHUNK]))) for at in range(0, len(keys), CHUNK)]
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
