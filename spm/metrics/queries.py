"""Any metric by any dimension, from the totals; and the rows behind a number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial

import numpy as np
import pandas as pd

from spm.calendar import ONE_DAY, Grain, Span
from spm.company.queries import Standing, standing_of
from spm.errors import UnknownName
from spm.metrics import grouping, stocks
from spm.metrics.covering import hull, is_covered, parts
from spm.metrics.grouping import Dimensions
from spm.metrics.quotas import by_day
from spm.metrics.registry import BOOKINGS_FROM, MEASURES, Metric, Nature, metric
from spm.people import org
from spm.people.queries import Org, org_of
from spm.people.roles import MANAGER, ROLES
from spm.store import facts, reading
from spm.store.opening import Store

E4 = 10_000
TEAM_QUOTA_DIMENSIONS = {"company", "team", "manager", *grouping.GRAINS}


@dataclass(frozen=True)
class Question:
    """What is asked of a metric: by which dimensions, of which part of the company, in which span (None: all there is).

    Dimensions: company, team, manager, role, rep, a grain (day, week, month, quarter, year), an attribute of people, or an
    attribute of facts that is marked to filter by (product among them). `where` pairs a dimension, no grain, with a value.
    """

    metric: str
    by: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    span: Span | None = None


@dataclass(frozen=True)
class Scene:
    """What questions are answered from: the company, its people, and what the sheets cover. Read once a page."""

    store: Store
    standing: Standing
    org: Org
    filters: tuple[str, ...]
    covered: dict[str, list[Span]]
    bookings_measure: str | None
    own_columns: dict[str, dict[int, str]]

    @property
    def today(self) -> date:
        return self.standing.today

    @cached_property
    def managers(self) -> dict[str, set[str]]:
        """Manager → themselves and every manager below them, by name."""
        return org.below(self.org.assignments, self.org.people)

    def covered_span(self, measures: Sequence[str] = ()) -> Span | None:
        """From the first to the last day that any sheet speaks for one of the measures; for results at all without any.

        Quotas reach ahead and are no results.
        """
        return hull(parts(self.covered, measures or [key for key in self.covered if key != "quota"], None))

    def measures(self, keys: Sequence[str]) -> list[str]:
        """Measure keys, with `bookings` as what the company books by."""
        return [self.bookings_measure or "won_value" if key == "bookings" else key for key in keys]

    def dimensions(self, question: Question) -> Dimensions:
        return grouping.dimensions(question.by, dict(question.where), self.filters, tuple(self.own_columns))


def scene_of(store: Store, real_today: date, today: date | None = None) -> Scene:
    """The scene of a store as it is now; `today` stands in for the day that the settings and the facts would give."""
    standing, people, covered = standing_of(store, real_today), org_of(store), reading.covered_spans(store)
    if today is not None:
        standing = replace(standing, today=today)
    source = standing.company.bookings_from or next((key for key, of in BOOKINGS_FROM.items() if of in covered), None)
    own_columns = grouping.person_attributes(people.people)
    bookings = BOOKINGS_FROM[source] if source else None
    return Scene(store, standing, people, reading.filter_attributes(store), covered, bookings, own_columns)


def where_of(scene: Scene, asked: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """A question's `where` from what someone typed: a rep by name, id or e-mail, a role by key or label, other values as
    the store spells them. Raises UnknownName, with the nearest, for a value that there is none of."""
    found = []
    for name, text in grouping.dimensions((), asked, scene.filters, tuple(scene.own_columns)).where.items():
        if name == "rep":
            found.append((name, str(scene.org.person(text)["rep"])))
            continue
        known = _known_values(scene, name)
        same = known.get(org.folded(text))
        if same is None:
            near = org.nearest(text, list(dict.fromkeys(known.values())))
            raise UnknownName(f"No {name} is called “{text}”.", f"Did you mean {' or '.join(near)}?" if near else "")
        found.append((name, same))
    return tuple(found)


def _known_values(scene: Scene, name: str) -> dict[str, str]:
    """What a dimension can be filtered by: folded text → value."""
    if name == "role":
        labels = {org.folded(role.label): key for key, role in ROLES.items()}
        return labels | {org.folded(key): key for key in scene.org.assignments["role"].dropna().unique()}
    if name == "company":
        return {org.folded(scene.standing.company.name): scene.standing.company.name}
    if name == "team":
        values = scene.org.teams["name"]
    elif name == "manager":
        values = scene.org.assignments["manager"].dropna().unique()
    elif name in scene.filters:
        values = reading.attribute_values(scene.store, name)
    else:
        values = scene.own_columns[name].values()
    return {org.folded(value): value for value in values}


def values(scene: Scene, question: Question) -> pd.DataFrame:
    """The metric per group: columns of `question.by`, then value, numerator and denominator (NaN for a metric without one).

    Money in minor units, shares 0–1, days in days. NaN is missing: no sheet speaks for it, or no denominator; inf is a
    coverage with nothing left to cover. Groups without facts are listed where they are known to exist (people, periods)
    and covered, with 0. Raises UnknownName for a metric or dimension that there is none of.
    """
    asked, dims = metric(question.metric), scene.dimensions(question)
    match asked.nature:
        case Nature.STOCK:
            frame = _stock(scene, asked, dims, question.span)
        case Nature.DISTRIBUTION:
            frame = _median(scene, asked, dims, question.span)
        case _:
            frame = _sum_or_ratio(scene, asked, dims, question.span)
    frame = frame[[*dims.by, "value", "numerator", "denominator"]]
    return frame.sort_values(list(dims.by), ignore_index=True) if dims.by else frame


def value(scene: Scene, key: str, span: Span | None = None, **where: str) -> float | None:
    """One number: the metric of the part of the company that `where` names, None where it is missing."""
    frame = values(scene, Question(key, where=tuple(where.items()), span=span))
    return None if frame.empty or pd.isna(frame["value"].iloc[0]) else float(frame["value"].iloc[0])


def columns_of(scene: Scene) -> pd.DataFrame:
    """The columns that facts came with and could be filtered by: key, label, is_filter, and the values of those that are.

    `values` is a list in order, None where the column is not marked.
    """
    known = reading.attributes(scene.store)
    held = [reading.attribute_values(scene.store, row.key) if row.is_filter else None for row in known.itertuples()]
    return known[["key", "label", "is_filter"]].assign(values=pd.Series(held, dtype=object))


def _sum_or_ratio(scene: Scene, asked: Metric, dims: Dimensions, span: Span | None) -> pd.DataFrame:
    numerator, denominator = scene.measures(asked.numerator), scene.measures(asked.denominator)
    if "quota" in denominator and (quota_span := scene.covered_span(["quota"])):  # actual and quota of the same span
        span = quota_span.overlap(span) if span else quota_span
        if span is None:
            return pd.DataFrame(columns=[*dims.by, "value", "numerator", "denominator"], dtype=object)
    own_spans = _quota_spans(scene) if "quota" in denominator and "rep" in (*dims.by, *dims.where) else None
    sums = measure_sums(scene, list(dict.fromkeys([*numerator, *denominator])), dims, span, own_spans)
    frame = sums[list(dims.by)].copy()
    frame["numerator"] = sums[numerator].sum(axis=1, min_count=1)
    frame["denominator"] = sums[denominator].sum(axis=1, min_count=len(denominator)) if denominator else np.nan
    frame["value"] = (
        frame["numerator"] / frame["denominator"].where(frame["denominator"] != 0)
        if denominator
        else frame["numerator"]
    )
    if not denominator:
        frame["numerator"] = np.nan
    return frame


def measure_sums(
    scene: Scene,
    measures: Sequence[str],
    dims: Dimensions,
    span: Span | None,
    own_spans: Mapping[int, Span] | None = None,
) -> pd.DataFrame:
    """One row a group, one column a measure in its own unit; 0 where covered and nothing happened, NaN where missing.

    `own_spans`, by person id, limits what people did to days of their own; people who are not in it are not limited.
    """
    if "quota" in measures and {*dims.by, *dims.where} <= TEAM_QUOTA_DIMENSIONS:
        in_teams = replace(dims, by=tuple(dict.fromkeys((*dims.by, "team"))))
        rows = _with_team_quotas(scene, _placed_totals(scene, measures, in_teams, span), in_teams, span)
    else:
        rows = _placed_totals(scene, measures, dims, span, own_spans)
    by = list(dims.by) or [stocks.EVERYONE]
    sums = stocks.grouped(rows, [*by, "measure"])["value_e4"].sum().unstack("measure") / E4
    sums = sums.reindex(columns=list(measures)).astype(float)
    expected = _expected(scene, dims, span, measures)
    if not dims.by:
        sums = sums.reindex(["all"])
    elif expected is not None and len(expected):
        index = pd.MultiIndex.from_frame(expected) if len(by) > 1 else pd.Index(expected[by[0]], name=by[0])
        sums = sums.reindex(sums.index.union(index, sort=False))
    frame = sums.rename_axis(columns=None).reset_index()
    for key in measures:
        known = is_covered(frame, key, scene.covered, dims, scene.standing.company.fiscal_calendar, span)
        frame[key] = frame[key].where(frame[key].notna() | ~known, 0.0)
        if key not in scene.covered:  # rows of 0, say amounts of lost deals, that no sheet means as values
            frame[key] = np.nan
    return frame


def _quota_spans(scene: Scene) -> dict[int, Span]:
    """Person → from the first day of their first quota to the last of their last."""
    quotas = reading.quotas(scene.store).dropna(subset=["person_id"])
    return {
        int(person): Span(min(own["starts_on"]), max(own["ends_before"]))
        for person, own in quotas[quotas["metric"] == "bookings"].groupby("person_id")
    }


def _placed_totals(
    scene: Scene,
    measures: Sequence[str],
    dims: Dimensions,
    span: Span | None,
    own_spans: Mapping[int, Span] | None = None,
) -> pd.DataFrame:
    """Totals with a column per dimension, cut to `where`: whole months by month, the rest and mixed months by day."""
    whole = scene.covered_span(measures) if span is None else span
    if whole is None:
        rows = pd.DataFrame(columns=["measure", "value_e4", "person_id", "period"])
        return grouping.filtered(_in_place(scene, rows, dims), dims, scene.org.teams, scene.managers)
    read = partial(_totals, scene, measures, dims, per_period=bool(own_spans) or dims.needs_periods)
    per_day = any(grain in (Grain.DAY, Grain.WEEK) for grain in dims.grains)
    months = None if per_day else grouping.whole_months(whole)
    if months is None:
        rows = read(whole, by_day=True)
    else:
        edges = [Span(whole.start, months.start), Span(months.end, whole.end)]
        pieces = [read(edge, by_day=True) for edge in edges if edge.days_count]
        mixed = grouping.cut_months(own_spans or {}, months)
        if dims.needs_days_in_role:
            mixed |= org.changed_mid_month(scene.org.assignments, months)
        monthly = read(months, by_day=False)
        if mixed:
            by_days = read(months, by_day=True, person_ids=sorted({person for person, _ in mixed}))
            pieces.append(by_days[grouping.in_months(by_days, mixed)])
            monthly = monthly[~grouping.in_months(monthly, mixed)]
        rows = pd.concat([monthly, *pieces], ignore_index=True)
    if own_spans:
        rows = rows[(rows["measure"] == "quota") | grouping.in_own_span(rows, own_spans)]
    return grouping.filtered(_in_place(scene, rows, dims), dims, scene.org.teams, scene.managers)


def _totals(
    scene: Scene,
    measures: Sequence[str],
    dims: Dimensions,
    span: Span,
    by_day: bool,
    per_period: bool,
    person_ids: Sequence[int] | None = None,
) -> pd.DataFrame:
    return reading.totals(
        scene.store, measures, span, by_day, dims.needs_people, per_period, dims.fact_attributes, dims.fact_filter,
        person_ids,
    )  # fmt: skip


def _in_place(scene: Scene, rows: pd.DataFrame, dims: Dimensions) -> pd.DataFrame:
    company = scene.standing.company
    return grouping.in_place(
        rows, dims, scene.org.people, scene.org.assignments, scene.own_columns, company.fiscal_calendar, company.name
    )


def _expected(scene: Scene, dims: Dimensions, span: Span | None, measures: Sequence[str]) -> pd.DataFrame | None:
    """The groups of people and periods that a sheet speaks for, whether anything happened or not."""
    whole = hull(parts(scene.covered, measures, span))
    if whole is None or not dims.by:
        return None
    company = scene.standing.company
    members = scene.org.active(whole)
    members = members[members["role"] != MANAGER]
    members = grouping.people_in_place(members, dims, scene.own_columns, company.name)
    members = grouping.filtered(members, dims, scene.org.teams, scene.managers)
    periods = {grain: company.fiscal_calendar.periods(grain, whole) for grain in dims.grains}
    return grouping.expected_groups(members, dims, periods)


def _with_team_quotas(scene: Scene, rows: pd.DataFrame, dims: Dimensions, span: Span | None) -> pd.DataFrame:
    """`rows`, in which a team's own quota stands in place of its members' on the days it speaks for (DEFINITIONS 0)."""
    own = reading.quotas(scene.store)
    own = own[own["team_id"].notna() & (own["metric"] == "bookings")]
    whole = span or scene.covered_span(["quota"])
    if whole is not None:
        own = own[(own["starts_on"] < whole.end) & (own["ends_before"] > whole.start)]
    if own.empty:
        return rows
    for quota in own.itertuples():
        members = (rows["measure"] == "quota") & (rows["team"] == quota.team)
        rows = rows[~(members & (rows["period"] >= quota.starts_on) & (rows["period"] < quota.ends_before))]
    spread = by_day(own, "team", scene.standing.company.working_calendar, whole)
    spread = spread.rename(columns={"day": "period"}).assign(measure="quota")
    spread["manager"] = org.leaders(spread, scene.org.assignments)
    timed = _in_place(scene, spread, replace(dims, by=tuple(n for n in dims.by if n not in org.DIMENSIONS), where={}))
    return pd.concat([rows, grouping.filtered(timed, dims, scene.org.teams, scene.managers)], ignore_index=True)


def _stock(scene: Scene, asked: Metric, dims: Dimensions, span: Span | None) -> pd.DataFrame:
    """A stock of each group; by a grain, that of each period."""
    whole = span or Span(scene.today, scene.today + ONE_DAY)
    if not dims.grains:
        return _stock_on(scene, asked, dims, whole)
    finest = min(dims.grains, key=list(Grain).index)
    calendar = scene.standing.company.fiscal_calendar
    timeless = replace(dims, by=tuple(name for name in dims.by if name not in grouping.GRAINS))
    frames = [pd.DataFrame(columns=[*dims.by, "value", "numerator", "denominator"], dtype=object)]
    for period in calendar.periods(finest, span or scene.covered_span() or whole):
        if period.start <= scene.today:
            labels = {grain.value: calendar.period_of(grain, period.start).label for grain in dims.grains}
            frames.append(_stock_on(scene, asked, timeless, period).assign(**labels))
    return pd.concat(frames[1:] or frames, ignore_index=True)


def _stock_on(scene: Scene, asked: Metric, dims: Dimensions, span: Span) -> pd.DataFrame:
    if "won_deals" not in scene.covered and asked.key != "reps_on_pace":
        frame = pd.DataFrame(columns=[*dims.by, "value"], dtype=float)
    elif asked.key == "open_pipeline":
        frame = stocks.open_amount(_open_deals(scene, dims, span.last_day), dims.by)
    elif asked.key == "open_deals":
        frame = stocks.open_count(_open_deals(scene, dims, span.last_day), dims.by)
    elif asked.key == "pipeline_coverage":
        frame = _coverage(scene, dims, span)
    else:
        frame = _reps_on_pace(scene, dims, span)
    if frame.empty and not dims.by:
        frame = pd.DataFrame({"value": [0.0 if asked.key == "open_deals" and "won_deals" in scene.covered else np.nan]})
    return frame.reindex(columns=[*dims.by, "value", "numerator", "denominator"])


def _open_deals(scene: Scene, dims: Dimensions, day: date) -> pd.DataFrame:
    day = min(day, scene.today)
    rows = facts.open_deals(scene.store, day, scene.today, dims.fact_attributes, dims.fact_filter)
    return grouping.filtered(_in_place(scene, rows.assign(period=day), dims), dims, scene.org.teams, scene.managers)


def _coverage(scene: Scene, dims: Dimensions, span: Span) -> pd.DataFrame:
    """On the period's first day, or today in the running one."""
    day = scene.today if scene.today in span else span.start
    deals = _open_deals(scene, dims, day)
    closes = deals["expected_close_on"].map(lambda on: on is not None and on in span).astype(bool)
    plan = measure_sums(scene, ["quota"], dims, span)
    booked = scene.measures(["bookings"])[0]
    if day > span.start:
        so_far = measure_sums(scene, [booked], dims, Span(span.start, day)).rename(columns={booked: "booked"})
        plan = plan.merge(so_far, on=list(dims.by) or [stocks.EVERYONE], how="left")
    return stocks.coverage(
        stocks.open_amount(deals[closes], dims.by),
        plan.reindex(columns=[*plan.columns, *({"booked"} - set(plan.columns))]),
        dims.by,
    )


