"""Rows as columns: what is added up by the hundred thousand, with no object for each row. Pure."""

from collections.abc import Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

DAY = "datetime64[D]"


@dataclass(frozen=True, eq=False)
class Labels:
    """A column of texts of few kinds: the kinds in order, and the place of each row's among them, -1 where it has none."""

    codes: np.ndarray
    kinds: Sequence[str]

    @classmethod
    def of(cls, texts: Iterable[str | None]) -> "Labels":
        codes, kinds = pd.factorize(np.array([*texts], dtype=object), sort=True)
        return cls(codes, tuple(kinds))

    @classmethod
    def alike(cls, text: str, count: int) -> "Labels":
        """The same text in each of so many rows."""
        return cls(np.zeros(count, np.int64), (text,))

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, rows: np.ndarray | slice) -> "Labels":
        return Labels(self.codes[rows], self.kinds)

    def at(self, places: np.ndarray) -> "Labels":
        """The text at each of these places, none at -1."""
        return Labels(np.append(self.codes, -1)[places], self.kinds)

    def each(self, of_kinds: Iterable[Any], missing: Any) -> np.ndarray:
        """What is said of each row's kind, given in the order of the kinds; `missing` where the row has none."""
        return np.array([*of_kinds, missing])[self.codes]

    def among(self, kinds: Iterable[str]) -> np.ndarray:
        """Which rows are of one of these kinds."""
        wanted = frozenset(kinds)
        return self.each((kind in wanted for kind in self.kinds), False)

    @property
    def texts(self) -> np.ndarray:
        """The text of each row, None where it has none."""
        return np.array([*self.kinds, None], dtype=object)[self.codes]


@dataclass(frozen=True, eq=False)
class Rows:
    """Columns of equal length: numbers and days (`numbers`), and texts of few kinds (`labels`). Nobody may change one."""

    numbers: Mapping[str, np.ndarray]
    labels: Mapping[str, Labels] = field(default_factory=dict)

    @classmethod
    def of(cls, frame: pd.DataFrame, labels: Sequence[str] = ()) -> "Rows":
        """The columns of a frame, those named by `labels` as texts, `period` as days."""
        numbers = {
            name: frame[name].to_numpy(DAY if name == "period" else None) for name in frame if name not in labels
        }
        return cls(numbers, {name: Labels.of(frame[name]) for name in labels})

    def __len__(self) -> int:
        columns: Iterable[Sized] = (*self.numbers.values(), *self.labels.values())
        return next(len(column) for column in columns)

    def __getitem__(self, rows: np.ndarray | slice) -> "Rows":
        """The rows at these places, or those marked by True."""
        return Rows(
            {name: column[rows] for name, column in self.numbers.items()},
            {name: column[rows] for name, column in self.labels.items()},
        )

    def plus(
        self, numbers: Mapping[str, np.ndarray] | None = None, labels: Mapping[str, Labels] | None = None
    ) -> "Rows":
        """The same rows with more columns, or others of the same name."""
        return Rows({**self.numbers, **(numbers or {})}, {**self.labels, **(labels or {})})

    def frame(self) -> pd.DataFrame:
        """The rows as a frame, texts as objects."""
        texts = {name: pd.Series(column.texts, dtype=object) for name, column in self.labels.items()}
        return pd.DataFrame({**texts, **self.numbers})


def stacked(pieces: Sequence[Rows]) -> Rows:
    """Rows one below the other, with the columns that all of them have."""
    first, *others = pieces
    return Rows(
        {name: np.concatenate([piece.numbers[name] for piece in pieces])
         for name in first.numbers if all(name in piece.numbers for piece in others)},
        {name: joined([piece.labels[name] for piece in pieces])
         for name in first.labels if all(name in piece.labels for piece in others)},
    )  # fmt: skip


def joined(columns: Sequence[Labels]) -> Labels:
    """Columns of texts, one behind the other."""
    kinds, codes = columns[0].kinds, [column.codes for column in columns]
    if any(column.kinds != kinds for column in columns):
        kinds = tuple(sorted({kind for column in columns for kind in column.kinds}))
        places = {kind: at for at, kind in enumerate(kinds)}
        codes = [column.each((places[kind] for kind in column.kinds), -1) for column in columns]
    return Labels(np.concatenate(codes), kinds)
