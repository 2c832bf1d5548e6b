"""Where the company, its teams and its people stand, against quota, pace and their own past."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from math import isnan

import numpy as np
import pandas as pd

from spm.benchmarks.courses.queries import months_shown
from spm.benchmarks.growth import Growth, to_share
from spm.benchmarks.pace import (
    ExpectedShare,
    booked_share,
    booked_shares,
    expected_course,
    expected_share,
    needed_per_day,
    pace_index,
    straight_line_pace,
)
from spm.benchmarks.subjects.queries import value_of
from spm.calendar import ONE_DAY, FiscalCalendar, Grain, Period, Span, plus_months
from spm.metrics.queries import Question, Scene, answers, course_of, value, values

PAST_PERIODS = 12
TREND_MONTHS = 12
BESIDE_BOOKINGS = ("quota", "attainment", "win_rate", "average_order_value")


@dataclass(frozen=True)
class Pace:
    """How far the bookings of a period have come. Amounts in minor units, None where missing.

    `quota` is None too where quotas speak for only a part of the period, up to `quota_until`. `expected` is what
    part of a period's bookings is usually in by now, None without past periods; `share` then is that of working
    days. `index` is 1.0 on pace for the quota, `landing` where the period ends at this pace: both only while it
    runs. `curve`: day, and to the end of it booked, expected, expected_low, expected_high of `aim`; quota, today.
    `aim` is the quota, else what the period `aim_is` came to.
    """

    booked: float | None
    quota: float | None
    quota_until: date | None
    elapsed_share: float
    is_over: bool
    expected: ExpectedShare | None
    index: float | None
    landing: float | None
    needed_per_day: float | None
    aim_is: Period | None
    curve: pd.DataFrame

    @property
    def share(self) -> float:
        return self.expected.middle if self.expected else self.elapsed_share

    @property
    def landing_share(self) -> float | None:
        """The landing as a share of the quota."""
        return self.landing / self.quota if self.landing is not None and self.quota else None


@dataclass(frozen=True)
class Place:
    """A period's rank among those of its length, the best being 1."""

    rank: int
    periods_count: int


def pace(scene: Scene, period: Period, where: Mapping[str, str]) -> Pace:
    """The pace of the bookings of a part of the company."""
    working = scene.standing.company.working_calendar
    quotas_reach = scene.covered_span(["quota"])
    is_whole = quotas_reach is not None and _holds(quotas_reach, period)
    booked = value(scene, "bookings", period, **where)
    quota = value(scene, "quota", period, **where) if is_whole else None
    quota_part = quotas_reach.overlap(period) if quotas_reach and not is_whole else None
    gone = _gone(scene, period)
    elapsed_share = working.share(gone, period)
    past = _past_periods(scene, period)
    course = course_of(scene, "bookings", where)
    by_day = course.by_day(Span(past[0].start if past else period.start, period.end))
    history = [(_within(by_day, one), working.working_days(one)) for one in past]
    expected = _expected(history, elapsed_share)
    share = expected.middle if expected else elapsed_share
    is_running = period.start <= scene.today < period.last_day and booked is not None
    aim_is = None if quota else _compared(scene, "bookings", period)
    aim = quota or (value(scene, "bookings", aim_is, **where) if aim_is else None)
    left_count = working.working_days_count(Span(gone.end, period.end))
    return Pace(
        booked,
        quota,
        quota_part.last_day if quota_part else None,
        elapsed_share,
        is_over=scene.today >= period.last_day,
        expected=expected,
        index=pace_index(booked, quota, share) if is_running and booked is not None and quota else None,
        landing=straight_line_pace(booked, share) if is_running and booked is not None else None,
        needed_per_day=needed_per_day(quota, booked, left_count)
        if is_running and quota and booked is not None
        else None,
        aim_is=aim_is,
        curve=_curve(scene, period, by_day, history, aim, quota),
    )


History = Sequence[tuple[Mapping[date, float], Sequence[date]]]
"""Of each past period its bookings by day, and its working days."""


def _expected(history: History, share: float) -> ExpectedShare | None:
    return expected_share([booked_share(bookings, days, share) for bookings, days in history])


def _curve(
    scene: Scene, period: Period, by_day: Mapping[date, float], history: History, aim: float | None, quota: float | None
) -> pd.DataFrame:
    days = list(period.days())
    working_days = scene.standing.company.working_calendar.working_days(period) or days
    shares = [bisect_right(working_days, day) / len(working_days) for day in days]
    course = expected_course([booked_shares(bookings, past, shares) for bookings, past in history])
    low, middle, high = (
        (np.full(len(days), np.nan), np.array(shares), np.full(len(days), np.nan)) if course is None else course
    )
    booked = pd.Series(list(accumulate(by_day.get(day, 0.0) for day in days)))
    scale = aim if aim is not None else np.nan
    return pd.DataFrame(
        {
            "day": days,
            "booked": booked.where([day <= scene.today for day in days]),
            "expected": middle * scale,
            "expected_low": low * scale,
            "expected_high": high * scale,
            "quota": np.nan if quota is None else quota,
            "today": [day == scene.today and day != period.last_day for day in days],
        }
    )


