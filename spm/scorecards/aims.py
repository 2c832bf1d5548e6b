"""Where each target comes from: agreed with the person, a quota, the scorecard, or what the role did before. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from spm.calendar import ONE_DAY, Grain, Span
from spm.metrics import wording
from spm.metrics.registry import Metric, Nature, Unit
from spm.people.org import ALWAYS, NEVER
from spm.scorecards.figures import Figures
from spm.scorecards.model import Item
from spm.scorecards.personal import Level, Override, Personal
from spm.scorecards.stretches import Stretch
from spm.scorecards.targets import (
    Absence,
    SuggestedTarget,
    Target,
    of_days,
    own_target,
    presence_share,
    ramp_share,
)

NO_SEASON = " No season in it yet: that takes two years of sheets."


class Origin(StrEnum):
    """Where a target comes from."""

    AGREED = "agreed"
    QUOTA = "quota"
    LEVEL = "level"
    SCORECARD = "scorecard"
    SUGGESTED = "suggested"


@dataclass(frozen=True)
class Aim:
    """An item's target and how it came about. `target` is None where there is nothing to take one from.

    `span`: the days that target and actual speak of: `scored`, or the part of it that quotas cover. `grain` is the length
    of period that the target is for. `said` are the words of a target that was frozen with its period.
    """

    target: Target | None
    origin: Origin | None
    span: Span
    scored: Span
    grain: Grain
    unit: Unit
    currency: str
    level: str | None = None
    suggestion: SuggestedTarget | None = None
    override: Override | None = None
    said: str = ""

    @property
    def words(self) -> str:
        """How the target came about, in a sentence with its arithmetic."""
        if self.said:
            return self.said
        if self.target is None or self.origin is None:
            return f"No {self.grain} before this one to take a target from."
        return f"{self._found(self.target)}{NO_SEASON if self.target.lacks_season else ''}"

    def _found(self, target: Target) -> str:
        arithmetic = target.sentence(self._shown)
        match self.origin:
            case Origin.QUOTA:
                return f"Quota {arithmetic}{of_days(self.span, self.scored)}."
            case Origin.AGREED if self.override:
                return f"{arithmetic}, {_agreed(self.override, self._shown)}"
            case Origin.LEVEL:
                return f"The scorecard asks {arithmetic} at the level “{self.level}”."
            case Origin.SUGGESTED if self.suggestion:
                return f"{arithmetic}: {self.suggestion.words(self.grain)}"
        return f"The scorecard asks {arithmetic}."

    def _shown(self, value: float) -> str:
        if self.unit is Unit.COUNT:
            return f"{round(value, 2):,.10g}"  # the arithmetic has to be seen to come out: 29.16, not 29.2
        return wording.whole(self.unit, value, self.currency)


class Shares(NamedTuple):
    """How much of a full target belongs to somebody on certain days: by ramp, and by presence."""

    ramp: float = 1.0
    presence: float = 1.0


FULL = Shares()


@dataclass(frozen=True)
class Ground:
    """What everybody's targets of a period rest on.

    `people`: id → row of `Org.people`; `absences`: id → leave. `ramp_of`: role → shares of a full target by month of tenure.
    """

    figures: Figures
    people: Mapping[int, Mapping[str, Any]]
    absences: Mapping[int, Sequence[Absence]]
    personal: Personal
    currency: str
    ramp_of: Callable[[str], Sequence[float]]
    _shares: dict[tuple[str, Span], "SharesOn"] = field(init=False, default_factory=dict, repr=False, compare=False)

    def metric(self, item: Item) -> Metric:
        return self.figures.source.metric(item.metric)

    def shares_on(self, role: str, span: Span) -> "SharesOn":
        """Those of whoever has a role on these days; worked out once for all items."""
        if (role, span) not in self._shares:
            self._shares[role, span] = SharesOn(self, role, span)
        return self._shares[role, span]


class SharesOn:
    """The shares of people in a role on certain days."""

    def __init__(self, ground: Ground, role: str, span: Span) -> None:
        self._ground, self._ramp, self._days = ground, ground.ramp_of(role), ground.figures.working.days(span)
        self._found: dict[int, Shares] = {}

    def of(self, person_id: int) -> Shares:
        if person_id not in self._found:
            person, leaves = self._ground.people[person_id], self._ground.absences.get(person_id, ())
            self._found[person_id] = Shares(
                ramp_share(person["started_on"], self._days, self._ramp),
                presence_share(self._days, employed(person), leaves),
            )
        return self._found[person_id]


class Asking:
    """What an item asks of whoever has a role on certain days: what is the same for several people is worked out once."""

    def __init__(self, ground: Ground, item: Item, role: str, span: Span) -> None:
        self.ground, self.item, self.role, self.span = ground, item, role, span
        self.metric, self._last_day = ground.metric(item), span.last_day
        self._sharing = ground.shares_on(role, span) if self.metric.nature is Nature.SUM else None
        self._aims: dict[tuple[Level | None, Shares], Aim] = {}

    def aim(self, stretch: Stretch) -> Aim:
        """The target: what was agreed, else the quota where asked for and known, else the level's, else the
        scorecard's, else a suggested one (DEFINITIONS 3)."""
        if override := self.ground.personal.override_on(stretch.person_id, self.item, self._last_day):
            return self._aim(self._agreed(override, stretch), Origin.AGREED, override.grain, override=override)
        return self.calculated(stretch)

    def calculated(self, stretch: Stretch) -> Aim:
        """The target without anything agreed: what an override replaces."""
        if self.item.target_from and (quota := self._quota(stretch)):
            return quota
        level = self.ground.personal.level_on(stretch.person_id, self._last_day) if self.item.levels else None
        key = level, self._shares(stretch)
        if key not in self._aims:
            self._aims[key] = self._by_level(*key)
        return self._aims[key]

    def part(self, whole: Aim, stay: Stretch) -> Aim:
        """The part of an aim for more days that is for those of a stay: worked out as the whole was, so that the parts add up."""
        narrowed = replace(whole, span=self.span, scored=self.span)
        if whole.target is None:
            return narrowed
        if whole.origin is Origin.QUOTA:
            return self._quota(stay) or replace(narrowed, target=None)
        if whole.override:
            return replace(narrowed, target=self._agreed(whole.override, stay))
        return replace(narrowed, target=self._adjusted(whole.target.base, whole.grain, self._shares(stay)))

    @cached_property
    def due_share(self) -> float:
        """What part of a target is due by now: only what adds up grows over time."""
        return self.due_share_of(None)

    def due_share_of(self, part: Span | None) -> float:
        """The same of the part of a target that is for some of the days."""
        figures = self.ground.figures
        if not figures.is_running or not (self.metric.nature is Nature.SUM or "quota" in self.metric.denominator):
            return 1.0
        return figures.due_share(self.metric, self.span, part)

    def _shares(self, stretch: Stretch) -> Shares:
        return self._sharing.of(stretch.person_id) if self._sharing else FULL

    def _by_level(self, level: Level | None, shares: Shares) -> Aim:
        by_level, grain = dict(self.item.levels), self.item.period
        if level in by_level:
            return self._aim(self._adjusted(by_level[level], grain, shares), Origin.LEVEL, grain, level=level)
        if self.item.target is not None:
            return self._aim(self._adjusted(self.item.target, grain, shares), Origin.SCORECARD, grain)
        item, suggestion = self.ground.figures.suggested(self.item, self.role)
        if suggestion is None:
            return self._aim(None, None, item.period)
        target = self._adjusted(suggestion.value, item.period, shares)
        return self._aim(target, Origin.SUGGESTED, item.period, suggestion=suggestion)

    def _aim(self, target: Target | None, origin: Origin | None, grain: Grain, **found: Any) -> Aim:
        known = {"span": self.span, "scored": self.span, "grain": grain, **found}
        return Aim(target, origin, unit=self.metric.unit, currency=self.ground.currency, **known)

    def _quota(self, stretch: Stretch) -> Aim | None:
        span, figures = self._quota_span, self.ground.figures
        quota = figures.value(str(self.item.target_from), stretch, self.item.scope, span) if span else None
        return None if quota is None else self._aim(Target(quota), Origin.QUOTA, self.item.period, span=span)

    @cached_property
    def _quota_span(self) -> Span | None:
        """The days of which quotas speak."""
        source = self.ground.figures.source
        reach = source.reach(source.metric(str(self.item.target_from)))
        return reach.overlap(self.span) if reach else None

    def _agreed(self, override: Override, stretch: Stretch) -> Target:
        if override.is_full:
            return self._adjusted(override.target, override.grain, self._shares(stretch))
        item = replace(self.item, period=override.grain)
        periods_count = self.ground.figures.periods_count(override.grain, self.span)
        return own_target(override.target, item, self.metric, periods_count=periods_count)

    def _adjusted(self, base: float, grain: Grain, shares: Shares) -> Target:
        """A full target as it holds for one person: × ramp × presence × season, where the item is of that kind."""
        if self.metric.nature is not Nature.SUM:
            return Target(base)
        figures = self.ground.figures
        return own_target(
            base,
            replace(self.item, period=grain),
            self.metric,
            ramp_share=shares.ramp,
            presence_share=shares.presence,
            season_index=figures.season(self.item.metric) if self.item.seasonal else 1.0,
            periods_count=figures.periods_count(grain, self.span),
        )


def employed(person: Mapping[str, Any]) -> Span:
    """From the first day to the last; who is known without them was always there."""
    ended_on: date | None = person["ended_on"]
    return Span(person["started_on"] or ALWAYS, ended_on + ONE_DAY if ended_on else NEVER)


def _agreed(override: Override, shown: Any) -> str:
    """As in "agreed in place of 29.16 (40 × …), by Nora on 3 Feb 2026: “inherited territory”."."""
    if override.calculated is None:
        instead = "where nothing was calculated"
    else:
        instead = f"in place of {shown(override.calculated)} a {override.grain}"
        if override.calculated_words:
            instead += f" ({override.calculated_words.rstrip('.')})"
    by = f"by {override.author} on {override.set_on.day} {override.set_on:%b %Y}"
    return f"agreed {instead}, {by}: “{override.reason}”."
