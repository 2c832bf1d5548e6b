"""The workbook of one scorecard: score, targets, metrics and facts, joined by live formulas.

Excel, LibreOffice or any other program that calculates comes to the values that the app shows: the score from
attainments, these from targets and actuals, the actuals from the rows of the sheets. Money is in major units.
"""

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from spm.reports.explained import chain, scores
from spm.reports.explained.evidence import Evidence
from spm.reports.explained.scores import Cells
from spm.reports.explained.writing import Writer
from spm.scorecards.result import RepScorecard


def scorecard_workbook(card: RepScorecard, evidence: Sequence[Sequence[Evidence]], currency: str) -> bytes:
    """A scorecard with the evidence of each of its roles as an .xlsx file with live formulas."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        writer = Writer(book, currency)
        names = [f"Score {at + 1}" if len(evidence) > 1 else "Score" for at in range(len(evidence))]
        whole = book.add_worksheet("Whole") if len(evidence) > 1 else None
        score_sheets = [book.add_worksheet(name) for name in names]
        targets, workings, metrics, facts = (
            book.add_worksheet(name) for name in ("Targets", "Workings", "Metrics", "Facts")
        )
        everything = [one for part in evidence for one in part]
        rows = chain.facts(writer, facts, everything)
        actuals, quotas = chain.metrics(writer, metrics, everything, rows)
        aims = chain.targets(writer, targets, everything, chain.workings(writer, workings, everything), quotas)
        totals, at = [], 0
        for sheet, name, part, role_score in zip(score_sheets, names, evidence, card.role_scores, strict=True):
            cells = [Cells(aims[at + one], actuals[at + one]) for one in range(len(part))]
            totals.append(f"'{name}'!{scores.write_score(writer, sheet, card, role_score, part, cells)}")
            at += len(part)
        if whole is not None:
            scores.write_whole(writer, whole, card, totals)
    return file.getvalue()
