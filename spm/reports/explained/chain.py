"""The sheets that a score's numbers come from: targets with what is behind them, metrics, and the facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from spm.reports.explained.evidence import DENOMINATOR, NUMERATOR, TARGET, Evidence, Part
from spm.reports.explained.workings import WHAT, Of, Working, of_factor
from spm.reports.explained.writing import FIRST_ROW, Writer, span
from spm.reports.workbook import Format

COLUMN_OF = {Of.BASE: 2, Of.RAMP: 3, Of.PRESENT: 4, Of.SEASON: 5, Of.PERIODS: 6}
"""The columns of a target's base and factors."""
TARGET_HEADER = ("Item", "From", "Base", "Ramp", "Present", "Season", "Periods", "Target", "How it came about")
METRIC_HEADER = ("Item", "Formula", "Side", "Measure", "Rows", "Value", "Actual", "Note")
FACT_HEADER = ("Number", "Item", "Side", "Measure", "Day", "Owner", "Account", "Name", "Stated", "Share", "Counts as",
               "File", "Sheet", "Row")  # fmt: skip
WORKING_HEADER = ("Number", "Item", "Of", "What", "Value")
KEPT = "kept as a number: it is no sum of rows, or rows have changed since; they don’t add up to it"
NOTHING = "no row of these days"


@dataclass(frozen=True)
class Rows:
    """Rows of the sheet Facts, counted from 0; both ends are of them."""

    first: int
    last: int

    @property
    def counted(self) -> str:
        """The cells of what they count as."""
        return self._cells("K")

    @property
    def days(self) -> str:
        return self._cells("E")

    @property
    def owners(self) -> str:
        return self._cells("F")

    def _cells(self, column: str) -> str:
        return f"Facts!{span(column, self.first, self.last, True)}"


Places = Mapping[tuple[int, str], str]
"""Number of an item and which of its numbers → the cells that this one comes from."""


def targets(writer: Writer, sheet: Any, evidence: Sequence[Evidence], workings: Places, quotas: Places) -> list[str]:
    """Each item's target: its base × the factors. Returns where each stands, "" where there is none."""
    writer.head(sheet, "Targets", "Base × ramp × present × season × periods.", TARGET_HEADER, (24, 12, 14))
    places = []
    for number, one in enumerate(evidence):
        row, target = FIRST_ROW + number, one.aim.target if one.aim else None
        shown, unit = writer.format_of(one), one.reading.metric.unit
        sheet.write_string(row, 0, one.reading.metric.label)
        sheet.write_string(row, 8, one.aim.words if one.aim else "")
        if target is None or one.aim is None:
            places.append("")
            continue
        sheet.write_string(row, 1, str(one.aim.origin))
        formulas = {working.of: _of_working(working, workings[number, working.of]) for working in one.workings}
        if one.has_quota_rows:
            formulas[Of.BASE] = f"=SUM({quotas[number, TARGET]})"
        base = writer.major(target.base, unit)
        writer.number(sheet, row, COLUMN_OF[Of.BASE], base, shown, formulas.get(Of.BASE))
        for factor in target.factors:
            of = of_factor(factor.name)
            writer.number(sheet, row, COLUMN_OF[of], factor.value, writer.shown[Format.FACTOR], formulas.get(of))
        formula = f"=C{row + 1}*IF(COUNT(D{row + 1}:G{row + 1})>0,PRODUCT(D{row + 1}:G{row + 1}),1)"
        writer.formula(sheet, row, 7, formula, writer.major(target.value, unit), shown)
        places.append(f"Targets!H{row + 1}")
    return places


def _of_working(working: Working, cells: str) -> str:
    match working.of:
        case Of.BASE:
            return f"=PERCENTILE({cells},{working.percentile / 100!r})"
        case Of.SEASON:
            count = len(working.values) // 2
            return f"={count}*(INDEX({cells},1)+INDEX({cells},{count + 1}))/SUM({cells})"
        case Of.PERIODS:
            return f"=SUM({cells})"
    return f"=AVERAGE({cells})"


def workings(writer: Writer, sheet: Any, evidence: Sequence[Evidence]) -> dict[tuple[int, str], str]:
    """The values that bases and factors come from, one row each; returns where those of each stand."""
    writer.head(sheet, "Workings", "The sheet Targets takes percentile, mean, season or sum of these.", WORKING_HEADER,
                (8, 24, 12, 48, 14))  # fmt: skip
    places: dict[tuple[int, str], str] = {}
    row = FIRST_ROW
    for number, one in enumerate(evidence):
        for working in one.workings:
            first, in_units = row, working.of in (Of.BASE, Of.SEASON)
            for value in working.values:
                sheet.write_number(row, 0, number + 1)
                for column, text in enumerate((one.reading.metric.label, working.of.value, WHAT[working.of]), start=1):
                    sheet.write_string(row, column, text)
                stated = writer.major(value, one.reading.metric.unit) if in_units else value
                sheet.write_number(row, 4, stated, writer.format_of(one) if in_units else writer.shown[Format.FACTOR])
                row += 1
            places[number, working.of] = f"Workings!{span('E', first, row - 1, True)}"
    return places


