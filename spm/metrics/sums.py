"""Sums of measures over any part of the company and any span, from totals: what ratios and sums are worked out of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from spm.calendar import Grain, Span
from spm.metrics import grouping
from spm.metrics.covering import hull, is_covered, parts
from spm.metrics.grouping import Dimensions
from spm.metrics.groups import Groups
from spm.metrics.places import moments, stretches
from spm.metrics.registry import Metric, Term
from spm.metrics.scene import Scene
from spm.people import org
from spm.rows import DAY, Labels, Rows, stacked

E4 = 10_000
TEAM_QUOTA_DIMENSIONS = {"company", "team", *org.LEADER, *grouping.GRAINS}
OwnSpans = Mapping[int, Span]
"""Person id → the days to which what they did is limited; people who are not in it are not limited."""


@dataclass(frozen=True)
class Sums:
    """Terms added up by groups: for each term one number a group, in its measure's own unit.

    0 where covered and nothing happened, NaN where missing. Factors are left aside.
    """

    groups: Groups
    of: Mapping[Term, np.ndarray]

    def metric(self, metric: Metric, meant: Mapping[Term, Term]) -> Rows:
        """The metric of each group: its labels, with value, numerator and denominator.

        `meant` says what was added up for each of its terms. Of a metric of the app's own the parts that are known count,
        of a denominator and of any other combination all must be.
        """
        terms = metric.terms
        some = 1 if metric.combination is None else len(terms.numerator)
        numerator = self._added(terms.numerator, meant, some)
        if not terms.denominator:
            missing = np.full(self.groups.count, np.nan)
            return self.groups.rows(value=numerator, numerator=missing, denominator=missing)
        denominator = self._added(terms.denominator, meant, len(terms.denominator))
        with np.errstate(divide="ignore", invalid="ignore"):
            value = np.where(denominator != 0, numerator / denominator, np.nan)
        return self.groups.rows(value=value, numerator=numerator, denominator=denominator)

    def _added(self, terms: Sequence[Term], meant: Mapping[Term, Term], least_count: int) -> np.ndarray:
        parts = np.stack([self.of[meant[term]] * term.factor for term in terms])
        known = ~np.isnan(parts)
        return np.where(known.sum(axis=0) >= least_count, np.where(known, parts, 0.0).sum(axis=0), np.nan)


def measure_sums(scene: Scene, measures: Sequence[str], dims: Dimensions, span: Span | None) -> pd.DataFrame:
    """One row a group, one column a measure in its own unit; 0 where covered and nothing happened, NaN where missing.

    Ask for many measures at once: rows are read and put in their place together.
    """
    return measure_rows(scene, measures, dims, span).frame()


def measure_rows(scene: Scene, measures: Sequence[str], dims: Dimensions, span: Span | None) -> Rows:
    """The same with a number for each measure."""
    sums = term_sums(scene, [Term(key) for key in measures], dims, span)
    return sums.groups.rows(**{term.measure: column for term, column in sums.of.items()})


def term_sums(
    scene: Scene, terms: Sequence[Term], dims: Dimensions, span: Span | None, own_spans: OwnSpans | None = None
) -> Sums:
    """The same for parts of measures; of people in `own_spans` only what lies within them counts."""
    measures = [term.measure for term in terms]
    if "quota" in measures and dims.person_ids is None and {*dims.by, *dims.where} <= TEAM_QUOTA_DIMENSIONS:
        rows = _with_team_quotas(scene, terms, dims, span)
    else:
        rows = _rows(scene, terms, dims, span, own_spans)
    groups = Groups(rows, dims.by, expected(scene, dims, span, measures))
    sums = groups.sums_by_part(rows.numbers["value_e4"], rows.numbers["part"], len(terms)) / E4
    found = {
        term: _where_known(scene, term.measure, dims, span, groups, own) for term, own in zip(terms, sums, strict=True)
    }
    return Sums(groups, found)


def _where_known(
    scene: Scene, measure: str, dims: Dimensions, span: Span | None, groups: Groups, sums: np.ndarray
) -> np.ndarray:
    """The sums of a measure as far as sheets speak for it, 0 where these say nothing.

    Rows without any cover, say amounts of 0 of lost deals, are no values.
    """
    is_told = measure in scene.covered and scene.tells(measure, dims.fact_filter)
    if not is_told or (scene.catalogue.measures[measure].only_of_reps and not dims.of_reps):
        return np.full(groups.count, np.nan)
    known = is_covered(groups, measure, scene.covered, dims, scene.standing.company.fiscal_calendar, span)
    return np.where(np.isnan(sums) & known, 0.0, sums)


def _rows(
    scene: Scene, terms: Sequence[Term], dims: Dimensions, span: Span | None, own_spans: OwnSpans | None = None
) -> Rows:
    """Totals with labels for each dimension, cut to `where`; `part` is the place of the term that a row belongs to."""
    whole = scene.covered_span([term.measure for term in terms]) if span is None else span
    found = [] if whole is None else [
        _read(scene, terms, where, dims, whole, own_spans) for where in dict.fromkeys(term.where for term in terms)
    ]  # fmt: skip
    return scene.in_place(stacked(found or [_none()]), dims)


def _none() -> Rows:
    """No rows, with all that a row can have."""
    none = np.empty(0, np.int64)
    return Rows(dict.fromkeys(("value_e4", "part", "person_id", "slice_id"), none) | {"period": np.empty(0, DAY)})


def _read(
    scene: Scene,
    terms: Sequence[Term],
    where: tuple[tuple[str, str], ...],
    dims: Dimensions,
    whole: Span,
    own_spans: OwnSpans | None,
) -> Rows:
    """The totals of the terms with one filter: whole months by month, the rest and mixed months by day."""
    kept = tuple(dict.fromkeys((*dims.fact_filter, *where)))
    of_filter = {term.measure: at for at, term in enumerate(terms) if term.where == where}
    place = {measure: at for measure, at in of_filter.items() if scene.tells(measure, kept)}
    if not place or len({name for name, _ in kept}) < len(kept):  # one attribute cannot have two values
        return _none()
    meant = scene.people_meant(dims)
    read = partial(_totals, scene, place, kept, dims, bool(own_spans) or dims.needs_periods)
    per_day = any(grain in (Grain.DAY, Grain.WEEK) for grain in dims.grains)
    months = None if per_day else grouping.whole_months(whole)
    if months is None:
        alike = [] if own_spans or meant is None or dims.person_ids else _alike(scene, dims, whole)
        others = None if meant is None else tuple(one for one in meant if one not in alike)
        rows = read(others, whole, True)
        if alike:
            together = read(tuple(alike), whole, True, per_person=False)
            rows = stacked([rows, together.plus({"person_id": np.full(len(together), alike[0])})])
    else:
        edges = [Span(whole.start, months.start), Span(months.end, whole.end)]
        pieces = [read(meant, edge, True) for edge in edges if edge.days_count]
        mixed = grouping.cut_months(own_spans or {}, months)
        if dims.needs_days_in_role:
            mixed = np.union1d(mixed, scene.places.changed_mid_month(months))
        monthly = read(meant, months, False)
        if len(mixed):
            monthly = monthly[~grouping.in_months(monthly, mixed)]
            for part, people in stretches(mixed):
                mixed_people = people if meant is None else tuple(sorted({*people} & {*meant}))
                if mixed_people:
                    days = read(mixed_people, part, True)
                    pieces.append(days[grouping.in_months(days, mixed)])
        rows = stacked([monthly, *pieces])
    if own_spans:
        is_quota = rows.numbers["part"] == place.get("quota", -1)
        rows = rows[is_quota | grouping.in_own_span(rows, own_spans)]
    return rows


def _alike(scene: Scene, dims: Dimensions, span: Span) -> list[int]:
    """People whose rows of `span` all have the same labels, so that their sum may stand as one person's; none for one alone."""
    found = scene.steady(dims, span) if {*dims.by} <= {"company", *grouping.GRAINS} else ()
    return sorted(found) if len(found) > 1 else []


