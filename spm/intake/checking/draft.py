"""A sheet while it is being checked: its columns of values, and what has been found wrong so far."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from spm.intake.layouts import Layout
from spm.intake.model import Issue, Severity

UNREADABLE_SHARE, UNREADABLE_COUNT = 0.01, 3
"""More cells than both, of those that are filled, that can't be used need a decision."""


@dataclass
class Draft:
    """Values by field key, one per row of the sheet; `headers` the column each came from, as written.

    `row_numbers` are the spreadsheet's; `attributes` the company's own columns, text by header; `issues` and
    `refused` (places of rows, from 0) grow as the sheet is checked; so do those that are `waiting` for an answer.
    `accepted` are the fields of which someone said yes to what is asked, `stages` what they said that stages (in lower case)
    mean.
    """

    layout: Layout
    sheet: str
    row_numbers: Sequence[int]
    headers: dict[str, str]
    columns: dict[str, list[Any]]
    attributes: dict[str, list[str | None]]
    issues: list[Issue] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    waiting: set[int] = field(default_factory=set)
    accepted: frozenset[str] = frozenset()
    stages: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.row_numbers)

    def __getitem__(self, key: str) -> list[Any]:
        """The values of a field, all None where the sheet has no such column."""
        if key not in self.columns:
            self.columns[key] = [None] * len(self)
        return self.columns[key]

    def __setitem__(self, key: str, values: Iterable[Any]) -> None:
        self.columns[key] = list(values)

    def keep_as_written(self, key: str) -> None:
        """Keeps the words of a field that is about to be normalised, as an attribute under its header."""
        if key in self.headers:
            self.attributes[self.headers[key]] = list(self[key])

    def refuse(
        self,
        at: int,
        message: str,
        key: str | None = None,
        found: str | None = None,
        expected: str | None = None,
    ) -> None:
        """Takes a row out, with the reason."""
        self.refused.add(at)
        self._add(Severity.REFUSED, message, at, key, found, expected)

    def note(self, message: str, at: int | None = None, key: str | None = None, found: str | None = None) -> None:
        """Something worth knowing of a row, a column, or the whole sheet."""
        self._add(Severity.NOTE, message, at, key, found)

    def stop(self, message: str, key: str | None = None, flag: str | None = None, expected: str | None = None) -> None:
        """Holds up the commit until a person decides, with `flag` on the command line; `expected` says what a yes means."""
        self._add(Severity.STOP, message, None, key, expected=expected, flag=flag)

    def _add(
        self, severity: Severity, message: str, at: int | None, key: str | None,
        found: str | None = None, expected: str | None = None, flag: str | None = None,
    ) -> None:  # fmt: skip
        row = None if at is None else self.row_numbers[at]
        column = self.headers.get(key) if key else None
        self.issues.append(Issue(severity, message, self.sheet, row, column, found, expected, flag))


def some(words: Iterable[str], at_most: int = 5) -> str:
    """A few of many words, for a sentence: "“a”, “b” and 7 more"."""
    ordered = sorted(set(words))
    shown = ", ".join(f"“{word}”" for word in ordered[:at_most])
    return shown if len(ordered) <= at_most else f"{shown} and {len(ordered) - at_most} more"
