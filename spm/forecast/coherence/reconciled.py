"""Projections that add up: each parent is the sum of its children in every period, by the ways that erred least before."""

import numpy as np
from numpy.typing import NDArray

from spm.forecast.accuracy.measures import ROUNDING
from spm.forecast.accuracy.study import Study
from spm.forecast.coherence.hierarchy import Hierarchy

Floats = NDArray[np.float64]

STRICTNESS = 20
"""A way of adding up counts by its past error to this power: one that erred 10 % more than the best hardly does, while those
about as good share. On simulated companies and cuts of real ones that missed by 0.5 % less than the best one alone."""


def coherent(hierarchy: Hierarchy, found: Study, line: Floats, floor: Floats, gone: NDArray[np.bool_]) -> Floats:
    """Nodes × steps: bottom-up, top-down and combined, by how they did at past origins; bounded at the leaves, then summed.

    A leaf without a projection counts as 0 in its parents' sums.
    """
    nodes = hierarchy.nodes
    lines, errors = _past_of_nodes(found, nodes)
    ways = _ways(hierarchy, np.nan_to_num(line[nodes]), errors)
    made = np.tensordot(_weights(hierarchy, lines, errors), ways, 1)
    leaves = nodes[hierarchy.leaves]
    made[hierarchy.leaves] = bounded(made[hierarchy.leaves], floor[leaves], gone[leaves])
    return hierarchy.bottom_up(made)


def bounded(line: Floats, floor: Floats, gone: NDArray[np.bool_]) -> Floats:
    """Not below the floor, which is also what is projected where nothing else is; 0 for who is gone."""
    raised = np.where(np.isnan(line) & np.isfinite(floor), floor, np.maximum(line, floor))
    return np.where(gone, 0.0, raised)


def _ways(hierarchy: Hierarchy, forecasts: Floats, errors: Floats) -> Floats:
    """Ways × nodes × anything."""
    alone = hierarchy.bottom_up(forecasts), hierarchy.top_down(forecasts)
    return np.stack([*alone, hierarchy.combined(forecasts, errors)])


def _weights(hierarchy: Hierarchy, lines: Floats, errors: Floats) -> Floats:
    """What each way counts, every depth of the hierarchy counting the same: a company is not outvoted by its many reps.

    Each half of the past is combined by what the other half missed by. Bottom-up where there is no past.
    """
    if not lines.shape[1]:
        return np.array([1.0, 0.0, 0.0])
    earlier = np.arange(lines.shape[1]) < lines.shape[1] // 2
    tried = np.concatenate([_ways(hierarchy, lines[:, half], errors[:, ~half]) for half in (earlier, ~earlier)], axis=2)
    usual = np.abs(errors).mean(axis=1, keepdims=True)
    usual = np.maximum(usual, ROUNDING * usual.max()) if usual.any() else np.ones_like(usual)
    erred = np.array([hierarchy.mean_by_depth(np.abs(lines + errors - made) / usual) for made in tried])
    shares = (max(erred.min(), ROUNDING) / np.maximum(erred, ROUNDING)) ** STRICTNESS
    return np.asarray(shares / shares.sum())


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
