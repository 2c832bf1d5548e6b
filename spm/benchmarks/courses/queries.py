"""A metric over time: months judged by those before them, and a period against earlier ones of the same subject."""

from collections.abc import Mapping, Sequence
from math import isnan

import pandas as pd

from spm.benchmarks.courses.measures import Measure, points_per_day
from spm.benchmarks.growth import to_share
from spm.benchmarks.own_past import PERIODS_A_YEAR, Judgement, OwnPast, Point, judgements, own_past
from spm.benchmarks.seasons import month_indexes
from spm.benchmarks.subjects.model import Level, Subject
from spm.benchmarks.subjects.queries import asked, value_of, working_days
from spm.calendar import ONE_DAY, FiscalCalendar, Grain, Period, Span, plus_months
from spm.metrics.measures import Unit
from spm.metrics.queries import Question, Scene, course_of, values
from spm.metrics.registry import Nature

MONTHS_JUDGED, MONTHS_SHOWN = 60, 24
WHOLE_GRAINS = (Grain.MONTH, Grain.QUARTER, Grain.YEAR)
PARTS_ASKED = (Grain.QUARTER, Grain.YEAR)  # of twelve months as much of each would be a dozen questions


def months(scene: Scene, key: str, compared: Sequence[Subject], period: Period) -> dict[Subject, list[Judgement]]:
    """The metric of each subject by month, each judged against its own before, the season taken out.

    At most 60 months that are over and wholly covered, up to the period.
    """
    every = months_up_to(scene, period, MONTHS_JUDGED)
    answers = asked(scene, key, compared, Span(every[0].start, every[-1].end), Grain.MONTH)
    season = scene.once(season_of, key)
    return {
        one: judgements(points(scene, key, frame, in_role(scene, one, every), season)) for one, frame in answers.items()
    }


def in_role(scene: Scene, one: Subject, periods: Sequence[Period]) -> list[Period]:
    """Of a rep the whole periods in the role that they had last: what they did in another one says nothing of this.

    Of teams, roles and the organisation all.
    """
    if one.level is not Level.REP:
        return list(periods)
    people = scene.org.people
    own = scene.org.assignments[
        scene.org.assignments["person_id"].isin(people.loc[people["rep"] == one.name, "id"])
    ].sort_values("starts_on", na_position="first", kind="stable")
    known = own[[start is None or start < periods[-1].end for start in own["starts_on"]]]
    others = known[known["role"] != known["role"].iloc[-1]] if len(known) else known
    since = max((end for end in others["ends_before"] if end is not None), default=None)
    started = people.loc[people["rep"] == one.name, "started_on"]
    first = max((day for day in (since, *started) if day is not None), default=None)
    return [period for period in periods if first is None or period.start >= first]


def pasts(
    scene: Scene, key: str, compared: Sequence[Subject], period: Period, measure: Measure = Measure.ABSOLUTE
) -> dict[Subject, OwnPast]:
    """The metric of each subject in the period against the one before, a year earlier and the 12 months before.

    Of a running period as much of the others as has gone by of it; of a month there is then no mean of the 12 before. As
    they are, or per working day.
    """
    calendar, is_share = _calendar(scene), scene.metric(key).unit is Unit.SHARE
    if scene.today >= period.last_day and period.grain in WHOLE_GRAINS:
        earlier = periods_before(period, PERIODS_A_YEAR[period.grain] + 1, calendar)
        answers = asked(scene, key, compared, Span(earlier[0].start, period.end), period.grain)
        found = {one: points(scene, key, frame, [*earlier, period]) for one, frame in answers.items()}
        spans: dict[Period, Span] = {one: one for one in (*earlier, period)}
    else:
        several = period.grain in PARTS_ASKED
        every = periods_before(period, PERIODS_A_YEAR[period.grain], calendar) if several and period.grain else []
        against = dict.fromkeys((calendar.before(period), calendar.year_earlier(period), *every))
        parts = {one: same_part(scene, period, one) for one in against if scene.speaks_of(scene.metric(key), one)}
        spans = {**parts, period: period}
        answered = {one: asked(scene, key, compared, span) for one, span in spans.items()}
        found = {
            one: [
                Point(of, value_of(frames[one]), value_of(frames[one], "denominator"))
                for of, frames in answered.items()
            ]
            for one in compared
        }
    if measure is Measure.PER_DAY:
        found = {
            one: points_per_day(known, {of: working_days(scene, one, span) for of, span in spans.items()})
            for one, known in found.items()
        }
    return {one: own_past(known, period, calendar, is_share) for one, known in found.items()}


