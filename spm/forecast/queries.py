"""What is projected of any metric, and what the projection rests on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial

import pandas as pd

from spm.calendar import Grain, Span
from spm.errors import Refusal
from spm.forecast.outlook import histories, open_pipeline, projecting
from spm.forecast.outlook.explanation import Explanation, explanation
from spm.forecast.outlook.histories import By, Timeline, Tree, split_of
from spm.forecast.outlook.projecting import Level, Outlook
from spm.forecast.outlook.queries import (
    DECIDED,
    Asked,
    Series,
    history_by,
    history_of,
    is_divided,
    open_views,
    teams_of,
    times_of,
)
from spm.metrics.queries import Question, Scene, values
from spm.metrics.registry import Nature, Unit

PROJECTED = (Nature.SUM, Nature.RATIO)


def outlook(scene: Scene, asked: Asked) -> Outlook:
    """A metric projected. Without a complete period in the sheets it has no levels.

    Raises Refusal for a metric that is no total and no ratio of totals, UnknownName for a name that there is none of.
    """
    of = scene.metric(asked.metric)
    if of.nature not in PROJECTED or set(of.numerator) <= DECIDED:
        why = "it is no total over time" if of.nature not in PROJECTED else "it is decided, it doesn't come about"
        raise Refusal(
            f"{of.label} can't be projected: {why}.",
            "Project a total such as bookings, or a ratio of totals such as win_rate.",
        )
    scene.dimensions(Question(asked.metric, asked.by, asked.where))
    return _seen(scene, asked, times_of(scene, asked), _reading(scene, asked), open_views(scene, asked))


def earlier_outlooks(scene: Scene, asked: Asked, backs: Sequence[int]) -> dict[int, Outlook]:
    """What would have been projected so many periods ago; only of those at which something was known."""
    read, views, found = _reading(scene, asked), open_views(scene, asked), {}
    for back in backs:
        times = times_of(scene, replace(asked, periods_ago=back))
        if times.complete:
            found[back] = _seen(scene, asked, times, read, views)
    return found


Histories = Callable[[By], pd.DataFrame]
"""The histories of a level, by its dimensions: by, start, value."""


def _reading(scene: Scene, asked: Asked) -> Callable[[By, str], pd.DataFrame]:
    """Everything that is known of a metric, each level of it read once."""
    times = times_of(scene, replace(asked, periods_ago=0))
    return cache(partial(history_by, scene, asked, times))


def _seen(
    scene: Scene,
    asked: Asked,
    times: Timeline,
    known: Callable[[By, str], pd.DataFrame],
    views: pd.DataFrame | None = None,
) -> Outlook:
    """A metric projected from what was known when the periods of `times` were complete; `views` of its open pipeline."""
    of = scene.metric(asked.metric)

    def until_then(column: str, by: By) -> pd.DataFrame:
        rows = known(by, column)
        return rows[rows["start"] < times.ahead[0].start]

    def levels(column: str) -> dict[By, Level]:
        return _sums(scene, asked, times, partial(until_then, column), _steps(scene, asked, column), views)

    if not times.complete:
        return Outlook(of, times, {})
    if not of.is_ratio:
        return Outlook(of, times, levels("value"))
    if not is_divided(of):
        upper = replace(asked, metric=of.numerator[0])
        sums = _seen(scene, upper, times, _reading(scene, upper), open_views(scene, upper)).levels
        ahead = {by: _decided(scene, asked, times, by) for by in sums}
        return Outlook(of, times, {by: _against(one, ahead[by], until_then("value", by)) for by, one in sums.items()})
    over, under = levels("numerator"), levels("denominator")
    own = _ratios(scene, asked, times, partial(until_then, "value"), tuple(over))
    most = 1.0 if of.unit is Unit.SHARE and set(of.numerator) <= set(of.denominator) else None
    divided = {by: projecting.divided(over[by].future, under[by].future, own[by].future, most) for by in own}
    return Outlook(of, times, {by: replace(own[by], future=divided[by]) for by in own})


def _sums(
    scene: Scene, asked: Asked, times: Timeline, read: Histories, steps: int, views: pd.DataFrame | None
) -> dict[By, Level]:
    """Each level of a sum; parts add up to the whole to the unit."""
    project = partial(_projected, scene, times, steps=steps, outliers=asked.outliers, views=views)
    by = split_of(asked.by)
    if asked.is_alone:
        return project({by: read(by)}, {})
    if asked.where or scene.org.teams.empty:
        return project({(): read(()), **({by: read(by)} if by else {})}, {})
    of_all = project({one: read(one) for one in ((), ("team",), ("rep",))}, teams_of(scene))
    if not by or by in of_all:
        return of_all
    own = project({(): of_all[()].history, by: read(by)}, {})[by]
    return of_all | {by: replace(own, future=projecting.raked(own.future, of_all[()].future, steps))}


def _decided(scene: Scene, asked: Asked, times: Timeline, by: By) -> pd.DataFrame:
    """The denominator of the periods ahead as it is known: by, period, known. Only of periods that sheets speak for whole."""
    of = scene.metric(asked.metric)
    reach = scene.covered_span(scene.measures(of.denominator))
    whole = {one.label for one in times.ahead if reach and reach.start <= one.start and one.end <= reach.end}
    span = Span(times.ahead[0].start, times.ahead[-1].end)
    rows = values(scene, Question(of.denominator[0], (*by, times.grain.value), asked.where, span))
    named = rows.rename(columns={times.grain.value: "period", "value": "known"})
    return named.loc[named["period"].isin(whole), [*by, "period", "known"]]


def _against(numerator: Level, known: pd.DataFrame, history: pd.DataFrame) -> Level:
    """A projected sum against what is known of its denominator, as good and as far off as the sum is."""
    joined = numerator.future.merge(known, on=[*numerator.by, "period"], how="left")
    return replace(
        numerator,
        history=history[history["value"].notna().cummax()],
        future=projecting.divided_by(numerator.future, joined["known"]),
    )


def _steps(scene: Scene, asked: Asked, column: str) -> int:
    """Into how many parts a unit is split: none for amounts in minor units; hundredths of counts, or a rep's few were none."""
    return 1 if column == "value" and scene.metric(asked.metric).unit is Unit.MONEY else 100


