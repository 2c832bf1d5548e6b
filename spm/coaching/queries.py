"""What a coach looks at beside the scorecard: course, own past, funnel, open deals of one part of the company."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import pairwise
from types import MappingProxyType

import pandas as pd

from spm.benchmarks.courses.queries import in_role, months_up_to, points, same_part, season_of
from spm.benchmarks.own_past import Judgement, OwnPast, Point, Signal, judgements, own_past
from spm.benchmarks.peers import Peers, peers_of
from spm.benchmarks.subjects.model import Level, Subject
from spm.benchmarks.subjects.queries import members, value_of
from spm.calendar import Grain, Period, Span, plus_months
from spm.coaching.funnel import NO_COUNTS, Counts, bottleneck, steps
from spm.coaching.stages import stage_times, without
from spm.metrics.measures import Unit
from spm.metrics.queries import Scene, answers
from spm.metrics.registry import Nature
from spm.people.lines import names_above
from spm.people.roles import MANAGER
from spm.scorecards.targets import periods_before
from spm.store import stage_stays
from spm.store.tables import NOBODY

DIRECTIONS = {
    Signal.ABOVE: "above",
    Signal.RUN_ABOVE: "above",
    Signal.BELOW: "below",
    Signal.RUN_BELOW: "below",
}
NO_SEASONS: Mapping[str, Mapping[int, float]] = MappingProxyType({})
COURSE_PERIODS = 12
STOCK_PERIODS = 4  # each is worked out from what was open on a day
MONTHS_SHOWN = 24
MONTHS_JUDGED = 60
FUNNEL = ("leads", "qualified_leads", "opportunities_opened", "won_deals")
WIN_RATE = "win_rate"  # of what closed: what was won was often opened long before
WHOLE_GRAINS = (Grain.MONTH, Grain.QUARTER, Grain.YEAR)


@dataclass(frozen=True)
class Course:
    """A metric up to a period and against its own past.

    `points`: the last 12 months that are over, of a stock the last five periods; those without a value or that no sheet
    covers wholly are left out. `signals` says of each what it is more than luck as, None for noise and for stocks. `past`
    compares the period in view; of a running one with as much of the others (`is_to_date`).
    """

    points: tuple[Point, ...]
    signals: tuple[Signal | None, ...]
    past: OwnPast
    is_to_date: bool


def courses(scene: Scene, keys: Sequence[str], period: Period, where: Mapping[str, str]) -> dict[str, Course]:
    """The courses of metrics of one part of the company up to a period, by key: each question is asked once for all."""
    calendar, is_to_date = scene.standing.company.fiscal_calendar, scene.today < period.last_day
    stocks = [key for key in keys if scene.metric(key).nature is Nature.STOCK]
    flows = [key for key in keys if key not in stocks]
    now = answers(scene, keys, (), tuple(where.items()), period)
    earlier = _earlier(scene, stocks, period, where, True) | _earlier(scene, flows, period, where, False)
    judged = _judged(scene, flows, period, where)
    latest = {one.label for one in months_up_to(scene, period, COURSE_PERIODS)}
    found = {}
    for key in keys:
        every = [*earlier[key], Point(period, value_of(now[key]))]
        past = own_past(every, period, calendar, scene.metric(key).unit is Unit.SHARE)
        if key in stocks:
            shown = [Judgement(point, None, None) for point in every if point.value is not None]
        else:
            shown = [one for one in judged[key] if one.point.period.label in latest]
        found[key] = Course(tuple(one.point for one in shown), tuple(one.signal for one in shown), past, is_to_date)
    return found


def _earlier(
    scene: Scene, keys: Sequence[str], period: Period, where: Mapping[str, str], is_stock: bool
) -> dict[str, list[Point]]:
    """What a period is held against: those of its length before it. Of a running one that is as much of the period before
    and of the same a year earlier; what stands on a day does not grow with the period.
    """
    calendar = scene.standing.company.fiscal_calendar
    if period.grain in WHOLE_GRAINS and (is_stock or scene.today >= period.last_day):
        count = STOCK_PERIODS if is_stock else COURSE_PERIODS
        return _points(scene, keys, periods_before(period.start, period.grain, count, calendar), period.grain, where)
    found: dict[str, list[Point]] = {key: [] for key in keys}
    for one in (calendar.before(period), calendar.year_earlier(period)):
        told = [key for key in keys if scene.speaks_of(scene.metric(key), one)]
        parts = answers(scene, told, (), tuple(where.items()), same_part(scene, period, one))
        for key in told:
            found[key].append(Point(one, value_of(parts[key])))
    return found


def months(scene: Scene, key: str, period: Period, where: Mapping[str, str]) -> list[Judgement]:
    """A metric by month, each judged against those before it, the season taken out: at most 60, up to `period`."""
    return _judged(scene, [key], period, where)[key]


def _judged(scene: Scene, keys: Sequence[str], period: Period, where: Mapping[str, str]) -> dict[str, list[Judgement]]:
    every = months_up_to(scene, period, MONTHS_JUDGED)
    if "rep" in where:
        every = in_role(scene, Subject(Level.REP, where["rep"]), every)
    seasons = {key: scene.once(season_of, key) for key in keys}
    return {key: judgements(of) for key, of in _points(scene, keys, every, Grain.MONTH, where, seasons).items()}


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
    """From leads to won deals, all of this period, as `funnel.steps` puts them; the peers (see `peers_for`) pooled beside.

    Empty where no sheet speaks of leads or opportunities.
    """
    asked = answers(scene, (*FUNNEL, WIN_RATE), (), tuple(where.items()), period)
    own = Counts({_label(scene, key): value_of(asked[key]) for key in FUNNEL}, _closed(asked[WIN_RATE]))
    peers = peers_for(scene, period, where)
    return steps(own, _pooled(scene, scene.once(_funnel_by, "rep", period), peers.reps) if peers else NO_COUNTS)


def _funnel_by(scene: Scene, by: str, period: Period) -> pd.DataFrame:
    """Rep or team → what a funnel counts, a column each, the closed deals among them."""
    asked = answers(scene, (*FUNNEL, WIN_RATE), (by,), (), period)
    columns = {key: frame.set_index(by)["denominator" if key == WIN_RATE else "value"] for key, frame in asked.items()}
    return pd.DataFrame(columns).loc[lambda frame: frame.index.notna()].astype(float)


def _pooled(scene: Scene, counted: pd.DataFrame, names: Collection[str]) -> Counts:
    """Those of `counted` of these names together."""
    together = counted[counted.index.isin(names)].sum(min_count=1)
    return Counts({_label(scene, key): _known(together[key]) for key in FUNNEL}, _known(together[WIN_RATE]))


def _label(scene: Scene, key: str) -> str:
    return scene.metric(key).label


def _closed(win_rate: pd.DataFrame) -> float | None:
    return _known(win_rate["denominator"].iloc[0]) if len(win_rate) else None


def time_in_stages(scene: Scene, period: Period, where: Mapping[str, str]) -> pd.DataFrame:
    """How long the deals of a part of the company that left a stage in the period had been in it: see `stages.stage_times`,

    with peers_median_days and peers_gone_on_rate of all deals of the peers (see `peers_for`). Empty without a history of deals.
    """
    own = stage_times(_stays(scene, period, people_in(scene, period, where)))
    peers = peers_for(scene, period, where)
    ids = scene.org.people.loc[scene.org.people["rep"].isin(peers.reps if peers else ()), "id"].tolist()
    of_peers = stage_times(_stays(scene, period, ids)).set_index("stage")
    for name in ("median_days", "gone_on_rate"):
        own[f"peers_{name}"] = own["stage"].map(of_peers[name])
    return own


def _stays(scene: Scene, span: Span, person_ids: Sequence[int] | None) -> pd.DataFrame:
    """The stays in stages of these people's deals that ended in `span`, None: of all deals."""
    read = partial(stage_stays.ended, scene.store, span, kept=scene.kept)
    if person_ids is None:
        return read()
    others = {*scene.org.people["id"].tolist(), NOBODY}.difference(person_ids)
    if len(others) < len(person_ids):  # most people's are those of all without the others', who have fewer to read
        return without(read(), read(sorted(others)))
    return read(person_ids)


