"""Any metric by any dimension, from the totals; and the rows behind a number."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import isnan

import numpy as np
import pandas as pd

from spm.calendar import ONE_DAY, Grain, Span
from spm.errors import UnknownName
from spm.metrics import customers, grouping, pipeline
from spm.metrics.behind import rows_behind
from spm.metrics.catalogue import Declaration, worked_out
from spm.metrics.course import Course
from spm.metrics.expressions import Vocabulary
from spm.metrics.grouping import Dimensions
from spm.metrics.groups import Groups, no_groups
from spm.metrics.measures import MEASURES, sheet_of
from spm.metrics.registry import Metric, Nature
from spm.metrics.scene import Question, Scene, scene_of
from spm.metrics.sums import OwnSpans, measure_sums, term_sums
from spm.people import org
from spm.people.roles import ROLES
from spm.rows import Labels, Rows, stacked
from spm.store import adding_up, reading

__all__ = ["Question", "Scene", "answer_rows", "answers", "columns_of", "course_of", "draft", "is_told", "measure_sums",
           "rows_behind", "scene_of", "untold_sheets", "value", "values", "values_of", "vocabulary", "where_of"]  # fmt: skip

DRAFT = "a metric that is being written"
NUMBERS = ("value", "numerator", "denominator")
AsOf = Callable[[Scene, Dimensions, Span], Rows]

ON_DEALS: dict[str, AsOf] = {
    "open_pipeline": pipeline.open_pipeline,
    "open_deals": pipeline.open_deals,
    "weighted_pipeline": pipeline.weighted_pipeline,
    "pipeline_coverage": pipeline.coverage,
    "pipeline_needed": pipeline.pipeline_needed,
    "sales_velocity": pipeline.sales_velocity,
}
"""What stands on a day and takes a sheet of deals → how it is answered for one span."""

SAID_BY_DEALS = frozenset({"won_deals", "opportunities_opened"})
"""Measures of which a sheet of deals speaks, of closed ones or of open ones alone."""
AS_OF: dict[str, AsOf] = {
    **ON_DEALS,
    "reps_on_pace": pipeline.reps_on_pace,
    "customers": customers.customers,
    "retention": customers.retention,
    "customer_lifetime_value": customers.lifetime_value,
}
"""What is no sum of its parts, for one span."""


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
    (answer,) = answers(scene, [question.metric], question.by, question.where, question.span).values()
    return answer


def value(scene: Scene, key: str, span: Span | None = None, **where: str) -> float | None:
    """One number: the metric of the part of the company that `where` names, None where it is missing."""
    found = answer_rows(scene, [key], (), tuple(where.items()), span)[key].numbers["value"].tolist()
    return None if not found or isnan(found[0]) else found[0]


def course_of(scene: Scene, key: str, where: Mapping[str, str], beside: Sequence[str] = ()) -> Course:
    """A metric of the part of the company that `where` names, over time; one for all who ask the scene.

    `beside`: the metrics whose courses are asked for with it, itself among them; they are read together.
    """
    return scene.once(_course_of, key, tuple(where.items()), tuple(beside) or (key,))


def _course_of(scene: Scene, key: str, where: tuple[tuple[str, str], ...], beside: tuple[str, ...]) -> Course:
    return Course(lambda grain, span: scene.once(_over_time, beside, grain, where, span)[key])


def _over_time(
    scene: Scene, keys: tuple[str, ...], grain: Grain, where: tuple[tuple[str, str], ...], span: Span
) -> dict[str, Rows]:
    return answer_rows(scene, keys, (grain.value,), where, span)


def answers(
    scene: Scene,
    keys: Sequence[str],
    by: Sequence[str] = (),
    where: Sequence[tuple[str, str]] = (),
    span: Span | None = None,
    person_ids: tuple[int, ...] | None = None,
) -> dict[str, pd.DataFrame]:
    """Many metrics of the same groups at once: key → what `values` answers.

    All measures behind sums and ratios are read, put in their place and added up together, so that the scorecards of
    everybody take one reading. A group that only some of the metrics speak of is in the answers of all, missing in the
    others'. `person_ids`: only what these people did counts.
    """
    found = answer_rows(scene, keys, by, where, span, person_ids)
    return {key: rows.frame() for key, rows in found.items()}


def answer_rows(
    scene: Scene,
    keys: Sequence[str],
    by: Sequence[str] = (),
    where: Sequence[tuple[str, str]] = (),
    span: Span | None = None,
    person_ids: tuple[int, ...] | None = None,
) -> dict[str, Rows]:
    """What `answers` puts into frames: key → labels of `by`, with value, numerator and denominator."""
    asked = {key: scene.metric(key) for key in keys}
    dims = replace(scene.dimensions(Question("", tuple(by), tuple(where), span)), person_ids=person_ids)
    additive = [one for one in asked.values() if one.nature in (Nature.SUM, Nature.RATIO) and not one.fault]
    together = [one for one in additive if "quota" not in one.denominator]
    found = _of_sums(scene, together, dims, span)
    for one in asked.values():
        if one.fault:
            found[one.key] = _missing(dims)
        elif one in additive and one not in together:
            found |= _against_quota(scene, one, dims, span)
        elif one.nature is Nature.DISTRIBUTION:
            found[one.key] = _median(scene, one, dims, span)
        elif one.key in AS_OF:
            found[one.key] = _as_of(scene, one, dims, span)
    return {key: _told(found[key], dims) for key in asked}


def _told(rows: Rows, dims: Dimensions) -> Rows:
    """The rows with their labels in the order of `by` and the numbers that every answer has."""
    missing = np.full(len(rows), np.nan)
    return Rows(
        {name: rows.numbers.get(name, missing) for name in NUMBERS}, {name: rows.labels[name] for name in dims.by}
    )


def _missing(dims: Dimensions) -> Rows:
    """No group, or where none is told apart one that is missing."""
    return no_groups(dims.by) if dims.by else Rows({"value": np.array([np.nan])})


def _of_sums(
    scene: Scene, metrics: Sequence[Metric], dims: Dimensions, span: Span | None, own_spans: OwnSpans | None = None
) -> dict[str, Rows]:
    """Sums and ratios, answered together."""
    if not metrics:
        return {}
    parts = [part for one in metrics for part in (*one.terms.numerator, *one.terms.denominator)]
    meant = {part: replace(part, measure=scene.measures([part.measure])[0], factor=1.0) for part in parts}
    sums = term_sums(scene, list(dict.fromkeys(meant.values())), dims, span, own_spans)
    return {one.key: sums.metric(one, meant) for one in metrics}


def _against_quota(scene: Scene, asked: Metric, dims: Dimensions, span: Span | None) -> dict[str, Rows]:
    """Actual and quota of the same span; of single reps, of the days between their first quota and their last."""
    quota_span = scene.covered_span(["quota"])
    if quota_span:
        span = quota_span.overlap(span) if span else quota_span
        if span is None:
            return {asked.key: no_groups(dims.by)}
    return _of_sums(scene, [asked], dims, span, scene.quota_spans if dims.of_reps else None)


def _as_of(scene: Scene, asked: Metric, dims: Dimensions, span: Span | None) -> Rows:
    """What stands on the last day of each group; by a grain, of each period that has begun."""
    whole = span or Span(scene.today, scene.today + ONE_DAY)
    if dims.finest is None:
        return _as_of_one(scene, asked, dims, whole)
    calendar = scene.standing.company.fiscal_calendar
    timeless = dims.grouped_by(*(name for name in dims.by if name not in grouping.GRAINS))
    periods = calendar.periods(dims.finest, span or scene.covered_span() or whole)
    begun = [period for period in periods if period.start <= scene.today]
    found = []
    for period in begun:
        rows = _told(_as_of_one(scene, asked, timeless, period), timeless)
        times = {grain.value: calendar.period_of(grain, period.start).label for grain in dims.grains}
        found.append(rows.plus(labels={name: Labels.alike(label, len(rows)) for name, label in times.items()}))
    every = stacked([_told(no_groups(dims.by), dims), *found])
    return every[np.argsort(Groups(every, dims.by).at, kind="stable")]


def _as_of_one(scene: Scene, asked: Metric, dims: Dimensions, span: Span) -> Rows:
    if asked.key in ON_DEALS and not (
        scene.covered.keys() & SAID_BY_DEALS and scene.tells("opportunities_opened", dims.fact_filter)
    ):
        return _missing(dims)
    rows = AS_OF[asked.key](scene, dims, span)
    return rows if len(rows) or dims.by else _missing(dims)


def _median(scene: Scene, asked: Metric, dims: Dimensions, span: Span | None) -> Rows:
    (tally,) = MEASURES[asked.numerator[0]].tallies
    rows = scene.in_place(scene.readings.observations(tally, span, dims.fact_filter), dims)
    groups = Groups(rows, dims.by)
    # a shared deal is one of its team's
    return groups.rows(value=groups.medians(rows.numbers["value"], rows.numbers["fact_id"]))


def columns_of(scene: Scene) -> pd.DataFrame:
    """The columns that facts came with and could be filtered by: key, label, is_filter, and the values of those that are.

    `values` is a list in order, None where the column is not marked.
    """
    known = reading.attributes(scene.store)
    held = [reading.attribute_values(scene.store, row.key) if row.is_filter else None for row in known.itertuples()]
    return known[["key", "label", "is_filter"]].assign(values=pd.Series(held, dtype=object))


def values_of(scene: Scene, attribute: str) -> list[str]:
    """The values of an attribute to filter by that facts carry, in order."""
    return reading.attribute_values(scene.store, attribute)


def is_told(scene: Scene, key: str) -> bool:
    """Whether the facts behind a metric say anything of what the scene is cut to."""
    asked = scene.metric(key)
    return all(scene.tells(measure, scene.kept) for measure in scene.measures([*asked.numerator, *asked.denominator]))


def untold_sheets(scene: Scene) -> list[str]:
    """The layouts of the sheets that say nothing of what the scene is cut to: whatever rests on them is missing in it."""
    told = {key: scene.tells(key, scene.kept) for key in scene.covered}
    telling = {sheet_of(key) for key, is_told in told.items() if is_told}
    return sorted({sheet_of(key) for key in told} - telling)


def vocabulary(scene: Scene) -> Vocabulary:
    """What a metric of the company's own can be made of, down to the values that the facts have."""

    def known_values(measure: str, attribute: str) -> list[str]:
        (key,) = scene.measures([measure])
        return adding_up.values_within(scene.store, key, attribute)

    return scene.catalogue.vocabulary(scene.attributes, known_values)


def draft(scene: Scene, said: Declaration, span: Span) -> tuple[Metric, float | None]:
    """A metric that is being written, and its value in `span` (None: missing). Raises Refusal where it comes to none."""
    metric = replace(worked_out(said, vocabulary(scene)), key=DRAFT)
    metrics = {**scene.catalogue.metrics, DRAFT: metric}
    return metric, value(replace(scene, catalogue=replace(scene.catalogue, metrics=metrics)), DRAFT, span)
