"""The levers of a scenario in words, with what each brings, as a sheet whose sum is a formula."""

from typing import Any

import xlsxwriter

from spm import money
from spm.planning.scenarios.contributions import contributions
from spm.planning.scenarios.outlook import Outlook
from spm.planning.scenarios.scenario import Scenario
from spm.planning.scenarios.words import rests_on, sentence
from spm.reports.workbook import FORMULA_STARTS, Format

SCENARIO_SHEET = "Scenario"
COLUMNS = ("Lever", "What changes", "Rests on", "Bookings")
HEADER_ROW = 2


def write_scenario(book: xlsxwriter.Workbook, outlook: Outlook, scenario: Scenario, currency: str) -> None:
    """Baseline, each lever by itself, what comes of levers meeting, and their sum: the bookings of the scenario.

    `outlook` is split by the segments that the scenario names. Raises Refusal where a lever acts on what is not known.
    """
    sheet = book.add_worksheet(SCENARIO_SHEET)
    bold, text = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
    amount = book.add_format({"num_format": str(Format.MONEY)})
    total = book.add_format({"num_format": str(Format.MONEY), "bold": True})
    found = contributions(outlook, scenario)
    rows = [
        ("Baseline", "", "", found.baseline_cents),
        *(
            (one.lever.name, sentence(one.lever, currency), rests_on(one.lever), one.alone_cents)
            for one in found.levers
        ),
        ("Levers meeting", "What they bring together only, whatever their order", "", found.interaction_cents),
    ]
    _write_text(sheet, 0, ("Scenario", scenario.name), text)
    sheet.write_row(HEADER_ROW, 0, COLUMNS, bold)
    for at, (*words, cents) in enumerate(rows, start=HEADER_ROW + 1):
        _write_text(sheet, at, words, text)
        sheet.write_number(at, len(words), money.major(cents, currency), amount)
    last = HEADER_ROW + len(rows)
    sheet.write_string(last + 1, 0, "Bookings", bold)
    summed = f"=SUM(D{HEADER_ROW + 2}:D{last + 1})"
    sheet.write_formula(last + 1, 3, summed, total, money.major(found.outcome_cents, currency))
    for column, width in enumerate((28, 60, 60, 16)):
        sheet.set_column(column, column, width)


def _write_text(sheet: Any, row: int, words: Any, text: Any) -> None:
    for column, said in enumerate(words):
        sheet.write_string(row, column, said, text if said.startswith(FORMULA_STARTS) else None)
