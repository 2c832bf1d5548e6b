"""The projection and its back-test: a long frame in, a long frame out."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from spm.forecast.cases import Cases
from spm.forecast.hierarchy import Hierarchy, with_sums
from spm.forecast.league import league
from spm.forecast.measures import naive_error
from spm.forecast.origins import Past, cases_at, past, usual_error
from spm.forecast.panel import Panel, by_series_and_step, numbers_by_series, panel
from spm.forecast.ranges import Widths, widths
from spm.forecast.selection import Choice, blended, choice

Floats = NDArray[np.float64]

ORIGINS = 6
LEFT, NO_HISTORY = "left", "no history"


@dataclass(frozen=True)
class Study:
    """Everything that was worked out for a panel: what projection, back-test and explanations are read from."""

    of: Panel
    season: int
    horizon: int
    cases: Cases
    known: Past
    chosen: Choice
    line: Floats
    past_line: Floats
    widths: Widths


def study(of: Panel, horizon: int, season: int, levels: tuple[float, ...], origins: int, together: list[str]) -> Study:
    rows = np.arange(len(of))
    cases = cases_at(of, season, rows, np.zeros_like(rows))
    known = past(of, season, horizon, origins, of.rows(together))
    chosen = choice(known, cases)
    line = blended(chosen.weights, league(cases, horizon))
    line[of.lengths == 0] = np.nan
    past_line = blended(chosen.past_weights, known.forecasts)
    size = np.abs(cases.values).sum(axis=1) / np.maximum(cases.lengths, 1)
    ranges = widths(known, past_line, usual_error(cases), size, horizon, levels)
    return Study(of, season, horizon, cases, known, chosen, line, past_line, ranges)


def projection(
    history: pd.DataFrame,
    horizon: int,
    season: int = 12,
    levels: tuple[float, ...] = (0.80, 0.95),
    seed: int = 0,
    lower: float | Mapping[str, float] | None = None,
    ends: Mapping[str, object] | None = None,
    calendar: Mapping[object, float] | pd.Series | None = None,
    parents: Mapping[str, str] | None = None,
    known: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row per series and future period: series, period, value, low_80, high_80, low_95, high_95, model.

    `history`: series, period (integers or first days), value; in any order. NaN, or a period absent inside a series, is
    missing. Each series is projected for the `horizon` periods after its own last row; those in `parents` for the
    periods after the last row of any of them.
    `levels` name the range columns. `lower`: a bound for all, or per series. `ends`: the last period of those who
    leave; after it they are projected to 0. `calendar`: working days by period. `parents`: child to parent, any
    depth; a parent without rows is the sum of its leaves. `known`: series, period, value of what is already certain; value
    and range are never below it. `seed` changes nothing today: no step is random.
    """
    of, hierarchy = _panel(history, season, ends or {}, parents or {})
    found = study(of, horizon, season, tuple(sorted(levels)), ORIGINS, _members(parents or {}))
    line, model = found.line, [*found.chosen.names]
    floor = _floor(of, horizon, lower, known)
    gone = of.next_periods[:, None] + np.arange(horizon) > numbers_by_series(ends or {}, of)[:, None]
    line = _bounded(line, floor, gone)
    if hierarchy is not None:
        line[hierarchy.nodes] = _coherent(hierarchy, found, line, floor, gone)
    columns = {"value": line}
    for level, half in found.widths.half.items():
        half = np.where(gone, 0.0, half)
        columns[f"low_{level * 100:g}"] = np.minimum(_bounded(line - half, floor, gone), line)
        columns[f"high_{level * 100:g}"] = line + half
    names = [
        LEFT if left else NO_HISTORY if length == 0 else name
        for left, length, name in zip(gone.all(axis=1).tolist(), of.lengths.tolist(), model, strict=True)
    ]
    numbers = of.next_periods[:, None] + np.arange(horizon)
    result = pd.DataFrame(
        {"series": np.repeat(np.array(of.names, dtype=object), horizon), "period": of.clock.periods(numbers.ravel())}
    )
    for column, values in columns.items():
        result[column] = values.ravel()
    result["model"] = np.repeat(np.array(names, dtype=object), horizon)
    return result


