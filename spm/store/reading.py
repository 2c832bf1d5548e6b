"""Reading people, settings and definitions as frames; the domains' queries are built on these."""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import exists, not_, or_, select
from sqlalchemy.orm import aliased

from spm.calendar import Span
from spm.store import tables
from spm.store.opening import Store
from spm.store.slices import filter_keys

ACTIVE_DAYS = ("won_deals", "lost_deals", "orders", "calls", "emails", "meetings_booked", "demos")


def settings(store: Store) -> dict[str, Any]:
    """Every stored setting, key → value."""
    with store.reading() as connection:
        return dict(connection.execute(select(tables.Setting.key, tables.Setting.value)).all())


def fact_days(store: Store) -> list[date]:
    """The days with a won or lost deal, an order or an activity, in order."""
    total = tables.CompanyByDay  # of what is counted no two come to 0 together
    with store.reading() as connection:
        own = connection.execute(select(tables.OwnMeasure.key)).scalars().all()
        days = select(total.day).where(total.measure.in_([*ACTIVE_DAYS, *own])).distinct().order_by(total.day)
        return list(connection.execute(days).scalars())


def people(store: Store) -> pd.DataFrame:
    """One row a person: id, key, name, email, started_on, ended_on, attributes, source_id, source_row."""
    person = tables.Person
    return store.frame(
        select(person.id, person.key, person.name, person.email, person.started_on, person.ended_on, person.attributes,
               person.source_id, person.source_row).order_by(person.name)
    )  # fmt: skip


def people_without_facts(store: Store) -> list[int]:
    """The ids of people of whom no sheet told a deal, an order, a lead, an activity or a survey, in whole or in part."""
    person = tables.Person
    owned = (
        tables.Deal,
        tables.DealCredit,
        tables.Order,
        tables.OrderLine,
        tables.Lead,
        tables.Activity,
        tables.Survey,
    )
    told = [exists().where(fact.person_id == person.id) for fact in owned]
    with store.reading() as connection:
        return list(connection.execute(select(person.id).where(not_(or_(*told)))).scalars())


def spellings(store: Store) -> pd.DataFrame:
    """Other names of people: text, person_id."""
    return store.frame(select(tables.Spelling.id, tables.Spelling.text, tables.Spelling.person_id))


def teams(store: Store) -> pd.DataFrame:
    """One row a team: id, name, parent_id."""
    return store.frame(select(tables.Team.id, tables.Team.name, tables.Team.parent_id).order_by(tables.Team.name))


def assignments(store: Store) -> pd.DataFrame:
    """One row a span of a person's role, team and manager:

    id, person_id, starts_on, ends_before (None: open), role, team_id, team, manager_id, manager, source_id, source_row.
    """
    assignment, boss = tables.Assignment, aliased(tables.Person)
    return store.frame(
        select(assignment.id, assignment.person_id, assignment.starts_on, assignment.ends_before, assignment.role,
               assignment.team_id, tables.Team.name.label("team"), assignment.manager_id, boss.name.label("manager"),
               assignment.source_id, assignment.source_row)
        .outerjoin(tables.Team, tables.Team.id == assignment.team_id)
        .outerjoin(boss, boss.id == assignment.manager_id)
        .order_by(assignment.person_id, assignment.starts_on.nulls_first())
    )  # fmt: skip


def leaves(store: Store) -> pd.DataFrame:
    """Leave: id, person_id, starts_on, ends_before, away_share, reason."""
    leave = tables.Leave
    return store.frame(
        select(leave.id, leave.person_id, leave.starts_on, leave.ends_before, leave.away_share, leave.reason)
    )


def filter_attributes(store: Store) -> tuple[str, ...]:
    """The keys of the attributes that totals can be filtered and grouped by."""
    with store.reading() as connection:
        return filter_keys(connection)


def attributes(store: Store) -> pd.DataFrame:
    """Every attribute: id, key, label, is_filter."""
    attribute = tables.Attribute
    return store.frame(select(attribute.id, attribute.key, attribute.label, attribute.is_filter).order_by(attribute.id))


def attribute_values(store: Store, key: str) -> list[str]:
    """The values of one attribute that facts carry."""
    asked = select(tables.SliceValue.value).where(tables.SliceValue.attribute == key).distinct()
    with store.reading() as connection:
        return sorted(connection.execute(asked).scalars())


def covered_spans(store: Store) -> dict[str, list[Span]]:
    """Measure → the spans for which some sheet speaks."""
    covered = tables.CoveredSpan
    found: dict[str, list[Span]] = {}
    with store.reading() as connection:
        for measure, start, end in connection.execute(select(covered.measure, covered.starts_on, covered.ends_before)):
            found.setdefault(measure, []).append(Span(start, end))
    return found


def remembered_layouts(store: Store) -> pd.DataFrame:
    """What headers were said to be: header (names joined by the unit separator), layout, fields, ignored."""
    kept = tables.RememberedLayout
    return store.frame(select(kept.header, kept.layout, kept.fields, kept.ignored))


def remembered_answers(store: Store) -> dict[str, dict[str, Any]]:
    """Header (names joined by the unit separator) → how its cells were said to be meant."""
    kept = tables.RememberedAnswers
    with store.reading() as connection:
        return dict(connection.execute(select(kept.header, kept.answers)).all())


def quotas(store: Store) -> pd.DataFrame:
    """Every quota: id, person_id, team_id, team, metric, starts_on, ends_before, amount_cents, source_id, source_row."""
    quota = tables.Quota
    return store.frame(
        select(quota.id, quota.person_id, quota.team_id, tables.Team.name.label("team"), quota.metric, quota.starts_on,
               quota.ends_before, quota.amount_cents, quota.source_id, quota.source_row)
        .outerjoin(tables.Team, tables.Team.id == quota.team_id)
        .order_by(quota.starts_on)
    )  # fmt: skip


def own_measures(store: Store) -> pd.DataFrame:
    """The company's own counts: key, label, unit."""
    own = tables.OwnMeasure
    return store.frame(select(own.key, own.label, own.unit).order_by(own.id))


def own_metrics(store: Store) -> pd.DataFrame:
    """The metrics that the company declared: key, label, meaning, expression, shown_as, higher_is_better, timing."""
    own = tables.OwnMetric
    return store.frame(
        select(own.key, own.label, own.meaning, own.expression, own.shown_as, own.higher_is_better, own.timing)
        .order_by(own.id)
    )  # fmt: skip


def exchange_rates(store: Store) -> pd.DataFrame:
    """Every exchange rate: currency, is_plan, starts_on, rate, origin, file_name, sheet, source_row; by currency and time."""
    rate, source = tables.ExchangeRate, tables.Source
    return store.frame(
        select(rate.currency, rate.is_plan, rate.starts_on, rate.rate, rate.origin, source.file_name, source.sheet,
               rate.source_row)
        .outerjoin(source, source.id == rate.source_id)
        .order_by(rate.currency, rate.is_plan, rate.starts_on)
    )  # fmt: skip
