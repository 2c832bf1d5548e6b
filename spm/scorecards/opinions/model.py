"""Opinions put together by role and item, so that nobody's can be told. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from spm.scorecards.model import Scope

FEWEST = 5
"""Answers below which nothing is shown, not even how many there are."""


@dataclass(frozen=True)
class Opinion:
    """What one person says of an item; None where they did not say."""

    person_id: int
    role: str
    metric: str
    scope: Scope
    is_fair: bool | None
    is_within_reach: bool | None
    comment: str


@dataclass(frozen=True)
class Summary:
    """What a role says of an item: shares of those who answered each question, None below FEWEST answers.

    `comments` are in the order of their words, not of their authors; none below FEWEST answers to any question.
    """

    role: str
    metric: str
    scope: Scope
    fair_share: float | None
    fair_count: int | None
    reach_share: float | None
    reach_count: int | None
    comments: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        return self.fair_share is not None or self.reach_share is not None


def summaries(opinions: Sequence[Opinion]) -> list[Summary]:
    """One for each role and item that anybody said something of, in the order of roles and metrics."""
    keys = sorted({(one.role, one.metric, one.scope) for one in opinions})
    return [_summary(*key, [one for one in opinions if (one.role, one.metric, one.scope) == key]) for key in keys]


def _summary(role: str, metric: str, scope: Scope, opinions: Sequence[Opinion]) -> Summary:
    fair_share, fair_count = _share([one.is_fair for one in opinions])
    reach_share, reach_count = _share([one.is_within_reach for one in opinions])
    is_known = fair_share is not None or reach_share is not None
    comments = sorted((one.comment for one in opinions if one.comment), key=str.casefold) if is_known else []
    return Summary(role, metric, scope, fair_share, fair_count, reach_share, reach_count, tuple(comments))


def _share(answers: Sequence[bool | None]) -> tuple[float | None, int | None]:
    """The share of yes among those who answered and how many did; nothing at all below FEWEST."""
    known = [answer for answer in answers if answer is not None]
    return (sum(known) / len(known), len(known)) if len(known) >= FEWEST else (None, None)
