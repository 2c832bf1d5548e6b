"""What the numbers behind a target are worked out from: days, past periods, past results. Pure."""

from dataclasses import dataclass, replace
from enum import StrEnum
from math import isclose

import numpy as np

from spm.scorecards.aims import Aim, Ground, Origin, employed
from spm.scorecards.model import Item
from spm.scorecards.stretches import Stretch
from spm.scorecards.targets import presence_shares, ramp_shares, season_index


class Of(StrEnum):
    """Which number of a target is worked out: the factor of that name, or what they all multiply."""

    BASE = "base"
    RAMP = "ramp"
    PRESENT = "present"
    SEASON = "season"
    PERIODS = "periods"


WHAT = {
    Of.BASE: "a result of the role in a past period",
    Of.RAMP: "share of a full target on a working day",
    Of.PRESENT: "share of a working day that they were there",
    Of.SEASON: "the whole company in a past period, two years in order",
    Of.PERIODS: "share of a period's working days that these days have",
}


@dataclass(frozen=True)
class Working:
    """The values that a number of a target comes from, in the metric's unit; `percentile` (0 to 100) where it is one of
    them."""

    of: Of
    values: tuple[float, ...]
    percentile: float = 0.0

    @property
    def value(self) -> float:
        """The number: a percentile, the season's index, a sum, or the mean."""
        match self.of:
            case Of.BASE:
                return float(np.percentile(self.values, self.percentile))
            case Of.SEASON:
                return season_index(self.values, len(self.values) // 2) or 0.0
            case Of.PERIODS:
                return sum(self.values)
        return sum(self.values) / len(self.values)


def of_factor(name: str) -> Of:
    """Which number of a target a factor is; one of another name says how many periods it is for."""
    return next((of for of in (Of.RAMP, Of.PRESENT, Of.SEASON) if of.value == name), Of.PERIODS)


def workings(ground: Ground, item: Item, aim: Aim, stretch: Stretch) -> tuple[Working, ...]:
    """What base and factors of an item's target come from, but for those that it doesn't come to: something else has been
    agreed, or was kept with a period that is closed."""
    if aim.target is None:
        return ()
    known = {of_factor(factor.name): factor.value for factor in aim.target.factors} | {Of.BASE: aim.target.base}
    found = [
        *_of_days(ground, stretch),
        *_of_season(ground, item),
        Working(Of.PERIODS, tuple(ground.figures.shares_of_periods(aim.grain, aim.span))),
        *_of_past(ground, item, aim, stretch),
    ]
    return tuple(one for one in found if one.values and one.of in known and _same(one.value, known[one.of]))


def _of_days(ground: Ground, stretch: Stretch) -> list[Working]:
    person, days = ground.people[stretch.person_id], ground.figures.working.days(stretch.span)
    leaves = ground.absences.get(stretch.person_id, ())
    ramped = ramp_shares(person["started_on"], days, ground.ramp_of(stretch.role))
    return [
        Working(Of.RAMP, tuple(ramped)),
        Working(Of.PRESENT, tuple(presence_shares(days, employed(person), leaves))),
    ]


def _of_season(ground: Ground, item: Item) -> list[Working]:
    grain = ground.figures.period.grain
    if not item.seasonal or grain is None or ground.figures.season(item.metric) in (None, 1.0):
        return []
    return [Working(Of.SEASON, tuple(ground.figures.season_values(item.metric, grain)))]


def _of_past(ground: Ground, item: Item, aim: Aim, stretch: Stretch) -> list[Working]:
    if aim.origin is not Origin.SUGGESTED:
        return []
    results = ground.figures.past_results(replace(item, period=aim.grain), stretch.role)
    is_more = item.prefers_more(ground.metric(item))
    return [Working(Of.BASE, tuple(results), item.percentile if is_more else 100 - item.percentile)]


def _same(one: float, other: float) -> bool:
    return isclose(one, other, rel_tol=1e-9)
