"""Projections that add up: each parent is the sum of its children in every period, whichever way erred less before."""

import numpy as np
from numpy.typing import NDArray

from spm.forecast.accuracy.study import Study
from spm.forecast.coherence.hierarchy import Hierarchy

Floats = NDArray[np.float64]


def coherent(hierarchy: Hierarchy, found: Study, line: Floats, floor: Floats, gone: NDArray[np.bool_]) -> Floats:
    """Nodes × steps: bottom-up, top-down or combined, the best at past origins, bounded at the leaves, then summed.

    A leaf without a projection counts as 0 in its parents' sums.
    """
    nodes = hierarchy.nodes
    base = np.nan_to_num(line[nodes])
    lines, errors = _past_of_nodes(found, nodes)
    match _best_way(hierarchy, lines, errors):
        case "combined":
            made = hierarchy.combined(base, errors)
        case "top-down":
            made = hierarchy.top_down(base)
        case _:
            made = hierarchy.bottom_up(base)
    leaves = nodes[hierarchy.leaves]
    made[hierarchy.leaves] = bounded(made[hierarchy.leaves], floor[leaves], gone[leaves])
    return hierarchy.bottom_up(made)


def bounded(line: Floats, floor: Floats, gone: NDArray[np.bool_]) -> Floats:
    """Not below the floor, which is also what is projected where nothing else is; 0 for who is gone."""
    raised = np.where(np.isnan(line) & np.isfinite(floor), floor, np.maximum(line, floor))
    return np.where(gone, 0.0, raised)


def _best_way(hierarchy: Hierarchy, lines: Floats, errors: Floats) -> str:
    """The way that erred least, every depth counting the same: a company is not outvoted by its many reps.

    Each half of the past is combined by what the other half missed by.
    """
    if not lines.shape[1]:
        return "bottom-up"
    earlier = np.arange(lines.shape[1]) < lines.shape[1] // 2
    combined = np.zeros_like(lines)
    for half in (earlier, ~earlier):
        combined[:, half] = hierarchy.combined(lines[:, half], errors[:, ~half])
    ways = {"bottom-up": hierarchy.bottom_up(lines), "top-down": hierarchy.top_down(lines), "combined": combined}
    usual = np.maximum(np.abs(errors).mean(axis=1, keepdims=True), np.finfo(float).tiny)
    erred = {name: hierarchy.mean_by_depth(np.abs(lines + errors - made) / usual) for name, made in ways.items()}
    return min(erred, key=erred.__getitem__)


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
