"""Publishing a forecast, and entering a call."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from spm.calendar import Period
from spm.errors import Refusal
from spm.forecast.landings.queries import measured_stretches
from spm.forecast.outlook.projecting import Outlook
from spm.forecast.outlook.queries import times_of
from spm.forecast.publishing import published
from spm.forecast.publishing.published import LEVELS
from spm.forecast.publishing.queries import BOOKINGS, ORIGINS, member_ids, state_of
from spm.forecast.queries import earlier_outlooks, outlook
from spm.metrics.queries import Scene, scene_of
from spm.store import forecasts
from spm.store.change_sets import Author, writing
from spm.store.opening import Store
from spm.store.tables import ForecastCall

SEED = 1


def publish(store: Store, real_today: date) -> int | None:
    """Makes and keeps the forecast of bookings for the store as it is now; returns the run's id.

    None where there is nothing to project, or it is made already, or another process is at it. What would have been said
    at the beginning of each of the last months is rebuilt beside it, and says how far off landings are.
    """
    scene = scene_of(store, real_today)
    times = times_of(scene, BOOKINGS)
    if not times.complete:
        return None
    facts_revision, people_revision = store.revision("facts", "people")
    of = {"as_of": scene.today, "first_on": times.ahead[0].start, "facts_revision": facts_revision,
          "people_revision": people_revision, "seed": SEED}  # fmt: skip
    run_id = forecasts.claimed(store, state_of(scene), _now(), **of)
    if run_id is None:
        return None
    try:
        asked = replace(BOOKINGS, by=("product",)) if "product" in scene.filters else BOOKINGS
        found, past = outlook(scene, asked), earlier_outlooks(scene, BOOKINGS, ORIGINS)
        rebuilt = [{**of, **_rebuilt(scene, one, run_id)} for one in past.values()]
        kept = (
            _kept(scene, found, "future", published.kept_totals),
            _kept(scene, found, "scores", published.kept_scores),
        )
        forecasts.publish(store, run_id, _now(), measured_stretches(scene, past), *kept, rebuilt)
    except BaseException:
        forecasts.given_up(store, run_id)
        raise
    return run_id


def _rebuilt(scene: Scene, found: Outlook, run_id: int) -> dict[str, Any]:
    """What differs of a run that is rebuilt beside another: when it would have been made, and what it would have said."""
    first_on = found.times.ahead[0].start
    totals = _kept(scene, found, "future", published.kept_totals)
    return {"state": f"rebuilt for {run_id}: {first_on}", "as_of": found.times.complete[-1].last_day, "first_on": first_on,
            "begun_at": _now(), "made_at": _now(), "totals": totals}  # fmt: skip


def _kept(
    scene: Scene, found: Outlook, part: str, rows_of: Callable[..., list[dict[str, Any]]]
) -> list[dict[str, Any]]:
    """A part ("future" or "scores") of every published level, as rows that the store keeps."""
    rows: list[dict[str, Any]] = []
    for level in LEVELS:
        if made := found.levels.get(published.by_of(level)):
            rows += rows_of(level, published.named(getattr(made, part), made.by), member_ids(scene, level))
    return rows


def _now() -> datetime:
    return datetime.now().replace(microsecond=0)


def enter_call(
    store: Store,
    author: Author,
    level: str,
    member: str,
    period: Period,
    commit_cents: int,
    best_case_cents: int | None,
    landing_cents: int | None,
    today: date,
    note: str = "",
    member_id: int | None = None,
) -> int:
    """Keeps what somebody expects a part of the company to book in a period; an earlier call of theirs stays in the history.

    `landing_cents`: where the projection sees it land now. `member_id`: of a rep or team, whose calls stay theirs under
    another name. Returns the change set. Raises Refusal for a period that is
    over, an amount below 0, or a best case below the commit.
    """
    if today > period.last_day:
        raise Refusal(f"{period.title} is over.", "Call a period that is still running or to come.")
    if commit_cents < 0:
        raise Refusal("Nobody commits to less than nothing.")
    if best_case_cents is not None and best_case_cents < commit_cents:
        raise Refusal(
            "The best case is below the commit.", "Commit to what you would bet on, and say more as best case."
        )
    who = member or "the company"
    with writing(store, "edit", author, ["notes"], f"call for {who}, {period.title}") as open_set:
        call = {"level": level, "member": member, "member_id": member_id, "caller": author.name, "called_on": today,
                "starts_on": period.start, "ends_before": period.end, "commit_cents": commit_cents,
                "best_case_cents": best_case_cents, "landing_cents": landing_cents, "note": note.strip()}  # fmt: skip
        open_set.insert(ForecastCall, [call])
        return open_set.change_set_id
