"""What all sheets of the workbook are written with: formats, heads, and formulas with the value that they come to."""

from collections.abc import Sequence
from typing import Any

from spm.metrics.registry import Unit
from spm.money import minor_digits
from spm.reports.explained.evidence import Evidence
from spm.reports.workbook import Format

FIRST_ROW = 4  # of the items, below title, sentence, an empty row and the header
FORMATS = {Unit.MONEY: Format.MONEY, Unit.SHARE: Format.PERCENT}


class Writer:
    """Writes into the sheets of a book; money is in major units of `currency`."""

    def __init__(self, book: Any, currency: str) -> None:
        self._minor_units = 10.0 ** minor_digits(currency)
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.header = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.bold = {shown: book.add_format({"bold": True, "num_format": str(shown)}) for shown in Format}
        self.shown = {shown: book.add_format({"num_format": str(shown)}) for shown in Format}

    def head(self, sheet: Any, title: str, sentence: str, header: Sequence[str], widths: Sequence[int]) -> None:
        """Title, sentence and header."""
        sheet.write_string(0, 0, title, self.title)
        sheet.write_string(1, 0, sentence)
        for at, name in enumerate(header):
            sheet.write_string(FIRST_ROW - 1, at, name, self.header)
            sheet.set_column(at, at, widths[at] if at < len(widths) else 12)
        sheet.freeze_panes(FIRST_ROW, 1)

    def formula(self, sheet: Any, row: int, column: int, formula: str, value: float, style: Any) -> None:
        """A formula with its value, for programs that don't calculate."""
        sheet.write_formula(row, column, formula, style, value)

    def number(self, sheet: Any, row: int, column: int, value: float, style: Any, formula: str | None = None) -> None:
        """A number, as the formula that comes to it where there is one."""
        if formula:
            self.formula(sheet, row, column, formula, value, style)
        else:
            sheet.write_number(row, column, value, style)

    def format_of(self, one: Evidence) -> Any:
        """How an item's target and actual are shown."""
        return self.shown[FORMATS.get(one.reading.metric.unit, Format.NUMBER)]

    def major(self, value: float, unit: Unit) -> float:
        """A value as the sheet has it: money in major units."""
        return value / self._minor_units if unit is Unit.MONEY else value


def span(column: str, first: int, last: int, is_fixed: bool = False) -> str:
    """The cells of a column, rows counted from 0: "B5:B9"."""
    mark = "$" if is_fixed else ""
    return f"{mark}{column}{mark}{first + 1}:{mark}{column}{mark}{last + 1}"