def _reps_on_pace(scene: Scene, dims: Dimensions, span: Span) -> pd.DataFrame:
    elapsed = Span(span.start, max(span.start, min(span.end, scene.today + ONE_DAY)))
    by_rep = replace(dims, by=tuple(dict.fromkeys((*dims.by, "rep"))))
    booked = scene.measures(["bookings"])[0]
    reps = measure_sums(scene, ["quota"], by_rep, span)
    so_far = measure_sums(scene, [booked], by_rep, elapsed).rename(columns={booked: "booked"})
    reps = reps.merge(so_far, on=list(by_rep.by), how="left")
    return stocks.on_pace(reps, dims.by, scene.standing.company.working_calendar.share(elapsed, span))


def _median(scene: Scene, asked: Metric, dims: Dimensions, span: Span | None) -> pd.DataFrame:
    (tally,) = MEASURES[asked.numerator[0]].tallies
    rows = facts.observations(scene.store, tally, span, dims.fact_attributes, dims.fact_filter)
    rows = grouping.filtered(_in_place(scene, rows, dims), dims, scene.org.teams, scene.managers)
    rows = rows.assign(value=rows["value"].astype(float))
    frame = stocks.grouped(rows, dims.by)["value"].median().reset_index()
    return frame.assign(numerator=np.nan, denominator=np.nan)


