"""Reading what scorecards rest on: versions, levels, overrides, closed periods, opinions."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import RowMapping, func, select

from spm.store import tables
from spm.store.opening import Store

ALWAYS = date(1, 1, 1)


def versions(store: Store) -> pd.DataFrame:
    """Every version of every role's scorecard, the latest in force last.

    Columns: id, role, effective_on (None: always), reason, items, author, made_at.
    """
    version, made = tables.ScorecardVersion, tables.ChangeSet
    return store.frame(
        select(version.id, version.role, version.effective_on, version.reason, version.items, made.author, made.made_at)
        .join(made, made.id == version.created_in)
        .order_by(func.coalesce(version.effective_on, ALWAYS), version.id)
    )


def skill_levels(store: Store) -> pd.DataFrame:
    """Who has which level since when: id, person_id, level, starts_on (None: always)."""
    held = tables.SkillLevel
    return store.frame(select(held.id, held.person_id, held.level, held.starts_on))


def overrides(store: Store) -> pd.DataFrame:
    """Targets agreed with one person: the columns of `TargetOverride`, author and made_at."""
    one, made = tables.TargetOverride, tables.ChangeSet
    return store.frame(
        select(one.id, one.person_id, one.metric, one.scope, one.grain, one.target, one.calculated,
               one.calculated_words, one.is_full, one.starts_on, one.ends_before, one.reason, made.author, made.made_at)
        .join(made, made.id == one.changed_in)
        .order_by(one.id)
    )  # fmt: skip


def closed_periods(store: Store) -> Sequence[RowMapping]:
    """Every closing of a period, also of one that was opened again: its columns, author and made_at; the latest last."""
    one, made = tables.ClosedPeriod, tables.ChangeSet
    asked = (
        select(one.id, one.label, one.grain, one.starts_on, one.ends_before, one.closed_on, one.is_automatic,
               one.reopened_on, one.reopen_reason, made.author, made.made_at)
        .join(made, made.id == one.created_in)
        .order_by(one.starts_on, one.id)
    )  # fmt: skip
    with store.reading() as connection:
        return connection.execute(asked).mappings().all()


def closed_scores(store: Store, closed_period_id: int, person_ids: Iterable[int] | None = None) -> list[dict[str, Any]]:
    """The scorecards frozen by a closing, of everyone or of some people."""
    one = tables.ClosedScore
    asked = select(one.scorecard).where(one.closed_period_id == closed_period_id).order_by(one.id)
    if person_ids is not None:
        asked = asked.where(one.person_id.in_(list(person_ids)))
    with store.reading() as connection:
        return list(connection.execute(asked).scalars())


def opinions(store: Store) -> pd.DataFrame:
    """What was said of items: id, person_id, role, metric, scope, is_fair, is_within_reach, comment, given_on."""
    one = tables.ItemOpinion
    return store.frame(
        select(one.id, one.person_id, one.role, one.metric, one.scope, one.is_fair, one.is_within_reach, one.comment,
               one.given_on).order_by(one.id)
    )  # fmt: skip


def first_change_on(store: Store) -> date | None:
    """The day of the first change set: when the company was set up here; None before anything was written."""
    with store.reading() as connection:
        made_at = connection.execute(select(func.min(tables.ChangeSet.made_at))).scalar()
    return made_at.date() if made_at else None
