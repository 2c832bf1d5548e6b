"""The workbooks of a scorecard and of a group's score: down to the facts, joined by live formulas.

Excel, LibreOffice or any other program that calculates comes to the values that the app shows: the score from
attainments, these from targets and actuals, the actuals from the rows of the sheets. Money is in major units.
"""

from collections.abc import Sequence
from io import BytesIO
from itertools import islice

import xlsxwriter

from spm.reports.explained import chain, scores
from spm.reports.explained.evidence import Evidence
from spm.reports.explained.members import Shared, write_members
from spm.reports.explained.scores import Cells, Title
from spm.reports.explained.writing import Writer
from spm.scorecards.result import RepScorecard
from spm.scorecards.rollup import GroupScore


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
        roles = zip(card.role_scores, card.explanations, evidence, score_sheets, strict=True)
        for role, explained, part, sheet in roles:
            title = Title(f"{card.rep}, {role.label}, {card.period.title}", explained.sentence,
                          f"{role.days_count} working days in the role")  # fmt: skip
            cells = [Cells(aims[at + one], actuals[at + one]) for one in range(len(part))]
            total = scores.write_score(writer, sheet, title, role.score, part, cells)
            totals.append(f"'{sheet.get_name()}'!{total}")
            at += len(part)
        if whole is not None:
            scores.write_whole(writer, whole, f"{card.rep}, {card.period.title}", card.whole, totals)
    return file.getvalue()


def group_workbook(
    score: GroupScore, shared: Sequence[Sequence[Shared]], sentences: Sequence[str], title: str, currency: str
) -> bytes:
    """A group's score as an .xlsx file with live formulas: its roles, items, members, and the facts behind these.

    `shared` and `sentences` (what stands above its sheet) are by role, as in the score.
    """
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        writer = Writer(book, currency)
        whole = book.add_worksheet("Whole")
        score_sheets = [book.add_worksheet(f"Score {at + 1}") for at in range(len(shared))]
        everyone, facts = book.add_worksheet("Members"), book.add_worksheet("Facts")
        items = [(role.label, one) for role, of_role in zip(score.roles, shared, strict=True) for one in of_role]
        places = chain.facts(writer, facts, [one.evidence for _, one in items])
        rows = [[places[number, at] for at in range(len(one.evidence.parts))] for number, (_, one) in enumerate(items)]
        cells = iter(write_members(writer, everyone, items, rows))
        totals = []
        for role, of_role, sentence, sheet in zip(score.roles, shared, sentences, score_sheets, strict=True):
            above = Title(
                f"{title}, {role.label}", sentence, f"{role.people_count:,} people, {role.days_count:,} working days"
            )
            evidence = [one.evidence for one in of_role]
            total = scores.write_score(writer, sheet, above, role.score, evidence, list(islice(cells, len(evidence))))
            totals.append(f"'{sheet.get_name()}'!{total}")
        scores.write_whole(writer, whole, title, score.whole, totals)
    return file.getvalue()
