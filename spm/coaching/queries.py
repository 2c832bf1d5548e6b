"""What a coach looks at beside the scorecard: course, own past, funnel, open deals of one part of the company."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import dropwhile, pairwise

import pandas as pd

from spm.benchmarks.growth import to_share
from spm.benchmarks.own_past import Judgement, OwnPast, Point, Signal, judgements, own_past
from spm.calendar import ONE_DAY, Grain, Period, Span, plus_months
from spm.coaching.open_deals import aged, usual_days
from spm.metrics.queries import Question, Scene, value, values
from spm.metrics.registry import MEASURES, METRICS, Nature, Tally, Unit
from spm.scorecards.queries import is_covered
from spm.scorecards.targets import periods_before
from spm.store import facts

DIRECTIONS = {
    Signal.ABOVE: "above",
    Signal.RUN_ABOVE: "above",
    Signal.BELOW: "below",
    Signal.RUN_BELOW: "below",
}
COURSE_PERIODS = 12
STOCK_PERIODS = 4  # each is worked out from what was open on a day
MONTHS_SHOWN = 24
MONTHS_JUDGED = 60
FUNNEL = ("leads", "qualified_leads", "opportunities_opened", "won_deals")
OPEN_DEALS = Tally("deal", "created_on", None, (("status", "open"),))
WHOLE_GRAINS = (Grain.MONTH, Grain.QUARTER, Grain.YEAR)


@dataclass(frozen=True)
class Course:
    """A metric up to a period and against its own past.

    `points`: the last 12 months that are over, of a stock the last five periods; those without a value or that no sheet
    covers wholly are left out. `past` compares the period in view; of a running one with as much of the others
    (`is_to_date`).
    """

    points: tuple[Point, ...]
    past: OwnPast
    is_to_date: bool


@dataclass(frozen=True)
class OpenDeals:
    """The deals open today, as `coaching.open_deals.aged` marks them, each with its file, sheet and row.

    `usual_days`: by this age nine in ten of the company's won deals were won; None where too few say so.
    """

    deals: pd.DataFrame
    usual_days: int | None


def course(scene: Scene, key: str, period: Period, where: Mapping[str, str]) -> Course:
    """The course of a metric of one part of the company up to a period."""
    calendar = scene.standing.company.fiscal_calendar
    grain = period.grain if period.grain in WHOLE_GRAINS else Grain.MONTH
    is_stock = METRICS[key].nature is Nature.STOCK
    earlier = periods_before(period.start, grain, STOCK_PERIODS if is_stock else COURSE_PERIODS, calendar)
    now = Point(period, value(scene, key, period, **where))
    is_to_date = scene.today < period.last_day
    if period.grain in WHOLE_GRAINS and (is_stock or not is_to_date):
        against = _points(scene, key, earlier, grain, where)
    else:
        compared = [calendar.before(period), calendar.year_earlier(period)]
        parts = [(one, _same_part(scene, period, one)) for one in compared if _speaks_of(scene, key, one)]
        against = [Point(one, value(scene, key, part, **where)) for one, part in parts]
    past = own_past([*against, now], period, calendar, METRICS[key].unit is Unit.SHARE)
    trend = (*against, now) if is_stock else _points(scene, key, _months_up_to(scene, period), Grain.MONTH, where)
    return Course(tuple(point for point in trend if point.value is not None), past, is_to_date)


def months(scene: Scene, key: str, period: Period, where: Mapping[str, str]) -> list[Judgement]:
    """A metric by month, each judged against those before it: at most 60 that are over and covered, up to `period`."""
    every = _months_up_to(scene, period, MONTHS_JUDGED)
    return judgements(_points(scene, key, every, Grain.MONTH, where))


def months_shown(judged: Sequence[Judgement]) -> pd.DataFrame:
    """The last 24 of `months` as the picture has them: month, value, last_year, normal_low, normal_high, signal.

    `signal` is "above" or "below" where one begins, else None. A limit below 0 of what cannot be is 0.
    """
    by_month = {one.point.period.start: one.point.value for one in judged}
    directions = [DIRECTIONS.get(one.signal) if one.signal else None for one in judged]
    begins = [now if now != before else None for before, now in pairwise([None, *directions])]
    rows = [
        {
            "month": one.point.period.start,
            "value": one.point.value,
            "last_year": by_month.get(plus_months(one.point.period.start, -12)),
            "normal_low": max(one.normal.low, 0.0) if one.normal else None,
            "normal_high": one.normal.high if one.normal else None,
            "signal": signal,
        }
        for one, signal in list(zip(judged, begins, strict=True))[-MONTHS_SHOWN:]
    ]
    columns = ["month", "value", "last_year", "normal_low", "normal_high", "signal"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def funnel(scene: Scene, period: Period, where: Mapping[str, str]) -> pd.DataFrame:
    """From leads to won deals, all of this period: place, stage, count, conversion_rate, peers_rate (not known yet).

    From the first stage with anything in it; empty where no sheet speaks of leads or opportunities. The counts are not of
    the same deals followed through: the rate is won ÷ opened and the like, left out where more came than the stage before
    had.
    """
    counts = [(key, value(scene, key, period, **where)) for key in FUNNEL]
    known = list(dropwhile(lambda stage: not stage[1], [(key, count) for key, count in counts if count is not None]))
    if all(count is None for key, count in counts if key != "won_deals"):
        known = []
    before = [None, *(count for _, count in known)]
    rows = [
        {
            "place": at,
            "stage": METRICS[key].label,
            "count": count,
            "conversion_rate": count / earlier if earlier and count <= earlier else None,
            "peers_rate": None,
        }
        for at, ((key, count), earlier) in enumerate(zip(known, before, strict=False))
    ]
    return pd.DataFrame(rows, columns=["place", "stage", "count", "conversion_rate", "peers_rate"], dtype=object)


def open_deals(scene: Scene, person_ids: Sequence[int]) -> OpenDeals:
    """The open deals of these people, as they are known today."""
    (cycles,) = MEASURES["won_cycle_days"].tallies
    took = facts.observations(scene.store, cycles, None)["value"].astype(float).tolist()
    usual = usual_days(took)
    deals = facts.rows_behind(scene.store, OPEN_DEALS, None, list(person_ids))
    return OpenDeals(aged(deals, scene.today, usual), usual)


def known_metrics(scene: Scene) -> list[str]:
    """The metrics that the sheets say something about and that have a past by month, in the registry's order."""
    return [
        key
        for key, one in METRICS.items()
        if one.nature is not Nature.STOCK
        and all(measure in scene.covered for measure in scene.measures([*one.numerator, *one.denominator]))
    ]


