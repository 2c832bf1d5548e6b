"""Where the running periods land, what the open pipeline says of them, and what came in out of range."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from spm.benchmarks.pace import ExpectedShare, booked_share, expected_share
from spm.calendar import ONE_DAY, Grain, Period, Span
from spm.forecast.landings.landing import Landing, Range, due_of, landing
from spm.forecast.landings.pipeline import PipelineView, pipeline_view, stage_rates
from spm.forecast.landings.surprises import LEVEL_ORDER, Surprise, surprises
from spm.forecast.outlook.projecting import AMOUNTS
from spm.forecast.publishing import published
from spm.forecast.queries import Asked, Run, future_of, times_of
from spm.metrics.queries import Question, Scene, value, values
from spm.store import facts, forecasts

BOOKINGS = Asked("bookings")
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
    calendar, working = scene.standing.company.fiscal_calendar, scene.standing.company.working_calendar
    ahead = [(calendar.period_of(Grain.MONTH, row["start"]), row) for row in months.to_dict("records")]
    if ahead[-1][0].end < period.end:
        return None
    ranges = [Range(*(row[part] for part in AMOUNTS)) for month, row in ahead if month.last_day > through]
    first = next(month for month, _ in ahead if month.last_day > through)
    share = working.share(Span(first.start, max(through + ONE_DAY, first.start)), first)
    usual = usual_share(scene, first, where, share) if share else None
    booked = value(scene, "bookings", period, **where) or 0.0
    widths = run.sum_widths.get(level, ())
    return landing(period, booked, ranges, share, usual, widths, _quota(scene, period, where))


def _quota(scene: Scene, period: Period, where: Mapping[str, str]) -> float | None:
    """The quota of a period, None where quotas speak for only a part of it."""
    reach = scene.covered_span(["quota"])
    is_whole = reach is not None and reach.start <= period.start and period.end <= reach.end
    return value(scene, "quota", period, **where) if is_whole else None


def usual_share(scene: Scene, month: Period, where: Mapping[str, str], share: float) -> ExpectedShare | None:
    """What part of a month's bookings is usually in by a share of its working days, from the complete months before."""
    times = times_of(scene, BOOKINGS)
    past = [one for one in times.complete if one.end <= month.start][-PAST_MONTHS:]
    if not past:
        return None
    asked = Question("bookings", ("day",), tuple(where.items()), Span(past[0].start, past[-1].end))
    rows = values(scene, asked).dropna(subset=["value"])
    by_day = {date.fromisoformat(day): amount for day, amount in zip(rows["day"], rows["value"], strict=True)}
    working = scene.standing.company.working_calendar
    within = [({day: by_day[day] for day in by_day if day in one}, working.working_days(one)) for one in past]
    return expected_share([booked_share(bookings, days, share) for bookings, days in within])


def known_through(scene: Scene) -> date:
    """The last day of which bookings are known: today, unless the sheets end longer before it than a quiet spell lasts."""
    covered = scene.covered_span(scene.measures(["bookings"]))
    is_stale = covered is not None and (scene.today - covered.last_day).days > QUIET_DAYS
    return covered.last_day if covered and is_stale else scene.today


def surprises_of(scene: Scene, run: Run) -> list[Surprise]:
    """Who of company, teams and reps came in outside the range they were given: the last month, and the running one so far.

    The running month is judged for the company and its teams: of one rep, too few days are in to judge by.
    """
    times = times_of(scene, BOOKINGS)
    runs = forecasts.runs(scene.store)
    found: list[Surprise] = []
    if times.complete:
        last = times.complete[-1]
        before = runs[runs["first_on"] == last.start]
        said = _said(scene, before, last)
        found += surprises(said, _booked(scene, last, LEVEL_ORDER), last.title)
    running = times.ahead[0]
    if run.first_on == running.start and running.start <= scene.today:
        said = _due(scene, _said(scene, runs[runs["id"] == run.id], running), running)
        found += surprises(
            said, _booked(scene, running, ("company", "team")), f"{running.title} so far", is_running=True
        )
    return found


def _said(scene: Scene, runs: pd.DataFrame, month: Period) -> pd.DataFrame:
    """What the first of `runs` to be published, else one rebuilt, said of a month."""
    in_order = runs.sort_values(["is_rebuilt", "made_at"]).head(1)
    totals = forecasts.totals(scene.store, in_order["id"].tolist())
    rows = published.forecasts(totals, runs, scene.standing.company.fiscal_calendar)
    return rows[rows["start"] == month.start]


def _booked(scene: Scene, span: Span, levels: Sequence[str]) -> pd.DataFrame:
    frames = []
    for level in levels:
        by = published.by_of(level)
        rows = published.named(values(scene, Question("bookings", by, span=span)), by)
        frames.append(rows.assign(level=level)[["level", "member", "value"]])
    return pd.concat(frames, ignore_index=True)


def _due(scene: Scene, said: pd.DataFrame, month: Period) -> pd.DataFrame:
    """What a month should have brought by now, of the company and its teams."""
    through = known_through(scene)
    share = scene.standing.company.working_calendar.share(Span(month.start, max(through + ONE_DAY, month.start)), month)
    usual = usual_share(scene, month, {}, share)
    rows = []
    for row in said[said["level"].isin(("company", "team"))].to_dict("records"):
        due = due_of(Range(*(row[part] for part in AMOUNTS)), share, usual)
        rows.append({"level": row["level"], "member": row["member"], **{part: getattr(due, part) for part in AMOUNTS}})
    return pd.DataFrame(rows, columns=["level", "member", *AMOUNTS])


def pipeline_of(scene: Scene, period: Period, where: tuple[tuple[str, str], ...]) -> PipelineView | None:
    """What the open deals say that are expected to close in a period, as known today; None without a deal sheet."""
    if "opportunities_opened" not in scene.covered and "won_deals" not in scene.covered:
        return None
    dims = scene.dimensions(Question("open_deals", where=where))
    deals = facts.open_deals(scene.store, scene.today, scene.today, dims.fact_attributes, dims.fact_filter)
    mine = scene.in_place(deals.assign(period=scene.today), dims)
    closing = mine[mine["expected_close_on"].map(lambda day: day is not None and day in period).astype(bool)]
    return pipeline_view(closing, stage_rates(forecasts.stage_outcomes(scene.store)))
