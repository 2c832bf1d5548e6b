"""The log of imports: which sheets came when and from whom, what was said of them, and what stands of them."""

from typing import Any

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import aliased

from spm.store import tables
from spm.store.facts import SHOWN
from spm.store.opening import Store

FACT_OF_LAYOUT = {
    "people": "person",
    "deals": "deal",
    "orders": "order",
    "order_lines": "order_line",
    "leads": "lead",
    "activities": "activity",
    "daily_counts": "activity",
    "quotas": "quota",
    "products": "product",
    "lists": "listed",
    "rates": "exchange_rate",
    "splits": "deal_credit",
    "team_history": "assignment",
    "deal_history": "deal_version",
    "surveys": "survey",
    "costs": "cost",
    "leave": "leave",
    "skill_levels": "skill_level",
}
OF_OTHERS = ("email", "started_on", "ended_on", "away_share", "reason", "level", "price_cents", "quantity", "known_on",
             "rate", "is_plan", "origin", "share_e4")  # fmt: skip


def sources(store: Store) -> pd.DataFrame:
    """Every imported sheet with who brought it when, the latest first; `undone_in` and `undone_by` where it was
    undone."""
    source, made = tables.Table.metadata.tables["source"].c, tables.Table.metadata.tables["change_set"].alias("made")
    undone = tables.Table.metadata.tables["change_set"].alias("undone")
    counts = (source.new_count, source.changed_count, source.same_count, source.refused_count)
    return store.frame(
        select(source.id.label("source_id"), made.c.id.label("batch"), made.c.made_at, made.c.author, made.c.is_verified,
               source.file_name, source.sha256, source.sheet, source.layout, *counts, made.c.undone_in,
               undone.c.author.label("undone_by"))
        .join(made, made.c.id == source.change_set_id)
        .outerjoin(undone, undone.c.id == made.c.undone_in)
        .order_by(made.c.id.desc(), source.id)
    )  # fmt: skip


def issues_of(store: Store, source_id: int) -> pd.DataFrame:
    """The issues of an imported sheet: severity, message, row, column, found, expected."""
    issue = tables.Table.metadata.tables["sheet_issue"].c
    asked = select(issue.severity, issue.message, issue.row, issue.column, issue.found, issue.expected)
    return store.frame(asked.where(issue.source_id == source_id).order_by(issue.id))


def rows_of(store: Store, source_id: int, limit: int = 100_000) -> pd.DataFrame:
    """The rows that a sheet was the last to tell of, in its order: columns of SHOWN and OF_OTHERS, owner, team, deal (its
    id), source_row."""
    source = tables.Table.metadata.tables["source"].c
    with store.reading() as connection:
        layout = connection.execute(select(source.layout).where(source.id == source_id)).scalar_one()
    table = tables.Table.metadata.tables[FACT_OF_LAYOUT[layout]]
    columns = [table.c[name] for name in (*SHOWN, *OF_OTHERS) if name in table.c]
    asked: Any = select(*columns, table.c.source_row).where(table.c.source_id == source_id)
    if "person_id" in table.c:
        person = aliased(tables.Person)
        asked = asked.add_columns(person.name.label("owner")).outerjoin(person, person.id == table.c.person_id)
    if "team_id" in table.c:
        team = aliased(tables.Team)
        asked = asked.add_columns(team.name.label("team")).outerjoin(team, team.id == table.c.team_id)
    if "deal_id" in table.c:
        deal = aliased(tables.Deal)
        asked = asked.add_columns(deal.key.label("deal")).outerjoin(deal, deal.id == table.c.deal_id)
    return store.frame(asked.order_by(table.c.source_row).limit(limit))
