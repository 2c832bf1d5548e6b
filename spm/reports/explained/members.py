"""A group's items down to its members: what each was asked for and reached on their days there. Pure, but for the sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, isclose
from typing import Any

from spm.calendar import Span
from spm.metrics.registry import Unit
from spm.reports.explained.chain import Rows
from spm.reports.explained.evidence import DENOMINATOR, NUMERATOR, Evidence, Part
from spm.reports.explained.scores import Cells
from spm.reports.explained.writing import FIRST_ROW, Writer, span
from spm.reports.workbook import Format
from spm.scorecards.scoring import Reading

HEADER = ("Role", "Item", "Person", "Team", "From", "To", "Target", "Above", "Below", "Actual", "Note")
OUT = "not in the sums: no value or no target for these days"
KEPT = "kept as a number: the rows of the sheet Facts do not add up to it"


@dataclass(frozen=True)
class Member:
    """What somebody was asked for and reached on some of their days; `counted`: those of which rows count.

    `rep` is the name made unique, `name` the one that rows have.
    """

    rep: str
    name: str
    team: str | None
    days: Span
    reading: Reading
    counted: Span

    @property
    def is_in(self) -> bool:
        """Whether the group's sums have them: with a target and a value."""
        asked = (self.reading.target, self.reading.actual, *((self.below,) if self.reading.metric.is_ratio else ()))
        return None not in asked

    @property
    def above(self) -> float | None:
        return self.reading.numerator if self.reading.metric.is_ratio else self.reading.actual

    @property
    def below(self) -> float | None:
        return self.reading.denominator if self.reading.metric.is_ratio else None

    def is_of_rows(self, side: str, parts: Sequence[Part]) -> bool:
        """Whether the rows of this side come to what they reached."""
        number = self.above if side == NUMERATOR else self.below
        mine = [self._sum(one) for one in parts if one.side == side]
        return bool(mine) and number is not None and isclose(fsum(mine), number, rel_tol=1e-9, abs_tol=1e-6)

    def _sum(self, part: Part) -> float:
        rows = part.rows
        is_theirs = [
            owner == self.name and day in self.counted for owner, day in zip(rows["owner"], rows["on"], strict=True)
        ]
        return fsum(rows["value"][is_theirs])


@dataclass(frozen=True)
class Shared:
    """An item of a role of a group: what all came to, with the rows behind it, and its members.

    `units`: of what stands above, and of what stands below.
    """

    evidence: Evidence
    members: tuple[Member, ...]
    units: tuple[Unit, Unit]


def write_members(
    writer: Writer, sheet: Any, items: Sequence[tuple[str, Shared]], rows: Sequence[Sequence[Rows]]
) -> list[Cells]:
    """Everyone's target and actual of each item, with the item's role; returns the formulas of what all come to.

    `rows`: where the facts of each part of an item stand.
    """
    sentence = "Of what adds up, all targets and all actuals; of a ratio all above ÷ all below, targets weighed by what is below."
    writer.head(sheet, "Members", sentence, HEADER, (24, 22, 22, 18, 12, 12, 14, 14, 14, 14, 40))
    found, row = [], FIRST_ROW
    for (role, one), places in zip(items, rows, strict=True):
        first = row
        for member in sorted(one.members, key=lambda member: not member.is_in):
            _member(writer, sheet, row, role, one, member, places)
            row += 1
        counted = sum(member.is_in for member in one.members)
        found.append(_together(one, first, first + max(counted, 1) - 1))
    return found


def _together(one: Shared, first: int, last: int) -> Cells:
    """Target and actual of the members in these rows."""
    target, above, below = (f"Members!{span(column, first, last, True)}" for column in "GHI")
    if one.evidence.reading.metric.is_ratio:
        return Cells(f"SUMPRODUCT({target},{below})/SUM({below})", f"SUM({above})/SUM({below})")
    return Cells(f"SUM({target})", f"SUM({above})")


def _member(
    writer: Writer, sheet: Any, row: int, role: str, one: Shared, member: Member, places: Sequence[Rows]
) -> None:
    reading, parts = member.reading, one.evidence.parts
    unit, shown, plain = reading.metric.unit, writer.format_of(one.evidence), writer.shown[Format.NUMBER]
    for column, text in enumerate((role, reading.metric.label, member.rep, member.team or "")):
        sheet.write_string(row, column, text)
    for column, day in ((4, member.days.start), (5, member.days.last_day)):
        sheet.write_datetime(row, column, day, writer.shown[Format.DAY])
    if reading.target is not None:
        sheet.write_number(row, 6, writer.major(reading.target, unit), shown)
    is_live = True
    sides = ((7, NUMERATOR, member.above), (8, DENOMINATOR, member.below))
    for (column, side, number), measured in zip(sides, one.units, strict=True):
        if number is None:
            continue
        is_of_rows = member.is_of_rows(side, parts)
        is_live &= is_of_rows or not number
        formula = _sum_of(member, side, parts, places) if is_of_rows else None
        writer.number(sheet, row, column, writer.major(number, measured), plain, formula)
    if member.is_in and reading.actual is not None:
        formula = f"=H{row + 1}/I{row + 1}" if reading.metric.is_ratio else f"=H{row + 1}"
        writer.number(sheet, row, 9, writer.major(reading.actual, unit), shown, formula if member.below != 0 else None)
    sheet.write_string(row, 10, "" if member.is_in and is_live else KEPT if member.is_in else OUT)


def _sum_of(member: Member, side: str, parts: Sequence[Part], places: Sequence[Rows]) -> str:
    """Their rows on their days, as a formula."""
    start, end = (f"DATE({day.year},{day.month},{day.day})" for day in (member.counted.start, member.counted.end))
    name = member.name.replace('"', '""')
    sums = [
        f'SUMIFS({rows.counted},{rows.owners},"{name}",{rows.days},">="&{start},{rows.days},"<"&{end})'
        for part, rows in zip(parts, places, strict=True)
        if part.side == side
    ]
    return f"={'+'.join(sums)}"
