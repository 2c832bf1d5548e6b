"""What stands on a day: open deals, what they cover, what they promise; and how many reps are on pace. Pure.

Each answer has the labels of `dims.by`, a value and, of a quotient, numerator and denominator.
"""

from datetime import date

import numpy as np
import pandas as pd

from spm.calendar import ONE_DAY, Span
from spm.metrics.grouping import Dimensions
from spm.metrics.groups import Groups, beside
from spm.metrics.scene import Scene
from spm.metrics.sums import E4, measure_rows
from spm.rows import DAY, Rows

PACE_SHARE = 0.8  # a rep at this share of the pace is "on pace"
LEAST_CLOSED = 20  # deals that were in a stage and have closed since, so that their share of wins says something
YEAR_OF_DEALS = ("won_deals", "lost_deals", "won_value", "lost_value", "won_cycle_days", "won_deals_with_cycle")


def open_pipeline(scene: Scene, dims: Dimensions, span: Span) -> Rows:
    """Amount of the open deals in minor units, NaN where none of a group's has an amount."""
    deals = _open_deals(scene, dims, span.last_day)
    groups = Groups(deals, dims.by)
    return groups.rows(value=groups.sums(deals.numbers["amount_cents"]))


def open_deals(scene: Scene, dims: Dimensions, span: Span) -> Rows:
    """How many deals are open, shared ones by their shares."""
    deals = _open_deals(scene, dims, span.last_day)
    groups = Groups(deals, dims.by)
    counts = groups.sums(deals.numbers["share_e4"]) / E4
    return groups.rows(value=counts if dims.by else np.nan_to_num(counts))


def weighted_pipeline(scene: Scene, dims: Dimensions, span: Span) -> Rows:
    """Amounts of open deals × their chance: what became of the company's deals of that stage, else the sheet's probability.

    A deal of whose chance nothing is known has no weighted amount; NaN where a group has none at all.
    """
    deals = _open_deals(scene, dims, span.last_day, per_stage=True)
    known, stage = stage_rates(scene.readings.stage_outcomes()), deals.labels["stage"]
    rates = stage.each((known.get(kind, np.nan) for kind in stage.kinds), np.nan)
    amounts, chances = deals.numbers["amount_cents"], deals.numbers["chance_cents"]
    groups = Groups(deals, dims.by)
    return groups.rows(value=groups.sums(np.where(np.isnan(rates), chances, amounts * rates)))


def stage_rates(outcomes: pd.DataFrame) -> dict[str, float]:
    """Stage → the share won of the deals that were in it and closed; only of stages with enough of them.

    `outcomes`: one row a deal and stage that it was in: stage, is_won.
    """
    by_stage = outcomes.groupby("stage")["is_won"].agg(["mean", "count"])
    return {str(stage): float(row["mean"]) for stage, row in by_stage.iterrows() if row["count"] >= LEAST_CLOSED}


def coverage(scene: Scene, dims: Dimensions, span: Span) -> Rows:
    """Open amount that closes in the span, over what is left of the quota; on its first day, or today in the running one.

    Nothing left to cover is inf, no quota NaN.
    """
    day = day_of_plan(scene, span)
    deals = _open_deals(scene, dims, day, closing=span)
    groups = Groups(deals, dims.by)
    closing = groups.rows(closing=groups.sums(deals.numbers["amount_cents"]))
    plan = beside(_gap(scene, dims, span, day), closing, dims.by)
    amount, gap = np.nan_to_num(plan.numbers["closing"]), plan.numbers["gap"]
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(np.isnan(gap), np.nan, np.where(gap > 0, amount / gap, np.inf))
    return plan.plus({"value": value, "numerator": amount, "denominator": gap})


def pipeline_needed(scene: Scene, dims: Dimensions, span: Span) -> Rows:
    """What is left of the quota, over the win rate by value of the 12 months up to the day; 0 where nothing is left."""
    day = day_of_plan(scene, span)
    plan = beside(_gap(scene, dims, span, day), _year_up_to(scene, dims, day), dims.by)
    gap, won, lost = (plan.numbers[name] for name in ("gap", "won_value", "lost_value"))
    rate = _over(won, won + lost)
    return plan.plus({"value": np.where(gap <= 0, 0.0, _over(gap, rate)), "numerator": gap, "denominator": rate})


