"""Projections that add up: each parent is the sum of its children in every period, by the way that erred least before.

Bottom-up, top-down and the optimal combination are held against what came at past origins, and the best one is used. On six
kinds of simulated companies and cuts of real ones (61 in all) that missed by 1.5 % less than lines that don't add up, where only
bottom-up and the combination were chosen from by 0.6 % less; shares of all three by their record missed by 1.8 % less, too little
more to be worth a rule.
"""

import numpy as np
from numpy.typing import NDArray

from spm.forecast.accuracy.measures import ROUNDING
from spm.forecast.accuracy.study import Study
from spm.forecast.coherence.hierarchy import Hierarchy

Floats = NDArray[np.float64]

WAYS = ("bottom-up", "top-down", "combination")
"""Of ways that erred the same the first is used."""


def coherent(hierarchy: Hierarchy, found: Study, line: Floats, floor: Floats, gone: NDArray[np.bool_]) -> Floats:
    """Nodes × steps, by the way that did best at past origins; bounded at the leaves, then summed.

    A leaf without a projection counts as 0 in its parents' sums.
    """
    nodes = hierarchy.nodes
    lines, errors = _past_of_nodes(found, nodes)
    made = _ways(hierarchy, np.nan_to_num(line[nodes]), errors)[WAYS.index(best_way(hierarchy, lines, errors))]
    leaves = nodes[hierarchy.leaves]
    made[hierarchy.leaves] = bounded(made[hierarchy.leaves], floor[leaves], gone[leaves])
    return hierarchy.bottom_up(made)


def bounded(line: Floats, floor: Floats, gone: NDArray[np.bool_]) -> Floats:
    """Not below the floor, which is also what is projected where nothing else is; 0 for who is gone."""
    raised = np.where(np.isnan(line) & np.isfinite(floor), floor, np.maximum(line, floor))
    return np.where(gone, 0.0, raised)


def _ways(hierarchy: Hierarchy, forecasts: Floats, errors: Floats) -> Floats:
    """WAYS × nodes × anything."""
    alone = hierarchy.bottom_up(forecasts), hierarchy.top_down(forecasts)
    return np.stack([*alone, hierarchy.combined(forecasts, errors)])


def best_way(hierarchy: Hierarchy, lines: Floats, errors: Floats) -> str:
    """The one of WAYS that erred least, every depth counting the same: a company is not outvoted by its many reps.

    `lines`, `errors`: nodes × past periods. Each half of the past is combined by what the other half missed by. Bottom-up where
    there is no past.
    """
    if not lines.shape[1]:
        return WAYS[0]
    earlier = np.arange(lines.shape[1]) < lines.shape[1] // 2
    tried = np.concatenate([_ways(hierarchy, lines[:, half], errors[:, ~half]) for half in (earlier, ~earlier)], axis=2)
    usual = np.abs(errors).mean(axis=1, keepdims=True)
    usual = np.maximum(usual, ROUNDING * usual.max()) if usual.any() else np.ones_like(usual)
    erred = np.array([hierarchy.mean_by_depth(np.abs(lines + errors - made) / usual) for made in tried])
    return WAYS[int(np.argmax(erred <= erred.min() + ROUNDING))]


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
