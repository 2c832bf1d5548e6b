"""Adding rows up by groups: each column of a group is a few labels and many codes, so that no text is compared twice. Pure."""

from collections.abc import Sequence
from math import prod

import numpy as np
import pandas as pd

from spm.rows import Labels, Rows, joined

MOST_MARKS = 1_000_000  # a mark for each possible key takes less time than sorting, up to so many


class Groups:
    """The groups that rows fall into, in the order of their labels, missing ones last.

    `rows` and `expected` have labels for each name in `by`; the groups of `expected` are there whether a row falls into
    them or not. Without `by` there is one group. `at` and `at_expected`: the group of each row.
    """

    def __init__(self, rows: Rows, by: Sequence[str], expected: Rows | None = None) -> None:
        parts = [rows] if expected is None else [rows, expected]
        columns = [joined([part.labels[name] for part in parts]) for name in by]
        sizes = [len(column.kinds) + 1 for column in columns]
        places = [column.codes % size for column, size in zip(columns, sizes, strict=True)]  # what is missing: the last
        keys = np.ravel_multi_index(places, sizes) if by else np.zeros(sum(map(len, parts)), np.int64)
        known, at = _distinct(keys, prod(sizes))
        self.count = len(known) if by else 1
        self.at, self.at_expected = np.split(at, [len(rows)])
        found = np.unravel_index(known, sizes) if by else ()
        self.labels = {
            name: Labels(np.where(codes < len(column.kinds), codes, -1), column.kinds)
            for name, column, codes in zip(by, columns, found, strict=True)
        }

    def rows(self, **numbers: np.ndarray) -> Rows:
        """One row a group: its labels, and numbers that have one for each."""
        return Rows(numbers, self.labels)

    def sums(self, values: np.ndarray) -> np.ndarray:
        """The sum of each group's values, NaN where it has none; whole numbers are added up exactly. NaN is no value."""
        (found,) = self.sums_by_part(values, np.zeros(len(values), np.int64), 1)
        return found

    def sums_by_part(self, values: np.ndarray, part: np.ndarray, parts_count: int) -> np.ndarray:
        """The same of several parts at once, a row for each; `part` is the number of the one that each value belongs to."""
        is_value = ~np.isnan(values) if values.dtype.kind == "f" else np.ones(len(values), bool)
        cell = (part * self.count + self.at)[is_value]
        total = np.zeros(parts_count * self.count, values.dtype)
        np.add.at(total, cell, values[is_value])
        is_told = np.bincount(cell, minlength=len(total)) > 0
        return np.where(is_told, total.astype(float), np.nan).reshape(parts_count, self.count)

    def distinct(self, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The different values (numbers from 0) that each group has: of each its group, and the value."""
        limit = int(values.max(initial=0)) + 1
        group, value = np.divmod(pd.unique(self.at * limit + values), limit)
        return group, value

    def counts(self, group: np.ndarray) -> np.ndarray:
        """How often each group is told; 0 where it is not."""
        return np.bincount(group, minlength=self.count).astype(float)

    def medians(self, values: np.ndarray, of: np.ndarray) -> np.ndarray:
        """The median of each group's values, NaN where it has none; the value of what has the same number once a group."""
        _, first = np.unique(self.at * (int(of.max(initial=0)) + 1) + of, return_index=True)
        return pd.Series(values[first]).groupby(self.at[first]).median().reindex(range(self.count)).to_numpy(float)


def no_groups(by: Sequence[str]) -> Rows:
    """What says of no group that it has a value."""
    return Rows({"value": np.empty(0)}, {name: Labels.of(()) for name in by})


def beside(left: Rows, right: Rows, by: Sequence[str]) -> Rows:
    """The rows of `left` with the numbers of the row of `right` that has the same labels, NaN where it has none."""
    groups = Groups(left, by, right)
    place = np.full(groups.count, -1)
    place[groups.at_expected] = np.arange(len(right))
    numbers = {name: np.append(column.astype(float), np.nan) for name, column in right.numbers.items()}
    return left.plus({name: column[place[groups.at]] for name, column in numbers.items()})


def _distinct(keys: np.ndarray, limit: int) -> tuple[np.ndarray, np.ndarray]:
    """The different keys in order, and the place of each key among them; they run from 0 up to, not including, `limit`."""
    if limit > MOST_MARKS:
        return np.unique(keys, return_inverse=True)
    is_there = np.zeros(limit, bool)
    is_there[keys] = True
    return np.flatnonzero(is_there), (np.cumsum(is_there) - 1)[keys]
