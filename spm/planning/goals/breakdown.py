"""A goal's needs as whole numbers by rep, month and working day; and whether it is a goal at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

import pandas as pd

from spm import money
from spm.metrics import wording
from spm.metrics.registry import Metric, Unit
from spm.planning.goals.funnel import BOOKINGS, Need, Ratios, needs

TOO_HARD, TOO_EASY = 0.2, 0.9


@dataclass(frozen=True)
class RoleGoal:
    """What a role answers for: `amount` of the metric `of`, bookings in minor units or what it hands over to others.

    `ratios` are the role's own. `weights`: rep → what each month of the plan weighs, such as the quota's months, so that
    season and ramp are in it.
    """

    role: str
    amount: float
    ratios: Ratios
    weights: Mapping[str, Sequence[float]]
    of: str = BOOKINGS

    @property
    def needs(self) -> tuple[Need, ...]:
        return needs(self.amount, self.ratios, self.of)

    @property
    def needed_counts(self) -> dict[str, int]:
        """Metric → its need in whole, rounded up."""
        return {need.metric: ceil(round(need.needed.value, 6)) for need in self.needs}  # 400.0000000001 deals are 400


def by_rep_and_month(goal: RoleGoal, months: Sequence[date], working_days_count: Sequence[int]) -> pd.DataFrame:
    """One row a rep, month and metric: role, rep, month, metric, needed_count, low_count, high_count, per_day_count.

    The counts of a metric are whole and add up to its need, rounded up. `per_day_count` is ÷ the working days of the
    month, NaN in one without any; low and high are the need's range in the same proportion.
    """
    cells = [(rep, at) for rep in goal.weights for at in range(len(months))]
    weights = [goal.weights[rep][at] for rep, at in cells]
    rows, needed_counts = [], goal.needed_counts
    for need in goal.needs:
        counts = money.split(needed_counts[need.metric], weights)
        low, high = (each / need.needed.value for each in (need.needed.low, need.needed.high))
        for (rep, at), count in zip(cells, counts, strict=True):
            days_count = working_days_count[at]
            per_day = count / days_count if days_count else float("nan")
            rows.append((goal.role, rep, months[at], need.metric, count, count * low, count * high, per_day))
    columns = ["role", "rep", "month", "metric", "needed_count", "low_count", "high_count", "per_day_count"]
    return pd.DataFrame(rows, columns=columns)


@dataclass(frozen=True)
class Answer:
    """One of the four things that make a goal a goal, with what was found and whether that will do."""

    question: str
    answer: str
    is_met: bool


def smart(
    metric: Metric | None, ends_on: date | None, owner: str | None, probability: float | None
) -> tuple[Answer, Answer, Answer, Answer]:
    """The four computed answers: what measures it, by when (the last day), who answers for it, and is it within reach."""
    return (
        Answer(
            "What measures it?", f"{metric.label}: {metric.meaning}" if metric else "No metric yet.", metric is not None
        ),
        Answer("By when?", f"{ends_on.day} {ends_on:%B %Y}" if ends_on else "No end date yet.", ends_on is not None),
        Answer("Who answers for it?", owner or "Nobody yet.", bool(owner)),
        _within_reach(probability),
    )


def _within_reach(probability: float | None) -> Answer:
    question = "Is it within reach?"
    if probability is None:
        return Answer(question, "No projection yet, so nobody can say.", False)
    odds = f"{wording.full(Unit.SHARE, probability, '')} likely by the projection"
    if probability < TOO_HARD:
        return Answer(question, f"Hardly: {odds}, under {100 * TOO_HARD:.0f} %.", False)
    if probability > TOO_EASY:
        return Answer(question, f"Too easily: {odds}, over {100 * TOO_EASY:.0f} %.", False)
    return Answer(question, f"Yes: {odds}.", True)
