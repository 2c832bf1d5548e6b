"""Closed periods in the store, and the scorecards kept with them."""

from dataclasses import replace
from datetime import date

from spm.calendar import Grain, Period
from spm.metrics.queries import Scene
from spm.scorecards.closing.frozen import Frozen, card, from_plain_result
from spm.scorecards.closing.model import Closing, closing_of
from spm.scorecards.result import RepScorecard
from spm.store import scorecards as stored


def closings_of(scene: Scene) -> list[Closing]:
    """Every closing there was, in the order of the periods and of the closings of each."""
    return [
        Closing(
            row["id"],
            Period(row["starts_on"], row["ends_before"], row["label"], Grain(row["grain"])),
            row["closed_on"],
            row["author"],
            bool(row["is_automatic"]),
            row["reopened_on"],
            row["reopen_reason"],
        )
        for row in stored.closed_periods(scene.store)
    ]


def closing_for(scene: Scene, period: Period, known_on: date | None = None) -> Closing | None:
    """See `closing_of`."""
    return closing_of(closings_of(scene), period, known_on)


def kept_results(scene: Scene, closing: Closing, person_id: int | None = None) -> list[Frozen]:
    """The results kept by a closing, by name: of everyone, or of one person."""
    asked = None if person_id is None else [person_id]
    there = scene.org.active(closing.period)
    lines = dict(zip(there["manager"], there["reporting_line"], strict=True))
    return [from_plain_result(kept, lines) for kept in stored.closed_scores(scene.store, closing.id, asked)]


def kept_cards(scene: Scene, closing: Closing) -> list[RepScorecard]:
    """The scorecards kept by a closing, by name."""
    return [replace(card(kept, closing.period), closing=closing) for kept in kept_results(scene, closing)]