def _months_up_to(scene: Scene, period: Period, count: int = COURSE_PERIODS) -> list[Period]:
    """The last months of a period and before it that are over."""
    calendar = scene.standing.company.fiscal_calendar
    last = calendar.period_of(Grain.MONTH, min(period.last_day, scene.today))
    until = last if last.end <= scene.today + ONE_DAY else calendar.before(last)
    return [*periods_before(until.start, Grain.MONTH, count - 1, calendar), until]


def _points(scene: Scene, key: str, periods: Sequence[Period], grain: Grain, where: Mapping[str, str]) -> list[Point]:
    """The metric in those of the periods that the sheets cover wholly."""
    span = Span(periods[0].start, periods[-1].end)
    frame = values(scene, Question(key, (grain.value,), tuple(where.items()), span)).set_index(grain.value)
    found = []
    for period in periods:
        if period.label in frame.index and _speaks_of(scene, key, period):
            row = frame.loc[period.label]
            denominator = None if pd.isna(row["denominator"]) else float(row["denominator"])
            found.append(Point(period, float(row["value"]), denominator))
    return found


def _speaks_of(scene: Scene, key: str, period: Span) -> bool:
    """Whether sheets speak for all of the period; of a stock, which stands on its days, always."""
    return METRICS[key].nature is Nature.STOCK or is_covered(scene, METRICS[key], period)


def _same_part(scene: Scene, period: Period, against: Period) -> Span:
    """As much of `against` as is over of `period`, by working days."""
    working = scene.standing.company.working_calendar
    gone = Span(period.start, min(max(scene.today + ONE_DAY, period.start), period.end))
    return to_share(against, working.working_days(against), working.share(gone, period))
