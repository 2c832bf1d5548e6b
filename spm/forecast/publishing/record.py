"""What earlier forecasts and calls said, against what came. Pure: frames in, frames and sentences' numbers out."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from spm.calendar import FiscalCalendar, Grain
from spm.forecast.engine import NO_HISTORY

LEADS = {
    Grain.WEEK: {"a week before": 1, "a month before": 4, "a quarter before": 13},
    Grain.MONTH: {"a month before": 1, "a quarter before": 3, "a year before": 12},
    Grain.QUARTER: {"a quarter before": 1, "a year before": 4},
    Grain.YEAR: {"a year before": 1},
}
"""How long before its end something was said of a period, in periods: 1 is on the eve of the period itself."""


@dataclass(frozen=True)
class Accuracy:
    """How far off what was said has been: `wape` is Σ|came − said| ÷ Σ|came|, None where nothing came.

    `inside_count` of `counted` lay in their 95 % range; None where what was said had no range. `simple_wape`: the
    simple rule's at the same periods; None where it had nothing to say of one.
    """

    wape: float | None
    counted: int
    inside_count: int | None = None
    simple_wape: float | None = None


def said_at(forecasts: pd.DataFrame, lead: int) -> pd.DataFrame:
    """Of each period the forecast that was made `lead` periods before its end; the earliest made, if several were.

    `forecasts`: run_id, made_at, is_rebuilt, step (1: the run's first period), and the columns of a projection. What was
    published comes before what was rebuilt; of whom nothing was known yet, nothing was said.
    """
    asked = forecasts[(forecasts["step"] == lead) & (forecasts["model"] != NO_HISTORY)]
    in_order = asked.sort_values(["start", "is_rebuilt", "made_at"], kind="stable")
    return in_order.drop_duplicates("start").reset_index(drop=True)


def against(said: pd.DataFrame, history: pd.DataFrame) -> pd.DataFrame:
    """`said` with `came` (NaN while a month runs), `off_share` ((came − said) ÷ said, 0 where it came exactly), `has_range`, and
    `is_inside` its 95 % range, None without one: of a history too short to tell one, unless it came exactly."""
    held = said.merge(history[["start", "value"]].rename(columns={"value": "came"}), on="start", how="left")
    came = held["came"].astype(float)
    is_exact = came == held["value"]
    off = (came - held["value"]) / held["value"].abs().where(held["value"] != 0)
    held["off_share"] = off.mask(is_exact, 0.0)
    inside = (came >= held["low_95"]) & (came <= held["high_95"]) | is_exact
    held["has_range"] = (held["high_95"] > held["low_95"]) | is_exact
    held["is_inside"] = inside.astype(object).where(came.notna() & held["has_range"], None)
    return held


def without_gaps(said: pd.DataFrame, grain: Grain, calendar: FiscalCalendar) -> pd.DataFrame:
    """The last rows of `said` (in order of their `start`) whose periods follow each other."""
    starts = said["start"].tolist()
    follows = [later == calendar.period_of(grain, one).end for one, later in pairwise(starts)]
    first = max((at for at, is_next in enumerate(follows, start=1) if not is_next), default=0)
    return said.iloc[first:]


def accuracy(held: pd.DataFrame, history: pd.DataFrame, season: int) -> Accuracy:
    """How good what `against` gives has been, of forecasts made on the eve; `history` (start, value) in order of time."""
    known = held.dropna(subset=["came"])
    if known.empty:
        return Accuracy(None, 0, 0)
    inside_count = int(known["is_inside"].eq(True).sum())
    off = wape(known["value"], known["came"])
    simply = simple_rule(history, season).reindex(known["start"])
    return Accuracy(off, len(known), inside_count, None if simply.isna().any() else wape(simply, known["came"]))


def simple_rule(history: pd.DataFrame, season: int) -> pd.Series:
    """What the simple rule (DEFINITIONS 5) would have said on the eve of each period, by its start: whichever of seasonal naive,
    last value and mean erred least on average before it; NaN where none could be told from the others yet."""
    value = history.set_index("start")["value"].astype(float)
    said = pd.DataFrame(
        {"year before": value.shift(season), "last": value.ffill().shift(1), "mean": value.expanding().mean().shift(1)}
    )
    erred = said.sub(value, axis=0).abs().expanding().mean().shift(1).where(said.notna())
    best = erred.eq(erred.min(axis=1), axis=0) & erred.notna()
    return said.where(best).bfill(axis=1)["year before"]


def wape(said: Sequence[float] | pd.Series, came: Sequence[float] | pd.Series) -> float | None:
    """Σ|came − said| ÷ Σ|came| (DEFINITIONS 5); None where nothing came at all."""
    actual = np.asarray(came, dtype=float)
    whole = float(np.abs(actual).sum())
    return float(np.abs(actual - np.asarray(said, dtype=float)).sum()) / whole if whole > 0 else None


def calls_against(calls: pd.DataFrame, booked: Sequence[float | None]) -> pd.DataFrame:
    """The last call of each caller for each period that is over, with `came`.

    `calls`: the latest first, with caller, level, member, starts_on, ends_before, commit_cents, best_case_cents,
    landing_cents; `booked`: what came of each.
    """
    held = calls.assign(came=pd.Series(list(booked), index=calls.index, dtype=float))
    last = held.drop_duplicates(["caller", "level", "member", "starts_on", "ends_before"])
    return last.dropna(subset=["came"]).reset_index(drop=True)


def accuracy_of_calls(held: pd.DataFrame) -> pd.DataFrame:
    """One row a caller: calls_count, wape of what they committed to, model_wape of the projection at the same moments,
    over_count: how often less came than was committed. `model_wape` is NaN where the projection had nothing to say."""
    rows = []
    for caller, own in held.groupby("caller", sort=True):
        both = own.dropna(subset=["landing_cents"])
        rows.append(
            {
                "caller": caller,
                "calls_count": len(own),
                "wape": wape(own["commit_cents"], own["came"]),
                "model_wape": wape(both["landing_cents"], both["came"]) if len(both) else None,
                "over_count": int((own["came"].astype(float) < own["commit_cents"].astype(float)).sum()),
            }
        )
    return pd.DataFrame(rows, columns=["caller", "calls_count", "wape", "model_wape", "over_count"])
