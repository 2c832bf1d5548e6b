"""Several reps, teams or roles side by side: their values, courses and own pasts, each question asked once for all."""

from collections.abc import Mapping, Sequence
from math import inf, isnan, nan

import numpy as np
import pandas as pd

from spm.benchmarks.comparing import references, subjects
from spm.benchmarks.comparing.certainty import Luck, Value, luck_of, values_of
from spm.benchmarks.comparing.measures import Measure, by_month, points_per_day
from spm.benchmarks.comparing.references import Compared, Field
from spm.benchmarks.comparing.subjects import Level, Subject
from spm.benchmarks.estimates import Sizes, sizes_from
from spm.benchmarks.growth import to_share
from spm.benchmarks.own_past import PERIODS_A_YEAR, Judgement, OwnPast, Point, judgements, own_past
from spm.benchmarks.seasons import month_indexes
from spm.calendar import ONE_DAY, FiscalCalendar, Grain, Period, Span, plus_months
from spm.metrics.measures import MEASURES, SOLD, Tally, Unit
from spm.metrics.queries import Question, Scene, answers, course_of, values
from spm.metrics.registry import Nature

MONTHS_JUDGED, MONTHS_SHOWN = 60, 24
WHOLE_GRAINS = (Grain.MONTH, Grain.QUARTER, Grain.YEAR)
PARTS_ASKED = (Grain.QUARTER, Grain.YEAR)  # of twelve months as much of each would be a dozen questions
NUMBERS = ["value", "numerator", "denominator"]
ORDER_CASES = Tally("order", "ordered_on", "amount_cents", (SOLD,))
AT_ONCE = (Level.REP, Level.ROLE)  # a team's own rows leave out the teams below it: asked for one by one


def members(scene: Scene, period: Period) -> pd.DataFrame:
    """See `subjects.members`: everyone who was there in the period. Nobody may change it."""
    return scene.once(_members, period)


def _members(scene: Scene, period: Period) -> pd.DataFrame:
    return subjects.members(scene.org.active(period), scene.org.people, period, scene.today)


def asked(
    scene: Scene, key: str, compared: Sequence[Subject], span: Span, grain: Grain | None = None
) -> dict[Subject, pd.DataFrame]:
    """The metric of each subject: value, numerator and denominator; with a grain a row a period, by its label.

    Empty where nothing is known of a subject.
    """
    grains = (grain.value,) if grain else ()
    found: dict[Subject, pd.DataFrame] = {}
    for level in Level:
        alike = subjects.of_level(compared, level)
        if level in AT_ONCE and len(alike) > 1:
            theirs = _ids(scene, alike) if level is Level.REP else None
            frame = answers(scene, [key], (level.value, *grains), (), span, theirs)[key]
            found |= subjects.split(frame, alike, level.value)
        else:
            found |= {one: values(scene, Question(key, grains, tuple(one.where.items()), span)) for one in alike}
    return {one: found[one][[*grains, *NUMBERS]].reset_index(drop=True) for one in compared}


def _ids(scene: Scene, reps: Sequence[Subject]) -> tuple[int, ...]:
    people = scene.org.people
    return tuple(people.loc[people["rep"].isin([one.name for one in reps]), "id"].tolist())


def value_of(frame: pd.DataFrame, column: str = "value") -> float | None:
    """The one number of an answer without a grain, None where it is missing."""
    return None if frame.empty or pd.isna(frame[column].iloc[0]) else float(frame[column].iloc[0])


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


def comparable_metrics(scene: Scene) -> list[str]:
    """The metrics that the sheets say something about and that add up over time, in the registry's order."""
    return [
        key
        for key, one in scene.metrics.items()
        if one.nature not in (Nature.STOCK, Nature.DISTINCT)
        and not one.fault
        and all(
            measure in scene.covered and scene.tells(measure, scene.kept)
            for measure in scene.measures([*one.numerator, *one.denominator])
        )
    ]


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


def sizes_of(scene: Scene, key: str, span: Span) -> Sizes | None:
    """The sizes of the single deals, orders or cycles behind a metric; None where its luck hangs on none."""
    if luck_of(scene.metric(key)) not in (Luck.AMOUNT, Luck.AVERAGE):
        return None
    cases = _cases(scene, key)
    return sizes_from(*scene.readings.size_sums(cases, span, scene.kept)) if cases else None


