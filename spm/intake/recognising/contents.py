"""What the columns of a table hold, whatever they are called. Pure."""

from datetime import date
from functools import cached_property
from re import compile

from spm.intake.layouts import Kind
from spm.intake.model import Cell, FoundTable
from spm.intake.resolving.counts import NO_COUNT_SIGNS
from spm.intake.values import is_blank, read_column
from spm.intake.values.meanings import status_named

EMAIL = compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
NAMES = compile(r"[^\W\d_][^\W\d_.'’-]*\.?(?:,?[ '’-][^\W\d_][^\W\d_.'’-]*\.?)+")
ORDER_NUMBER = compile(r"#[A-Za-z]{0,5}-?\d+")
SMALLEST_MONEY = 1_000
SAMPLE_COUNT = 300  # cells of a column that are read to see what it holds
READ_AT_ONCE = 10_000
MOST_STAGES = 30
COUNTS_SHARE = 0.95  # of its cells must be numbers for a column to be a count
ID_REPEATS_BELOW_SHARE = 0.98  # of distinct ids: a few rows exported twice do not make lines of orders


class Contents:
    """What the columns of a table hold: looked at on a sample, and only where a question is asked."""

    def __init__(self, table: FoundTable) -> None:
        self.header = table.header
        self._table = table
        self._readable: dict[tuple[int, Kind], float] = {}
        self._repeating: dict[int, bool] = {}

    @cached_property
    def samples(self) -> list[list[Cell]]:
        """Of each column its first filled cells, at most `SAMPLE_COUNT`."""
        step = max(1, len(self._table.cells) // (4 * SAMPLE_COUNT))
        rows = self._table.cells[::step]
        return [[row[at] for row in rows if not is_blank(row[at])][:SAMPLE_COUNT] for at in range(len(self.header))]

    def is_empty(self, at: int) -> bool:
        return not self.samples[at]

    def readable_share(self, at: int, kind: Kind) -> float:
        """The share of the sampled cells that can be read as `kind`; 1 for an empty column."""
        if (at, kind) not in self._readable:
            sample = self.samples[at]
            unread = read_column(kind, sample).unread
            self._readable[at, kind] = 1 - len(unread) / len(sample) if sample else 1.0
        return self._readable[at, kind]

    def repeats(self, at: int) -> bool:
        """Whether the same value comes on several rows; False for an empty column."""
        if at not in self._repeating:
            self._repeating[at] = self._repeats(at)
        return self._repeating[at]

    def _repeats(self, at: int) -> bool:
        """The same, looked up: only what hardly repeats is read to its end."""
        column = self._table.columns[at]
        distinct: set[Cell] = {None, ""}
        filled_count, rest_count = 0, len(column)
        for start in range(0, len(column), READ_AT_ONCE):
            cells = column[start : start + READ_AT_ONCE]
            distinct.update(cells)
            filled_count += _filled_count(cells)
            rest_count -= len(cells)
            most_count = len(distinct) - 2 + rest_count  # if all that follow are filled, each with another
            if most_count < ID_REPEATS_BELOW_SHARE * (filled_count + rest_count):
                return True
        return False

    def are_emails(self, at: int) -> bool:
        sample = self.samples[at]
        return bool(sample) and all(EMAIL.fullmatch(str(cell).strip()) for cell in sample)

    def are_names(self, at: int) -> bool:
        """Whether most cells hold first and last names, or words like them."""
        sample = self.samples[at]
        return sum(bool(NAMES.fullmatch(str(cell).strip())) for cell in sample) > len(sample) / 2

    def are_only_days(self, at: int) -> bool:
        """Whether the column holds days and could be nothing else (a number may be a day, too)."""
        return (
            not self.is_empty(at)
            and not all(isinstance(cell, int | float) for cell in self.samples[at])
            and self.readable_share(at, Kind.DAY) >= 0.9
            and self.readable_share(at, Kind.NUMBER) < 0.5
        )

    def are_counts(self, at: int) -> bool:
        """Whether the column holds numbers from 0 on, and no days, shares or amounts with a sign."""
        if self.is_empty(at) or self.readable_share(at, Kind.NUMBER) < COUNTS_SHARE or self.are_only_days(at):
            return False
        texts = {cell for cell in self.samples[at] if isinstance(cell, str)}
        is_number = not any(set(text) & NO_COUNT_SIGNS for text in texts)
        return is_number and not any(isinstance(cell, bool | date) for cell in self.samples[at])

    def are_small_counts(self, at: int) -> bool:
        """Whether the column holds counts that hardly are amounts of money: whole ones below a thousand."""
        if not self.are_counts(at):
            return False
        numbers = [number for number in read_column(Kind.NUMBER, self.samples[at]).values if number is not None]
        return all(number < SMALLEST_MONEY and number.is_integer() for number in numbers)

    def are_numbers_of_orders(self, at: int) -> bool:
        """Whether all cells are numbers as shops give them: #1001."""
        return bool(self.samples[at]) and all(ORDER_NUMBER.fullmatch(str(cell).strip()) for cell in self.samples[at])

    def filled_share(self, at: int) -> float:
        """The share of the rows that fill a column; 1 without rows."""
        return _filled_count(self._table.columns[at]) / len(self._table.cells) if self._table.cells else 1.0

    def are_amounts(self, at: int) -> bool:
        return not self.is_empty(at) and self.readable_share(at, Kind.MONEY) >= 0.9

    def say_won_and_lost(self, at: int) -> bool:
        words = {cell for cell in self.samples[at] if isinstance(cell, str)}
        return len(words) <= MOST_STAGES and {"won", "lost"} <= {status_named(word) for word in words}


def _filled_count(cells: list[Cell]) -> int:
    return len(cells) - cells.count(None) - cells.count("")
