"""Where actuals left the range that a forecast gave them. Pure."""

from dataclasses import dataclass

import pandas as pd
from scipy.special import stdtrit

from spm.forecast.landings.landing import Range

LEVEL_ORDER = ("company", "team", "rep")
BY_CHANCE = 0.05  # of those who are judged by the 95 % range, this share leaves it by chance alone
FALSE_ALARMS = 0.5
"""How many of all reps may be named by chance alone: each is judged by a range so wide that no more are expected to be."""
TAIL_FREEDOM = 4  # of Student's t, whose tails lie beyond the 95 % range


@dataclass(frozen=True)
class Surprise:
    """Something came in outside the range of what was forecast, which is the one that it was judged by."""

    level: str
    member: str
    month: str
    came: float
    expected: Range


@dataclass(frozen=True)
class Surprises:
    """Those `found`, the company before teams before reps; of `judged_count` that were looked at about `by_luck_count` are
    found by chance alone."""

    found: tuple[Surprise, ...] = ()
    judged_count: int = 0
    by_luck_count: float = 0.0

    def __add__(self, other: "Surprises") -> "Surprises":
        return Surprises(
            self.found + other.found, self.judged_count + other.judged_count, self.by_luck_count + other.by_luck_count
        )


def judged(said: pd.DataFrame, came: pd.DataFrame, month: str) -> Surprises:
    """Who came in outside their range, within a level the largest amount first.

    `said`: level, member and the columns of a projection, one row each; `came`: level, member, value. Company and teams
    are judged by their 95 % range, the many reps by a wider one (see FALSE_ALARMS). A range of no width, of somebody of
    whom nothing was known, promised nothing.
    """
    both = said.merge(came.rename(columns={"value": "came"}), on=["level", "member"]).dropna(subset=["came"])
    both = both[both["high_95"] > both["low_95"]]
    found = Surprises()
    for level in LEVEL_ORDER:
        rows = both[both["level"] == level].to_dict("records")
        chance = min(BY_CHANCE, FALSE_ALARMS / len(rows)) if level == "rep" and rows else BY_CHANCE
        of_level = [Surprise(level, row["member"], month, row["came"], _range(row, chance)) for row in rows]
        outside = [one for one in of_level if not one.expected.holds(one.came)]
        outside.sort(key=lambda one: -abs(one.came - one.expected.value))
        found += Surprises(tuple(outside), len(rows), chance * len(rows))
    return found


def _range(row: dict[str, float], chance: float) -> Range:
    """The range of a row, its outer ends as far out as only `chance` of outcomes come; below 0 only where it was before."""
    wider = float(stdtrit(TAIL_FREEDOM, 1 - chance / 2) / stdtrit(TAIL_FREEDOM, 1 - BY_CHANCE / 2))
    value = row["value"]
    low, high = value - wider * (value - row["low_95"]), value + wider * (row["high_95"] - value)
    return Range(value, row["low_80"], row["high_80"], max(low, min(row["low_95"], 0.0)), high)