def _ratios(scene: Scene, asked: Asked, times: Timeline, read: Histories, levels: tuple[By, ...]) -> dict[By, Level]:
    """Each level of a ratio by itself: no ratio adds up to another."""
    found: dict[By, Level] = {}
    for by in levels:
        found |= _projected(scene, times, {by: read(by)}, {}, None, asked.outliers)
    return found


def _projected(
    scene: Scene,
    times: Timeline,
    levels: Mapping[By, pd.DataFrame],
    teams: Mapping[str, str | None],
    steps: int | None,
    outliers: str,
    views: pd.DataFrame | None = None,
) -> dict[By, Level]:
    """Levels projected as one tree: reps add up to their `teams`, everyone else to the whole where it is there."""
    tree = histories.tree(levels, teams)
    working = histories.working_days(times, scene.standing.company.working_calendar)
    pipeline = None if views is None else open_pipeline.by_series(views, tree.names)
    return projecting.levels_of(tree, times, _leaving(scene, tree, times), working, steps, outliers, pipeline)


def _leaving(scene: Scene, tree: Tree, times: Timeline) -> dict[str, date]:
    """Series → the first day of the last period of the rep that it is of."""
    people = scene.org.people.dropna(subset=["ended_on"])
    last = {
        rep: histories.last_period_of(day, times) for rep, day in zip(people["rep"], people["ended_on"], strict=True)
    }
    found = {}
    for series, (by, member) in tree.names.items():
        rep = dict(zip(by, member, strict=True)).get("rep")
        day = last.get(rep) if rep else None
        if day is not None:
            found[series] = day
    return found


def explanation_of(scene: Scene, key: str, series: Series, grain: Grain) -> Explanation | None:
    """What the projection of one history rests on; None without one."""
    times = times_of(scene, Asked(key, grain=grain))
    working = histories.working_days(times, scene.standing.company.working_calendar)
    views = None if series.where else open_views(scene, Asked(key, grain=grain))
    mine = (
        None
        if views is None
        else open_pipeline.by_series(views, {key: (series.by, (series.member,) if series.by else ())})
    )
    return explanation(history_of(scene, key, series, grain), times, working, mine)
