"""One history explained to a reader: the models behind it, what was found in it, its parts, its typical year. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from spm.calendar import Grain, Period
from spm.forecast.outlook.histories import Timeline
from spm.forecast.outlook.open_pipeline import numbered
from spm.forecast.shape.explained import explained

SERIES = "this"


@dataclass(frozen=True)
class Explanation:
    """`league`: model, weight, wape, mase, coverage_80, coverage_95, value_added; the best first.

    `disturbances`: kind ("huge value", "level shift"), start, value, expected. `parts`: start, value, trend, season, rest.
    `typical_year`: place, part ("Jan"), effect, low, high: above or below the usual level, as shares of it; empty where no
    season is claimed. `season_belief`: 0 where none is, near 1 where it is sure. `working_day_effect`: 1 where the metric
    follows the number of working days.
    """

    league: pd.DataFrame
    disturbances: pd.DataFrame
    parts: pd.DataFrame
    typical_year: pd.DataFrame
    season_belief: float
    working_day_effect: float


def explanation(
    history: pd.DataFrame, times: Timeline, working_days: Mapping[date, int], pipeline: pd.DataFrame | None = None
) -> Explanation | None:
    """Of one history (start, value); None where nothing is known. `pipeline`: origin, start, value of what was open."""
    periods = (*times.complete, *times.ahead)
    number = {one.start: at for at, one in enumerate(periods)}
    known = history.dropna(subset=["value"])
    if known.empty:
        return None
    rows = pd.DataFrame(
        {"series": SERIES, "period": history["start"].map(number).astype("int64"), "value": history["value"]}
    )
    days = {number[day]: count for day, count in working_days.items()}
    views = None if pipeline is None else numbered(pipeline.assign(series=SERIES), number, len(times.complete))
    found = explained(rows, max(len(times.ahead), times.season), times.season, calendar=days, pipeline=views)

    def dated(frame: pd.DataFrame) -> pd.DataFrame:
        starts = [periods[at].start for at in frame["period"]]
        return frame.drop(columns=["series", "period"]).assign(start=pd.Series(starts, index=frame.index, dtype=object))

    evidence = found.evidence.iloc[0]
    return Explanation(
        found.league.drop(columns="series"),
        dated(found.disturbances),
        dated(found.parts),
        _year(found.typical_year, found.parts, times) if evidence["season_belief"] > 0 else pd.DataFrame(),
        float(evidence["season_belief"]),
        float(evidence["working_day_effect"]),
    )


def _year(typical: pd.DataFrame, parts: pd.DataFrame, times: Timeline) -> pd.DataFrame:
    """The typical year from its first part on, as shares of the latest year's level."""
    level = parts["trend"].tail(times.season).mean()
    if typical.empty or not level > 0:
        return pd.DataFrame()
    first = times.ahead[0]
    turned = [_place(first, int(position), times) for position in typical["position"]]
    shares = typical[["usual", "low", "high"]] / level
    year = shares.rename(columns={"usual": "effect"}).assign(place=turned)
    year["part"] = [_part(times.grain, place) for place in turned]
    return year.sort_values("place", ignore_index=True)[["place", "part", "effect", "low", "high"]]


def _place(first: Period, position: int, times: Timeline) -> int:
    """Where in the calendar year a position of the season lies, from 0; position 0 is the first period ahead."""
    match times.grain:
        case Grain.MONTH:
            return (first.start.month - 1 + position) % 12
        case Grain.QUARTER:
            return (int(first.label[-1]) - 1 + position) % 4
    return (first.start.isocalendar().week - 1 + position) % times.season


def _part(grain: Grain, place: int) -> str:
    if grain is Grain.MONTH:
        return f"{date(2000, place + 1, 1):%b}"
    return f"Q{place + 1}" if grain is Grain.QUARTER else f"W{place + 1}"