def sales_velocity(scene: Scene, dims: Dimensions, span: Span) -> Rows:
    """Open deals on the day × win rate × average deal ÷ mean cycle, the last three of the 12 months up to the day."""
    year = _year_up_to(scene, dims, min(span.last_day, scene.today))
    standing = beside(year, open_deals(scene, dims, span), dims.by).numbers["value"]
    won, lost, worth, days, dated = (
        year.numbers[name]
        for name in ("won_deals", "lost_deals", "won_value", "won_cycle_days", "won_deals_with_cycle")
    )
    promise = np.nan_to_num(standing) * _over(worth, won + lost)
    cycle = _over(days, dated)
    return year.plus({"value": _over(promise, cycle), "numerator": promise, "denominator": cycle})


def reps_on_pace(scene: Scene, dims: Dimensions, span: Span) -> Rows:
    """Share of the reps with a quota whose attainment is at least PACE_SHARE of the elapsed share of the span."""
    elapsed = Span(span.start, max(span.start, min(span.end, scene.today + ONE_DAY)))
    by_rep = dims.grouped_by(*dims.by, "rep")
    reps = beside(measure_rows(scene, ["quota"], by_rep, span), _booked(scene, by_rep, elapsed), by_rep.by)
    asked = reps[reps.numbers["quota"] > 0]
    pace = PACE_SHARE * scene.standing.company.working_calendar.share(elapsed, span)
    is_on = np.nan_to_num(asked.numbers["booked"]) / asked.numbers["quota"] >= pace - 1e-12
    groups = Groups(asked, dims.by)
    on, all_of_them = groups.sums(is_on.astype(float)), groups.sums(np.ones(len(asked)))
    return groups.rows(value=on / all_of_them, numerator=on, denominator=all_of_them)


def _open_deals(
    scene: Scene, dims: Dimensions, day: date, closing: Span | None = None, per_stage: bool = False
) -> Rows:
    """See `store.standing.open_pipeline`: on `day` or today, the earlier; with labels for each dimension, cut to `where`."""
    day, meant = min(day, scene.today), scene.people_meant(dims)
    per_slice = bool(dims.fact_attributes)
    rows = scene.readings.open_pipeline(day, scene.today, per_slice, dims.fact_filter, closing, per_stage, meant)
    return scene.in_place(rows.plus({"period": np.full(len(rows), day, DAY)}), dims)


def day_of_plan(scene: Scene, span: Span) -> date:
    return scene.today if scene.today in span else span.start


def _gap(scene: Scene, dims: Dimensions, span: Span, day: date) -> Rows:
    """What is left of each group's quota at the start of `day`: `gap`, NaN where there is no quota."""
    plan = measure_rows(scene, ["quota"], dims, span)
    quota = plan.numbers["quota"]
    if day == span.start:
        return plan.plus({"gap": quota})
    booked = beside(plan, _booked(scene, dims, Span(span.start, day)), dims.by).numbers["booked"]
    return plan.plus({"gap": quota - np.nan_to_num(booked)})


def _booked(scene: Scene, dims: Dimensions, span: Span) -> Rows:
    (key,) = scene.measures(["bookings"])
    found = measure_rows(scene, [key], dims, span)
    return Rows({"booked": found.numbers[key]}, found.labels)


def _year_up_to(scene: Scene, dims: Dimensions, day: date) -> Rows:
    return measure_rows(scene, YEAR_OF_DEALS, dims, year_up_to(day))


def year_up_to(day: date) -> Span:
    """The 12 months that end with `day`."""
    end = day + ONE_DAY
    return Span(end.replace(year=end.year - 1, day=28 if (end.month, end.day) == (2, 29) else end.day), end)


def _over(numerator: np.ndarray, denominator: np.ndarray) -> np.ndarray:
    """NaN where there is nothing to divide by."""
    found: np.ndarray = numerator / np.where(denominator != 0, denominator, np.nan)
    return found
