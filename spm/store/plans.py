"""Reading scenarios and quota plans."""

import pandas as pd
from sqlalchemy import select

from spm.store import tables
from spm.store.opening import Store


def scenarios(store: Store) -> pd.DataFrame:
    """Every version of every scenario, the latest last: id, name, version, levers, copied_from, note, author, made_at."""
    one, made = tables.PlanScenario, tables.ChangeSet
    return store.frame(
        select(one.id, one.name, one.version, one.levers, one.copied_from, one.note, made.author, made.made_at)
        .join(made, made.id == one.created_in)
        .order_by(one.name, one.version)
    )  # fmt: skip


def quota_plans(store: Store) -> pd.DataFrame:
    """Every version of every plan, the latest last: the columns of QuotaPlan, author, made_at, and changed_at of its stage."""
    one, made = tables.QuotaPlan, tables.ChangeSet
    changed = tables.Table.metadata.tables["change_set"].alias()
    return store.frame(
        select(one.id, one.starts_on, one.ends_before, one.version, one.stage, one.effective_on, one.target_cents,
               one.draft, one.facts, one.note, made.author, made.made_at, changed.c.made_at.label("changed_at"))
        .join(made, made.id == one.created_in)
        .join(changed, changed.c.id == one.changed_in)
        .order_by(one.starts_on, one.ends_before, one.version)
    )  # fmt: skip


def planned_quotas(store: Store, plan_id: int) -> pd.DataFrame:
    """The quotas of a plan's version, one row a rep: person_id, rep, amount_cents, months_cents, facts."""
    one, person = tables.PlannedQuota, tables.Person
    return store.frame(
        select(one.person_id, person.name.label("rep"), one.amount_cents, one.months_cents, one.facts)
        .join(person, person.id == one.person_id)
        .where(one.plan_id == plan_id)
        .order_by(one.id)
    )


def reviews(store: Store, plan_id: int) -> pd.DataFrame:
    """What was said of a plan's quotas, the latest last: person_id, is_accepted, comment, author, made_at."""
    one, made = tables.QuotaReview, tables.ChangeSet
    return store.frame(
        select(one.person_id, one.is_accepted, one.comment, made.author, made.made_at)
        .join(made, made.id == one.created_in)
        .where(one.plan_id == plan_id)
        .order_by(one.id)
    )
