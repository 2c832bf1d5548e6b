"""What no total can tell, as it would be after a commit: how long each deal took, and who bought when. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from spm.calendar import Span
from spm.intake.changes.moves import E4, Touched, is_meant
from spm.metrics.measures import MEASURES, Tally

AFTER_ALL = 2**40  # ids of new facts, behind those of all that are stored
NO_SLICE = -1  # of what is asked without attributes
BUYING = {"deal": MEASURES["won_deals"].tallies[0], "order": MEASURES["orders"].tallies[0]}
"""Fact → what tells those with which a customer buys."""
BOUGHT = ["account", "fact_id", "person_id", "share_e4", "period", "slice_id"]


@dataclass(frozen=True)
class Purchases:
    """Who bought when, with the columns of BOUGHT: the first purchases of the accounts that an upload touches, `before` and
    `after` it, and `every` purchase after it, by day."""

    before: pd.DataFrame
    after: pd.DataFrame
    every: pd.DataFrame


def singly(touched: Touched, people: Mapping[str, int], nobody: int) -> Touched:
    """The rows with fact_id and person_id (`nobody` where nobody is named); `people` has everybody's id by key."""

    def told(rows: pd.DataFrame) -> pd.DataFrame:
        if rows.empty:
            return rows
        new = AFTER_ALL + pd.Series(pd.factorize(rows["key"])[0], index=rows.index)
        ids = rows["id"].where(rows["id"].notna(), new) if "id" in rows else new
        person_ids = rows["person_key"].map(people).fillna(nobody)
        return rows.assign(fact_id=ids.astype(np.int64), person_id=person_ids.astype(np.int64))

    return Touched(told(touched.before), told(touched.after))


def observations_after(stored: pd.DataFrame, touched: Touched, tally: Tally, span: Span | None) -> pd.DataFrame:
    """What a tally counts fact by fact (see `store.facts.observations`), in a span, with the facts as they will be."""
    rest, rows = _without(stored, touched.before), _counted(touched.after, tally)
    if rows.empty or tally.value is None:
        return rest
    made = _with_period(rows[rows[tally.value].notna()], tally)
    if span is not None:
        made = made[(made["period"] >= np.datetime64(span.start)) & (made["period"] < np.datetime64(span.end))]
    made = made.assign(value=made[tally.value].astype(float), slice_id=NO_SLICE)
    return pd.concat([rest, made[list(rest)]], ignore_index=True)


def purchases_after(stored: pd.DataFrame, touched: Touched, fact: str) -> Purchases:
    """Who bought when with the facts as they will be; `stored` has the columns of BOUGHT."""
    tally = BUYING[fact]
    rows = _counted(touched.after, tally)
    new = pd.DataFrame(columns=BOUGHT)
    if len(rows):
        shares = rows["share_e4"].fillna(E4) if "share_e4" in rows else E4
        bought = _with_period(rows, tally).assign(share_e4=shares, slice_id=NO_SLICE)
        new = bought.loc[bought["account"].notna(), BOUGHT]
    were = stored["fact_id"].isin(_ids(touched.before))
    is_touched = stored["account"].isin({*new["account"], *stored.loc[were, "account"]})
    before = stored[is_touched]
    after = _stacked([_without(before, touched.before)[BOUGHT], new])
    every = _stacked([stored.loc[~is_touched, BOUGHT], after]).sort_values("period", kind="stable", ignore_index=True)
    return Purchases(_firsts(before), _firsts(after), every.assign(account=pd.factorize(every["account"])[0]))


def first_purchases(bought: Mapping[str, Purchases], keys: Mapping[int, str]) -> Touched:
    """The purchases that an upload touches, as measures count them; `keys` has everybody's key by id."""

    def told(name: str) -> pd.DataFrame:
        frames = [getattr(of_fact, name).assign(fact=fact) for fact, of_fact in bought.items()]
        rows = _stacked([frame for frame in frames if len(frame)])
        if rows.empty:
            return rows
        days = pd.to_datetime(rows["period"]).dt.date
        return rows.assign(bought_on=days, person_key=rows["person_id"].map(keys))

    return Touched(told("before"), told("after"))


def _firsts(bought: pd.DataFrame) -> pd.DataFrame:
    """With what each account bought first: one row, or one for each who shares it."""
    ordered = bought.sort_values(["account", "period", "fact_id"])
    return ordered[ordered["fact_id"] == ordered.groupby("account", sort=False)["fact_id"].transform("first")]


def _counted(rows: pd.DataFrame, tally: Tally) -> pd.DataFrame:
    return rows[is_meant(tally, rows)].drop_duplicates(["fact_id", "person_id"], keep="last") if len(rows) else rows


def _with_period(rows: pd.DataFrame, tally: Tally) -> pd.DataFrame:
    return rows.assign(period=rows[tally.on].to_numpy("datetime64[s]"))


def _without(stored: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    return stored[~stored["fact_id"].isin(_ids(facts))]


def _ids(facts: pd.DataFrame) -> set[int]:
    return set(facts["fact_id"]) if len(facts) else set()


def _stacked(frames: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=BOUGHT)
