"""Everybody's scores of one period, worked out from figures and targets. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from spm.calendar import Period
from spm.metrics.registry import Metric
from spm.people.roles import label_of
from spm.scorecards.aims import Ground
from spm.scorecards.bands import Bands
from spm.scorecards.explanation import explained
from spm.scorecards.model import Scorecard
from spm.scorecards.notes import notes, reasons
from spm.scorecards.result import RepScorecard
from spm.scorecards.scored import RoleScore, role_score, whole, whole_to_date
from spm.scorecards.stretches import Stretch, by_person
from spm.scorecards.versions.model import Versions, is_borrowed, scorecard_on

SCORE_COLUMNS = ("person_id", "rep", "role", "team", "manager", "score", "band", "score_to_date", "band_to_date",
                 "leading", "lagging", "counted")  # fmt: skip


@dataclass(frozen=True)
class Live:
    """What the scores of a period are worked out from.

    `stretches` are everyone's, in the order of `stretches.stretches`; `drafts`: role → a scorecard that stands in for the
    one in force. `uncovered`: metrics → the measures behind each for which no sheet speaks in the period.
    """

    ground: Ground
    bands: Bands
    versions: Versions
    period: Period
    stretches: Sequence[Stretch]
    uncovered: Callable[[Sequence[Metric]], Mapping[str, list[str]]]
    drafts: Mapping[str, Scorecard] = field(default_factory=dict)
    _scorecards: dict[str, Scorecard] = field(default_factory=dict, repr=False)

    def scorecard(self, role: str) -> Scorecard:
        """What a role answers for in the period: the version in force on its last day."""
        if role not in self._scorecards:
            in_force = scorecard_on(self.versions, role, self.period.last_day)
            self._scorecards[role] = self.drafts.get(role) or in_force
        return self._scorecards[role]

    def parts(self, theirs: Sequence[Stretch]) -> tuple[RoleScore, ...]:
        """The scores of one person's stretches."""
        return tuple(role_score(self.ground, self.scorecard(one.role), self.bands, one) for one in theirs)

    def of(self, person_id: int) -> list[Stretch]:
        """One person's stretches."""
        return [stretch for stretch in self.stretches if stretch.person_id == person_id]

    def everyone(self) -> Iterator[tuple[list[Stretch], tuple[RoleScore, ...]]]:
        """Everybody's stretches with their scores, by name."""
        for theirs in by_person(self.stretches):
            yield theirs, self.parts(theirs)

    def scores(self) -> pd.DataFrame:
        """One row a person; see `queries.scores`."""
        rows = [_row(self.bands, theirs, parts) for theirs, parts in self.everyone()]
        return pd.DataFrame(rows, columns=list(SCORE_COLUMNS), dtype=object).sort_values("rep", ignore_index=True)

    def card(self, person_id: int, theirs: Sequence[Stretch], parts: Sequence[RoleScore]) -> RepScorecard:
        """A person's scorecard, explained."""
        person, elapsed_share = self.ground.people[person_id], self.ground.figures.elapsed_share
        last = theirs[-1] if theirs else None
        left_out = [reading.metric for part in parts for reading in part.score.left_out]
        missing = reasons(parts, self.uncovered(left_out), self.period)
        day = self.period.last_day
        borrowed = {
            one.role for one in theirs if one.role not in self.drafts and is_borrowed(self.versions, one.role, day)
        }
        return RepScorecard(
            person_id=person_id,
            rep=person["rep"],
            team=last.team if last else None,
            manager=last.manager if last else None,
            period=self.period,
            role_scores=tuple(parts),
            explanations=tuple(explained(part.score, self.bands, self.ground.currency) for part in parts),
            whole=whole(parts, self.bands),
            whole_to_date=whole_to_date(parts, self.bands),
            is_role_assumed=bool(last and last.is_role_assumed),
            elapsed_share=elapsed_share,
            missing=missing,
            notes=notes(theirs, parts, person, self.period, elapsed_share, missing, borrowed),
        )


def _row(bands: Bands, theirs: Sequence[Stretch], parts: Sequence[RoleScore]) -> tuple[object, ...]:
    now = whole(parts, bands)
    to_date = whole_to_date(parts, bands) or now
    last, latest = theirs[-1], parts[-1].score
    return (last.person_id, last.rep, label_of(last.role), last.team, last.manager, now.value, now.band,
            to_date.value, to_date.band, latest.leading, latest.lagging, latest.completeness)  # fmt: skip
