"""Publishing a forecast, and entering a call."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from spm.calendar import Period
from spm.errors import Refusal
from spm.forecast.publishing import published
from spm.forecast.publishing.published import LEVELS
from spm.forecast.queries import SEED, Asked, Outlook, outlook, state_of, times_of
from spm.metrics.queries import Scene, scene_of
from spm.store import forecasts
from spm.store.change_sets import Author, writing
from spm.store.opening import Store
from spm.store.tables import ForecastCall

BOOKINGS = Asked("bookings")


def publish(store: Store, real_today: date) -> int | None:
    """Makes and keeps the forecast of bookings for the store as it is now; returns the run's id.

    None where there is nothing to project, or it is made already, or another process is at it. Where no forecast was
    published before the last complete month, what one would have said of that month is rebuilt beside it.
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
        found = outlook(scene, _asked(scene))
        past = _rebuilt(scene, of, run_id)
        forecasts.publish(store, run_id, _now(), _widths(found), _totals(found), _scores(found), past)
    except BaseException:
        forecasts.given_up(store, run_id)
        raise
    return run_id


def _asked(scene: Scene) -> Asked:
    return replace(BOOKINGS, by=("product",)) if "product" in scene.filters else BOOKINGS


def _rebuilt(scene: Scene, of: Mapping[str, Any], run_id: int) -> list[dict[str, Any]]:
    """The run of a month ago, unless one was published before the last complete month was over."""
    earlier = outlook(scene, replace(_asked(scene), periods_ago=1))
    first_on = earlier.times.ahead[0].start
    known = forecasts.runs(scene.store)
    is_published = ((known["first_on"] == first_on) & ~known["is_rebuilt"].astype(bool)).any()
    if not earlier.levels or is_published:
        return []
    run = {**of, "state": f"rebuilt for {run_id}", "as_of": earlier.times.complete[-1].last_day, "first_on": first_on}
    return [{**run, "begun_at": _now(), "made_at": _now(), "totals": _totals(earlier)}]


def _totals(found: Outlook) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for level in LEVELS:
        if (by := published.by_of(level)) in found.levels:
            rows += published.kept_totals(level, published.named(found.levels[by].future, by))
    return rows


def _scores(found: Outlook) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for level in LEVELS:
        if (by := published.by_of(level)) in found.levels:
            rows += published.kept_scores(level, published.named(found.levels[by].scores, by))
    return rows


def _widths(found: Outlook) -> dict[str, tuple[float, ...]]:
    return {
        level: found.levels[published.by_of(level)].sum_widths
        for level in LEVELS
        if published.by_of(level) in found.levels
    }


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
) -> int:
    """Keeps what somebody expects a part of the company to book in a period; an earlier call of theirs stays in the history.

    `landing_cents`: where the projection sees it land now. Returns the change set. Raises Refusal for a period that is
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
        call = {"level": level, "member": member, "caller": author.name, "called_on": today, "starts_on": period.start,
                "ends_before": period.end, "commit_cents": commit_cents, "best_case_cents": best_case_cents,
                "landing_cents": landing_cents, "note": note.strip()}  # fmt: skip
        open_set.insert(ForecastCall, [call])
        return open_set.change_set_id
