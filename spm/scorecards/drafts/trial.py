"""What a draft would have made of a period: everyone's score before and after, and who changes band. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from spm.calendar import Period
from spm.metrics.wording import shown_percent
from spm.scorecards.bands import Band
from spm.scorecards.live import Live
from spm.scorecards.model import Item, Scorecard
from spm.scorecards.scored import whole
from spm.scorecards.stretches import by_person
from spm.scorecards.targets import SuggestedTarget, suggested_target

COLUMNS = ("person_id", "rep", "team", "before", "band_before", "after", "band_after")
BANDS = tuple(Band)
NO_SCORE = "no score"


@dataclass(frozen=True)
class Trial:
    """A draft tried on a period that is over.

    `people`: one row a person who had the role in it, with COLUMNS; scores of their days in the role (1.0 is 100 points),
    None where nothing counts.
    """

    period: Period
    people: pd.DataFrame

    @property
    def moved(self) -> pd.DataFrame:
        """Those whose band changes, the furthest first."""
        rows = self.people
        before, after = (rows[column].fillna(NO_SCORE) for column in ("band_before", "band_after"))
        return rows[before != after].assign(
            change=lambda known: known["after"].astype(float) - known["before"].astype(float)
        ).sort_values("change", key=abs, ascending=False, ignore_index=True)  # fmt: skip

    def band_counts(self, column: str) -> dict[str, int]:
        """How many are in each band, best first, those without a score last; `column` is band_before or band_after."""
        counts = Counter(str(band) if band else NO_SCORE for band in self.people[column])
        return {word: counts[word] for word in (*BANDS, NO_SCORE)}


def trial(live: Live, draft: Scorecard) -> Trial:
    """Everyone who had the draft's role in the period of `live`, by the scorecard in force and by the draft."""
    with_draft = replace(live, drafts={draft.role: draft})
    in_role = [stretch for stretch in live.stretches if stretch.role == draft.role]
    rows = []
    for theirs in by_person(in_role):
        before, after = (whole(ground.parts(theirs), live.bands) for ground in (live, with_draft))
        last = theirs[-1]
        rows.append((last.person_id, last.rep, last.team, before.value, before.band, after.value, after.band))
    return Trial(live.period, pd.DataFrame(rows, columns=list(COLUMNS), dtype=object))


def suggestion(live: Live, item: Item, role: str) -> SuggestedTarget | None:
    """The target that the role's last 12 periods of the item's length suggest, at the item's percentile.

    `live` is that of a period of the item's length: those before it are looked at. None where no sheet covers one.
    """
    figures = live.ground.figures
    prefers_more = item.prefers_more(figures.source.metric(item.metric))
    return suggested_target(figures.past_results(item, role), prefers_more, item.percentile)


def verdict(tried: Trial) -> str:
    """What a draft would have changed, in a sentence."""
    people_count, moved_count = len(tried.people), len(tried.moved)
    if not people_count:
        return f"Nobody had this role in {tried.period.title}: nothing to try it on."
    scores = _known(tried.people["after"])
    if not scores:
        return f"Nobody would have had a score in {tried.period.title}: no item has both a value and a target."
    middle = shown_percent(sorted(scores)[len(scores) // 2])
    if tried.people["before"].equals(tried.people["after"]):
        return f"As it is in {tried.period.title}: the score in the middle of {people_count} people is {middle}."
    who = "nobody" if not moved_count else "1 person" if moved_count == 1 else f"{moved_count} people"
    verb = "changes" if moved_count <= 1 else "change"
    return f"In {tried.period.title} {who} of {people_count} {verb} band; the score in the middle would be {middle}."


def _known(scores: Sequence[float | None]) -> list[float]:
    return [score for score in scores if score is not None]