def bottlenecks(scene: Scene, period: Period) -> pd.DataFrame:
    """For each team the step whose rise to that of all other teams would bring most: name, step, rate, peers_rate,
    gain_cents, probability (of being truly below); the largest gain first. Teams without such a step are left out.
    """
    by_team = scene.once(_funnel_by, "team", period)
    booked = answers(scene, ("bookings",), ("team",), (), period)["bookings"].dropna(subset=["team"])
    rows = []
    for name, bookings in booked.set_index("team")["value"].sort_index().items():
        own, others = (_pooled(scene, by_team, names) for names in ([name], by_team.index.drop(name, errors="ignore")))
        found = bottleneck(steps(own, others), _known(bookings))
        if found:
            rows.append({"name": name, **asdict(found)})
    columns = ["name", "step", "rate", "peers_rate", "gain_cents", "probability"]
    return pd.DataFrame(rows, columns=columns).sort_values("gain_cents", ascending=False, ignore_index=True)


def _known(number: float | None) -> float | None:
    """A cell of a frame as a number, None where it is missing."""
    return None if number is None or pd.isna(number) else float(number)


def peers_for(scene: Scene, period: Period, where: Mapping[str, str]) -> Peers | None:
    """Who a part of the company is held against: a rep's peers, of a team or manager everyone else; None for all of it."""
    return scene.once(_peers_of, period, tuple(where.items()))


