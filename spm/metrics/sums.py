"""Sums of measures over any part of the company and any span, from totals: what ratios and sums are worked out of."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from spm.calendar import Grain, Span
from spm.metrics import grouping
from spm.metrics.covering import hull, is_covered, parts
from spm.metrics.grouping import Dimensions
from spm.metrics.groups import Groups
from spm.metrics.places import DAY, moments, stretches
from spm.metrics.registry import Metric, Term
from spm.metrics.scene import Scene
from spm.people import org

E4 = 10_000
TEAM_QUOTA_DIMENSIONS = {"company", "team", *org.LEADER, *grouping.GRAINS}
ROW_COLUMNS = {"part": np.int64, "value_e4": np.int64, "person_id": np.int64, "period": "datetime64[s]"}

OwnSpans = Mapping[int, Span]
"""Person id → the days to which what they did is limited; people who are not in it are not limited."""


def measure_sums(scene: Scene, measures: Sequence[str], dims: Dimensions, span: Span | None) -> pd.DataFrame:
    """One row a group, one column a measure in its own unit; 0 where covered and nothing happened, NaN where missing.

    Ask for many measures at once: rows are read and put in their place together.
    """
    sums = term_sums(scene, [Term(key) for key in measures], dims, span)
    return sums.rename(columns=dict(enumerate(measures)))


def term_sums(
    scene: Scene, terms: Sequence[Term], dims: Dimensions, span: Span | None, own_spans: OwnSpans | None = None
) -> pd.DataFrame:
    """The same for parts of measures: columns of `dims.by`, then 0, 1, … in the order of `terms`; factors are left aside."""
    measures = [term.measure for term in terms]
    if "quota" in measures and dims.person_ids is None and {*dims.by, *dims.where} <= TEAM_QUOTA_DIMENSIONS:
        rows = _with_team_quotas(scene, terms, dims, span)
    else:
        rows = _rows(scene, terms, dims, span, own_spans)
    groups = Groups(rows, dims.by, expected(scene, dims, span, measures))
    values, part = rows["value_e4"].to_numpy(), rows["part"].to_numpy()
    calendar = scene.standing.company.fiscal_calendar
    found = {}
    for at, key in enumerate(measures):
        known = is_covered(groups.labels, key, scene.covered, dims, calendar, span)
        sums = groups.sums(values, part == at) / E4
        is_told = key in scene.covered and scene.tells(key, dims.fact_filter)
        is_said = is_told and (dims.of_reps or not scene.catalogue.measures[key].only_of_reps)
        # rows without any cover, say amounts of 0 of lost deals, are no values
        found[at] = np.where(np.isnan(sums) & known, 0.0, sums) if is_said else np.full(groups.count, np.nan)
    return pd.DataFrame({name: groups.labels[name] for name in dims.by} | found, index=groups.labels.index)


def combined(metric: Metric, sums: pd.DataFrame, at: Mapping[Term, int], by: Sequence[str]) -> pd.DataFrame:
    """The metric of each row of `sums`: the columns `by`, then value, numerator and denominator.

    `at` says in which column of `sums` a term stands. Of a metric of the app's own the parts that are known count, of a
    denominator and of any other combination all must be.
    """
    terms = metric.terms
    labels = {name: sums[name] for name in by}
    some = 1 if metric.combination is None else len(terms.numerator)
    numerator = _added(terms.numerator, sums, at, some)
    denominator = _added(terms.denominator, sums, at, len(terms.denominator)) if terms.denominator else None
    if denominator is None:
        numbers = {"value": numerator, "numerator": np.nan, "denominator": np.nan}
        return pd.DataFrame(labels | numbers, index=sums.index)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(denominator != 0, numerator / denominator, np.nan)
    numbers = {"value": value, "numerator": numerator, "denominator": denominator}
    return pd.DataFrame(labels | numbers, index=sums.index)


def _added(terms: Sequence[Term], sums: pd.DataFrame, at: Mapping[Term, int], least_count: int) -> np.ndarray:
    parts = np.stack([sums[at[term]].to_numpy(float) * term.factor for term in terms])
    known = ~np.isnan(parts)
    return np.where(known.sum(axis=0) >= least_count, np.where(known, parts, 0.0).sum(axis=0), np.nan)


def _rows(
    scene: Scene, terms: Sequence[Term], dims: Dimensions, span: Span | None, own_spans: OwnSpans | None = None
) -> pd.DataFrame:
    """Totals with a column per dimension, cut to `where`; `part` is the place of the term that a row belongs to."""
    whole = scene.covered_span([term.measure for term in terms]) if span is None else span
    found = [] if whole is None else [
        _read(scene, terms, where, dims, whole, own_spans) for where in dict.fromkeys(term.where for term in terms)
    ]  # fmt: skip
    found = [rows for rows in found if len(rows)]
    if not found:
        attributes = {name: pd.Categorical([], categories=[]) for name in dims.fact_attributes}
        columns = {name: np.empty(0, dtype) for name, dtype in ROW_COLUMNS.items()}
        return scene.in_place(pd.DataFrame(columns | attributes), dims)
    return scene.in_place(found[0] if len(found) == 1 else _stacked(found), dims)


def _read(
    scene: Scene,
    terms: Sequence[Term],
    where: tuple[tuple[str, str], ...],
    dims: Dimensions,
    whole: Span,
    own_spans: OwnSpans | None,
) -> pd.DataFrame:
    """The totals of the terms with one filter: whole months by month, the rest and mixed months by day."""
    place = {term.measure: at for at, term in enumerate(terms) if term.where == where}
    kept = tuple(dict.fromkeys((*dims.fact_filter, *where)))
    meant = scene.people_meant(dims)
    read = partial(_totals, scene, place, kept, dims, bool(own_spans) or dims.needs_periods, meant)
    if len({name for name, _ in kept}) < len(kept):  # one attribute cannot have two values
        return read(Span(whole.start, whole.start), True)
    per_day = any(grain in (Grain.DAY, Grain.WEEK) for grain in dims.grains)
    months = None if per_day else grouping.whole_months(whole)
    if months is None:
        rows = read(whole, True)
    else:
        edges = [Span(whole.start, months.start), Span(months.end, whole.end)]
        pieces = [read(edge, True) for edge in edges if edge.days_count]
        mixed = grouping.cut_months(own_spans or {}, months)
        if dims.needs_days_in_role:
            mixed = np.union1d(mixed, scene.places.changed_mid_month(months))
        monthly = read(months, False)
        if len(mixed):
            of_all = partial(_totals, scene, place, kept, dims, bool(own_spans) or dims.needs_periods)
            parts = [(part, people if meant is None else tuple(sorted({*people} & {*meant})))
                     for part, people in stretches(mixed)]  # fmt: skip
            by_days = [of_all(people, part, True) for part, people in parts if people]
            pieces += [days[grouping.in_months(days, mixed)] for days in by_days]
            monthly = monthly[~grouping.in_months(monthly, mixed)]
        rows = _stacked([monthly, *pieces]) if pieces else monthly
    if own_spans:
        rows = rows[(rows["part"] == place.get("quota", -1)) | grouping.in_own_span(rows, own_spans)]
    return rows


def _totals(
    scene: Scene,
    place: Mapping[str, int],
    kept: tuple[tuple[str, str], ...],
    dims: Dimensions,
    per_period: bool,
    person_ids: tuple[int, ...] | None,
    span: Span,
    by_day: bool,
) -> pd.DataFrame:
    rows = scene.readings.totals(
        tuple(place),
        span,
        by_day,
        dims.needs_people,
        per_period,
        dims.fact_attributes,
        kept,
        person_ids,
    )
    measure = rows["measure"].array
    parts = np.array([place[key] for key in measure.categories], np.int64)
    columns = {name: rows[name] for name in rows if name != "measure"}
    part = parts[measure.codes] if len(rows) else np.empty(0, np.int64)
    return pd.DataFrame(columns | {"part": part}, index=rows.index, copy=False)


def _stacked(pieces: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Frames one below the other; texts stay codes of their kinds."""
    filled = [piece for piece in pieces if len(piece)] or list(pieces[:1])
    columns = {}
    for name in filled[0]:
        cells = [piece[name].array for piece in filled]
        is_text = isinstance(filled[0][name].dtype, pd.CategoricalDtype)
        columns[name] = union_categoricals(cells) if is_text else np.concatenate([np.asarray(one) for one in cells])
    return pd.DataFrame(columns)


