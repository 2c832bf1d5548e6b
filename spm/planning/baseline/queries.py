"""The baseline of a plan, from the projection that the Forecast page shows, the people and the quotas there are."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd

from spm.calendar import ONE_DAY, Grain, Period, Span, plus_months
from spm.errors import Refusal
from spm.forecast.landings.landing import Range, Stretch, landing
from spm.forecast.landings.queries import elapsed_and_left
from spm.forecast.landings.stretches import Stretches
from spm.forecast.outlook.projecting import AMOUNTS, Level
from spm.forecast.outlook.queries import Asked, times_of
from spm.forecast.publishing.queries import latest_run
from spm.forecast.queries import outlook
from spm.metrics.queries import Question, Scene, measure_sums, value, values
from spm.people.roles import MANAGER
from spm.planning.baseline import course
from spm.planning.baseline.course import NO_TEAM, NOBODY, Baseline, BaselineDays
from spm.planning.ramp import by_tenure, learned_ramp, tenure_months
from spm.planning.scenarios.outlook import Outlook, outlook_of
from spm.planning.seasons import Season, season_of
from spm.store import reading

BOOKINGS = Asked("bookings")
YEAR_MONTHS = 12
MOST_MONTHS_AHEAD = 24
QUARTERS_AHEAD = 4


def plan_periods(scene: Scene) -> list[Period]:
    """What can be planned: the next quarter first, those after it, the running one, the next and the running year.

    Empty before a month is complete.
    """
    if not times_of(scene, BOOKINGS).complete:
        return []
    calendar = scene.standing.company.fiscal_calendar
    quarter, year = (calendar.period_of(grain, scene.today) for grain in (Grain.QUARTER, Grain.YEAR))
    later = [calendar.after(quarter)]
    while len(later) < QUARTERS_AHEAD:
        later.append(calendar.after(later[-1]))
    asked = [*later, quarter, calendar.after(year), year]
    return [period for period in asked if period.last_day > scene.today]


def baseline_of(scene: Scene, period: Period) -> Baseline:
    """The period as it will go if nothing changes; see `Baseline`.

    Raises Refusal where no month is complete yet, or the period is over or too far away to be projected.
    """
    times = times_of(scene, BOOKINGS)
    first = times.ahead[0].start
    horizon = max(tenure_months(first, period.end), 1)
    if period.last_day <= scene.today:
        raise Refusal(f"{period.title} is over.", "Plan a period that still runs or is to come.")
    if not times.complete or horizon > MOST_MONTHS_AHEAD:
        raise Refusal(
            f"{period.title} can't be projected.",
            "Bring bookings of whole months first." if not times.complete else "Plan at most two years ahead.",
        )
    levels = outlook(scene, Asked("bookings", ("rep",), horizon=max(horizon, YEAR_MONTHS))).levels
    whole, reps = levels[()], levels[("rep",)]
    months = _months(period)
    ahead = {start: one for start, one in _ranges(whole).items() if start in period}
    elapsed, left = elapsed_and_left(scene, times.ahead[0]) if first in ahead else (0.0, 1.0)
    run = latest_run(scene)
    stretches = run.stretches if run else Stretches()
    booked = value(scene, "bookings", period) or 0.0
    lands = landing(period, booked, list(ahead.values()), left, stretches.at("company", len(ahead), elapsed))
    so_far = _so_far(scene, first)
    known, future = _named(reps.history), _named(reps.future)
    days = _days(scene, period, times.complete[0].start, first)
    grid = course.by_month(known, future, so_far, months, left).fillna(0.0)
    frame = _people(scene, period, grid, first)
    for name, span in (("last_year", days.last_year), ("past", days.past), ("earlier", days.earlier)):
        frame[f"{name}_cents"] = frame["rep"].map(_sums(known, future, so_far, span)).astype("Float64")
    for name, span in (("last_quota", days.last_year), ("quota", period)):
        frame[f"{name}_cents"] = frame["rep"].map(_quotas(scene, span)).astype("Float64")
    if days.last_year:  # who carried a part of it only did not jump from that part
        carried = frame["person_id"].isin(carriers_since(scene, days.last_year.start))
        frame["last_quota_cents"] = frame["last_quota_cents"].where(carried)
    if days.earlier:
        settled = same_job_since(scene, dict(zip(frame["person_id"], frame["role"], strict=True)), days.earlier.start)
        frame["earlier_cents"] = frame["earlier_cents"].where(frame["person_id"].isin(settled))
    errors = _errors(reps, period, left, stretches.at("rep", len(ahead), elapsed))
    frame["expected_cents"] = [
        grid.loc[rep].tolist() if rep in grid.index else [0.0] * len(months) for rep in frame["rep"]
    ]
    frame["has_projection"] = frame["rep"].isin(grid.index)
    frame["error_cents"] = frame["rep"].map(errors).fillna(0.0).astype(float)
    frame["projection_cents"] = frame["expected_cents"].map(sum).round().where(frame["has_projection"]).astype("Int64")
    is_there = frame["is_member"] | (frame["expected_cents"].map(sum) > 0) | (frame["error_cents"] > 0)
    frame = frame[is_there].reset_index(drop=True)
    company = whole.history.set_index("start")["value"]
    company_error = course.spread_cents(lands.lands)
    frame["error_cents"] = course.widened(frame["error_cents"], company_error)
    season, learned = season_of(company.to_dict()), learned_ramp(_by_tenure(scene, frame, known))
    return Baseline(
        period, months, frame, _outlook(scene, frame, months, first, season),
        course.ranges_by_month(months, ahead, company.to_dict(), (first, sum(so_far.values()), left)), lands,
        course.implied_correlation(frame["error_cents"].tolist(), company_error),
        season, learned or scene.standing.company.ramp, learned is not None,
        bool(stretches.measured), days,
        scene.standing.company.name, scene.standing.company.currency, _teams_above(scene), scene.today,
        np.ones((len(frame), 1, len(months))),
    )  # fmt: skip


def carriers_since(scene: Scene, day: date) -> set[int]:
    """Who carried a quota of bookings on a day, or before it and after."""
    return {person for person, span in scene.quota_spans.items() if day in span}


def same_job_since(scene: Scene, roles: Mapping[int, str | None], day: date) -> set[int]:
    """Those of `roles`, person → role, who had the same role on a day already: what they sold since is their territory's."""
    then = scene.org.active(Span(day, day + ONE_DAY)).drop_duplicates("person_id")
    pairs = zip(then["person_id"], then["role"], strict=True)
    return {int(person) for person, role in pairs if person in roles and _text(role) == _text(roles[person])}


