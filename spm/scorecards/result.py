"""What a scorecard comes to for one person in one period. Pure."""

from dataclasses import dataclass
from typing import Any

from spm.calendar import Period
from spm.metrics import wording
from spm.metrics.plain import plain_number
from spm.metrics.wording import shown_percent
from spm.scorecards.bands import Band
from spm.scorecards.closing.model import Closing, since_then
from spm.scorecards.explanation import Explanation
from spm.scorecards.groups import Combined
from spm.scorecards.scored import RoleScore
from spm.scorecards.scoring import Score


@dataclass(frozen=True)
class RepScorecard:
    """A person's scorecard of a period.

    `role_scores` has one a role that the person had in it, with its explanation at the same place of
    `explanations`; both are empty where the person was not there. `whole` is their mean by working days,
    `whole_to_date` that of the scores to date, None once the period is over. `elapsed_share`: how much of the period's
    working days is over. `missing`: metric → why it has no value. `notes` say what is assumed or missing, and which
    sheet would bring it. `closing`: the period is closed and this is what was kept; `now` then is the score that the same
    would have as things are known now.
    """

    person_id: int
    rep: str
    team: str | None
    manager: str | None
    period: Period
    role_scores: tuple[RoleScore, ...]
    explanations: tuple[Explanation, ...]
    whole: Combined
    whole_to_date: Combined | None
    is_role_assumed: bool
    elapsed_share: float
    missing: dict[str, str]
    notes: tuple[str, ...]
    closing: Closing | None = None
    now: float | None = None

    @property
    def since_closed(self) -> str:
        """What is different since the period was closed: "would now be 87, was 91"; "" where nothing is."""
        return since_then(self.whole.value, self.now) if self.closing else ""

    @property
    def score(self) -> Score | None:
        """The score in the latest role; None where the person was not there."""
        return self.role_scores[-1].score if self.role_scores else None

    @property
    def explanation(self) -> Explanation | None:
        """The explanation of `score`."""
        return self.explanations[-1] if self.explanations else None

    @property
    def band(self) -> Band | None:
        return self.whole.band

    @property
    def roles(self) -> str:
        """The roles in words: "Sales representative", "Sales representative, then Sales manager"."""
        return ", then ".join(part.label for part in self.role_scores)


def headline(card: RepScorecard) -> str:
    """How the person is doing, in one sentence."""
    whole = card.whole_to_date or card.whole
    if card.explanation is None:
        return card.notes[0]
    if whole.value is None:
        return f"No score for {card.rep} in {card.period.title} yet."
    points = shown_percent(whole.value)
    partly = f" on {card.score.completeness}" if card.score and card.score.is_partial else ""
    if card.whole_to_date and card.whole.value is not None:
        so_far = shown_percent(card.whole.value)
        return f"{card.rep} is at {points} % of what is due by now{partly}, {whole.band}. Score so far: {so_far}."
    if len(card.role_scores) > 1:
        return f"{card.rep} scores {points}, {whole.band}: the mean of {len(card.role_scores)} roles by working days."
    return f"{card.rep} scores {points}{partly}, {whole.band}: {card.explanation.verdict}."


def plain(card: RepScorecard, currency: str) -> dict[str, Any]:
    """The scorecard as JSON holds it: values as `spm value` prints them, with their words beside.

    `items` has the items of every part, each with the role that it belongs to.
    """
    parts = list(zip(card.role_scores, card.explanations, strict=True))
    return {
        "rep": card.rep,
        "role": card.roles,
        "role_is_assumed": card.is_role_assumed,
        "team": card.team,
        "manager": card.manager,
        "period": card.period.label,
        "from": card.period.start.isoformat(),
        "to": card.period.last_day.isoformat(),
        "elapsed_share": card.elapsed_share,
        "score": card.whole.value,
        "score_percent": None if card.whole.value is None else shown_percent(card.whole.value),
        "band": card.band,
        "score_to_date": card.whole_to_date.value if card.whole_to_date else None,
        "band_to_date": card.whole_to_date.band if card.whole_to_date else None,
        "sentence": card.explanations[-1].sentence if card.explanations else None,
        "parts": [_part(part, explained) for part, explained in parts],
        "items": [
            _item(part, at, explained, currency) for part, explained in parts for at in range(len(explained.items))
        ],
        "closed_on": card.closing.closed_on.isoformat() if card.closing else None,
        "since_closed": card.since_closed,
        "notes": list(card.notes),
    }


def _part(part: RoleScore, explained: Explanation) -> dict[str, Any]:
    return {
        "role": part.label,
        "from": part.span.start.isoformat(),
        "to": part.span.last_day.isoformat(),
        "working_days_count": part.days_count,
        "score": part.score.value,
        "band": part.score.band,
        "leading": part.score.leading,
        "lagging": part.score.lagging,
        "counted": part.score.completeness,
        "sentence": explained.sentence,
        "way": explained.way,
    }


def _item(part: RoleScore, at: int, explained: Explanation, currency: str) -> dict[str, Any]:
    one = explained.items[at]
    reading, counted, aim = one.reading, one.score, part.aim(one.item)
    known = {
        "role": part.label,
        "metric": one.item.metric,
        "label": one.label,
        "timing": one.item.timing,
        "weight": one.item.weight,
        "standing": reading.standing if reading else "waiting",
        "explanation": one.sentence,
    }
    if reading is None or aim is None:
        return known
    return known | {
        "target": plain_number(reading.target, reading.metric.unit, currency),
        "target_shown": wording.full(reading.metric.unit, reading.target, currency),
        "target_from": aim.words,
        "actual": wording.COVERED
        if reading.is_covered
        else plain_number(reading.actual, reading.metric.unit, currency),
        "actual_shown": wording.COVERED
        if reading.is_covered
        else wording.full(reading.metric.unit, reading.actual, currency),
        "attainment": counted.attainment if counted else None,
        "points": counted.points if counted else None,
        "band": counted.band if counted else None,
        "next_unit": one.next_unit,
    }
