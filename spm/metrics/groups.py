"""Adding rows up by groups: each column of a group is a few labels and many codes, so that no text is compared twice. Pure."""

from collections.abc import Sequence
from math import prod

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

MOST_MARKS = 1_000_000  # a mark for each possible key takes less time than sorting, up to so many


class Groups:
    """The groups that rows fall into, in the order of their labels, missing ones last.

    `rows` and `expected` have a categorical column for each name in `by`; the groups of `expected` are there whether a
    row falls into them or not. Without `by` there is one group.
    """

    def __init__(self, rows: pd.DataFrame, by: Sequence[str], expected: pd.DataFrame | None = None) -> None:
        parts = [rows] if expected is None else [rows, expected]
        columns = [_joined([part[name] for part in parts]) for name in by]
        sizes = [len(column.categories) + 1 for column in columns]
        places = [
            np.where(column.codes < 0, size - 1, column.codes) for column, size in zip(columns, sizes, strict=True)
        ]
        keys = np.ravel_multi_index(places, sizes) if by else np.zeros(len(rows), np.int64)
        known, at = _distinct(keys, prod(sizes))
        self.count = len(known) if by else 1
        self.at = at[: len(rows)]
        found = np.unravel_index(known, sizes) if by else ()
        labels = [np.array([*column.categories, None], dtype=object) for column in columns]
        self.labels = pd.DataFrame(
            {name: pd.Series(one[codes], dtype=object) for name, one, codes in zip(by, labels, found, strict=True)},
            index=range(self.count),
        )

    def sums(self, values: np.ndarray, among: np.ndarray | None = None) -> np.ndarray:
        """The sum of each group's values, NaN where it has none; whole numbers are added up exactly.

        `among` says which rows are meant; NaN among the values is no value.
        """
        is_meant = ~np.isnan(values) if values.dtype.kind == "f" else np.ones(len(values), bool)
        is_meant = is_meant if among is None else is_meant & among
        at, values = self.at[is_meant], values[is_meant]
        total = np.zeros(self.count, values.dtype)
        np.add.at(total, at, values)
        return np.where(np.bincount(at, minlength=self.count) > 0, total.astype(float), np.nan)

    def distinct_counts(self, values: np.ndarray, among: np.ndarray | None = None) -> np.ndarray:
        """How many different values (numbers from 0) each group has; 0 where none."""
        at, kept = (self.at, values) if among is None else (self.at[among], values[among])
        limit = int(values.max(initial=0)) + 1
        seen = pd.unique(at * limit + kept)
        return np.bincount(seen // limit, minlength=self.count).astype(float)

    def medians(self, values: pd.Series) -> np.ndarray:
        """The median of each group's values, NaN where it has none."""
        return values.groupby(self.at).median().reindex(range(self.count)).to_numpy(float)


def _distinct(keys: np.ndarray, limit: int) -> tuple[np.ndarray, np.ndarray]:
    """The different keys in order, and the place of each key among them; they run from 0 up to, not including, `limit`."""
    if limit > MOST_MARKS:
        return np.unique(keys, return_inverse=True)
    is_there = np.zeros(limit, bool)
    is_there[keys] = True
    return np.flatnonzero(is_there), (np.cumsum(is_there) - 1)[keys]


def _joined(columns: Sequence[pd.Series]) -> pd.Categorical:
    """Columns of labels, one behind the other, with sorted categories."""
    coded = [one.array if isinstance(one.dtype, pd.CategoricalDtype) else pd.Categorical(one) for one in columns]
    if all(one.categories is coded[0].categories for one in coded) and coded[0].categories.is_monotonic_increasing:
        return pd.Categorical.from_codes(np.concatenate([one.codes for one in coded]), dtype=coded[0].dtype)
    texts = [pd.Categorical.from_codes(one.codes, one.categories.astype(object)) for one in coded]
    return union_categoricals(texts, sort_categories=True)