def _totals(
    scene: Scene,
    place: Mapping[str, int],
    kept: tuple[tuple[str, str], ...],
    dims: Dimensions,
    per_period: bool,
    person_ids: tuple[int, ...] | None,
    span: Span,
    by_day: bool,
    per_person: bool = True,
) -> Rows:
    rows = scene.readings.totals(
        tuple(place),
        span,
        by_day,
        dims.needs_people and per_person,
        per_period,
        bool(dims.fact_attributes),
        kept,
        person_ids,
    )
    measure = rows.labels["measure"]
    part = measure.each((place[key] for key in measure.kinds), -1)
    return Rows({**rows.numbers, "part": part})


def expected(scene: Scene, dims: Dimensions, span: Span | None, measures: Sequence[str]) -> Rows | None:
    """The groups of people and periods that a sheet speaks for, whether anything happened or not."""
    whole = hull(parts(scene.covered, measures, span))
    return None if whole is None or not dims.by else scene.expected_groups(dims, whole)


def _with_team_quotas(scene: Scene, terms: Sequence[Term], dims: Dimensions, span: Span | None) -> Rows:
    """The rows of `_rows`, in which a team's own quota stands in place of its members' on its days (DEFINITIONS 0)."""
    own = scene.team_quotas
    if own.empty:
        return _rows(scene, terms, dims, span)
    in_teams = dims.grouped_by(*dims.by, "team", *([Grain.DAY.value] if scene.team_quotas_start_mid_month else []))
    at = next(place for place, term in enumerate(terms) if term.measure == "quota")
    rows = _rows(scene, terms, in_teams, span)
    is_replaced = (rows.numbers["part"] == at) & _has_own_quota(rows, own)
    of_teams = _team_quota_rows(scene, dims, span)
    of_teams = of_teams.plus({"part": np.full(len(of_teams), at)})
    return stacked([rows[~is_replaced], of_teams])


def _has_own_quota(rows: Rows, own: pd.DataFrame) -> np.ndarray:
    """Which rows (team, period) lie on a day on which their team has a quota of its own."""
    team = rows.labels["team"]
    codes = pd.Index(team.kinds, dtype=object).get_indexer(own["team"])
    is_known = codes >= 0
    begun, over = (
        np.sort(moments(codes[is_known], own[name].to_numpy(DAY)[is_known])) for name in ("starts_on", "ends_before")
    )
    at = moments(team.codes, rows.numbers["period"])
    return np.searchsorted(begun, at, side="right") > np.searchsorted(over, at, side="right")


def _team_quota_rows(scene: Scene, dims: Dimensions, span: Span | None) -> Rows:
    """The teams' own quotas in `span`, with labels for each dimension, cut to `where`."""
    spread, whole = scene.team_quota_days, span or scene.covered_span(["quota"])
    if whole is not None:
        days = spread.numbers["period"]
        spread = spread[(days >= np.datetime64(whole.start)) & (days < np.datetime64(whole.end))]
    company, calendar = scene.standing.company.name, scene.standing.company.fiscal_calendar
    times = {grain.value: grouping.labelled(spread.numbers["period"], grain, calendar) for grain in dims.grains}
    return scene.cut(spread.plus(labels=times | {"company": Labels.alike(company, len(spread))}), dims)
