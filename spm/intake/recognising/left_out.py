"""What of a sheet is not in its table, and how that is told."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from spm.intake.reading.office_xml import column_letters

LONGEST_QUOTE = 60
MOST_SPANS, MOST_COLUMNS = 8, 10


@dataclass
class LeftOut:
    """Row numbers of what is not in the table, by what it is; `beside` and `beyond` the places of columns, from 0."""

    above: list[int] = field(default_factory=list)
    described: list[int] = field(default_factory=list)
    beside: list[int] = field(default_factory=list)
    beyond: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    reordered: list[int] = field(default_factory=list)
    widened: list[int] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    footers: list[int] = field(default_factory=list)
    another: list[int] = field(default_factory=list)

    def header_again(self, number: int, is_as_before: bool, is_whole: bool) -> None:
        """Takes down a row that is the header once more: as above it, in another order, or with other columns."""
        (self.repeated if is_as_before and is_whole else self.reordered if is_whole else self.widened).append(number)

    def notes(self, first_text: Callable[[int], str]) -> Iterator[tuple[int | None, str]]:
        """Row number (None: no single row) and sentence; `first_text` gives what a row begins with, by its number."""
        if self.above:
            yield (
                self.above[0],
                f"{numbered(self.above)} above the header left out: “{_quoted(first_text, self.above)}”.",
            )
        if self.described:
            is_or_are = "is" if len(self.described) == 1 else "are"
            yield (
                self.described[0],
                f"{numbered(self.described)} {is_or_are} no data: more of the names of columns, or about them.",
            )
        if self.beside:
            letters = ", ".join(column_letters(column + 1) for column in self.beside[:MOST_COLUMNS])
            columns = "Columns" if len(self.beside) > 1 else "Column"
            yield (
                None,
                f"{columns} {letters} beside the table left out, behind an empty column: a table there needs a sheet of its own.",
            )
        if self.beyond:
            first, count = column_letters(self.beyond[0] + 1), len(self.beyond)
            yield None, f"{count:,} columns from {first} on left out: no table needs so many."
        for found, what in (
            (self.repeated, "left out: the header again."),
            (self.reordered, "left out: the header again, in another order, by which the rows below it are read."),
            (self.widened, "left out: the header again, with other columns, by which the rows below it are read."),
            (self.headings, "left out: headings, one cell alone."),
            (self.totals, "left out: totals of other rows."),
            (self.blank, "left out: blank."),
            (self.another, "left out: another table below this one. Give it a sheet of its own."),
        ):
            if found:
                yield found[0], f"{numbered(found)} {what}"
        if self.footers:
            yield (
                self.footers[0],
                f"{numbered(self.footers)} below the table left out: “{_quoted(first_text, self.footers)}”.",
            )


def _quoted(first_text: Callable[[int], str], row_numbers: Sequence[int]) -> str:
    return first_text(row_numbers[0])[:LONGEST_QUOTE]


def numbered(row_numbers: Sequence[int]) -> str:
    """ "Row 4", "Rows 1–3", "Rows 2, 5–7"; a long list ends in how many more there are."""
    spans: list[tuple[int, int]] = []
    for number in row_numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    shown = ", ".join(f"{first}–{last}" if last > first else str(first) for first, last in spans[:MOST_SPANS])
    more = sum(last - first + 1 for first, last in spans[MOST_SPANS:])
    return f"Row{'s' if len(row_numbers) > 1 else ''} {shown}" + (f" and {more:,} more" if more else "")
