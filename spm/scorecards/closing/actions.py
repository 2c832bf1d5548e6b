"""Closing periods, by hand or when they are due, and opening them again."""

from collections.abc import Sequence
from datetime import date

from spm.calendar import Period
from spm.errors import Refusal, UnknownName
from spm.metrics.queries import Scene
from spm.scorecards.closing.frozen import Frozen, plain
from spm.scorecards.closing.model import due
from spm.scorecards.closing.queries import closing_for, closings_of
from spm.scorecards.queries import live_of
from spm.store import scorecards as stored
from spm.store.change_sets import Author, writing
from spm.store.opening import Store
from spm.store.tables import ClosedPeriod, ClosedScore

ITSELF = Author("spm")
"""Who closes a period that is due."""


def close_period(
    store: Store, author: Author, scene: Scene, period: Period, day: date, is_automatic: bool = False
) -> int:
    """Keeps everyone's scorecard of a period as it is on `day`; returns the closing's id.

    Raises Refusal for a range without a name, a period that is not over, one that is closed, or one that nobody was in.
    """
    if period.grain is None:
        raise Refusal("Only a week, month, quarter or year can be closed.", "Choose one of these as the period.")
    if scene.today < period.last_day:
        raise Refusal(f"{period.title} is not over: its last day is {period.last_day.day} {period.last_day:%b %Y}.")
    if closing := closing_for(scene, period):
        raise Refusal(f"{period.title} is closed already. {closing.words}.")
    kept = _as_they_are(scene, period)
    if not kept:
        raise Refusal(f"Nobody was there in {period.title}: there is nothing to keep.")
    note = f"{period.title} closed, {len(kept)} scorecards kept"
    with writing(store, "edit", author, ["definitions"], note) as open_set:
        row = {
            "label": period.label,
            "grain": period.grain.value,
            "starts_on": period.start,
            "ends_before": period.end,
            "closed_on": day,
            "is_automatic": is_automatic,
        }
        (closed_id,) = open_set.insert(ClosedPeriod, [row])
        open_set.insert(
            ClosedScore,
            [
                {"closed_period_id": closed_id, "person_id": one.result.person_id, "scorecard": plain(one)}
                for one in kept
            ],
        )
    return closed_id


def reopen_period(store: Store, author: Author, closing_id: int, reason: str, day: date) -> None:
    """Lets a closed period count as it is known now again; what was kept stays to be looked up. Needs a reason."""
    if not reason.strip():
        raise Refusal("Say why the period is opened again.", "It stays beside the scores that people were told.")
    with writing(store, "edit", author, ["definitions"]) as open_set:
        rows = open_set.rows(ClosedPeriod, "label", "reopened_on", id=closing_id)
        if not rows or rows[0]["reopened_on"]:
            raise UnknownName("This period is not closed any more.", "Load the page again.")
        open_set.update(ClosedPeriod, [{"id": closing_id, "reopened_on": day, "reopen_reason": reason.strip()}])
        open_set.describe(f"{rows[0]['label']} opened again: {reason.strip()}")


def close_due(store: Store, scene: Scene, real_today: date) -> list[Period]:
    """Closes what is due by the company's setting; returns the periods that it closed.

    Starts with the first period that ends after the company was set up here: imported history stays open until someone
    closes it by hand.
    """
    set_up_on, after_days = stored.first_change_on(store), scene.standing.company.close_after_days
    if set_up_on is None or after_days is None:
        return []
    calendar = scene.standing.company.fiscal_calendar
    closed = []
    for period in due(closings_of(scene), calendar, set_up_on, after_days, scene.today, real_today):
        try:
            close_period(store, ITSELF, scene, period, real_today, is_automatic=True)
        except Refusal:  # nobody was there yet, or another process was faster
            continue
        closed.append(period)
    return closed


def _as_they_are(scene: Scene, period: Period) -> Sequence[Frozen]:
    live = live_of(scene, period)
    company = scene.standing.company
    return [
        Frozen(result, *live.said_of(result.person_id, result.parts), live.bands, company.currency)
        for result in live.results()
    ]