def _cases(scene: Scene, key: str) -> Tally | None:
    """What one case of a metric of amounts is: the fact that its measure counts, of bookings by order the order.

    None of what is no matter of luck, as quotas.
    """
    measure = next(iter(scene.measures(scene.metric(key).numerator)), "")
    if measure == "order_value":
        return ORDER_CASES
    return next(iter(MEASURES[measure].tallies), None) if measure in MEASURES else None


def compared(
    scene: Scene, key: str, subjects_asked: Sequence[Subject], period: Period, measure: Measure = Measure.ABSOLUTE
) -> list[Compared]:
    """Each subject against its own past, peers, team and organisation; industry figures are `industry.queries.figures`.

    All of it per working day where `measure` says so, else as it is.
    """
    past = pasts(scene, key, subjects_asked, period, measure)
    everyone = members(scene, period)
    now = asked(scene, key, subjects_asked, period)
    found: dict[Subject, Compared] = {}
    for level in dict.fromkeys(one.level for one in subjects_asked):
        alike, field = subjects.of_level(subjects_asked, level), _field(scene, key, level, everyone, period, measure)
        for one, likely in zip(alike, references.drawn(field, alike), strict=True):
            own = field.values.get(one.name) if level is Level.REP else None
            value = own or (values_of(now[one])[0] if len(now[one]) else Value(nan))
            if field.is_per_day:
                value = value._replace(exposure=working_days(scene, one, period))
            found[one] = references.compared(field, one, past[one], value, likely)
    return [found[one] for one in subjects_asked]


def _field(scene: Scene, key: str, level: Level, everyone: pd.DataFrame, period: Period, measure: Measure) -> Field:
    asked_for = scene.metric(key)
    frame = values(scene, Question(key, (level.value,), span=period)).dropna(subset=[level.value])
    if level is Level.REP:
        present = everyone.set_index("rep")["present_share"]
        frame = frame[frame["rep"].isin(present.index)]
        frame = frame.assign(exposure=frame["rep"].map(present))
    is_per_day = measure is Measure.PER_DAY
    if is_per_day:
        frame = frame.assign(
            exposure=[working_days(scene, Subject(level, name), period) for name in frame[level.value]]
        )
    known = dict(zip(frame[level.value], values_of(frame), strict=True))
    is_fair = level is Level.REP or asked_for.is_ratio
    cases = _case_sizes(scene, key, level, period)
    is_running = scene.today < period.last_day
    sizes = sizes_of(scene, key, period)
    return Field(asked_for, known, everyone, sizes, cases, is_fair, is_running, is_per_day)


def _case_sizes(scene: Scene, key: str, level: Level, period: Period) -> dict[str, np.ndarray]:
    """Of an average the single sizes behind each rep's, by name."""
    cases = _cases(scene, key)
    if luck_of(scene.metric(key)) is not Luck.AVERAGE or level is not Level.REP or cases is None:
        return {}
    rows = scene.readings.sizes(cases, period, scene.kept).numbers
    in_order = np.argsort(rows["person_id"], kind="stable")
    owners, first = np.unique(rows["person_id"][in_order], return_index=True)
    of_each = np.split(rows["value"][in_order].astype(float), first[1:])
    names = dict(zip(scene.org.people["id"], scene.org.people["rep"], strict=True))
    return {names[owner]: own for owner, own in zip(owners.tolist(), of_each, strict=False) if owner in names}


def working_days(scene: Scene, one: Subject, span: Span) -> int:
    """The working days of a span that are over, of a rep those on which they were there."""
    working, of_reps = scene.once(_working_days, Span(span.start, span.end))
    return of_reps.get(one.name, 0) if one.level is Level.REP else working


def _working_days(scene: Scene, span: Span) -> tuple[int, Mapping[str, int]]:
    """Of the company, and of each rep who was there."""
    until = min(span.end, scene.today + ONE_DAY)
    if until <= span.start:
        return 0, {}
    over = Span(span.start, until)
    working = scene.standing.company.working_calendar.working_days(over)
    return len(working), subjects.days_there(scene.org.active(over), working)


def months_as(
    scene: Scene, key: str, compared_subjects: Sequence[Subject], period: Period, measure: Measure, months_count: int
) -> pd.DataFrame:
    """The last months of each subject as `measure`, see `measures.by_month`."""
    judged = months(scene, key, compared_subjects, period)
    days = {}
    if measure is Measure.PER_DAY:
        days = {
            (one, judgement.point.period): working_days(scene, one, judgement.point.period)
            for one, found in judged.items()
            for judgement in found[-months_count:]
        }
    most = 1.0 if luck_of(scene.metric(key)) is Luck.RATE else inf
    return by_month(judged, measure, days, months_count, most)