def rows_behind(
    scene: Scene, key: str, span: Span | None, where: Mapping[str, str], limit: int = 10_000
) -> dict[str, pd.DataFrame]:
    """The facts behind a metric's value, by measure label: what `store.facts.rows_behind` lists for each of its tallies,
    and the quotas.

    People are kept by where they stood on the fact's day, as the value itself counts them.
    """
    asked = metric(key)
    dims = scene.dimensions(Question(key, where=tuple(where.items())))
    person_ids = _people_meant(scene, dims) if dims.needs_people else None
    found: dict[str, pd.DataFrame] = {}
    for measure in dict.fromkeys(scene.measures([*asked.numerator, *asked.denominator])):
        for tally in MEASURES[measure].tallies if measure in MEASURES else ():
            rows = facts.rows_behind(scene.store, tally, span, person_ids, dims.fact_filter, limit)
            rows = rows.assign(period=rows["on"])
            rows = grouping.filtered(_in_place(scene, rows, dims), dims, scene.org.teams, scene.managers)
            if len(rows):
                label = MEASURES[measure].label
                found[label] = pd.concat([found[label], rows]) if label in found else rows
        if measure == "quota" and len(rows := _quotas_behind(scene, dims, span)):
            found[MEASURES[measure].label] = rows
    return found


def _quotas_behind(scene: Scene, dims: Dimensions, span: Span | None) -> pd.DataFrame:
    """Quotas of the people whom `where` keeps on the quota's first day in `span`, and of the teams that it names or all."""
    rows = facts.quota_rows(scene.store, span)
    rows["period"] = [max(day, span.start) if span else day for day in rows["on"]]
    of_people = _in_place(scene, rows[rows["team"].isna()].drop(columns="team"), dims)
    kept = [grouping.filtered(of_people, dims, scene.org.teams, scene.managers)]
    if set(dims.where) <= {"team", "company"}:
        of_teams = rows[rows["team"].notna()].assign(company=scene.standing.company.name)
        kept.append(grouping.filtered(of_teams, dims, scene.org.teams, scene.managers))
    return pd.concat(kept, ignore_index=True)


def _people_meant(scene: Scene, dims: Dimensions) -> list[int]:
    """The people whom `where` keeps on any day at all."""
    everyone = scene.org.active(Span(org.ALWAYS, org.NEVER))
    members = grouping.people_in_place(everyone, dims, scene.own_columns, scene.standing.company.name)
    return sorted(set(grouping.filtered(members, dims, scene.org.teams, scene.managers)["person_id"]))
