"""The projection and its back-test: a long frame in, a long frame out."""

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from spm.forecast.accuracy.study import Study, study
from spm.forecast.coherence.hierarchy import Hierarchy, with_sums
from spm.forecast.coherence.reconciled import bounded, coherent
from spm.forecast.series.panel import Panel, by_series_and_step, numbers_by_series, panel

Floats = NDArray[np.float64]
Calendar: TypeAlias = Mapping[object, float] | pd.Series
Lower: TypeAlias = float | Mapping[str, float]

ORIGINS = 6
LEVELS = (0.80, 0.95)
LEFT, NO_HISTORY = "left", "no history"


def projection(
    history: pd.DataFrame,
    horizon: int,
    season: int = 12,
    levels: tuple[float, ...] = LEVELS,
    seed: int = 0,
    lower: Lower | None = None,
    ends: Mapping[str, object] | None = None,
    calendar: Calendar | None = None,
    parents: Mapping[str, str] | None = None,
    known: pd.DataFrame | None = None,
    outliers: str = "bound",
    pipeline: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row per series and future period: series, period, value, low_80, high_80, low_95, high_95, model.

    `history`: series, period (integers or first days), value; in any order. NaN, or a period absent inside a series, is
    missing. Each series is projected for the `horizon` periods after its own last row; those in `parents` for the
    periods after the last row of any of them.
    `levels` name the range columns. `lower`: a bound for all, or per series. `ends`: the last period of those who
    leave; after it they are projected to 0. `calendar`: working days by period, past and to come. `parents`: child to
    parent, any depth; a parent without rows is the sum of its leaves. `known`: series, period, value of what is already
    certain, for series without children; value and range are never below it. `outliers`: "bound" cuts a huge deal to
    the farthest usual value, "leave out" puts what was expected in its place, "keep" keeps it. `pipeline`: series, origin,
    period, value: what the open deals, weighted by their stages, said of a period as it was known at `origin`, the first
    period that was not over then; of past origins and of the present one (the first period to be projected). It is one
    more candidate, for the series and periods that it speaks of. `seed` changes nothing today: no step is random.

    A parent's range is that of its own past errors, around the line that adds up. A series without any history is NaN,
    a range NaN where nothing is known of an error.
    """
    of, hierarchy = prepared(history, season, ends, calendar, parents)
    found = study(of, horizon, season, tuple(sorted(levels)), ORIGINS, hierarchy, outliers, pipeline)
    return projected(found, hierarchy, lower, ends, known)


def backtest(
    history: pd.DataFrame,
    horizon: int,
    season: int = 12,
    origins: int = ORIGINS,
    calendar: Calendar | None = None,
    outliers: str = "bound",
    pipeline: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row per series: series, model, wape, mase, coverage_80, coverage_95, value_added over the simple rule.

    The model is the one that `projection` uses, chosen anew without each origin that it is scored on; the ranges are
    made without that origin too. NaN where the history is too short to hold anything back.
    """
    of, _ = prepared(history, season, None, calendar, None)
    return scored(study(of, horizon, season, LEVELS, origins, None, outliers, pipeline))


def prepared(
    history: pd.DataFrame,
    season: int,
    ends: Mapping[str, object] | None,
    calendar: Calendar | None,
    parents: Mapping[str, str] | None,
) -> tuple[Panel, Hierarchy | None]:
    """The panel that a study is made of, and who adds up to whom in it."""
    rows = with_sums(history, parents) if parents else history
    of = panel(rows, season, also=ends or (), together=members(parents), calendar=calendar)
    return of, Hierarchy.of(parents, of.names) if parents else None


def members(parents: Mapping[str, str] | None) -> list[str]:
    """Every series that adds up to another, or is added up to."""
    return sorted({*parents, *parents.values()}) if parents else []


def projected(
    found: Study,
    hierarchy: Hierarchy | None,
    lower: Lower | None,
    ends: Mapping[str, object] | None,
    known: pd.DataFrame | None,
) -> pd.DataFrame:
    """The frame of `projection`."""
    of, horizon = found.of, found.horizon
    numbers = of.next_periods[:, None] + np.arange(horizon)
    floor = _floor(of, horizon, lower, known)
    gone = numbers > numbers_by_series(ends or {}, of)[:, None]
    line = bounded(found.line, floor, gone)
    if hierarchy is not None:
        line[hierarchy.nodes] = coherent(hierarchy, found, line, floor, gone)
    result = {
        "series": np.repeat(np.array(of.names, dtype=object), horizon),
        "period": of.clock.periods(numbers.ravel()),
        "value": line.ravel(),
    }
    for level, width in found.widths.half.items():
        half = np.where(gone, 0.0, width)
        result[f"low_{level * 100:g}"] = np.minimum(bounded(line - half, floor, gone), line).ravel()
        result[f"high_{level * 100:g}"] = (line + half).ravel()
    names = np.array(found.chosen.names, dtype=object)
    names[of.lengths == 0] = NO_HISTORY
    names[gone.all(axis=1)] = LEFT
    return pd.DataFrame({**result, "model": np.repeat(names, horizon)})


def scored(found: Study) -> pd.DataFrame:
    """The frame of `backtest`."""
    wape, mase = found.scores(found.past_line)
    simple_wape, _ = found.scores(found.simple_line)
    coverage = {f"coverage_{level * 100:g}": share for level, share in found.widths.coverage.items()}
    scores = {"wape": wape, "mase": mase, **coverage, "value_added": simple_wape - wape}
    return pd.DataFrame({"series": found.of.names, "model": found.chosen.names, **scores})


def _floor(of: Panel, horizon: int, lower: Lower | None, known: pd.DataFrame | None) -> Floats:
    """Series × steps: what a value cannot be below, -inf where anything goes."""
    per_series = np.full(len(of), -np.inf)
    if isinstance(lower, Mapping | pd.Series):
        per_series = np.array([lower.get(name, -np.inf) for name in of.names], dtype=np.float64)
    elif lower is not None:
        per_series[:] = lower
    floor = np.repeat(per_series[:, None], horizon, axis=1)
    return floor if known is None else np.fmax(floor, by_series_and_step(known, of, horizon))
