"""A company's goal as what each role answers for, and as targets on its scorecard. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from spm.calendar import Grain
from spm.metrics.registry import METRICS
from spm.planning.goals.breakdown import RoleGoal
from spm.planning.goals.funnel import BOOKINGS, Ratios
from spm.scorecards.model import Item, Scorecard

HANDED_OVER = "qualified_leads"  # what a role that books nothing answers for
MONTHS_A = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}


@dataclass(frozen=True)
class Doing:
    """What a role does: its ratios, how much of each metric it did, whether it hands over what it does to those who book."""

    role: str
    ratios: Ratios
    done: Mapping[str, float]
    hands_over: bool


def role_goals(
    doing: Sequence[Doing], quotas: Mapping[str, Mapping[str, Sequence[int]]], others: Mapping[str, Sequence[str]]
) -> list[RoleGoal]:
    """The goal of each role. `quotas`: role → rep → quota by month, of those who book; `others`: role → its reps.

    Roles that book answer for their quotas. A role that hands over answers for its part of the qualified leads that those
    need, by what it did of all of them; evenly over its reps and months.
    """
    found = []
    for one in doing:
        months = quotas.get(one.role, {})
        if months and not one.hands_over:
            found.append(RoleGoal(one.role, sum(map(sum, months.values())), one.ratios, months))
    asked = sum(need.needed.value for goal in found for need in goal.needs if need.metric == HANDED_OVER)
    whole = sum(one.done.get(HANDED_OVER, 0.0) for one in doing)
    count = max((len(months) for goal in found for months in goal.weights.values()), default=0)
    for one in doing:
        share = one.done.get(HANDED_OVER, 0.0) / whole if whole else 0.0
        reps = others.get(one.role, ())
        if one.hands_over and reps and asked * share > 0:
            weights = {rep: [1.0] * count for rep in reps}
            found.append(RoleGoal(one.role, asked * share, one.ratios, weights, of=HANDED_OVER))
    return found


def with_targets(scorecard: Scorecard, goal: RoleGoal, months_count: int) -> Scorecard:
    """The scorecard with the targets that the role's goal asks of one rep in a mean month of so many; other items stay."""
    people_months = len(goal.weights) * months_count
    needed = {metric: count / people_months for metric, count in goal.needed_counts.items()}
    return replace(scorecard, items=tuple(_aimed(item, needed) for item in scorecard.items))


def _aimed(item: Item, needed: Mapping[str, float]) -> Item:
    metric = METRICS.get(item.metric)
    if metric is None or item.period not in MONTHS_A or item.metric == BOOKINGS or metric.is_ratio:
        return item
    known = [needed[measure] for measure in metric.numerator if measure in needed]
    if len(known) < len(metric.numerator):
        return item
    return replace(item, target=float(ceil(sum(known) * MONTHS_A[item.period])), target_from=None)