def growths(scene: Scene, keys: Sequence[str], period: Period, where: Mapping[str, str]) -> dict[str, Growth]:
    """Metrics against the same period a year earlier, or the period before where no sheet reaches back that far, by key."""
    against = {key: _compared(scene, key, period) for key in keys}
    now, before = answers(scene, keys, (), tuple(where.items()), period), dict.fromkeys(keys)
    for one in {found for found in against.values() if found}:
        alike = [key for key in keys if against[key] == one]
        frames = answers(scene, alike, (), tuple(where.items()), _same_part(scene, period, one))
        before |= {key: value_of(frame) for key, frame in frames.items()}
    is_to_date = scene.today < period.last_day
    return {key: Growth(value_of(now[key]), before[key], against[key], is_to_date) for key in keys}


def place(scene: Scene, period: Period, where: Mapping[str, str]) -> Place | None:
    """The rank of a period by bookings among all of its length that the sheets cover; None for a typed range."""
    covered = scene.covered_span(scene.measures(["bookings"]))
    if period.grain is None or covered is None:
        return None
    whole = [one for one in _calendar(scene).periods(period.grain, covered) if _holds(covered, one)]
    found = course_of(scene, "bookings", where).values(period.grain, whole)
    known = {one: value for one, value in zip(whole, found, strict=True) if not isnan(value)}
    return Place(sum(value > known[period] for value in known.values()) + 1, len(known)) if period in known else None


def by_months(scene: Scene, keys: Sequence[str], period: Period, where: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    """Metrics by month, each: month (its first day), value, quota, chosen (in `period`), running (not over yet).

    Of `months_shown` those before the first value are left out. `quota` is filled for bookings only.
    """
    months = months_shown(scene, period)
    starts, chosen = [one.start for one in months], [one.overlap(period) is not None for one in months]
    running = [scene.today < one.last_day for one in months]
    found = {}
    for key in keys:
        value = course_of(scene, key, where, keys).values(Grain.MONTH, months)
        quota = course_of(scene, "quota", where).values(Grain.MONTH, months) if key == "bookings" else np.nan
        columns = {"month": starts, "value": value, "quota": quota, "chosen": chosen, "running": running}
        frame = pd.DataFrame(columns)
        first = frame["value"].first_valid_index()
        found[key] = frame.loc[first:].reset_index(drop=True) if first is not None else frame.head(0)
    return found


def standings(scene: Scene, by: str, period: Period, where: Mapping[str, str]) -> pd.DataFrame:
    """One row a rep or team (`by`), the highest bookings first.

    Columns: name (None: nobody's), bookings, change_share (of bookings, as in `growths`), quota, attainment, win_rate,
    average_order_value, trend (bookings of each of TREND_MONTHS up to the period's end that are over, NaN where
    missing), for reps also team.
    """

    def asked(key: str, span: Span) -> pd.Series:
        return values(scene, Question(key, (by,), tuple(where.items()), span)).set_index(by)["value"]

    frame = asked("bookings", period).rename("bookings").to_frame()
    against = _compared(scene, "bookings", period)
    if against:
        before = asked("bookings", _same_part(scene, period, against)).reindex(frame.index)
        frame["change_share"] = (frame["bookings"] - before) / before.where(before > 0)
    for key, found in answers(scene, BESIDE_BOOKINGS, (by,), tuple(where.items()), period).items():
        frame[key] = found.set_index(by)["value"].reindex(frame.index)
    until = min(plus_months(period.last_day, 1), plus_months(scene.today + ONE_DAY, 0))
    months = Span(plus_months(until, -TREND_MONTHS), until)
    by_month = values(scene, Question("bookings", (by, "month"), tuple(where.items()), months))
    lines = by_month.pivot(index=by, columns="month", values="value").reindex(frame.index).astype(float)
    frame["trend"] = lines.to_numpy().tolist()
    if by == "rep":
        teams = scene.org.active(period).drop_duplicates("rep", keep="last").set_index("rep")["team"]
        frame["team"] = teams.reindex(frame.index)
    return frame.rename_axis("name").reset_index().sort_values("bookings", ascending=False, ignore_index=True)


def _calendar(scene: Scene) -> FiscalCalendar:
    return scene.standing.company.fiscal_calendar


def _past_periods(scene: Scene, period: Period) -> list[Period]:
    """Up to PAST_PERIODS before a period that are wholly covered, the earliest first."""
    covered = scene.covered_span(scene.measures(["bookings"]))
    found: list[Period] = []
    one = _calendar(scene).before(period)
    while covered and _holds(covered, one) and len(found) < PAST_PERIODS:
        found.insert(0, one)
        one = _calendar(scene).before(one)
    return found


def _compared(scene: Scene, key: str, period: Period) -> Period | None:
    """The period a year earlier, else the one before, whichever first is wholly covered."""
    asked = scene.metric(key)
    covered = scene.covered_span(scene.measures([*asked.numerator, *asked.denominator]))
    candidates = (_calendar(scene).year_earlier(period), _calendar(scene).before(period))
    return next((one for one in candidates if covered and _holds(covered, one)), None)


def _same_part(scene: Scene, period: Period, against: Period) -> Span:
    """As much of `against` as has gone by of `period`, by working days."""
    working = scene.standing.company.working_calendar
    return to_share(against, working.working_days(against), working.share(_gone(scene, period), period))


def _gone(scene: Scene, period: Period) -> Span:
    """The days of a period up to today."""
    return Span(period.start, min(max(scene.today + ONE_DAY, period.start), period.end))


def _holds(span: Span, part: Span) -> bool:
    return span.start <= part.start and part.end <= span.end


def _within(by_day: Mapping[date, float], span: Span) -> dict[date, float]:
    return {day: by_day[day] for day in span.days() if day in by_day}