def _peers_of(scene: Scene, period: Period, of: tuple[tuple[str, str], ...]) -> Peers | None:
    where, everyone = dict(of), members(scene, period)
    everyone = everyone[everyone["role"] != MANAGER]
    if "rep" in where:
        return peers_of(where["rep"], everyone) if where["rep"] in set(everyone["rep"]) else None
    if "team" in where:
        others = everyone[~everyone["team"].isin(scene.org.within(where["team"]))]
    elif "manager" in where:
        others = everyone[~_is_below(where["manager"], everyone)]
    else:
        return None
    return Peers(tuple(others["rep"]), "everyone else") if len(others) else None


def people_in(scene: Scene, period: Period, where: Mapping[str, str]) -> list[int] | None:
    """The people of a rep, team or manager in the period, by id; None for the whole company."""
    active = scene.org.active(period)
    if "rep" in where:
        active = active[active["rep"] == where["rep"]]
    elif "team" in where:
        active = active[active["team"].isin(scene.org.within(where["team"]))]
    elif "manager" in where:
        active = active[_is_below(where["manager"], active)]
    else:
        return None
    return active["person_id"].unique().tolist()


def _is_below(manager: str, rows: pd.DataFrame) -> pd.Series:
    return rows["reporting_line"].map(lambda line: manager in names_above(line)).astype(bool)


def _points(
    scene: Scene,
    keys: Sequence[str],
    periods: Sequence[Period],
    grain: Grain,
    where: Mapping[str, str],
    seasons: Mapping[str, Mapping[int, float]] = NO_SEASONS,
) -> dict[str, list[Point]]:
    """Each metric in those of the periods that the sheets cover wholly for it."""
    if not periods:
        return {key: [] for key in keys}
    span = Span(periods[0].start, periods[-1].end)
    frames = answers(scene, keys, (grain.value,), tuple(where.items()), span)
    return {key: points(scene, key, frame, periods, seasons.get(key)) for key, frame in frames.items()}
