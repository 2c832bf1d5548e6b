"""The workbook of one scorecard: score, targets, metrics and facts, joined by live formulas.

Excel, LibreOffice or any other program that calculates comes to the values that the app shows: the score from
attainments, these from targets and actuals, the actuals from the rows of the sheets. Money is in major units.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from spm.metrics.registry import Unit
from spm.money import minor_digits
from spm.reports.explained.evidence import DENOMINATOR, NUMERATOR, Evidence, Part
from spm.reports.workbook import Format
from spm.scorecards.result import RepScorecard
from spm.scorecards.scored import RoleScore
from spm.scorecards.scoring import Standing

FIRST_ROW = 4  # of the items, below title, sentence, an empty row and the header
FACTORS, PERIODS_COLUMN = {"ramp": 3, "present": 4, "season": 5}, 6
"""The columns of a target's factors; one of another name says how many periods it is for."""
FORMATS = {Unit.MONEY: Format.MONEY, Unit.SHARE: Format.PERCENT}
SCORE_HEADER = ("Item", "Kind", "Weight", "Weight share", "Target", "Actual", "Better", "Attainment", "Floor", "Cap",
                "Counts as", "Points", "How it came about")  # fmt: skip
TARGET_HEADER = ("Item", "From", "Base", "Ramp", "Present", "Season", "Periods", "Target", "How it came about")
METRIC_HEADER = ("Item", "Formula", "Side", "Measure", "Rows", "Value", "Actual", "Note")
FACT_HEADER = ("Number", "Item", "Side", "Measure", "Day", "Owner", "Account", "Name", "Stated", "Share", "Counts as",
               "File", "Sheet", "Row")  # fmt: skip
OUT = {
    Standing.MISSING: "no value for these days",
    Standing.NO_TARGET: "no target",
    Standing.NOTHING_ASKED: "nothing asked: the target is 0",
}
KEPT = "kept as a number: a stock, a median, or rows that have changed since; the rows don’t add up to it"
NOTHING = "no row of these days"


@dataclass(frozen=True)
class _Cells:
    """Where an item's target and actual stand."""

    target: str
    actual: str


