"""Reading people, settings and totals as frames; the domains' queries are built on these."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from spm.calendar import Span
from spm.store import tables
from spm.store.opening import Store
from spm.store.slices import filter_keys
from spm.store.totals import DAY, MONTH

ACTIVE_DAYS = ("won_deals", "lost_deals", "orders", "calls", "emails", "meetings_booked", "demos")


def settings(store: Store) -> dict[str, Any]:
    """Every stored setting, key → value."""
    with store.reading() as connection:
        return dict(connection.execute(select(tables.Setting.key, tables.Setting.value)).all())


def fact_days(store: Store) -> list[date]:
    """The days with a won or lost deal, an order or an activity, in order."""
    asked = (
        select(DAY.day).where(DAY.measure.in_(ACTIVE_DAYS), DAY.slice_id == tables.WHOLE).distinct().order_by(DAY.day)
    )
    with store.reading() as connection:
        return list(connection.execute(asked).scalars())


def people(store: Store) -> pd.DataFrame:
    """One row a person: id, key, name, email, started_on, ended_on, attributes, source_id, source_row."""
    person = tables.Person
    return store.frame(
        select(person.id, person.key, person.name, person.email, person.started_on, person.ended_on, person.attributes,
               person.source_id, person.source_row).order_by(person.name)
    )  # fmt: skip


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
        .order_by(assignment.person_id, assignment.starts_on)
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


def quotas(store: Store) -> pd.DataFrame:
    """Every quota: id, person_id, team_id, team, metric, starts_on, ends_before, amount_cents, source_id, source_row."""
    quota = tables.Quota
    return store.frame(
        select(quota.id, quota.person_id, quota.team_id, tables.Team.name.label("team"), quota.metric, quota.starts_on,
               quota.ends_before, quota.amount_cents, quota.source_id, quota.source_row)
        .outerjoin(tables.Team, tables.Team.id == quota.team_id)
        .order_by(quota.starts_on)
    )  # fmt: skip


def scorecard_versions(store: Store) -> pd.DataFrame:
    """Every version of a role's scorecard: id, role, effective_on (None: always), items; the latest in force last."""
    version = tables.ScorecardVersion
    effective_on = func.coalesce(version.effective_on, date(1, 1, 1))
    return store.frame(
        select(version.id, version.role, version.effective_on, version.items).order_by(effective_on, version.id)
    )


def totals(
    store: Store,
    measures: Sequence[str],
    span: Span | None,
    by_day: bool,
    per_person: bool,
    per_period: bool,
    attributes: Sequence[str] = (),
    attribute_filter: Mapping[str, str] | None = None,
    person_ids: Sequence[int] | None = None,
) -> pd.DataFrame:
    """Sums of measures over `span`: columns measure, value_e4, and where asked person_id, period (a date), each attribute.

    From the table by day or by month (then `span` must be whole months). Naming an attribute, to group or to filter by,
    reads the totals by slice; a fact without that attribute then has no value (None).
    """
    table = DAY if by_day else MONTH
    period = DAY.day if by_day else MONTH.month
    keys: list[Any] = [table.measure]
    if per_person:
        keys.append(table.person_id)
    if per_period:
        keys.append(period.label("period"))
    asked: Select[Any] = select(func.sum(table.value_e4).label("value_e4"))
    by_slice = bool(attributes or attribute_filter)
    asked = asked.where(table.measure.in_(measures))
    asked = asked.where(table.slice_id != tables.WHOLE if by_slice else table.slice_id == tables.WHOLE)
    if span is not None:
        asked = asked.where(period >= span.start, period < span.end)
    if person_ids is not None:
        asked = asked.where(table.person_id.in_(person_ids))
    for name in attributes:
        value = aliased(tables.SliceValue)
        asked = asked.outerjoin(value, (value.slice_id == table.slice_id) & (value.attribute == name))
        keys.append(value.value.label(name))
    for name, wanted in (attribute_filter or {}).items():
        value = aliased(tables.SliceValue)
        asked = asked.join(
            value, (value.slice_id == table.slice_id) & (value.attribute == name) & (value.value == wanted)
        )
    return store.frame(asked.add_columns(*keys).group_by(*keys))
