"""What a scorecard rests on, fetched from the facts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from spm.calendar import Period, Span
from spm.metrics.behind import Open, facts_behind, rows_behind
from spm.metrics.measures import Measure, Tally, Unit
from spm.metrics.queries import Scene
from spm.metrics.registry import Metric, Term
from spm.reports.explained.evidence import DENOMINATOR, NUMERATOR, TARGET, Evidence, Part, part
from spm.reports.explained.members import Member, Shared
from spm.reports.explained.workings import workings
from spm.scorecards.aims import Aim, Ground, Origin
from spm.scorecards.model import Item, Scope
from spm.scorecards.queries import live_of
from spm.scorecards.result import RepScorecard
from spm.scorecards.rollup import Group, GroupRole, GroupScore, readings_of
from spm.scorecards.scored import RoleScore
from spm.scorecards.scoring import Reading, Score
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


def shared_of(
    scene: Scene, group: Group, score: GroupScore, period: Period, where: Mapping[str, str]
) -> list[list[Shared]]:
    """For each role of a group's score its items with the rows behind them, and what each member was asked and reached.

    `where` names the part of the company whose facts are the group's, beside the role.
    """
    names = dict(zip(scene.org.people["id"], scene.org.people["name"], strict=True))
    return [
        [
            _shared(scene, item, role, period, where, _members(scene, names, item.reading.item, role, group))
            for item in _items_of(role.score)
        ]
        for role in score.roles
    ]


def _shared(
    scene: Scene,
    evidence: Evidence,
    role: GroupRole,
    period: Period,
    where: Mapping[str, str],
    members: tuple[Member, ...],
) -> Shared:
    metric = evidence.reading.metric
    is_own = evidence.item.scope is Scope.OWN
    parts = _of_actual(scene, metric, period, {**where, "role": role.role}) if is_own else []
    units = (_unit_of(scene, metric.terms.numerator, metric), _unit_of(scene, metric.terms.denominator, metric))
    return Shared(replace(evidence, parts=tuple(parts)), members, units)


def _unit_of(scene: Scene, terms: Sequence[Term], metric: Metric) -> Unit:
    known = [scene.catalogue.measures.get(key) for key in scene.measures([term.measure for term in terms])]
    return next((measure.unit for measure in known if measure), metric.unit)


def _members(scene: Scene, names: Mapping[int, str], item: Item, role: GroupRole, group: Group) -> tuple[Member, ...]:
    """Everyone who had the item in the role, for their days in the group; against a quota the rows of its days count."""
    found = []
    for one, spent in group.days:
        reading = readings_of(spent).get(item) if spent.role == role.role else None
        if reading is None:
            continue
        aim, own = spent.aim(item), scene.quota_spans.get(one.person_id)
        counted = spent.span.overlap(own) if own and aim and aim.origin is Origin.QUOTA else None
        found.append(Member(one.rep, names[one.person_id], spent.team, spent.span, reading, counted or spent.span))
    return tuple(found)


def _of_part(
    scene: Scene, card: RepScorecard, role_score: RoleScore, ground: Ground, stretch: Stretch | None
) -> list[Evidence]:
    found = []
    for one in _items_of(role_score.score):
        aim = role_score.aim(one.item)
        parts = _parts(scene, card, one.reading, aim) if aim else ()
        known = workings(ground, one.item, aim, stretch) if aim and stretch else ()
        found.append(replace(one, aim=aim, parts=parts, workings=known))
    return found


def _items_of(score: Score) -> list[Evidence]:
    """The items of a score, those that count first, without what is behind them."""
    counted = [Evidence(one.reading.item, one.reading, one, None, ()) for one in score.counted]
    return counted + [Evidence(one.item, one, None, None, ()) for one in score.left_out]


def _parts(scene: Scene, card: RepScorecard, reading: Reading, aim: Aim) -> tuple[Part, ...]:
    """Of the days of the target; against a quota only those on which the rep's own quotas speak count."""
    where, is_of_quota = _where(scene, card, reading.item), aim.origin is Origin.QUOTA
    parts = _of_actual(scene, reading.metric, aim.span, where)
    if not is_of_quota:
        return tuple(parts)
    own = scene.quota_spans.get(card.person_id)
    quota = scene.metric(str(reading.item.target_from))
    sides = [(TARGET, one) for one in quota.terms.numerator]
    return tuple([one.within(own) if own else one for one in parts] + _of_metric(scene, quota, aim.span, where, sides))


def _of_actual(scene: Scene, metric: Metric, span: Span, where: Mapping[str, str]) -> list[Part]:
    """The measures of a metric above and below, each with its rows."""
    if metric.key in OPEN:
        return _of_plan(scene, metric, span, where)
    terms = metric.terms
    sides = [(NUMERATOR, one) for one in terms.numerator] + [(DENOMINATOR, one) for one in terms.denominator]
    return _of_metric(scene, metric, span, where, sides)


def _of_plan(scene: Scene, metric: Metric, span: Span, where: Mapping[str, str]) -> list[Part]:
    """Open deals above; below what is left to cover: the quota less what was booked before the day."""
    calendar = scene.standing.company.working_calendar
    parts = []
    for facts, rows in facts_behind(scene, metric.key, span, where, MOST_ROWS):
        if isinstance(facts, Open):
            side, measure, factor = NUMERATOR, OPEN[metric.key], 1
        else:
            side, measure = DENOMINATOR, scene.catalogue.measures[facts.measure]
            factor = 1 if facts.measure == "quota" else -1
        parts.append(part(side, measure, measure.label, factor, rows, span, calendar))
    return [one for one in parts if one is not None]


def _of_metric(
    scene: Scene, metric: Metric, span: Span, where: Mapping[str, str], sides: Sequence[tuple[str, Term]]
) -> list[Part]:
    """The measures of a metric, each with its rows."""
    found = rows_behind(scene, metric.key, span, where, MOST_ROWS)
    calendar = scene.standing.company.working_calendar
    parts = []
    for side, term in sides:
        measure = scene.catalogue.measures.get(scene.measures([term.measure])[0])
        if measure is None:
            continue
        label = " · ".join([measure.label, *(f"{name} {wanted}" for name, wanted in term.where)])
        if label in found:
            parts.append(part(side, measure, label, term.factor, found[label], span, calendar))
    return [one for one in parts if one is not None]


def _where(scene: Scene, card: RepScorecard, item: Item) -> dict[str, str]:
    if item.scope is Scope.OWN:
        return {"rep": card.rep}
    names = dict(zip(scene.org.people["id"], scene.org.people["name"], strict=True))
    return {"manager": names[card.person_id]}
