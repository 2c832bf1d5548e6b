"""What was published of bookings, what would have been said before, and what people called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from spm.calendar import ONE_DAY, Grain, Span
from spm.forecast.landings.stretches import Stretches
from spm.forecast.outlook.queries import Asked, Series, times_of
from spm.forecast.publishing import published, record
from spm.forecast.queries import earlier_outlooks
from spm.metrics.queries import Scene, value
from spm.store import forecasts

BOOKINGS = Asked("bookings")
METHOD = 5  # grows when the same facts would be projected otherwise, so that a new run is made
ORIGINS = range(1, 13)  # so many months ago a forecast is rebuilt beside each that is published
RECENT = {Grain.WEEK: 4, Grain.MONTH: 6, Grain.QUARTER: 4, Grain.YEAR: 2}
"""At the end of so many periods it is rebuilt while a reader waits."""


@dataclass(frozen=True)
class Run:
    """A published forecast of bookings; `is_current` unless facts, people or settings have changed since."""

    id: int
    made_at: datetime
    as_of: date
    first_on: date
    stretches: Stretches
    is_current: bool


def state_of(scene: Scene) -> str:
    """What a run of the store as it is now is known by."""
    revisions = scene.store.revision("facts", "people", "definitions", "settings")
    return f"{METHOD}:{'.'.join(map(str, revisions))}:{scene.once(times_of, BOOKINGS).ahead[0].start}"


def can_be_made(scene: Scene) -> bool:
    """Whether there is a complete month of bookings to forecast from."""
    return bool(times_of(scene, BOOKINGS).complete)


def latest_run(scene: Scene) -> Run | None:
    """The forecast that was published last, None before the first."""
    run = forecasts.latest_run(scene.store)
    if run is None:
        return None
    stretches = Stretches(run["stretches"] or {})
    return Run(run["id"], run["made_at"], run["as_of"], run["first_on"], stretches, run["state"] == state_of(scene))


def member_ids(scene: Scene, level: str) -> dict[str, int]:
    """Name → id of everyone in a level of people or teams; what is forecast of them stays theirs under another name."""
    of = {"rep": scene.org.people, "team": scene.org.teams}.get(level)
    return {} if of is None else dict(zip(of["rep" if level == "rep" else "name"], of["id"].astype(int), strict=True))


def said_by(scene: Scene, run_ids: Sequence[int], level: str | None = None, member: str | None = None) -> pd.DataFrame:
    """What runs say of the members of a level (or all levels), by their names of today: see `published.forecasts`."""
    ids = {one: member_ids(scene, one) for one in ("team", "rep")}
    member_id = None if level is None or member is None else ids.get(level, {}).get(member)
    totals = forecasts.totals(scene.store, run_ids, level, member, member_id)
    called = published.called(totals, {one: {at: name for name, at in named.items()} for one, named in ids.items()})
    if member is not None:
        called = called[called["member"] == member]
    return published.forecasts(called, forecasts.runs(scene.store), scene.standing.company.fiscal_calendar)


def published_future(scene: Scene, run_id: int, level: str) -> pd.DataFrame:
    """What a run says of every member of a level, which add up: see `published.forecasts`."""
    return said_by(scene, [run_id], level)


def future_of(scene: Scene, run_id: int, level: str, member: str) -> pd.DataFrame:
    """What a run says of one member; of a team together with those below it."""
    branch = scene.org.within(member) if level == "team" else {member}
    if len(branch) < 2:
        return said_by(scene, [run_id], level, member)
    every, whole = published_future(scene, run_id, level), published_future(scene, run_id, "company")
    return published.together(every, branch, whole).assign(member=member)


def published_of(scene: Scene, level: str, member: str, last_run_id: int) -> pd.DataFrame:
    """Everything that was said of a member up to a run, and what was rebuilt beside it: see `published.forecasts`."""
    runs = forecasts.runs(scene.store)
    until = runs[runs["is_rebuilt"].astype(bool) | (runs["id"] <= last_run_id)]
    return said_by(scene, until["id"].tolist(), level, member)


def rebuilt(scene: Scene, key: str, series: Series, grain: Grain) -> pd.DataFrame:
    """What would have been projected of one history by itself at the end of the last periods, and at those before them that
    readers ask for (`record.LEADS`): columns as of `published.forecasts`, each origin being a run of its own.
    """
    backs = sorted({*range(1, RECENT[grain] + 1), *record.LEADS[grain].values()})
    alone = Asked(key, (), (*series.where, *zip(series.by, (series.member,), strict=False)), grain, is_alone=True)
    return published.rebuilt_runs(earlier_outlooks(scene, alone, backs), ())


def scores_of(scene: Scene, run_id: int, level: str) -> pd.DataFrame:
    """The back-test of a level in a run: member, model, wape, mase, coverage_80, coverage_95, value_added."""
    names = {at: name for name, at in member_ids(scene, level).items()}
    scores = published.called(forecasts.scores(scene.store, run_id, level), {level: names})
    return scores.drop(columns=["run_id", "level", "member_id"])


def calls_of(scene: Scene, level: str, member: str, until: date | None = None) -> pd.DataFrame:
    """What was called for a part of the company, the latest first: see `store.forecasts.calls`."""
    return forecasts.calls(scene.store, level, member, member_ids(scene, level).get(member), until)


def calls_and_results(scene: Scene, level: str, member: str) -> pd.DataFrame:
    """The last call of each caller for each period that is over, with what came (see `record.calls_against`)."""
    over = calls_of(scene, level, member, scene.today + ONE_DAY)
    where = {} if level == "company" else {level: member}
    spans = [Span(row.starts_on, row.ends_before) for row in over.itertuples()]
    return record.calls_against(over, [value(scene, "bookings", span, **where) for span in spans])
