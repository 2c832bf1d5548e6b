"""Who adds up to whom, and forecasts that do: bottom-up, or by the least-variance combination of all levels.

MinT (Wickramasuriya, Athanasopoulos, Hyndman 2019) in its projection form, `y - W C' (C W C')^-1 C y` where every row of C
says that a parent less its children is 0: only a matrix as large as there are parents is inverted.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Hierarchy:
    """`nodes`: rows of the panel that belong to it; `depths`: how far below its top each is, 1 for a top itself;
    `sums`: nodes × leaves, 1 where a leaf is part of a node."""

    nodes: Counts
    depths: Counts
    leaves: Counts
    sums: Floats
    constraints: Floats

    @classmethod
    def of(cls, parents: Mapping[str, str], names: list[str]) -> "Hierarchy":
        """`parents`: child to parent, any depth. Raises ValueError for a circle."""
        row = {name: at for at, name in enumerate(names)}
        nodes = sorted({*parents, *parents.values()}, key=row.__getitem__)
        leaves = [name for name in nodes if name not in set(parents.values())]
        at = {name: number for number, name in enumerate(nodes)}
        sums = np.zeros((len(nodes), len(leaves)))
        for number, leaf in enumerate(leaves):
            for name in lineage(leaf, parents):
                sums[at[name], number] = 1.0
        inner = [name for name in nodes if name not in set(leaves)]
        constraints = np.zeros((len(inner), len(nodes)))
        for line, name in enumerate(inner):
            constraints[line, at[name]] = 1.0
        for child, parent in parents.items():
            constraints[inner.index(parent), at[child]] = -1.0
        to_rows = np.array([row[name] for name in nodes], dtype=np.int64)
        depths = np.array([len(lineage(name, parents)) for name in nodes], dtype=np.int64)
        return cls(to_rows, depths, np.array([at[name] for name in leaves], dtype=np.int64), sums, constraints)

    def bottom_up(self, forecasts: Floats) -> Floats:
        """Nodes × anything: the leaves as they are, the others as their sums."""
        return self.sums @ forecasts[self.leaves]

    def top_down(self, forecasts: Floats) -> Floats:
        """The tops as they are, their children in proportion to their own forecasts, and so on down; bottom-up after that."""
        made = np.maximum(forecasts, 0.0)
        made[self.depths == 1] = forecasts[self.depths == 1]
        inner = [(int(np.argmax(line)), np.flatnonzero(line < 0)) for line in self.constraints]
        for parent, children in sorted(inner, key=lambda each: self.depths[each[0]]):
            total = made[children].sum(axis=0)
            made[children] *= np.divide(made[parent], total, out=np.zeros_like(total), where=total > 0)
        return self.bottom_up(made)

    def mean_by_depth(self, errors: Floats) -> float:
        """The mean of `errors` (nodes × anything) of each depth, added up: the top weighs as much as all leaves do."""
        return float(sum(errors[self.depths == depth].mean() for depth in np.unique(self.depths)))

    def combined(self, forecasts: Floats, errors: Floats) -> Floats:
        """MinT with `errors` (nodes × samples) shrunk towards no correlation; bottom-up where nobody ever erred."""
        covariance = shrunk_covariance(errors)
        spread = covariance @ self.constraints.T
        middle = self.constraints @ spread
        if not middle.any():
            return self.bottom_up(forecasts)
        steady = middle + np.eye(len(middle)) * 1e-9 * float(np.trace(middle)) / len(middle)
        moved = forecasts - spread @ np.linalg.solve(steady, self.constraints @ forecasts)
        return self.bottom_up(moved)


def lineage(name: str, parents: Mapping[str, str]) -> list[str]:
    """The name itself, its parent, and so on up."""
    found = [name]
    while (above := parents.get(found[-1])) is not None:
        if above in found:
            raise ValueError(f"{above} adds up to itself")
        found.append(above)
    return found


def with_sums(history: pd.DataFrame, parents: Mapping[str, str]) -> pd.DataFrame:
    """`history` and, for every parent without a row of its own, the sums of its leaves; missing where one of them is."""
    above = history[history["series"].isin(set(parents) - set(parents.values()))]
    have_rows, climbed = history["series"].unique(), []
    for _ in range(max((len(lineage(leaf, parents)) for leaf in above["series"].unique()), default=1) - 1):
        above = above.assign(series=above["series"].map(parents)).dropna(subset="series")
        climbed.append(above[~above["series"].isin(have_rows)])
    if not climbed:
        return history
    by_period = pd.concat(climbed).groupby(["series", "period"], sort=True)["value"]
    totals = by_period.sum().where(by_period.count() == by_period.size()).reset_index()
    return pd.concat([history, totals], ignore_index=True) if len(totals) else history


def shrunk_covariance(errors: Floats) -> Floats:
    """Schäfer and Strimmer's (2005): correlations drawn towards 0 by how unsure they are.

    The sums over all pairs are sums over all, less those of each with itself: no second matrix of pairs is made.
    """
    samples = max(errors.shape[1], 2)
    variance = (errors**2).sum(axis=1) / max(errors.shape[1], 1)
    spread = np.sqrt(np.where(variance > 0, variance, 1.0))
    standard = errors / spread[:, None]
    correlation = standard @ standard.T / samples
    own, squares = np.diag(correlation), standard**2
    strength = float((correlation**2).sum() - (own**2).sum())
    squared = float((squares.sum(axis=0) ** 2).sum() - (squares**2).sum()) / samples
    doubt = (squared - strength) / (samples - 1)
    share = float(np.clip(doubt / strength, 0.0, 1.0)) if strength > 0 else 1.0
    shrunk = (1 - share) * correlation
    np.fill_diagonal(shrunk, 1.0)
    return shrunk * spread[:, None] * spread * (variance > 0)[:, None] * (variance > 0)