def season_of(scene: Scene, key: str) -> Mapping[int, float]:
    """What the season makes of a month by the whole company; nothing for what is no sum."""
    if scene.metric(key).nature is not Nature.SUM:
        return {}
    frame = values(scene, Question(key, (Grain.MONTH.value,))).set_index(Grain.MONTH.value)["value"].astype(float)
    over = months_up_to(scene, _calendar(scene).period_of(Grain.MONTH, scene.today), MONTHS_JUDGED)
    return month_indexes({one.start: frame.get(one.label) for one in over if scene.speaks_of(scene.metric(key), one)})


def points(
    scene: Scene,
    key: str,
    frame: pd.DataFrame,
    periods: Sequence[Period],
    season: Mapping[int, float] | None = None,
) -> list[Point]:
    """The answer to a question by the grain of `periods` as points, of those that the sheets cover wholly."""
    if frame.empty or not periods or periods[0].grain is None:
        return []
    numbers = frame[["value", "denominator"]].to_numpy(float).tolist()
    known = dict(zip(frame[periods[0].grain.value], numbers, strict=True))
    asked_for, indexes = scene.metric(key), season or {}
    found = []
    for period in periods:
        if period.label in known and scene.speaks_of(asked_for, period):
            value, denominator = known[period.label]
            found.append(
                Point(period, value, None if isnan(denominator) else denominator, indexes.get(period.start.month))
            )
    return found


def months_up_to(scene: Scene, period: Period, months_count: int) -> list[Period]:
    """The last months of a period and before it that are over."""
    calendar = _calendar(scene)
    last = calendar.period_of(Grain.MONTH, min(period.last_day, scene.today))
    until = last if last.end <= scene.today + ONE_DAY else calendar.before(last)
    return [*periods_before(until, months_count - 1, calendar), until]


def months_shown(scene: Scene, period: Period) -> list[Period]:
    """The MONTHS_SHOWN months that end with the running one, or a year after `period`."""
    end = min(plus_months(scene.today, 1), plus_months(period.last_day, 13))
    return _calendar(scene).periods(Grain.MONTH, Span(plus_months(end, -MONTHS_SHOWN), end))


def judged_months(
    scene: Scene, keys: Sequence[str], period: Period, where: Mapping[str, str]
) -> dict[str, Judgement | None]:
    """The last month of a period that is over, by the two years before it (of a rep as long as in the role they have in it).

    None where no month is over, or the last one's value is missing.
    """
    over = months_up_to(scene, period, MONTHS_SHOWN)
    if over[-1].overlap(period) is None:
        return dict.fromkeys(keys)
    if "rep" in where:
        over = in_role(scene, Subject(Level.REP, where["rep"]), over)
    found: dict[str, Judgement | None] = {}
    for key in keys:
        asked_for, season = scene.metric(key), scene.once(season_of, key)
        both = [*over, *months_shown(scene, period)]  # read in one go: who asks for the one shows the other
        known = dict(zip(both, course_of(scene, key, where, keys).values(Grain.MONTH, both), strict=True))
        judged = judgements(
            [
                Point(month, known[month], season_index=season.get(month.start.month))
                for month in over
                if scene.speaks_of(asked_for, month)
            ]
        )
        found[key] = judged[-1] if judged and judged[-1].point.period == over[-1] else None
    return found


def periods_before(period: Period, count: int, calendar: FiscalCalendar) -> list[Period]:
    """So many periods of the same grain before one, the earliest first."""
    found = [period]
    while len(found) <= count:
        found.insert(0, calendar.before(found[0]))
    return found[:-1]


def same_part(scene: Scene, period: Period, against: Period) -> Span:
    """As much of `against` as is over of `period`, by working days."""
    working = scene.standing.company.working_calendar
    return to_share(against, working.working_days(against), working.share(gone(scene, period), period))


def gone(scene: Scene, period: Period) -> Span:
    """The days of a period that are over, today among them."""
    return Span(period.start, min(max(scene.today + ONE_DAY, period.start), period.end))


def _calendar(scene: Scene) -> FiscalCalendar:
    return scene.standing.company.fiscal_calendar
