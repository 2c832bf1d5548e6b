"""The open deals of somebody, or of a part of the company: each of them, and all together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from spm.calendar import ONE_DAY, Period, Span, plus_months
from spm.coaching.deals.open_deals import Pipeline, aged, by_stage_and_age, marked, usual_days
from spm.coaching.queries import people_in
from spm.metrics.measures import MEASURES
from spm.metrics.queries import Scene
from spm.store import benchmarks

CYCLE_MONTHS = 24
AGES_DAYS = (30, 60, 90, 180)


@dataclass(frozen=True)
class OpenDeals:
    """The deals open today, as `open_deals.aged` marks them, each with its file, sheet and row.

    `usual_days`: by this age nine in ten of the company's won deals were won; None where too few say so.
    """

    deals: pd.DataFrame
    usual_days: int | None


def open_deals(scene: Scene, person_ids: Sequence[int]) -> OpenDeals:
    """The open deals of these people, as they are known today."""
    usual = scene.once(_usual_days)
    deals = scene.readings.open_rows(scene.today, scene.today, None, list(person_ids), scene.kept)
    return OpenDeals(aged(deals, scene.today, usual), usual)


def stale_deals(scene: Scene, period: Period, where: Mapping[str, str]) -> OpenDeals:
    """The stale ones among the open deals of a part of the company, the largest first; at most 10,000."""
    usual = scene.once(_usual_days)
    deals = benchmarks.stale_rows(scene.store, scene.today, usual, people_in(scene, period, where), scene.kept)
    return OpenDeals(marked(deals, scene.today, usual), usual)


def slipped_deals(scene: Scene, period: Period, where: Mapping[str, str]) -> OpenDeals:
    """Those that were once expected to close sooner than they are now, likewise."""
    usual = scene.once(_usual_days)
    deals = benchmarks.slipped_rows(scene.store, scene.today, people_in(scene, period, where), scene.kept)
    return OpenDeals(marked(deals, scene.today, usual), usual)


def pipeline(scene: Scene, period: Period, where: Mapping[str, str]) -> Pipeline:
    """All open deals of a part of the company by stage and age, as they are known today."""
    person_ids, usual = people_in(scene, period, where), scene.once(_usual_days)
    counted = benchmarks.open_by_stage_and_age(scene.store, scene.today, AGES_DAYS, usual, person_ids, scene.kept)
    moved = benchmarks.slipped_deals(scene.store, person_ids, scene.kept).iloc[0]
    return Pipeline(
        by_stage=by_stage_and_age(counted, AGES_DAYS),
        deals_count=int(counted["deals"].sum()),
        valued_count=int(counted["valued"].sum()),
        amount_cents=float(counted["amount_cents"].sum()) if counted["valued"].sum() else None,
        overdue_count=int(counted["overdue"].sum()),
        old_count=int(counted["old"].sum()),
        usual_days=usual,
        slipped_count=int(moved["slipped"]) if moved["deals"] else None,
        with_history_count=int(moved["deals"]),
    )


def _usual_days(scene: Scene) -> int | None:
    """By how many days nine in ten of the deals were won that the company won in the last two years."""
    (cycles,) = MEASURES["won_cycle_days"].tallies
    span = Span(plus_months(scene.today, -CYCLE_MONTHS), scene.today + ONE_DAY)
    return usual_days(benchmarks.value_counts(scene.store, cycles, span))
