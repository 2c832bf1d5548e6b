"""The sheets with the scores: one a role, and the mean of several roles."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from spm.people.roles import label_of
from spm.reports.explained.evidence import Evidence
from spm.reports.explained.writing import FIRST_ROW, Writer, span
from spm.reports.workbook import Format
from spm.scorecards.groups import Combined
from spm.scorecards.scoring import Score, Standing

SCORE_HEADER = ("Item", "Kind", "Weight", "Weight share", "Target", "Actual", "Better", "Attainment", "Floor", "Cap",
                "Counts as", "Points", "How it came about")  # fmt: skip
OUT = {
    Standing.MISSING: "no value for these days",
    Standing.NO_TARGET: "no target",
    Standing.NOTHING_ASKED: "nothing asked: the target is 0",
}


@dataclass(frozen=True)
class Title:
    """What stands above a score, and below it what it rests on: "63 working days in the role"."""

    text: str
    sentence: str
    rests_on: str


@dataclass(frozen=True)
class Cells:
    """Where an item's target and actual stand, or the formulas that come to them."""

    target: str
    actual: str


def write_score(
    writer: Writer, sheet: Any, title: Title, score: Score, evidence: Sequence[Evidence], cells: Sequence[Cells]
) -> str:
    """One role's score; returns the cell in which it stands, in points."""
    writer.head(sheet, title.text, title.sentence, SCORE_HEADER, (24, 10, 9, 9, 14, 14, 9))
    last = FIRST_ROW + len(evidence) - 1
    counted = [at for at, one in enumerate(evidence) if one.score is not None]
    last_counted = FIRST_ROW + max(len(counted), 1) - 1
    for at, (one, place) in enumerate(zip(evidence, cells, strict=True)):
        _item(writer, sheet, FIRST_ROW + at, one, place, last_counted)
    for at, item in enumerate(score.waiting):
        row = last + 1 + at
        sheet.write_string(row, 0, item.metric.replace("_", " ").capitalize())
        sheet.write_string(row, 12, f"Waits for {item.waits_for}; not counted.")
    below = last + len(score.waiting) + 2
    kinds, share, counts, points = (span(column, FIRST_ROW, last_counted) for column in "BDKL")
    total = xl_rowcol_to_cell(below, 11)
    sheet.write_string(below, 0, "Score", writer.bold[Format.PLAIN])
    if counted:
        writer.formula(sheet, below, 11, f"=SUM({points})", 100 * (score.value or 0.0), writer.bold[Format.NUMBER])
    else:
        sheet.write_string(below, 11, "no score")
    for offset, (word, value) in enumerate((("leading", score.leading), ("lagging", score.lagging)), start=1):
        sheet.write_string(below + offset, 0, f"Score of the {word} items")
        if value is not None:
            chosen = f'({kinds}="{word}")'
            formula = f"=100*SUMPRODUCT({chosen}*{share}*{counts})/SUMPRODUCT({chosen}*{share})"
            writer.formula(sheet, below + offset, 11, formula, 100 * value, writer.shown[Format.NUMBER])
    sheet.write_string(below + 4, 0, f"Band: {score.band or 'none'}. {title.rests_on}.")
    return total


def write_whole(writer: Writer, sheet: Any, title: str, whole: Combined, totals: Sequence[str]) -> None:
    """The mean of several roles by their working days; `totals`: where the score of each of its parts stands."""
    writer.head(sheet, title, "The mean of the roles by working days.", ("Role", "Working days", "Score"), (34, 14, 12))
    for at, (part, total) in enumerate(zip(whole.parts, totals, strict=True)):
        sheet.write_string(FIRST_ROW + at, 0, label_of(part.label))
        if part.score is not None:
            sheet.write_number(FIRST_ROW + at, 1, part.days_count)
            writer.formula(sheet, FIRST_ROW + at, 2, f"={total}", 100 * part.score, writer.shown[Format.NUMBER])
    days, scores = (span(column, FIRST_ROW, FIRST_ROW + len(totals) - 1) for column in "BC")
    below = FIRST_ROW + len(totals) + 1
    sheet.write_string(below, 0, "Score", writer.bold[Format.PLAIN])
    if whole.value is not None:
        formula = f"=SUMPRODUCT({days},{scores})/SUM({days})"
        writer.formula(sheet, below, 2, formula, 100 * whole.value, writer.bold[Format.NUMBER])


def _item(writer: Writer, sheet: Any, row: int, one: Evidence, place: Cells, last: int) -> None:
    reading, at = one.reading, row + 1
    shown = writer.format_of(one)
    sheet.write_string(row, 0, reading.metric.label)
    sheet.write_string(row, 1, reading.item.timing.value)
    sheet.write_number(row, 2, reading.item.weight)
    if reading.target is not None:
        writer.formula(sheet, row, 4, f"={place.target}", writer.major(reading.target, one.reading.metric.unit), shown)
    if reading.actual is not None:
        writer.formula(sheet, row, 5, f"={place.actual}", writer.major(reading.actual, one.reading.metric.unit), shown)
    sheet.write_string(row, 6, "more" if reading.prefers_more else "less")
    if one.score is None:
        sheet.write_string(row, 12, f"Left out: {OUT[reading.standing]}.")
        return
    sheet.write_string(row, 12, one.aim.words if one.aim else "")
    percent = writer.shown[Format.PERCENT]
    weights = f"SUM(C${FIRST_ROW + 1}:C${last + 1})"
    attainment = _attainment(reading.prefers_more, reading.is_covered, at)
    writer.formula(sheet, row, 3, f"=C{at}/{weights}", one.score.weight_share, percent)
    writer.formula(sheet, row, 7, attainment, reading.uncapped_attainment or 0.0, percent)
    sheet.write_number(row, 8, reading.item.floor, percent)
    sheet.write_number(row, 9, reading.item.cap, percent)
    counts = f"=IF(H{at}>=I{at}-0.000000001,MIN(H{at},J{at}),0)"
    writer.formula(sheet, row, 10, counts, one.score.attainment, percent)
    writer.formula(sheet, row, 11, f"=100*D{at}*K{at}", one.score.points, writer.shown[Format.NUMBER])


def _attainment(prefers_more: bool, is_covered: bool, at: int) -> str:
    """Actual ÷ target, or target ÷ actual where less is better, as a formula of row `at`."""
    if is_covered:
        return f"=J{at}"
    if prefers_more:
        return f"=MAX(F{at},0)/E{at}"
    return f"=IF(E{at}<=0,IF(F{at}<=0,1,0),IF(F{at}>0,E{at}/F{at},J{at}))"
