"""What the open pipeline said of months ahead, as it was known at past origins: a candidate of the projection. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from spm.calendar import Period
from spm.forecast.outlook.histories import By, Member
from spm.metrics.pipeline import stage_rates

COLUMNS = ["person_id", "origin", "start", "value"]


def as_known(states: pd.DataFrame, periods: Sequence[Period]) -> pd.DataFrame:
    """One row a person, origin (the first day of one of `periods`) and period from there on: the amounts of the deals that
    were known to be open on the eve of the origin and expected to close in the period, each × the share won of the deals
    that had been in its stage and were closed by then. Columns COLUMNS.

    `states`: see `store.forecasts.open_states`. Nothing is used that was not known at the origin: neither later stages,
    amounts and dates, nor how deals turned out. Deals without an amount, a date or a known share say nothing.
    """
    found = [_said_at(one.start, states, periods) for one in periods]
    return pd.concat(found, ignore_index=True)[COLUMNS]


def _said_at(origin: date, states: pd.DataFrame, periods: Sequence[Period]) -> pd.DataFrame:
    is_open = states["superseded_on"].map(lambda day: pd.isna(day) or day >= origin).astype(bool)
    then = states[is_open & (states["known_on"] < origin)].dropna(subset=["amount_cents", "expected_close_on", "stage"])
    then = then[then["expected_close_on"].map(lambda day: day >= origin).astype(bool)]
    value = then["amount_cents"].astype(float) * then["stage"].map(_rates(states, origin)).astype(float)
    start = then["expected_close_on"].map(lambda day: next((one.start for one in periods if day in one), None))
    said = pd.DataFrame({"person_id": then["person_id"], "start": start, "value": value}).dropna(
        subset=["start", "value"]
    )
    return said.groupby(["person_id", "start"], dropna=False, as_index=False)["value"].sum().assign(origin=origin)


def by_series(views: pd.DataFrame, names: Mapping[str, tuple[By, Member]]) -> pd.DataFrame:
    """What was open of each series of a tree: series, origin, start, value. `views`: rep, team, origin, start, value of
    every person; series of other dimensions have no view of their own."""
    found = []
    for series, (by, member) in names.items():
        if set(by) <= {"rep", "team"}:
            mine = views.loc[(views[list(by)] == list(member)).all(axis=1)] if by else views
            summed = mine.groupby(["origin", "start"], as_index=False)["value"].sum()
            found.append(summed.assign(series=series))
    return pd.concat(found, ignore_index=True)


def numbered(pipeline: pd.DataFrame, number: Mapping[date, int], first_ahead: int) -> pd.DataFrame:
    """What was open at origins up to the first period ahead, with periods by their numbers."""
    known = pipeline.assign(origin=pipeline["origin"].map(number), period=pipeline["start"].map(number))
    known = known.dropna(subset=["origin", "period"]).astype({"origin": "int64", "period": "int64"})
    return known.loc[known["origin"] <= first_ahead, ["series", "origin", "period", "value"]]


def _rates(states: pd.DataFrame, origin: date) -> dict[str, float]:
    """The share won by stage, of the deals that were closed before a day."""
    closed = states[states["closed_on"].map(lambda day: pd.notna(day) and day < origin).astype(bool)]
    return stage_rates(closed.dropna(subset=["stage"]).drop_duplicates(["deal_id", "stage"]).astype({"is_won": float}))