def scorecard_workbook(card: RepScorecard, evidence: Sequence[Sequence[Evidence]], currency: str) -> bytes:
    """A scorecard with the evidence of each of its roles as an .xlsx file with live formulas."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        writer = _Writer(book, currency)
        names = [f"Score {at + 1}" if len(evidence) > 1 else "Score" for at in range(len(evidence))]
        whole = book.add_worksheet("Whole") if len(evidence) > 1 else None
        score_sheets = [book.add_worksheet(name) for name in names]
        targets, metrics, facts = (book.add_worksheet(name) for name in ("Targets", "Metrics", "Facts"))
        places = writer.facts(facts, [one for part in evidence for one in part])
        actuals = writer.metrics(metrics, [one for part in evidence for one in part], places)
        aims = writer.targets(targets, [one for part in evidence for one in part])
        totals, at = [], 0
        for sheet, name, part, role_score in zip(score_sheets, names, evidence, card.role_scores, strict=True):
            cells = [_Cells(aims[at + one], actuals[at + one]) for one in range(len(part))]
            totals.append(f"'{name}'!{writer.score(sheet, card, role_score, part, cells)}")
            at += len(part)
        if whole is not None:
            writer.whole(whole, card, totals)
    return file.getvalue()


class _Writer:
    """Writes the sheets; each formula with the value that it comes to, for programs that don't calculate."""

    def __init__(self, book: Any, currency: str) -> None:
        self.currency = currency
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.header = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.bold = {shown: book.add_format({"bold": True, "num_format": str(shown)}) for shown in Format}
        self.shown = {shown: book.add_format({"num_format": str(shown)}) for shown in Format}

    def score(
        self, sheet: Any, card: RepScorecard, part: RoleScore, evidence: Sequence[Evidence], cells: Sequence[_Cells]
    ) -> str:
        """One role's score; returns the cell in which it stands, in points."""
        said = card.explanations[card.role_scores.index(part)].sentence
        self._head(
            sheet, f"{card.rep}, {part.label}, {card.period.title}", said, SCORE_HEADER, (24, 10, 9, 9, 14, 14, 9)
        )
        last = FIRST_ROW + len(evidence) - 1
        counted = [at for at, one in enumerate(evidence) if one.score is not None]
        last_counted = FIRST_ROW + max(len(counted), 1) - 1
        for at, (one, place) in enumerate(zip(evidence, cells, strict=True)):
            self._item(sheet, FIRST_ROW + at, one, place, last_counted)
        for at, item in enumerate(part.score.waiting):
            row = last + 1 + at
            sheet.write_string(row, 0, item.metric.replace("_", " ").capitalize())
            sheet.write_string(row, 12, f"Waits for {item.waits_for}; not counted.")
        below = last + len(part.score.waiting) + 2
        kinds, share, counts, points = (_span(column, FIRST_ROW, last_counted) for column in "BDKL")
        score, total = part.score, xl_rowcol_to_cell(below, 11)
        sheet.write_string(below, 0, "Score", self.bold[Format.PLAIN])
        if counted:
            self._formula(sheet, below, 11, f"=SUM({points})", 100 * (score.value or 0.0), self.bold[Format.NUMBER])
        else:
            sheet.write_string(below, 11, "no score")
        for offset, (word, value) in enumerate((("leading", score.leading), ("lagging", score.lagging)), start=1):
            sheet.write_string(below + offset, 0, f"Score of the {word} items")
            if value is not None:
                chosen = f'({kinds}="{word}")'
                formula = f"=100*SUMPRODUCT({chosen}*{share}*{counts})/SUMPRODUCT({chosen}*{share})"
                self._formula(sheet, below + offset, 11, formula, 100 * value, self.shown[Format.NUMBER])
        sheet.write_string(below + 4, 0, f"Band: {score.band or 'none'}. {part.days_count} working days in the role.")
        return total

    def whole(self, sheet: Any, card: RepScorecard, totals: Sequence[str]) -> None:
        """The mean of several roles by their working days."""
        self._head(sheet, f"{card.rep}, {card.period.title}", "The mean of the roles by working days.",
                   ("Role", "Working days", "Score"), (34, 14, 12))  # fmt: skip
        for at, (part, total) in enumerate(zip(card.role_scores, totals, strict=True)):
            sheet.write_string(FIRST_ROW + at, 0, part.label)
            if part.score.value is not None:
                sheet.write_number(FIRST_ROW + at, 1, part.days_count)
                self._formula(sheet, FIRST_ROW + at, 2, f"={total}", 100 * part.score.value, self.shown[Format.NUMBER])
        days, scores = (_span(column, FIRST_ROW, FIRST_ROW + len(totals) - 1) for column in "BC")
        below = FIRST_ROW + len(totals) + 1
        sheet.write_string(below, 0, "Score", self.bold[Format.PLAIN])
        if card.whole.value is not None:
            formula = f"=SUMPRODUCT({days},{scores})/SUM({days})"
            self._formula(sheet, below, 2, formula, 100 * card.whole.value, self.bold[Format.NUMBER])

    def targets(self, sheet: Any, evidence: Sequence[Evidence]) -> list[str]:
        """Each item's target: its base × the factors. Returns where each stands, "" where there is none."""
        self._head(sheet, "Targets", "Base × ramp × present × season × periods.", TARGET_HEADER, (24, 12, 14))
        places = []
        for at, one in enumerate(evidence):
            row, target = FIRST_ROW + at, one.aim.target if one.aim else None
            shown = self.shown[FORMATS.get(one.reading.metric.unit, Format.NUMBER)]
            sheet.write_string(row, 0, one.reading.metric.label)
            sheet.write_string(row, 8, one.aim.words if one.aim else "")
            if target is None or one.aim is None:
                places.append("")
                continue
            sheet.write_string(row, 1, str(one.aim.origin))
            sheet.write_number(row, 2, self._major(target.base, one), shown)
            factors = {factor.name: factor.value for factor in target.factors}
            for name, value in factors.items():
                sheet.write_number(row, FACTORS.get(name, PERIODS_COLUMN), value)
            formula = f"=C{row + 1}*IF(COUNT(D{row + 1}:G{row + 1})>0,PRODUCT(D{row + 1}:G{row + 1}),1)"
            self._formula(sheet, row, 7, formula, self._major(target.value, one), shown)
            places.append(f"Targets!H{row + 1}")
        return places

    def metrics(self, sheet: Any, evidence: Sequence[Evidence], places: Mapping[tuple[int, int], str]) -> list[str]:
        """Each item's actual: the sum of its measures, over a sum where there is one. Returns where each stands."""
        self._head(
            sheet, "Metrics", "Each measure adds up the rows of the sheet Facts.", METRIC_HEADER, (24, 34, 12, 26)
        )
        found, row = [], FIRST_ROW
        for number, one in enumerate(evidence):
            first = row
            for at, part in enumerate(one.parts):
                self._measure(sheet, row, one, part, places[number, at])
                row += 1
            if not one.parts:
                sheet.write_string(row, 0, one.reading.metric.label)
                row += 1
            found.append(self._actual(sheet, first, row - 1, one))
        return found

    def facts(self, sheet: Any, evidence: Sequence[Evidence]) -> dict[tuple[int, int], str]:
        """The rows behind every measure; returns the range of what they count as, by item and part."""
        self._head(sheet, "Facts", "What the sheets say, one row each; Stated × Share = Counts as.", FACT_HEADER,
                   (8, 22, 12, 22, 12, 18, 18, 18, 14, 9, 14, 26, 16, 8))  # fmt: skip
        places, row = {}, FIRST_ROW
        for number, one in enumerate(evidence):
            for at, part in enumerate(one.parts):
                first = row
                for fact in part.rows.to_dict("records"):
                    self._fact(sheet, row, number, one, part, fact)
                    row += 1
                places[number, at] = f"Facts!$K${first + 1}:$K${max(row, first + 1)}"
        sheet.autofilter(FIRST_ROW - 1, 0, max(row - 1, FIRST_ROW), len(FACT_HEADER) - 1)
        return places

    def _item(self, sheet: Any, row: int, one: Evidence, place: _Cells, last: int) -> None:
        reading, at = one.reading, row + 1
        shown = self.shown[FORMATS.get(reading.metric.unit, Format.NUMBER)]
        sheet.write_string(row, 0, reading.metric.label)
        sheet.write_string(row, 1, reading.item.timing.value)
        sheet.write_number(row, 2, reading.item.weight)
        if reading.target is not None:
            self._formula(sheet, row, 4, f"={place.target}", self._major(reading.target, one), shown)
        if reading.actual is not None:
            self._formula(sheet, row, 5, f"={place.actual}", self._major(reading.actual, one), shown)
        sheet.write_string(row, 6, "more" if reading.prefers_more else "less")
        if one.score is None:
            sheet.write_string(row, 12, f"Left out: {OUT[reading.standing]}.")
            return
        sheet.write_string(row, 12, one.aim.words if one.aim else "")
        percent = self.shown[Format.PERCENT]
        weights = f"SUM(C${FIRST_ROW + 1}:C${last + 1})"
        attainment = _attainment(reading.prefers_more, reading.is_covered, at)
        self._formula(sheet, row, 3, f"=C{at}/{weights}", one.score.weight_share, percent)
        self._formula(sheet, row, 7, attainment, reading.uncapped_attainment or 0.0, percent)
        sheet.write_number(row, 8, reading.item.floor, percent)
        sheet.write_number(row, 9, reading.item.cap, percent)
        counts = f"=IF(H{at}>=I{at}-0.000000001,MIN(H{at},J{at}),0)"
        self._formula(sheet, row, 10, counts, one.score.attainment, percent)
        self._formula(sheet, row, 11, f"=100*D{at}*K{at}", one.score.points, self.shown[Format.NUMBER])

    def _measure(self, sheet: Any, row: int, one: Evidence, part: Part, place: str) -> None:
        sheet.write_string(row, 0, one.reading.metric.label)
        sheet.write_string(row, 1, one.reading.metric.formula)
        sheet.write_string(row, 2, part.side)
        sheet.write_string(row, 3, part.label)
        sheet.write_number(row, 4, len(part.rows))
        self._formula(sheet, row, 5, f"=SUM({place})", self._scaled(part.total, part), self.shown[Format.NUMBER])

    def _actual(self, sheet: Any, first: int, last: int, one: Evidence) -> str:
        """The actual beside an item's first measure; returns its cell."""
        reading, shown = one.reading, self.shown[FORMATS.get(one.reading.metric.unit, Format.NUMBER)]
        if reading.actual is None:
            return ""
        value = self._major(reading.actual, one)
        if one.is_live:
            sides, values = _span("C", first, last, True), _span("F", first, last, True)
            above = f'SUMIFS({values},{sides},"{NUMERATOR}")'
            below = f'/SUMIFS({values},{sides},"{DENOMINATOR}")' if reading.metric.is_ratio else ""
            self._formula(sheet, first, 6, f"={above}{below}", value, shown)
        else:
            sheet.write_number(first, 6, value, shown)
            sheet.write_string(first, 7, KEPT if one.parts or reading.actual else NOTHING)
        return f"Metrics!G{first + 1}"

    def _fact(self, sheet: Any, row: int, number: int, one: Evidence, part: Part, fact: Mapping[str, Any]) -> None:
        sheet.write_number(row, 0, number + 1)
        for column, text in enumerate((one.reading.metric.label, part.side, part.label), start=1):
            sheet.write_string(row, column, text)
        if pd.notna(fact["on"]):
            sheet.write_datetime(row, 4, fact["on"], self.shown[Format.DAY])
        for column, name in ((5, "owner"), (6, "account"), (7, "name"), (11, "file_name"), (12, "sheet")):
            if pd.notna(fact[name]):
                sheet.write_string(row, column, str(fact[name]))
        sheet.write_number(row, 8, self._scaled(fact["stated"], part), self.shown[Format.NUMBER])
        sheet.write_number(row, 9, fact["share"])
        self._formula(
            sheet, row, 10, f"=I{row + 1}*J{row + 1}", self._scaled(fact["value"], part), self.shown[Format.NUMBER]
        )
        if pd.notna(fact["source_row"]):
            sheet.write_number(row, 13, fact["source_row"], self.shown[Format.PLAIN])

    def _head(self, sheet: Any, title: str, sentence: str, header: Sequence[str], widths: Sequence[int]) -> None:
        sheet.write_string(0, 0, title, self.title)
        sheet.write_string(1, 0, sentence)
        for at, name in enumerate(header):
            sheet.write_string(FIRST_ROW - 1, at, name, self.header)
            sheet.set_column(at, at, widths[at] if at < len(widths) else 12)
        sheet.freeze_panes(FIRST_ROW, 1)

    def _formula(self, sheet: Any, row: int, column: int, formula: str, value: float, style: Any) -> None:
        sheet.write_formula(row, column, formula, style, value)

    def _major(self, value: float, one: Evidence) -> float:
        return value / self._minor_units if one.reading.metric.unit is Unit.MONEY else value

    def _scaled(self, value: float, part: Part) -> float:
        return value / self._minor_units if part.unit is Unit.MONEY else value

    @property
    def _minor_units(self) -> float:
        return 10.0 ** minor_digits(self.currency)


def _attainment(prefers_more: bool, is_covered: bool, at: int) -> str:
    """Actual ÷ target, or target ÷ actual where less is better, as a formula of row `at`."""
    if is_covered:
        return f"=J{at}"
    if prefers_more:
        return f"=MAX(F{at},0)/E{at}"
    return f"=IF(E{at}<=0,IF(F{at}<=0,1,0),IF(F{at}>0,E{at}/F{at},J{at}))"


def _span(column: str, first: int, last: int, is_fixed: bool = False) -> str:
    mark = "$" if is_fixed else ""
    return f"{mark}{column}{mark}{first + 1}:{mark}{column}{mark}{last + 1}"