def _months(span: Span) -> tuple[date, ...]:
    return tuple(plus_months(span.start, at) for at in range(tenure_months(span.start, span.end)))


def _ranges(level: Level) -> dict[date, Range]:
    rows = level.future.sort_values("start").to_dict("records")
    return {row["start"]: Range(*(float(row[part]) for part in AMOUNTS)) for row in rows}


def _named(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(rep=rows["rep"].fillna(NOBODY))


def _so_far(scene: Scene, first: date) -> dict[str, float]:
    """Rep → bookings of the first month that is not complete, up to today."""
    month = Span(first, plus_months(first, 1))
    rows = values(scene, Question("bookings", ("rep",), span=month)).dropna(subset=["value"])
    return {
        rep if isinstance(rep, str) else NOBODY: amount for rep, amount in zip(rows["rep"], rows["value"], strict=True)
    }


def _errors(reps: Level, period: Period, left: float, stretch: Stretch) -> dict[str, float]:
    """Rep → how far their projection of the period may be off."""
    rows = _named(reps.future)
    rows = rows[(rows["start"] >= period.start) & (rows["start"] < period.end)].sort_values("start")
    return {
        rep: course.error_cents(
            [Range(*(float(row[part]) for part in AMOUNTS)) for row in own.to_dict("records")], left, stretch
        )
        for rep, own in rows.groupby("rep", sort=False)
    }


def _days(scene: Scene, period: Period, known_from: date, first: date) -> BaselineDays:
    """The same months of earlier years for which sheets speak."""
    calendar = scene.standing.company.fiscal_calendar
    earlier = [calendar.year_earlier(period)]
    while earlier[-1].start > known_from:
        earlier.append(calendar.year_earlier(earlier[-1]))
    spoken_for = [one for one in earlier if one.start >= known_from]
    last_year = spoken_for[0] if spoken_for and spoken_for[0] == earlier[0] else None
    over = [one for one in spoken_for if one.end <= first]
    before = next((later for one, later in pairwise(over)), None)
    projected = max(tenure_months(max(first, last_year.start), last_year.end), 0) if last_year else 0
    return BaselineDays(last_year, projected, over[0] if over else None, before)


def _sums(
    known: pd.DataFrame, future: pd.DataFrame, so_far: Mapping[str, float], span: Period | None
) -> dict[str, float]:
    """Rep → bookings of a span, projected where it is not over."""
    if span is None:
        return {}
    return course.by_month(known, future, so_far, _months(span), 1.0).sum(axis=1, min_count=1).to_dict()


def _people(scene: Scene, period: Period, grid: pd.DataFrame, first: date) -> pd.DataFrame:
    """Everybody who books or could, with their place on the first day of the plan that they are there."""
    people = scene.org.people.set_index("id")
    to_come = Span(max(period.start, scene.today), period.end)
    there = scene.org.active(to_come).drop_duplicates("person_id").set_index("person_id")
    year = Span(plus_months(first, -YEAR_MONTHS), first)
    last = (
        scene.org.active(Span(year.start, period.end)).drop_duplicates("person_id", keep="last").set_index("person_id")
    )
    booked = values(scene, Question("bookings", ("rep",), span=year)).dropna(subset=["value"])
    booking = set(booked.loc[booked["value"] > 0, "rep"].dropna())
    roles = {last["role"].get(person) for person, rep in people["rep"].items() if rep in booking} - {MANAGER}
    with_quota = _with_quota(scene, year)
    rows = []
    for person, one in people.iterrows():
        placed = there.loc[person] if person in there.index else last.loc[person] if person in last.index else None
        is_there = person in there.index
        role = placed["role"] if placed is not None else None
        rows.append(
            {
                "person_id": person, "rep": one["rep"], "role": role, "started_on": one["started_on"],
                "team": _text(placed["team"] if placed is not None else None) or NO_TEAM,
                "manager": _text(placed["manager"] if placed is not None else None),
                "is_member": is_there and (role in roles or person in with_quota),
            }
        )  # fmt: skip
    if NOBODY in grid.index:
        rows.append({"person_id": None, "rep": NOBODY, "team": NO_TEAM, "manager": "", "is_member": False})
    frame = pd.DataFrame(rows).astype({"is_member": bool, "person_id": "Int64"})
    for name, own in scene.own_columns.items():
        frame[name] = frame["person_id"].map(own)
    return frame


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _with_quota(scene: Scene, span: Span) -> set[int]:
    """Who had a quota of bookings of their own on a day of a span."""
    own = reading.quotas(scene.store).dropna(subset=["person_id"])
    own = own[(own["metric"] == "bookings") & (own["ends_before"] > span.start) & (own["starts_on"] < span.end)]
    return {int(person) for person in own["person_id"]}


def _quotas(scene: Scene, span: Span | None) -> dict[str, float]:
    """Rep → quota of a span."""
    if span is None or "quota" not in scene.covered:
        return {}
    rows = values(scene, Question("quota", ("rep",), span=span)).dropna(subset=["value", "rep"])
    return {rep: amount for rep, amount in zip(rows["rep"], rows["value"], strict=True) if amount > 0}


def _by_tenure(scene: Scene, frame: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """What everybody brought by the month of their tenure in a job that sells: see `ramp.by_tenure`."""
    roles = set(frame.loc[frame["is_member"], "role"]) - {MANAGER}
    selling = set()
    for month in known["start"].unique():
        there = scene.org.active(Span(month, month + ONE_DAY))
        selling |= {(rep, month) for rep, role in zip(there["rep"], there["role"], strict=True) if role in roles}
    is_selling = [pair in selling for pair in zip(known["rep"], known["start"], strict=True)]
    started_on = frame.dropna(subset=["started_on"]).set_index("rep")["started_on"].to_dict()
    return by_tenure(known.assign(is_selling=is_selling), started_on)


def _outlook(scene: Scene, frame: pd.DataFrame, months: tuple[date, ...], first: date, season: Season) -> Outlook:
    """The reps' months by team, with the funnel and the people behind them."""
    year = Span(plus_months(first, -YEAR_MONTHS), first)
    bookings = frame.groupby("team")["expected_cents"].apply(lambda rows: np.sum(rows.tolist(), axis=0))
    heads = frame[frame["is_member"]].groupby("team").size()
    funnel = _funnel(scene, year)
    rows = []
    for team, amounts in bookings.items():
        count = float(heads.get(team, 0))
        rows += [
            {"unit": team, "month": month, "bookings_cents": amount, **funnel.get(str(team), {}), "headcount": count,
             "productivity_cents": float(np.mean(amounts)) / count if count else np.nan}
            for month, amount in zip(months, amounts, strict=True)
        ]  # fmt: skip
    return outlook_of(pd.DataFrame(rows), season)


def _funnel(scene: Scene, span: Span) -> dict[str, dict[str, float]]:
    """Team → won and closed deals of a span and the cycle of all won ones together, as long as those whose dates are known."""
    asked = ["won_deals", "lost_deals", "won_cycle_days", "won_deals_with_cycle"]
    rows = measure_sums(scene, asked, scene.dimensions(Question("", ("team",))), span)
    won, lost, days, dated = (rows[name].to_numpy(float) for name in asked)
    cycle = won * np.divide(days, dated, out=np.full_like(days, np.nan), where=dated > 0)
    found = pd.DataFrame({"won_deals": won, "closed_deals": won + lost, "cycle_days": cycle})
    teams = [_text(team) or NO_TEAM for team in rows["team"]]
    return dict(zip(teams, found.to_dict("records"), strict=True))


def _teams_above(scene: Scene) -> dict[str, str | None]:
    teams = scene.org.teams
    names = dict(zip(teams["id"], teams["name"], strict=True))
    return {name: names.get(parent) for name, parent in zip(teams["name"], teams["parent_id"], strict=True)}
