"""What earlier sheets told that a new one must agree with."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import func, select

from spm.calendar import ONE_DAY, Span
from spm.store import facts, tables
from spm.store.opening import Store


def logged_spans(store: Store) -> dict[str, Span]:
    """Kind of activity → from the first to the last day of those that were logged one by one."""
    activity, source = tables.Activity, tables.Source
    asked = (
        select(activity.kind, func.min(activity.happened_on), func.max(activity.happened_on))
        .outerjoin(source, source.id == activity.source_id)
        .where(func.coalesce(source.layout, "") != "daily_counts")
        .group_by(activity.kind)
    )
    with store.reading() as connection:
        return {kind: Span(first, last + ONE_DAY) for kind, first, last in connection.execute(asked)}


def counted_daily(store: Store, kinds: Sequence[str] | None = None, days: Span | None = None) -> pd.DataFrame:
    """The activities that sheets of daily counts told of, of some kinds on some days or all of them:

    key, person_key, happened_on, kind, count, attributes; in the order in which they were told.
    """
    activity, source, person = tables.Activity, tables.Source, tables.Person
    asked = (
        select(activity.key, person.key.label("person_key"), activity.happened_on, activity.kind, activity.count,
               activity.attributes)
        .join(source, source.id == activity.source_id)
        .outerjoin(person, person.id == activity.person_id)
        .where(source.layout == "daily_counts")
        .order_by(activity.id)
    )  # fmt: skip
    if kinds is not None:
        asked = asked.where(activity.kind.in_(kinds))
    if days is not None:
        asked = asked.where(activity.happened_on >= days.start, activity.happened_on < days.end)
    return store.frame(asked)


def counted_by(store: Store, kind: str) -> pd.DataFrame:
    """Which sheets of daily counts told of a kind of activity, the latest last: source_id, file_name, header (a list), first_on
    and last_on (its first and last day of those that stand)."""
    activity, source = tables.Activity, tables.Source
    days = (func.min(activity.happened_on).label("first_on"), func.max(activity.happened_on).label("last_on"))
    return store.frame(
        select(source.id.label("source_id"), source.file_name, source.header, *days)
        .join(activity, activity.source_id == source.id)
        .where(source.layout == "daily_counts", activity.kind == kind)
        .group_by(source.id)
        .order_by(source.id)
    )


def keyed(store: Store, table_name: str) -> pd.DataFrame:
    """Every row of a table as `facts.stored` has it; a table without a key of its own has one made of what tells its rows
    apart. What hangs on a deal has its key and days, as deal_key, created_on and closed_on."""
    rows = facts.stored(store, table_name)
    if table_name == "exchange_rate":
        rows["key"] = [
            f"{row.currency} | {'plan' if row.is_plan else 'month'} | {row.starts_on}" for row in rows.itertuples()
        ]
    if table_name in ("leave", "skill_level"):
        rows["key"] = [f"{row.person_key} | {row.starts_on}" for row in rows.itertuples()]
    if table_name in ("deal_credit", "deal_version"):
        meant = tables.Deal.id.in_(select(tables.Table.metadata.tables[table_name].c.deal_id))
        deals = store.frame(
            select(tables.Deal.id, tables.Deal.key.label("deal_key"), tables.Deal.created_on, tables.Deal.closed_on)
            .where(meant)
        ).set_index("id")  # fmt: skip
        rows = rows.assign(**{name: rows["deal_id"].map(deals[name]) for name in deals})
    if table_name == "deal_version":
        rows = rows[rows["known_on"] != rows["superseded_on"]].reset_index(drop=True)  # several changes on one day
        rows["key"] = [f"{row.deal_key} | {row.known_on}" for row in rows.itertuples()]
    if table_name == "deal_credit":
        rows["key"] = [
            f"{row.deal_key} | {row.person_key} | {'overlay' if row.is_overlay else 'own'}" for row in rows.itertuples()
        ]
    return rows