def metrics(
    writer: Writer, sheet: Any, evidence: Sequence[Evidence], places: Mapping[tuple[int, int], Rows]
) -> tuple[list[str], dict[tuple[int, str], str]]:
    """Each item's actual: the sum of its measures, over a sum where there is one; and the quotas that are its target.

    Returns where each actual stands, and where the quotas do.
    """
    writer.head(sheet, "Metrics", "Each measure adds up the rows of the sheet Facts.", METRIC_HEADER, (24, 34, 12, 26))
    found, quotas, row = [], {}, FIRST_ROW
    for number, one in enumerate(evidence):
        first, asked = row, []
        for at, part in enumerate(one.parts):
            _measure(writer, sheet, row, one, part, places[number, at].counted)
            if part.side == TARGET:
                asked.append(f"Metrics!F{row + 1}")
            row += 1
        if not one.parts:
            sheet.write_string(row, 0, one.reading.metric.label)
            row += 1
        quotas[number, TARGET] = ",".join(asked)
        found.append(
            _actual(writer, sheet, first, row - 1, one, [places[number, at].counted for at in range(len(one.parts))])
        )
    return found, quotas


def facts(writer: Writer, sheet: Any, evidence: Sequence[Evidence]) -> dict[tuple[int, int], Rows]:
    """The rows behind every measure; returns where they stand, by item and part."""
    writer.head(sheet, "Facts", "What the sheets say, one row each; Stated × Share = Counts as.", FACT_HEADER,
               (8, 22, 12, 22, 12, 18, 18, 18, 14, 9, 14, 26, 16, 8))  # fmt: skip
    places: dict[tuple[int, int], Rows] = {}
    row = FIRST_ROW
    for number, one in enumerate(evidence):
        for at, part in enumerate(one.parts):
            first = row
            for fact in part.rows.to_dict("records"):
                _fact(writer, sheet, row, number, one, part, fact)
                row += 1
            places[number, at] = Rows(first, max(row - 1, first))
    sheet.autofilter(FIRST_ROW - 1, 0, max(row - 1, FIRST_ROW), len(FACT_HEADER) - 1)
    return places


def _measure(writer: Writer, sheet: Any, row: int, one: Evidence, part: Part, place: str) -> None:
    sheet.write_string(row, 0, one.reading.metric.label)
    sheet.write_string(row, 1, one.reading.metric.formula)
    sheet.write_string(row, 2, part.side)
    sheet.write_string(row, 3, part.label)
    sheet.write_number(row, 4, len(part.rows))
    writer.formula(sheet, row, 5, f"=SUM({place})", writer.major(part.total, part.unit), writer.shown[Format.NUMBER])


def _actual(writer: Writer, sheet: Any, first: int, last: int, one: Evidence, facts: Sequence[str]) -> str:
    """The actual beside an item's first measure; returns its cell."""
    reading = one.reading
    if reading.actual is None:
        return ""
    writer.number(sheet, first, 6, writer.major(reading.actual, reading.metric.unit), writer.format_of(one),
                  _worked_out(one, first, last, facts))  # fmt: skip
    if not one.is_live:
        sheet.write_string(first, 7, KEPT if one.parts or reading.actual else NOTHING)
    return f"Metrics!G{first + 1}"


def _worked_out(one: Evidence, first: int, last: int, facts: Sequence[str]) -> str | None:
    """The actual as a formula: of the rows where they come to it, of numerator and denominator where these are known."""
    if one.is_live and one.is_median:
        return f"=MEDIAN({','.join(facts)})"
    if one.is_live:
        sides, values = span("C", first, last, True), span("F", first, last, True)
        above = f'SUMIFS({values},{sides},"{NUMERATOR}")'
        return f'={above}/SUMIFS({values},{sides},"{DENOMINATOR}")' if one.reading.metric.is_ratio else f"={above}"
    if one.is_quotient:
        return f"={one.reading.numerator!r}/{one.reading.denominator!r}"
    return None


def _fact(
    writer: Writer, sheet: Any, row: int, number: int, one: Evidence, part: Part, fact: Mapping[str, Any]
) -> None:
    sheet.write_number(row, 0, number + 1)
    for column, text in enumerate((one.reading.metric.label, part.side, part.label), start=1):
        sheet.write_string(row, column, text)
    if pd.notna(fact["on"]):
        sheet.write_datetime(row, 4, fact["on"], writer.shown[Format.DAY])
    for column, name in ((5, "owner"), (6, "account"), (7, "name"), (11, "file_name"), (12, "sheet")):
        if pd.notna(fact[name]):
            sheet.write_string(row, column, str(fact[name]))
    sheet.write_number(row, 8, writer.major(fact["stated"], part.unit), writer.shown[Format.NUMBER])
    sheet.write_number(row, 9, fact["share"])
    writer.formula(
        sheet, row, 10, f"=I{row + 1}*J{row + 1}", writer.major(fact["value"], part.unit), writer.shown[Format.NUMBER]
    )
    if pd.notna(fact["source_row"]):
        sheet.write_number(row, 13, fact["source_row"], writer.shown[Format.PLAIN])
