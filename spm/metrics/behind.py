"""The facts behind a number: those that its measures count, or that stand on its day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from spm.calendar import ONE_DAY, Span, typed_range
from spm.metrics import grouping
from spm.metrics.grouping import Dimensions
from spm.metrics.measures import Tally
from spm.metrics.pipeline import day_of_plan, year_up_to
from spm.metrics.scene import Question, Scene
from spm.people import org
from spm.rows import Labels, Rows

Kept = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Counted:
    """The facts that a measure counts in `span` (None: ever), of the attributes `kept`.

    `buyers`: those with an account; `again_of`: those of the same accounts as these, whoever sold.
    """

    measure: str
    span: Span | None
    kept: Kept = ()
    buyers: bool = False
    again_of: "Counted | None" = None


@dataclass(frozen=True)
class Open:
    """The deals open at the end of `day`; where `closing` is given, those that are expected to close in it."""

    day: date
    closing: Span | None = None


Behind = Sequence[Counted | Open]


def rows_behind(
    scene: Scene, key: str, span: Span | None, where: Mapping[str, str], limit: int = 10_000
) -> dict[str, pd.DataFrame]:
    """The rows of `facts_behind` by what they are: what `store.facts.rows_behind` lists for each tally of a measure, the
    quotas, and the open deals. What lies outside `span` (the 12 months up to its end) says so.
    """
    found = {}
    for facts, rows in facts_behind(scene, key, span, where, limit):
        found[_label(scene, facts, span)] = rows
    return found


def facts_behind(
    scene: Scene, key: str, span: Span | None, where: Mapping[str, str], limit: int = 10_000
) -> list[tuple[Counted | Open, pd.DataFrame]]:
    """The facts behind a metric's value, each kind that there are rows of with them; of a part of a measure
    (`calls[direction = "out"]`) only the facts of that part.

    People are kept by where they stood on the fact's day, as the value itself counts them.
    """
    dims = scene.dimensions(Question(key, where=tuple(where.items())))
    found: list[tuple[Counted | Open, pd.DataFrame]] = []
    for facts in dict.fromkeys(_behind(scene, key, span)):
        if isinstance(facts, Open):
            found.append((facts, _open(scene, dims, facts, limit)))
        elif facts.measure in scene.catalogue.measures:
            found.append((facts, _counted(scene, dims, facts, limit)))
    return [(facts, rows) for facts, rows in found if len(rows)]


def _label(scene: Scene, facts: Counted | Open, span: Span | None) -> str:
    if isinstance(facts, Open):
        return f"Open deals on {facts.day.day} {facts.day:%b %Y}"
    said = [scene.catalogue.measures[facts.measure].label]
    said += [f"{attribute} {wanted}" for attribute, wanted in facts.kept]
    if facts.again_of:
        said.append("again")
    if facts.span and (span is None or (facts.span.start, facts.span.end) != (span.start, span.end)):
        said.append(typed_range(facts.span.start, facts.span.last_day).title)
    return " · ".join(said)


def _behind(scene: Scene, key: str, span: Span | None) -> Behind:
    if key in STANDING:
        return STANDING[key](scene, span or Span(scene.today, scene.today + ONE_DAY))
    asked = scene.metric(key)
    terms = (*asked.terms.numerator, *asked.terms.denominator)
    return [Counted(scene.measures([term.measure])[0], span, term.where) for term in terms]


def _booked_by(scene: Scene) -> str:
    (measure,) = scene.measures(["bookings"])
    return measure


def _deals_open(scene: Scene, span: Span) -> Behind:
    return [Open(min(span.last_day, scene.today))]


def _coverage(scene: Scene, span: Span) -> Behind:
    return [Open(min(day_of_plan(scene, span), scene.today), span), *_gap(scene, span)]


def _needed(scene: Scene, span: Span) -> Behind:
    year = year_up_to(day_of_plan(scene, span))
    return [*_gap(scene, span), Counted("won_value", year), Counted("lost_value", year)]


def _velocity(scene: Scene, span: Span) -> Behind:
    year = year_up_to(min(span.last_day, scene.today))
    return [*_deals_open(scene, span), Counted("won_value", year), Counted("lost_deals", year)]


def _gap(scene: Scene, span: Span) -> Behind:
    """The quota, and what was booked before the day on which it is asked."""
    day = day_of_plan(scene, span)
    booked = [Counted(_booked_by(scene), Span(span.start, day))] if day > span.start else []
    return [Counted("quota", span), *booked]


def _on_pace(scene: Scene, span: Span) -> Behind:
    elapsed = Span(span.start, max(span.start, min(span.end, scene.today + ONE_DAY)))
    return [Counted("quota", span), Counted(_booked_by(scene), elapsed)]


def _bought(scene: Scene, span: Span) -> Behind:
    return [Counted(_booked_by(scene), span, buyers=True)]


def _bought_again(scene: Scene, span: Span) -> Behind:
    later = year_up_to(min(span.last_day, scene.today))
    before = Counted(_booked_by(scene), year_up_to(later.start - ONE_DAY), buyers=True)
    return [Counted(_booked_by(scene), later, again_of=before), before]


def _worth(scene: Scene, span: Span) -> Behind:
    again, before = _bought_again(scene, span)
    return [*_bought(scene, year_up_to(min(span.last_day, scene.today))), again, before]


STANDING: dict[str, Callable[[Scene, Span], Behind]] = {
    "open_pipeline": _deals_open,
    "open_deals": _deals_open,
    "weighted_pipeline": _deals_open,
    "pipeline_coverage": _coverage,
    "pipeline_needed": _needed,
    "sales_velocity": _velocity,
    "reps_on_pace": _on_pace,
    "customers": _bought,
    "retention": _bought_again,
    "customer_lifetime_value": _worth,
}
"""What is no sum of measures → what it rests on in one span."""


def _open(scene: Scene, dims: Dimensions, facts: Open, limit: int) -> pd.DataFrame:
    rows = scene.readings.open_rows(
        facts.day, scene.today, facts.closing, _people_meant(scene, dims), dims.fact_filter, limit
    )
    return scene.kept_of(rows, facts.day, dims)


def _counted(scene: Scene, dims: Dimensions, facts: Counted, limit: int | None) -> pd.DataFrame:
    if facts.measure == "quota":
        return pd.DataFrame() if dims.fact_filter else _quotas(scene, dims, facts.span)
    if facts.again_of:
        known = _counted(scene, dims, facts.again_of, None)["account"]
        attributes = scene.dimensions(Question("", where=dims.fact_filter))
        rows = _counted(scene, attributes, replace(facts, again_of=None), None)
        return rows[rows["account"].isin(known)]
    parts = [_of_tally(scene, dims, facts, tally, limit) for tally in scene.catalogue.measures[facts.measure].tallies]
    parts = [rows for rows in parts if len(rows)]
    rows = pd.concat(parts) if parts else pd.DataFrame({"account": []})
    return rows[rows["account"].notna()] if facts.buyers else rows


def _of_tally(scene: Scene, dims: Dimensions, facts: Counted, tally: Tally, limit: int | None) -> pd.DataFrame:
    kept = (*dims.fact_filter, *facts.kept)
    rows = scene.readings.rows_behind(tally, facts.span, _people_meant(scene, dims), kept, limit)
    return scene.kept_of(rows, rows["on"], dims)


def _quotas(scene: Scene, dims: Dimensions, span: Span | None) -> pd.DataFrame:
    """Quotas of the people whom `where` keeps on the quota's first day in `span`, and of the teams that it names or all."""
    rows = scene.readings.quota_rows(span)
    of_teams, of_people = (rows[is_meant] for is_meant in (rows["team"].notna(), rows["team"].isna()))
    begun = of_people["on"].map(lambda day: max(day, span.start) if span else day)
    kept = [scene.kept_of(of_people.drop(columns="team"), begun, dims)]
    if set(dims.where) <= {"team", "company"}:
        company = Labels.alike(scene.standing.company.name, len(of_teams))
        in_place = Rows({}, {"team": Labels.of(of_teams["team"]), "company": company})
        kept.append(of_teams[grouping.is_kept(in_place, dims, scene.org.teams)])
    return pd.concat(kept, ignore_index=True)


def _people_meant(scene: Scene, dims: Dimensions) -> list[int] | None:
    """The people whom `where` keeps on any day at all; None where it keeps all."""
    if not dims.needs_people:
        return None
    return np.unique(scene.people_of(dims, Span(org.ALWAYS, org.NEVER)).numbers["person_id"]).tolist()