def expected(scene: Scene, dims: Dimensions, span: Span | None, measures: Sequence[str]) -> pd.DataFrame | None:
    """The groups of people and periods that a sheet speaks for, whether anything happened or not."""
    whole = hull(parts(scene.covered, measures, span))
    return None if whole is None or not dims.by else scene.expected_groups(dims, whole)


def _with_team_quotas(scene: Scene, terms: Sequence[Term], dims: Dimensions, span: Span | None) -> pd.DataFrame:
    """The rows of `_rows`, in which a team's own quota stands in place of its members' on its days (DEFINITIONS 0)."""
    own = scene.team_quotas
    if own.empty:
        return _rows(scene, terms, dims, span)
    in_teams = dims.grouped_by(*dims.by, "team", *([Grain.DAY.value] if scene.team_quotas_start_mid_month else []))
    at = next(place for place, term in enumerate(terms) if term.measure == "quota")
    rows = _rows(scene, terms, in_teams, span)
    is_replaced = (rows["part"] == at).to_numpy() & _has_own_quota(rows, own)
    kept = [*dims.by, "part", "value_e4"]
    of_teams = _team_quota_rows(scene, dims, span).assign(part=at)
    return _stacked([rows.loc[~is_replaced, kept], of_teams[kept]])


def _has_own_quota(rows: pd.DataFrame, own: pd.DataFrame) -> np.ndarray:
    """Which rows (team, period) lie on a day on which their team has a quota of its own."""
    team = rows["team"].array
    codes = team.categories.get_indexer(own["team"])
    is_known = codes >= 0
    begun, over = (
        np.sort(moments(codes[is_known], own[name].to_numpy(DAY)[is_known])) for name in ("starts_on", "ends_before")
    )
    at = moments(team.codes, rows["period"].to_numpy(DAY))
    return np.searchsorted(begun, at, side="right") > np.searchsorted(over, at, side="right")


def _team_quota_rows(scene: Scene, dims: Dimensions, span: Span | None) -> pd.DataFrame:
    """The teams' own quotas in `span`, with a column per dimension, cut to `where`."""
    spread, whole = scene.team_quota_days, span or scene.covered_span(["quota"])
    if whole is not None:
        days = spread["period"].to_numpy(DAY)
        spread = spread[(days >= np.datetime64(whole.start)) & (days < np.datetime64(whole.end))]
    company = scene.standing.company
    timed = grouping.in_place(
        spread,
        replace(dims, by=tuple(name for name in dims.by if name in (*grouping.GRAINS, "company")), where={}),
        scene.places, company.fiscal_calendar, company.name,
    )  # fmt: skip
    if "company" in dims.where:
        timed["company"] = company.name
    return grouping.filtered(timed, dims, scene.org.teams)
