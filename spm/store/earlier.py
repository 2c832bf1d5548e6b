"""What earlier sheets told that a new one must agree with."""

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


def keyed(store: Store, table_name: str) -> pd.DataFrame:
    """Every row of a table as `facts.stored` has it; a table without a key of its own has one made of what tells its rows
    apart. What hangs on a deal has its key and days, as deal_key, created_on and closed_on."""
    rows = facts.stored(store, table_name)
    if table_name == "exchange_rate":
        rows["key"] = [
            f"{row.currency} | {'plan' if row.is_plan else 'month'} | {row.starts_on}" for row in rows.itertuples()
        ]
    if table_name in ("deal_credit", "deal_version"):
        meant = tables.Deal.id.in_(select(tables.Table.metadata.tables[table_name].c.deal_id))
        deals = store.frame(
            select(tables.Deal.id, tables.Deal.key.label("deal_key"), tables.Deal.created_on, tables.Deal.closed_on)
            .where(meant)
        ).set_index("id")  # fmt: skip
        rows = rows.assign(**{name: rows["deal_id"].map(deals[name]) for name in deals})
    if table_name == "deal_version":
        rows["key"] = [f"{row.deal_key} | {row.known_on}" for row in rows.itertuples()]
    if table_name == "deal_credit":
        rows["key"] = [
            f"{row.deal_key} | {row.person_key} | {'overlay' if row.is_overlay else 'own'}" for row in rows.itertuples()
        ]
    return rows
