"""Where the running periods land, what the open pipeline says of them, and what came in out of range."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from spm.benchmarks.pace import booked_share, expected_share
from spm.calendar import ONE_DAY, Grain, Period, Span, WorkingCalendar
from spm.forecast.landings.landing import Landing, Range, landing, left_share, summed
from spm.forecast.landings.pipeline import PipelineView, pipeline_view
from spm.forecast.landings.stretches import booked_by_share, stretches_of, usual_left
from spm.forecast.landings.surprises import LEVEL_ORDER, Surprises, judged
from spm.forecast.outlook.projecting import AMOUNTS, Outlook
from spm.forecast.outlook.queries import times_of
from spm.forecast.publishing import published
from spm.forecast.publishing.queries import BOOKINGS, Run, future_of, said_by
from spm.metrics.pipeline import stage_rates
from spm.metrics.queries import Question, Scene, value, values
from spm.store import facts, forecasts

PAST_MONTHS = 12  # complete months that say what part of one is usually in by some day
QUIET_DAYS = 7  # sheets that end longer ago than this are not known to today


def landing_of(scene: Scene, run: Run, level: str, member: str, period: Period) -> Landing | None:
    """Where the bookings of a part of the company land, by a published forecast.

    None where the period is over, has no whole months, reaches beyond the forecast, or has months without a known range.
    A month that has begun is judged by the days that sheets speak for; the quota counts where quotas speak for all of
    the period.
    """
    future = future_of(scene, run.id, level, member)
    where = {level: member} if published.by_of(level) else {}
    months = future[(future["start"] >= period.start) & (future["start"] < period.end)]
    through = known_through(scene)
    is_known = bool(len(months)) and not months[list(AMOUNTS)].isna().any(axis=None)
    if period.last_day <= through or not is_known or period.start.day != 1 or period.end.day != 1:
        return None
    calendar = scene.standing.company.fiscal_calendar
    ahead = [(calendar.period_of(Grain.MONTH, row["start"]), row) for row in months.to_dict("records")]
    if ahead[-1][0].end < period.end:
        return None
    ranges = [Range(*(row[part] for part in AMOUNTS)) for month, row in ahead if month.last_day > through]
    first = next(month for month, _ in ahead if month.last_day > through)
    elapsed, left = elapsed_and_left(scene, first)
    booked = value(scene, "bookings", period, **where) or 0.0
    stretch = run.stretches.at(level, len(ranges), elapsed)
    return landing(period, booked, ranges, left, stretch, _quota(scene, period, where))


def _quota(scene: Scene, period: Period, where: Mapping[str, str]) -> float | None:
    """The quota of a period, None where quotas speak for only a part of it."""
    reach = scene.covered_span(["quota"])
    is_whole = reach is not None and reach.start <= period.start and period.end <= reach.end
    return value(scene, "quota", period, **where) if is_whole else None


def elapsed_and_left(scene: Scene, month: Period) -> tuple[float, float]:
    """The share of a month's working days for which bookings are known, and the part of its bookings that is usually still
    to come then, by the company's complete months before."""
    working = scene.standing.company.working_calendar
    elapsed = working.share(Span(month.start, max(known_through(scene) + ONE_DAY, month.start)), month)
    past = [one for one in times_of(scene, BOOKINGS).complete if one.end <= month.start][-PAST_MONTHS:]
    if not elapsed or not past:
        return elapsed, 1 - elapsed
    rows = values(scene, Question("bookings", ("day",), span=Span(past[0].start, past[-1].end))).dropna(
        subset=["value"]
    )
    by_day = {date.fromisoformat(day): amount for day, amount in zip(rows["day"], rows["value"], strict=True)}
    within = [({day: by_day[day] for day in by_day if day in one}, working.working_days(one)) for one in past]
    return elapsed, left_share(elapsed, expected_share([booked_share(one, days, elapsed) for one, days in within]))


def measured_stretches(scene: Scene, earlier: Mapping[int, Outlook]) -> dict[str, list[list[list[float]]]]:
    """What the ranges of landings must be stretched by, by level, from what would have been said at `earlier` origins."""
    if not earlier:
        return {}
    months = times_of(scene, BOOKINGS).complete[-(max(earlier) + PAST_MONTHS) :]
    booked = {
        level: _booked_by_share(scene, level, months)
        for level in LEVEL_ORDER
        if published.by_of(level) in earlier[min(earlier)].levels
    }
    company = booked["company"].droplevel("member").reindex([one.start for one in months]).fillna(0.0)
    left = usual_left(company, PAST_MONTHS)
    return {
        level: stretches_of(published.rebuilt_runs(earlier, published.by_of(level)), own, left)
        for level, own in booked.items()
    }


