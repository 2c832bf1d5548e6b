"""One person's scores of a period: each stretch on its own role's scorecard, the whole by working days. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import isinf

import pandas as pd

from spm.calendar import Span
from spm.metrics.registry import Nature
from spm.people.roles import label_of
from spm.scorecards.aims import Aim, Ground, Origin, aim, part_of
from spm.scorecards.bands import Bands
from spm.scorecards.days import ADD_UP
from spm.scorecards.groups import Combined, Part, combined
from spm.scorecards.model import Item, Scope, Scorecard
from spm.scorecards.scoring import Reading, Score, score
from spm.scorecards.stretches import Stretch

SCORE_COLUMNS = ("person_id", "rep", "role", "team", "manager", "score", "band", "score_to_date", "band_to_date",
                 "leading", "lagging", "counted")  # fmt: skip


@dataclass(frozen=True)
class RoleScore:
    """The score of the days that a person spent in one role; team, manager and reporting line are the latest of them.

    `to_date`, while the period runs: the same actuals against the part of each target that is due by now, None once it
    is over. `aims` has one for each item, in the scorecard's order. `version`: that of the scorecard, None for the one
    that a role starts with. `stays`: the scores of the same days by team and reporting line, in time; none where both
    stayed as they were.
    """

    role: str
    team: str | None
    manager: str | None
    reporting_line: str | None
    span: Span
    days_count: int
    score: Score
    to_date: Score | None
    aims: tuple[tuple[Item, Aim], ...]
    version: int | None = None
    stays: tuple["RoleScore", ...] = ()

    @property
    def label(self) -> str:
        return label_of(self.role)

    def aim(self, item: Item) -> Aim | None:
        """How the item's target came about, None for one that waits for its metric."""
        return next((aim for known, aim in self.aims if known == item), None)


@dataclass(frozen=True)
class Scored:
    """What one person came to in a period: the scores of their roles in it, at least one, and the whole by working days.

    Team and manager are the latest ones. `whole_to_date` is against what is due by now, None once the period is over.
    """

    person_id: int
    rep: str
    team: str | None
    manager: str | None
    is_role_assumed: bool
    parts: tuple[RoleScore, ...]
    whole: Combined
    whole_to_date: Combined | None


def role_score(ground: Ground, scorecard: Scorecard, bands: Bands, stretch: Stretch) -> RoleScore:
    """The score of a stretch by a scorecard, with those of its stays."""
    asked = [_asked(ground, item, stretch) for item in scorecard.items if not item.is_waiting]
    stays = tuple(
        _score_of_days(ground, scorecard, bands, stay, [_within(ground, one, stretch, stay) for one in asked])
        for stay in stretch.stays
    )
    return replace(_score_of_days(ground, scorecard, bands, stretch, asked), stays=stays)


def whole(parts: Sequence[RoleScore], bands: Bands) -> Combined:
    """The score of all parts, by their working days."""
    return combined([Part(part.role, part.score.value, part.days_count) for part in parts], bands)


def whole_to_date(parts: Sequence[RoleScore], bands: Bands) -> Combined | None:
    """The same against what is due by now, None once the period is over."""
    so_far = [Part(part.role, part.to_date.value, part.days_count) for part in parts if part.to_date]
    return combined(so_far, bands) if so_far else None


def scored(parts: Sequence[RoleScore], theirs: Sequence[Stretch], bands: Bands) -> Scored:
    """One person's result, of the scores of their stretches; at least one."""
    last = theirs[-1]
    return Scored(
        last.person_id, last.rep, last.team, last.manager, any(one.is_role_assumed for one in theirs), tuple(parts),
        whole(parts, bands), whole_to_date(parts, bands),
    )  # fmt: skip


def score_table(results: Iterable[Scored]) -> pd.DataFrame:
    """One row a person, by name, with SCORE_COLUMNS (see `queries.scores`)."""
    rows = []
    for one in results:
        now, latest = one.whole_to_date or one.whole, one.parts[-1]
        rows.append(
            (one.person_id, one.rep, latest.label, one.team, one.manager, one.whole.value, one.whole.band, now.value,
             now.band, latest.score.leading, latest.score.lagging, latest.score.completeness)
        )  # fmt: skip
    return pd.DataFrame(rows, columns=list(SCORE_COLUMNS), dtype=object).sort_values("rep", ignore_index=True)


@dataclass(frozen=True)
class _Asked:
    """What was asked of an item and what it came to, with what part of it is due by now."""

    aim: Aim
    reading: Reading
    due_share: float

    @property
    def due(self) -> Reading:
        target = self.reading.target
        return self.reading if target is None else replace(self.reading, target=target * self.due_share)


def _asked(ground: Ground, item: Item, stretch: Stretch) -> _Asked:
    found = aim(ground, item, stretch)
    return _Asked(found, _reading(ground, item, found, stretch), _due_share(ground, item, stretch.span))


def _within(ground: Ground, whole: _Asked, stretch: Stretch, stay: Stretch) -> _Asked:
    """What belongs to the days of a stay: of what adds up its part, of anything else all of it in the last stay."""
    item, metric = whole.reading.item, whole.reading.metric
    if metric.nature in ADD_UP:
        found = part_of(ground, item, whole.aim, stay)
        return _Asked(found, _reading(ground, item, found, stay), _due_share(ground, item, stretch.span, stay.span))
    if stay == stretch.stays[-1]:
        return whole
    return replace(whole, aim=replace(whole.aim, target=None), reading=Reading(item, metric))


def _score_of_days(
    ground: Ground, scorecard: Scorecard, bands: Bands, days: Stretch, asked: Sequence[_Asked]
) -> RoleScore:
    waiting = [item for item in scorecard.items if item.is_waiting]
    due = [one.due for one in asked] if ground.figures.is_running else []
    return RoleScore(
        days.role,
        days.team,
        days.manager,
        days.reporting_line,
        days.span,
        days_count=ground.figures.working.days_count(days.span),
        score=score([one.reading for one in asked], bands, waiting),
        to_date=score(due, bands, waiting) if due else None,
        aims=tuple((one.reading.item, one.aim) for one in asked),
        version=scorecard.version,
    )


def _reading(ground: Ground, item: Item, found: Aim, stretch: Stretch) -> Reading:
    metric = ground.metric(item)
    actual, numerator, denominator = _actual(ground, item, found, stretch)
    is_covered = actual is not None and isinf(actual)
    return Reading(
        item,
        metric,
        target=found.target.value if found.target else None,
        actual=None if is_covered else actual,
        is_covered=is_covered,
        numerator=numerator,
        denominator=denominator,
    )


def _actual(ground: Ground, item: Item, found: Aim, stretch: Stretch) -> tuple[float | None, ...]:
    """The actual of an item, with its parts; of bookings against a quota that of the days that the quotas speak for."""
    if found.origin is Origin.QUOTA and (item.metric, item.scope) == ("bookings", Scope.OWN):
        _, booked, _ = ground.figures.parts("attainment", stretch, item.scope, found.span)
        return booked, None, None
    return ground.figures.parts(item.metric, stretch, item.scope, found.span)


def _due_share(ground: Ground, item: Item, span: Span, part: Span | None = None) -> float:
    """What part of an item's target is due by now: only what adds up over the period grows with it."""
    metric = ground.metric(item)
    if not ground.figures.is_running or not (metric.nature is Nature.SUM or "quota" in metric.denominator):
        return 1.0
    return ground.figures.due_share(metric, span, part)
