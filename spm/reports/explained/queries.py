"""What a scorecard rests on, fetched from the facts."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from spm.metrics.behind import Open, facts_behind, rows_behind
from spm.metrics.measures import Measure, Tally, Unit
from spm.metrics.queries import Scene
from spm.metrics.registry import Term
from spm.reports.explained.evidence import DENOMINATOR, NUMERATOR, TARGET, Evidence, Part, in_order, part
from spm.reports.explained.workings import workings
from spm.scorecards.aims import Aim, Ground, Origin
from spm.scorecards.model import Item, Scope
from spm.scorecards.queries import live_of
from spm.scorecards.result import RepScorecard
from spm.scorecards.scored import RoleScore
from spm.scorecards.scoring import Reading
from spm.scorecards.stretches import Stretch

MOST_ROWS = 100_000
OPEN_AMOUNT = Measure("open_value", "Open amount", Unit.MONEY, "amount of the deals that are open on the day",
                      (Tally("deal", "created_on", "amount_cents"),), "deals")  # fmt: skip
OPEN_COUNT = Measure("open_deals", "Open deals", Unit.COUNT, "deals that are open on the day",
                     (Tally("deal", "created_on"),), "deals")  # fmt: skip
OPEN = {"open_pipeline": OPEN_AMOUNT, "pipeline_coverage": OPEN_AMOUNT, "open_deals": OPEN_COUNT}
"""What stands on a day and is a sum of open deals, over the plan's gap where it covers one → what each deal adds."""


def evidence_of(scene: Scene, card: RepScorecard) -> list[list[Evidence]]:
    """For each role of a scorecard its items with target, actual and the rows behind it; those that count first.

    What targets come from is looked up anew; of a closed period it is what still comes to the target that was kept.
    """
    live = live_of(scene, card.period)
    stretches = {(one.role, one.span): one for one in live.of(card.person_id)}
    return [
        _of_part(scene, card, role_score, live.ground, stretches.get((role_score.role, role_score.span)))
        for role_score in card.role_scores
    ]


def _of_part(
    scene: Scene, card: RepScorecard, role_score: RoleScore, ground: Ground, stretch: Stretch | None
) -> list[Evidence]:
    scores = {item.reading.item: item for item in role_score.score.counted}
    readings = [*(item.reading for item in role_score.score.counted), *role_score.score.left_out]
    found = []
    for reading in readings:
        aim = role_score.aim(reading.item)
        parts = _parts(scene, card, reading, aim) if aim else ()
        known = workings(ground, reading.item, aim, stretch) if aim and stretch else ()
        found.append(Evidence(reading.item, reading, scores.get(reading.item), aim, parts, known))
    return in_order(found)


def _of_plan(scene: Scene, card: RepScorecard, reading: Reading, aim: Aim) -> list[Part]:
    """Open deals above; below what is left to cover: the quota less what was booked before the day."""
    calendar = scene.standing.company.working_calendar
    parts = []
    for facts, rows in facts_behind(scene, reading.metric.key, aim.span, _where(scene, card, reading.item), MOST_ROWS):
        if isinstance(facts, Open):
            side, measure, factor = NUMERATOR, OPEN[reading.metric.key], 1
        else:
            side, measure = DENOMINATOR, scene.catalogue.measures[facts.measure]
            factor = 1 if facts.measure == "quota" else -1
        parts.append(part(side, measure, measure.label, factor, rows, aim.span, calendar))
    return [one for one in parts if one is not None]


def _parts(scene: Scene, card: RepScorecard, reading: Reading, aim: Aim) -> tuple[Part, ...]:
    terms = reading.metric.terms
    sides = [(NUMERATOR, one) for one in terms.numerator] + [(DENOMINATOR, one) for one in terms.denominator]
    is_open = reading.metric.key in OPEN
    parts = _of_plan(scene, card, reading, aim) if is_open else _of_metric(scene, card, reading, aim, sides)
    if aim.origin is Origin.QUOTA:
        quota = replace(reading, metric=scene.metric(str(reading.item.target_from)))
        parts += _of_metric(scene, card, quota, aim, [(TARGET, one) for one in quota.metric.terms.numerator])
    return tuple(parts)


def _of_metric(
    scene: Scene, card: RepScorecard, reading: Reading, aim: Aim, sides: Sequence[tuple[str, Term]]
) -> list[Part]:
    """The measures of a metric, each with its rows on the days of the target."""
    found = rows_behind(scene, reading.metric.key, aim.span, _where(scene, card, reading.item), MOST_ROWS)
    calendar = scene.standing.company.working_calendar
    parts = []
    for side, term in sides:
        measure = scene.catalogue.measures.get(scene.measures([term.measure])[0])
        if measure is None:
            continue
        label = " · ".join([measure.label, *(f"{name} {wanted}" for name, wanted in term.where)])
        if label in found:
            rows = _of_quota_days(scene, card, aim, found[label])
            parts.append(part(side, measure, label, term.factor, rows, aim.span, calendar))
    return [one for one in parts if one is not None]


def _of_quota_days(scene: Scene, card: RepScorecard, aim: Aim, rows: pd.DataFrame) -> pd.DataFrame:
    """Against a quota only what was reached on the days that the rep's own quotas speak for counts."""
    own = scene.quota_spans.get(card.person_id)
    if aim.origin is not Origin.QUOTA or own is None or "last_on" in rows:
        return rows
    return rows[[own.start <= day < own.end for day in rows["on"]]]


def _where(scene: Scene, card: RepScorecard, item: Item) -> dict[str, str]:
    if item.scope is Scope.OWN:
        return {"rep": card.rep}
    names = dict(zip(scene.org.people["id"], scene.org.people["name"], strict=True))
    return {"manager": names[card.person_id]}
