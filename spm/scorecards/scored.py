"""One person's scores of a period: each stretch on its own role's scorecard, the whole by working days. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isinf

from spm.calendar import Span
from spm.metrics.registry import Nature
from spm.people.roles import label_of
from spm.scorecards.aims import Aim, Ground, Origin, aim
from spm.scorecards.bands import Bands
from spm.scorecards.groups import Combined, Part, combined
from spm.scorecards.model import Item, Scope, Scorecard
from spm.scorecards.scoring import Reading, Score, score
from spm.scorecards.stretches import Stretch


@dataclass(frozen=True)
class RoleScore:
    """The score of the days that a person spent in one role.

    `to_date`, while the period runs: the same actuals against the part of each target that is due by now, None once it
    is over. `aims` has one for each item, in the scorecard's order. `version`: that of the scorecard, None for the one
    that a role starts with.
    """

    role: str
    span: Span
    days_count: int
    score: Score
    to_date: Score | None
    aims: tuple[tuple[Item, Aim], ...]
    version: int | None = None

    @property
    def label(self) -> str:
        return label_of(self.role)

    def aim(self, item: Item) -> Aim | None:
        """How the item's target came about, None for one that waits for its metric."""
        return next((aim for known, aim in self.aims if known == item), None)


def role_score(ground: Ground, scorecard: Scorecard, bands: Bands, stretch: Stretch) -> RoleScore:
    """The score of a stretch by a scorecard."""
    aims = tuple((item, aim(ground, item, stretch)) for item in scorecard.items if not item.is_waiting)
    waiting = [item for item in scorecard.items if item.is_waiting]
    readings = [_reading(ground, item, found, stretch) for item, found in aims]
    due = [_due(ground, reading, stretch) for reading in readings] if ground.figures.is_running else []
    return RoleScore(
        stretch.role,
        stretch.span,
        days_count=ground.figures.working.days_count(stretch.span),
        score=score(readings, bands, waiting),
        to_date=score(due, bands, waiting) if due else None,
        aims=aims,
        version=scorecard.version,
    )


def whole(parts: Sequence[RoleScore], bands: Bands) -> Combined:
    """The score of all parts, by their working days."""
    return combined([Part(part.role, part.score.value, part.days_count) for part in parts], bands)


def whole_to_date(parts: Sequence[RoleScore], bands: Bands) -> Combined | None:
    """The same against what is due by now, None once the period is over."""
    so_far = [Part(part.role, part.to_date.value, part.days_count) for part in parts if part.to_date]
    return combined(so_far, bands) if so_far else None


def _reading(ground: Ground, item: Item, found: Aim, stretch: Stretch) -> Reading:
    actual = _actual(ground, item, found, stretch)
    is_covered = actual is not None and isinf(actual)
    target = found.target.value if found.target else None
    return Reading(item, ground.metric(item), target, None if is_covered else actual, is_covered)


def _actual(ground: Ground, item: Item, found: Aim, stretch: Stretch) -> float | None:
    """The actual of an item; of bookings against a quota those of the days that the quotas speak for."""
    if found.origin is Origin.QUOTA and (item.metric, item.scope) == ("bookings", Scope.OWN):
        return ground.figures.value("attainment", stretch, item.scope, found.span, part="numerator")
    return ground.figures.value(item.metric, stretch, item.scope, found.span)


def _due(ground: Ground, reading: Reading, stretch: Stretch) -> Reading:
    """The reading with the part of its target that is due by now; only what adds up over the period grows with it."""
    metric = reading.metric
    if reading.target is None or not (metric.nature is Nature.SUM or "quota" in metric.denominator):
        return reading
    return replace(reading, target=reading.target * ground.figures.due_share(metric, stretch.span))
