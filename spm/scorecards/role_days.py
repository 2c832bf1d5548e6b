"""The scores of whoever had a role on the same days, by its scorecard. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isinf

from spm.calendar import Span
from spm.scorecards.aims import Aim, Asking, Ground, Origin
from spm.scorecards.bands import Bands
from spm.scorecards.days import ADD_UP
from spm.scorecards.model import Scope, Scorecard
from spm.scorecards.scored import RoleScore
from spm.scorecards.scoring import Reading, score
from spm.scorecards.stretches import Stretch


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


class RoleDays:
    """A role's scorecard on certain days."""

    def __init__(self, ground: Ground, scorecard: Scorecard, bands: Bands, role: str, span: Span) -> None:
        self.ground, self.scorecard, self.bands = ground, scorecard, bands
        self._asking = [Asking(ground, item, role, span) for item in scorecard.items if not item.is_waiting]
        self._waiting = [item for item in scorecard.items if item.is_waiting]
        self._days_count = ground.figures.working.days_count(span)

    def score(self, stretch: Stretch) -> RoleScore:
        """The score of these days for whose stretch they are, with those of its stays."""
        asked = [_asked(one, stretch) for one in self._asking]
        stays = tuple(self._score_of_stay(stretch, stay, asked) for stay in stretch.stays)
        return self._score(stretch, asked, stays)

    def _score_of_stay(self, stretch: Stretch, stay: Stretch, asked: Sequence[_Asked]) -> RoleScore:
        days = RoleDays(self.ground, self.scorecard, self.bands, stay.role, stay.span)
        within = zip(asked, self._asking, days._asking, strict=True)
        return days._score(stay, [_within(one, whole, part, stretch, stay) for one, whole, part in within])

    def _score(self, days: Stretch, asked: Sequence[_Asked], stays: tuple[RoleScore, ...] = ()) -> RoleScore:
        due = [one.due for one in asked] if self.ground.figures.is_running else []
        return RoleScore(
            days.role,
            days.team,
            days.manager,
            days.reporting_line,
            days.span,
            days_count=self._days_count,
            score=score([one.reading for one in asked], self.bands, self._waiting),
            to_date=score(due, self.bands, self._waiting) if due else None,
            aims=tuple((one.reading.item, one.aim) for one in asked),
            version=self.scorecard.version,
            stays=stays,
        )


def _asked(asking: Asking, stretch: Stretch) -> _Asked:
    found = asking.aim(stretch)
    return _Asked(found, _reading(asking, found, stretch), asking.due_share)


def _within(asked: _Asked, whole: Asking, part: Asking, stretch: Stretch, stay: Stretch) -> _Asked:
    """What belongs to the days of a stay: of what adds up its part, of anything else all of it in the last stay."""
    if whole.metric.nature in ADD_UP:
        found = part.part(asked.aim, stay)
        return _Asked(found, _reading(part, found, stay), whole.due_share_of(stay.span))
    if stay is stretch.stays[-1]:
        return asked
    return replace(asked, aim=replace(asked.aim, target=None), reading=Reading(whole.item, whole.metric))


def _reading(asking: Asking, found: Aim, stretch: Stretch) -> Reading:
    actual, numerator, denominator = _actual(asking, found, stretch)
    is_covered = actual is not None and isinf(actual)
    return Reading(
        asking.item,
        asking.metric,
        target=found.target.value if found.target else None,
        actual=None if is_covered else actual,
        is_covered=is_covered,
        numerator=numerator,
        denominator=denominator,
    )


def _actual(asking: Asking, found: Aim, stretch: Stretch) -> tuple[float | None, ...]:
    """The actual of an item, with its parts; of bookings against a quota that of the days that the quotas speak for."""
    item, figures = asking.item, asking.ground.figures
    if found.origin is Origin.QUOTA and (item.metric, item.scope) == ("bookings", Scope.OWN):
        _, booked, _ = figures.parts("attainment", stretch, item.scope, found.span)
        return booked, None, None
    return figures.parts(item.metric, stretch, item.scope, found.span)