def backtest(history: pd.DataFrame, horizon: int, season: int = 12, origins: int = ORIGINS) -> pd.DataFrame:
    """One row per series: series, model, wape, mase, coverage_80, coverage_95, value_added over the simple rule.

    The model is the one that `projection` uses, chosen anew without each origin that it is scored on; NaN where the
    history is too short to hold anything back.
    """
    of, _ = _panel(history, season, {}, {})
    found = study(of, horizon, season, (0.80, 0.95), origins, [])
    rows = np.arange(len(found.known.series))
    simple_line = found.known.forecasts[found.chosen.past_simple, rows]
    errors, simple_errors = (
        _sums(found.known, found.known.actuals - line, len(of)) for line in (found.past_line, simple_line)
    )
    actual = _sums(found.known, found.known.actuals, len(of))
    counts = np.bincount(found.known.series, np.isfinite(found.known.actuals).sum(axis=1), len(of)).astype(np.float64)
    wape, simple_wape = _ratio(errors, actual), _ratio(simple_errors, actual)
    return pd.DataFrame(
        {
            "series": of.names,
            "model": found.chosen.names,
            "wape": wape,
            "mase": _ratio(_ratio(errors, counts), naive_error(of.values, season)),
            "coverage_80": found.widths.coverage[0.80],
            "coverage_95": found.widths.coverage[0.95],
            "value_added": simple_wape - wape,
        }
    )


def _panel(
    history: pd.DataFrame, season: int, ends: Mapping[str, object], parents: Mapping[str, str]
) -> tuple[Panel, Hierarchy | None]:
    of = panel(with_sums(history, parents), season, also=ends, together=_members(parents))
    return of, Hierarchy.of(parents, of.names) if parents else None


def _members(parents: Mapping[str, str]) -> list[str]:
    return sorted({*parents, *parents.values()})


def _floor(of: Panel, horizon: int, lower: float | Mapping[str, float] | None, known: pd.DataFrame | None) -> Floats:
    """Series × steps: what a value cannot be below, -inf where anything goes."""
    per_series = np.full(len(of), -np.inf)
    if isinstance(lower, Mapping | pd.Series):
        per_series = np.array([lower.get(name, -np.inf) for name in of.names], dtype=np.float64)
    elif lower is not None:
        per_series[:] = lower
    floor = np.repeat(per_series[:, None], horizon, axis=1)
    return floor if known is None else np.fmax(floor, by_series_and_step(known, of, horizon))


def _bounded(line: Floats, floor: Floats, gone: NDArray[np.bool_]) -> Floats:
    raised = np.where(np.isnan(line) & np.isfinite(floor), floor, np.maximum(line, floor))
    return np.where(gone, 0.0, raised)


def _coherent(hierarchy: Hierarchy, found: Study, line: Floats, floor: Floats, gone: NDArray[np.bool_]) -> Floats:
    """Nodes × steps that add up: whichever way erred less at past origins."""
    nodes = hierarchy.nodes
    base = np.nan_to_num(line[nodes])
    lines, errors = _past_of_nodes(found, nodes)
    if not lines.shape[1]:
        return hierarchy.bottom_up(base)
    actuals = lines + errors
    halves = np.arange(lines.shape[1]) < lines.shape[1] // 2
    tried = np.zeros((2, *lines.shape))
    tried[0] = hierarchy.bottom_up(lines)
    for half in (halves, ~halves):
        tried[1][:, half] = hierarchy.combined(lines[:, half], errors[:, ~half])
    usual = np.maximum(np.abs(errors).mean(axis=1, keepdims=True), np.finfo(float).tiny)
    bottom_up, combined = (np.abs((actuals - one) / usual).sum() for one in tried)
    made = hierarchy.bottom_up(base) if bottom_up <= combined else hierarchy.combined(base, errors)
    leaves = nodes[hierarchy.leaves]
    made[hierarchy.leaves] = _bounded(made[hierarchy.leaves], floor[leaves], gone[leaves])
    return hierarchy.bottom_up(made)


def _past_of_nodes(found: Study, nodes: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Nodes × (origin, step): what was projected and what it missed by; 0 where a node had no forecast yet."""
    known, horizon = found.known, found.horizon
    at = np.full(len(found.of), -1)
    at[nodes] = np.arange(len(nodes))
    member = at[known.series] >= 0
    backs = np.unique(known.back[member])
    lines, errors = (np.zeros((len(nodes), len(backs), horizon)) for _ in range(2))
    place = at[known.series[member]], np.searchsorted(backs, known.back[member])
    came = np.isfinite(known.actuals[member])
    lines[place] = np.where(came, found.past_line[member], 0.0)
    errors[place] = np.where(came, known.actuals[member] - found.past_line[member], 0.0)
    seen = (np.arange(horizon) < backs[:, None]).ravel()
    return lines.reshape(len(nodes), -1)[:, seen], errors.reshape(len(nodes), -1)[:, seen]


def _sums(known: Past, values: Floats, series_count: int) -> Floats:
    return np.bincount(known.series, np.nan_to_num(np.abs(values)).sum(axis=1), series_count).astype(np.float64)


def _ratio(over: Floats, under: Floats) -> Floats:
    return np.divide(over, under, out=np.full(len(over), np.nan), where=under > 0)
