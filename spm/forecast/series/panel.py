"""Histories of many series as one matrix: from a long frame, and back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from spm.forecast.methods.working_days import WorkingDays
from spm.forecast.series.periods import Clock

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Panel:
    """Series × periods; each row starts with the first known value of its series and is NaN from `lengths` on.

    A NaN before that is missing. `next_periods` numbers the first period after each history, by `clock`; `days` knows
    the working days of numbered periods.
    """

    names: list[str]
    values: Floats
    lengths: Counts
    next_periods: Counts
    clock: Clock
    days: WorkingDays

    def __len__(self) -> int:
        return len(self.names)

    def rows(self, names: list[str]) -> Counts:
        at = {name: row for row, name in enumerate(self.names)}
        return np.array([at[name] for name in names], dtype=np.int64)


def panel(
    history: pd.DataFrame,
    season: int,
    also: Iterable[str] = (),
    together: Iterable[str] = (),
    calendar: Mapping[object, float] | pd.Series | None = None,
) -> Panel:
    """`history`: series, period, value, in any order. Names in `also` without a row become series without a history.

    Each history ends with its last row; those of the names in `together` all end with the last row of any of them.

    Raises ValueError where a series has a period twice: which of the two is meant, nobody can tell.
    """
    rows = history[["series", "period", "value"]].reset_index(drop=True)
    clock = Clock.of(rows["period"], rows["series"], season)
    codes, known = pd.factorize(rows["series"], sort=True)
    names = [*known.tolist(), *sorted({*also, *together} - set(known))]
    numbers = clock.numbers(rows["period"])
    if (twice := pd.DataFrame({"series": codes, "number": numbers}).duplicated()).any():
        raise ValueError(f"{rows['series'][twice.idxmax()]} has the period {rows['period'][twice.idxmax()]} twice")
    amounts = pd.to_numeric(rows["value"]).to_numpy(dtype=np.float64, na_value=np.nan)
    known_at = pd.DataFrame({"series": codes, "number": numbers})
    firsts = known_at[np.isfinite(amounts)].groupby("series")["number"].min().reindex(range(len(names)))
    lasts = known_at.groupby("series")["number"].max().reindex(range(len(names)))
    nexts = lasts.fillna(lasts.max() if lasts.notna().any() else -1).to_numpy(dtype=np.int64) + 1
    joined = np.isin(names, list(together))
    nexts[joined] = nexts[joined].max(initial=np.iinfo(np.int64).min)
    starts = firsts.fillna(pd.Series(nexts)).to_numpy(dtype=np.int64)
    lengths = nexts - starts
    values = np.full((len(names), int(lengths.max(initial=0))), np.nan)
    inside = numbers >= starts[codes]
    values[codes[inside], (numbers - starts[codes])[inside]] = amounts[inside]
    return Panel(names, values, lengths, nexts, clock, WorkingDays.of(calendar, clock))


def numbers_by_series(periods: Mapping[str, object], to: Panel) -> Counts:
    """The number of each series' period, the largest there is where a series has none."""
    found = np.full(len(to), np.iinfo(np.int64).max)
    if periods:
        found[to.rows(list(periods))] = to.clock.numbers(pd.Series(list(periods.values())))
    return found


def by_series_and_step(amounts: pd.DataFrame, to: Panel, horizon: int) -> Floats:
    """Series × steps ahead out of a long frame (series, period, value); NaN where it says nothing."""
    found = np.full((len(to), horizon), np.nan)
    wanted = amounts[amounts["series"].isin(to.names)]
    if wanted.empty:
        return found
    rows = to.rows(wanted["series"].tolist())
    steps = to.clock.numbers(wanted["period"]) - to.next_periods[rows]
    ahead = (steps >= 0) & (steps < horizon)
    found[rows[ahead], steps[ahead]] = wanted["value"].to_numpy(dtype=np.float64)[ahead]
    return found
