"""What people came to in a period: each stretch on its own role's scorecard, the whole by working days. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from spm.calendar import Span
from spm.people.roles import label_of
from spm.scorecards.aims import Aim
from spm.scorecards.bands import Bands
from spm.scorecards.groups import Combined, Part, combined
from spm.scorecards.model import Item
from spm.scorecards.scoring import Score
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
