"""Where each target comes from: agreed with the person, a quota, the scorecard, or what the role did before. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from spm.calendar import ONE_DAY, Grain, Span
from spm.metrics import wording
from spm.metrics.registry import Metric, Nature, Unit
from spm.people.org import ALWAYS, NEVER
from spm.scorecards.figures import Figures
from spm.scorecards.model import Item
from spm.scorecards.personal import Override, Personal
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

    def metric(self, item: Item) -> Metric:
        return self.figures.source.metric(item.metric)


def aim(ground: Ground, item: Item, stretch: Stretch) -> Aim:
    """The target of an item: what was agreed, else the quota where asked for and known, else the level's, else the
    scorecard's, else a suggested one (DEFINITIONS 3)."""
    if override := ground.personal.override_on(stretch.person_id, item, stretch.span.last_day):
        return _agreed_aim(ground, item, stretch, override)
    return calculated_aim(ground, item, stretch)


def calculated_aim(ground: Ground, item: Item, stretch: Stretch) -> Aim:
    """The target of an item without anything agreed: what an override replaces."""
    if item.target_from and (quota := _quota(ground, item, stretch)):
        return quota
    level = ground.personal.level_on(stretch.person_id, stretch.span.last_day)
    by_level = dict(item.levels)
    if level in by_level:
        target = _adjusted(ground, item, by_level[level], stretch)
        return _aim(ground, item, stretch, target, Origin.LEVEL, level=level)
    if item.target is not None:
        return _aim(ground, item, stretch, _adjusted(ground, item, item.target, stretch), Origin.SCORECARD)
    item, suggestion = ground.figures.suggested(item, stretch.role)
    if suggestion is None:
        return _aim(ground, item, stretch, None, None)
    target = _adjusted(ground, item, suggestion.value, stretch)
    return _aim(ground, item, stretch, target, Origin.SUGGESTED, suggestion=suggestion)


def part_of(ground: Ground, item: Item, whole: Aim, part: Stretch) -> Aim:
    """The part of an item's aim that is for some of its days: worked out as the whole was, so that the parts add up."""
    narrowed = replace(whole, span=part.span, scored=part.span)
    if whole.target is None:
        return narrowed
    if whole.origin is Origin.QUOTA:
        return _quota(ground, item, part) or replace(narrowed, target=None)
    item = replace(item, period=whole.grain)
    if whole.override:
        return replace(narrowed, target=_agreed_target(ground, item, part, whole.override))
    return replace(narrowed, target=_adjusted(ground, item, whole.target.base, part))


def _aim(
    ground: Ground, item: Item, stretch: Stretch, target: Target | None, origin: Origin | None, **found: Any
) -> Aim:
    known = {"span": stretch.span, "scored": stretch.span, "grain": item.period, **found}
    return Aim(target, origin, unit=ground.metric(item).unit, currency=ground.currency, **known)


def _quota(ground: Ground, item: Item, stretch: Stretch) -> Aim | None:
    source = ground.figures.source
    quotas = source.reach(source.metric(str(item.target_from)))
    span = quotas.overlap(stretch.span) if quotas else None
    quota = ground.figures.value(str(item.target_from), stretch, item.scope, span) if span else None
    if span is None or quota is None:
        return None
    return _aim(ground, item, stretch, Target(quota), Origin.QUOTA, span=span)


def _agreed_aim(ground: Ground, item: Item, stretch: Stretch, override: Override) -> Aim:
    item = replace(item, period=override.grain)
    target = _agreed_target(ground, item, stretch, override)
    return _aim(ground, item, stretch, target, Origin.AGREED, override=override)


def _agreed_target(ground: Ground, item: Item, stretch: Stretch, override: Override) -> Target:
    if override.is_full:
        return _adjusted(ground, item, override.target, stretch)
    periods_count = ground.figures.periods_count(item.period, stretch.span)
    return own_target(override.target, item, ground.metric(item), periods_count=periods_count)


def _adjusted(ground: Ground, item: Item, base: float, stretch: Stretch) -> Target:
    """A full target as it holds for one person: × ramp × presence × season, where the item is of that kind."""
    figures, metric = ground.figures, ground.metric(item)
    if metric.nature is not Nature.SUM:
        return Target(base)
    person, days = ground.people[stretch.person_id], figures.working.days(stretch.span)
    return own_target(
        base,
        item,
        metric,
        ramp_share=ramp_share(person["started_on"], days, ground.ramp_of(stretch.role)),
        presence_share=presence_share(days, employed(person), ground.absences.get(stretch.person_id, ())),
        season_index=figures.season(item.metric) if item.seasonal else 1.0,
        periods_count=figures.periods_count(item.period, stretch.span),
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
