"""Where actuals left the range that a forecast gave them. Pure."""

from dataclasses import dataclass

import pandas as pd

from spm.forecast.landings.landing import Range
from spm.forecast.publishing.published import PARTS

LEVEL_ORDER = ("company", "team", "rep")


@dataclass(frozen=True)
class Surprise:
    """Something came in outside the 95 % range of what was forecast. `is_running`: of a month that is not over."""

    level: str
    member: str
    month: str
    came: float
    expected: Range
    is_running: bool

    @property
    def off_share(self) -> float:
        """How far off, against what was expected; infinite where nothing was."""
        return (self.came - self.expected.value) / self.expected.value if self.expected.value else float("inf")


def surprises(said: pd.DataFrame, came: pd.DataFrame, month: str, is_running: bool = False) -> list[Surprise]:
    """Who came in outside their 95 % range, the company before teams before reps, the largest amount first.

    `said`: level, member and the columns of a projection, one row each; `came`: level, member, value. A range of no width,
    of somebody of whom nothing was known, promised nothing.
    """
    joined = said.drop(columns="period", errors="ignore").merge(
        came.rename(columns={"value": "came"}), on=["level", "member"]
    )
    found = []
    for row in joined.dropna(subset=["came"]).to_dict("records"):
        expected = Range(*(row[part] for part in PARTS))
        if expected.high_95 > expected.low_95 and not expected.holds(row["came"]):
            found.append(Surprise(row["level"], row["member"], month, row["came"], expected, is_running))
    return sorted(found, key=lambda one: (LEVEL_ORDER.index(one.level), -abs(one.came - one.expected.value)))
