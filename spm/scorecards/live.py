"""Everybody's scores of one period as they are now, worked out from figures and targets. Pure."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from spm.calendar import Period, Span
from spm.metrics.registry import Metric
from spm.people.roles import MANAGER
from spm.scorecards.aims import Ground
from spm.scorecards.bands import Bands
from spm.scorecards.explanation import explained
from spm.scorecards.model import Scorecard
from spm.scorecards.notes import notes, without_value
from spm.scorecards.result import RepScorecard
from spm.scorecards.role_days import RoleDays
from spm.scorecards.scored import RoleScore, Scored, scored, whole, whole_to_date
from spm.scorecards.stretches import Stretch, by_person
from spm.scorecards.versions.model import Versions, is_borrowed, scorecard_on


@dataclass(frozen=True)
class Live:
    """What the scores of a period are worked out from.

    `stretches` are everyone's, in the order of `stretches.stretches`; `drafts`: role → a scorecard that stands in for the
    one in force. `why_missing`: a metric → why it has no value in the period.
    """

    ground: Ground
    bands: Bands
    versions: Versions
    period: Period
    stretches: Sequence[Stretch]
    why_missing: Callable[[Metric], str]
    drafts: Mapping[str, Scorecard] = field(default_factory=dict)
    _scored: dict[int, Scored] = field(default_factory=dict, repr=False)  # the same of a few people as of all
    _role_days: dict[tuple[str, Span], RoleDays] = field(init=False, default_factory=dict, repr=False)

    def scorecard(self, role: str) -> Scorecard:
        """What a role answers for in the period: the version in force on its last day."""
        return self.drafts.get(role) or scorecard_on(self.versions, role, self.period.last_day)

    def parts(self, theirs: Sequence[Stretch]) -> tuple[RoleScore, ...]:
        """The scores of one person's stretches."""
        return tuple(self._days(one.role, one.span).score(one) for one in theirs)

    def _days(self, role: str, span: Span) -> RoleDays:
        if (role, span) not in self._role_days:
            self._role_days[role, span] = RoleDays(self.ground, self.scorecard(role), self.bands, role, span)
        return self._role_days[role, span]

    def of(self, person_id: int) -> list[Stretch]:
        """One person's stretches."""
        return [stretch for stretch in self.stretches if stretch.person_id == person_id]

    def of_few(self, person_ids: Collection[int]) -> "Live":
        """The same for a few people: nothing is read of the others but what targets rest on."""
        theirs = [stretch for stretch in self.stretches if stretch.person_id in person_ids]
        figures = self.ground.figures.of_few({one: self.ground.people[one]["name"] for one in person_ids})
        return replace(self, ground=replace(self.ground, figures=figures), stretches=theirs)

    def results(self, sellers_only: bool = False) -> list[Scored]:
        """Everybody who was there in the period, by name; `sellers_only`: who was no manager last."""
        people = (theirs for theirs in by_person(self.stretches) if not (sellers_only and theirs[-1].role == MANAGER))
        return [self._result(theirs) for theirs in people]

    def _result(self, theirs: Sequence[Stretch]) -> Scored:
        person_id = theirs[0].person_id
        if person_id not in self._scored:
            self._scored[person_id] = scored(self.parts(theirs), theirs, self.bands)
        return self._scored[person_id]

    def card(self, person_id: int) -> RepScorecard:
        """A person's scorecard, explained; without role scores where they were not there."""
        theirs = self.of(person_id)
        parts = self.parts(theirs)
        last = theirs[-1] if theirs else None
        missing, notes = self.said_of(person_id, parts)
        return RepScorecard(
            person_id=person_id,
            rep=self.ground.people[person_id]["rep"],
            team=last.team if last else None,
            manager=last.manager if last else None,
            period=self.period,
            role_scores=parts,
            explanations=tuple(explained(part.score, self.bands, self.ground.currency) for part in parts),
            whole=whole(parts, self.bands),
            whole_to_date=whole_to_date(parts, self.bands),
            is_role_assumed=bool(last and last.is_role_assumed),
            elapsed_share=self.ground.figures.elapsed_share,
            missing=missing,
            notes=notes,
        )

    def said_of(self, person_id: int, parts: Sequence[RoleScore]) -> tuple[dict[str, str], tuple[str, ...]]:
        """What is missing of someone's scores, and the notes beside them: see `RepScorecard`."""
        theirs = self.of(person_id)
        missing = {metric.key: self.why_missing(metric) for metric in without_value(parts)}
        borrowed = {one.role for one in theirs if self._is_borrowed(one.role)}
        person, elapsed_share = self.ground.people[person_id], self.ground.figures.elapsed_share
        return missing, notes(theirs, parts, person, self.period, elapsed_share, missing, borrowed)

    def _is_borrowed(self, role: str) -> bool:
        return role not in self.drafts and is_borrowed(self.versions, role, self.period.last_day)
