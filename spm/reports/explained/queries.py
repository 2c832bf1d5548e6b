"""What a scorecard rests on, fetched from the facts."""

import pandas as pd

from spm.metrics.queries import Scene, rows_behind
from spm.reports.explained.evidence import DENOMINATOR, NUMERATOR, Evidence, Part, in_order, part
from spm.scorecards.aims import Aim, Origin
from spm.scorecards.model import Item, Scope
from spm.scorecards.result import RepScorecard
from spm.scorecards.scored import RoleScore
from spm.scorecards.scoring import Reading

MOST_ROWS = 100_000


def evidence_of(scene: Scene, card: RepScorecard) -> list[list[Evidence]]:
    """For each role of a scorecard its items with target, actual and the rows behind it; those that count first."""
    return [_of_part(scene, card, role_score) for role_score in card.role_scores]


def _of_part(scene: Scene, card: RepScorecard, role_score: RoleScore) -> list[Evidence]:
    scores = {item.reading.item: item for item in role_score.score.counted}
    readings = [*(item.reading for item in role_score.score.counted), *role_score.score.left_out]
    return in_order(
        [
            Evidence(
                reading.item,
                reading,
                scores.get(reading.item),
                aim := role_score.aim(reading.item),
                _parts(scene, card, reading, aim) if aim else (),
            )
            for reading in readings
        ]
    )


def _parts(scene: Scene, card: RepScorecard, reading: Reading, aim: Aim) -> tuple[Part, ...]:
    where = _where(scene, card, reading.item)
    found = rows_behind(scene, reading.metric.key, aim.span, where, MOST_ROWS)
    calendar = scene.standing.company.working_calendar
    terms, parts = reading.metric.terms, []
    for side, term in [(NUMERATOR, one) for one in terms.numerator] + [(DENOMINATOR, one) for one in terms.denominator]:
        measure = scene.catalogue.measures.get(scene.measures([term.measure])[0])
        if measure is None:
            continue
        label = " · ".join([measure.label, *(f"{name} {wanted}" for name, wanted in term.where)])
        if label in found:
            rows = _of_quota_days(scene, card, aim, found[label])
            parts.append(part(side, measure, label, term.factor, rows, aim.span, calendar))
    return tuple(one for one in parts if one is not None)


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