def _booked_by_share(scene: Scene, level: str, months: Sequence[Period]) -> pd.DataFrame:
    by = published.by_of(level)
    rows = values(scene, Question("bookings", (*by, "day"), span=Span(months[0].start, months[-1].end)))
    places = places_of(months, scene.standing.company.working_calendar)
    return booked_by_share(published.named(rows, by), places)


def places_of(months: Sequence[Period], working: WorkingCalendar) -> dict[str, tuple[date, int, int]]:
    """Day → the month it is in, the working days of that before it, and all of them; a free day counts with the one before."""
    found = {}
    for month in months:
        days = working.working_days(month) or list(month.days())
        for day in month.days():
            found[day.isoformat()] = (month.start, max(bisect_right(days, day) - 1, 0), len(days))
    return found


def known_through(scene: Scene) -> date:
    """The last day of which bookings are known: today, unless the sheets end longer before it than a quiet spell lasts."""
    covered = scene.covered_span(scene.measures(["bookings"]))
    is_stale = covered is not None and (scene.today - covered.last_day).days > QUIET_DAYS
    return covered.last_day if covered and is_stale else scene.today


def surprises_of(scene: Scene, run: Run) -> Surprises:
    """Who of company, teams and reps came in outside the range they were given: the last month, and the running one so far."""
    times = times_of(scene, BOOKINGS)
    runs = forecasts.runs(scene.store)
    found = Surprises()
    if times.complete:
        last = times.complete[-1]
        said = _said(scene, runs[runs["first_on"] == last.start], last)
        ranges = {level: run.stretches.at(level, 1, 0.0) for level in LEVEL_ORDER}
        found += judged(_stretched(said, 1.0, ranges), _booked(scene, last), last.title)
    running = times.ahead[0]
    if run.first_on == running.start and running.start <= scene.today:
        elapsed, left = elapsed_and_left(scene, running)
        said = _said(scene, runs[runs["id"] == run.id], running)
        ranges = {level: run.stretches.at(level, 0, elapsed) for level in LEVEL_ORDER}
        so_far = judged(_stretched(said, 1 - left, ranges), _booked(scene, running), f"{running.title} so far")
        found += so_far
    return found


def _said(scene: Scene, runs: pd.DataFrame, month: Period) -> pd.DataFrame:
    """What the first of `runs` to be published, else one rebuilt, said of a month."""
    in_order = runs.sort_values(["is_rebuilt", "made_at"]).head(1)
    rows = said_by(scene, in_order["id"].tolist())
    return rows[(rows["start"] == month.start) & rows["level"].isin(LEVEL_ORDER)]


def _stretched(said: pd.DataFrame, part: float, stretches: Mapping[str, tuple[float, float]]) -> pd.DataFrame:
    """What a part of a month was expected to bring, in ranges that hold what they promise: level, member, AMOUNTS."""
    rows = []
    for row in said.dropna(subset=list(AMOUNTS)).to_dict("records"):
        month = Range(*(row[name] for name in AMOUNTS))
        due = summed([month.part(part)], stretches[row["level"]]).plus(0.0, min(month.low_95, 0.0))
        rows.append((row["level"], row["member"], *(getattr(due, name) for name in AMOUNTS)))
    return pd.DataFrame(rows, columns=["level", "member", *AMOUNTS])


def _booked(scene: Scene, span: Span) -> pd.DataFrame:
    frames = []
    for level in LEVEL_ORDER:
        by = published.by_of(level)
        rows = published.named(values(scene, Question("bookings", by, span=span)), by)
        frames.append(rows.assign(level=level)[["level", "member", "value"]])
    return pd.concat(frames, ignore_index=True)


def pipeline_of(scene: Scene, period: Period, where: tuple[tuple[str, str], ...]) -> PipelineView | None:
    """What the open deals say that are expected to close in a period, as known today; None without a deal sheet."""
    if "opportunities_opened" not in scene.covered and "won_deals" not in scene.covered:
        return None
    dims = scene.dimensions(Question("open_deals", where=where))
    deals = facts.open_deals(scene.store, scene.today, scene.today, dims.fact_filter)
    mine = scene.kept_of(deals, scene.today, dims)
    return pipeline_view(mine, period, stage_rates(forecasts.stage_outcomes(scene.store)))
