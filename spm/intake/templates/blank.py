"""Blank workbooks to fill in: a header, an example, and beside each column what goes into it."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

import xlsxwriter

from spm.intake.layouts import LAYOUTS, Field, Kind, Layout
from spm.intake.templates.columns import TEMPLATE_COLUMNS, Column, Example

ROWS_COUNT = 10_000  # so far down a cell offers its choices
MADE_AT = datetime(2026, 1, 1)  # the same template is the same file
NUMBER_FORMATS = {
    Kind.TEXT: "General",
    Kind.PERSON: "General",
    Kind.KEY: "@",
    Kind.DAY: "yyyy-mm-dd",
    Kind.MONEY: "#,##0.00",
    Kind.NUMBER: "#,##0.##",
    Kind.SHARE: "0%",
    Kind.RATE: "0.0000##",
    Kind.YES_NO: "General",
}
WRITTEN_AS = {
    Kind.TEXT: "Text.",
    Kind.PERSON: "Text.",
    Kind.KEY: "An id, as it is written elsewhere; leading zeros are kept.",
    Kind.DAY: "A day: 2025-05-30.",
    Kind.MONEY: "An amount, without the sign of the currency.",
    Kind.NUMBER: "A number.",
    Kind.RATE: "A rate of exchange: 1.0825.",
    Kind.SHARE: "A share: 75 %, or 0.75.",
    Kind.YES_NO: "yes or no.",
}
NOTE_SIZE = {"x_scale": 2.2, "y_scale": 1.6}


def template(layout_key: str) -> bytes:
    """A blank .xlsx workbook for the layout of this key.

    The columns that every sheet of the kind needs have a filled header; the note at each header says so in
    words, too. The example below is to be replaced. Raises KeyError for no layout.
    """
    layout = LAYOUTS[layout_key]
    columns = TEMPLATE_COLUMNS[layout_key]
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": MADE_AT})
        header = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        needed_header = book.add_format({"bold": True, "bottom": 2, "valign": "top", "bg_color": "#DCE6F1"})
        sheet = book.add_worksheet(layout.label)
        for at, (key, column) in enumerate(columns.items()):
            field = layout.field(key)
            shown_as = book.add_format({"num_format": NUMBER_FORMATS[field.kind]})
            sheet.set_column(at, at, max(len(field.label), len(str(column.example))) + 4, shown_as)
            sheet.write_string(0, at, field.label, needed_header if _need(layout, field) else header)
            sheet.write_comment(0, at, _note(layout, field, column), NOTE_SIZE)
            for row, example in enumerate(_examples(columns, column), start=1):
                sheet.write(row, at, example, shown_as)
            if column.choices:
                sheet.data_validation(1, at, ROWS_COUNT, at, _choice(column))
        sheet.freeze_panes(1, 0)
    return file.getvalue()


def _examples(columns: Mapping[str, Column], column: Column) -> list[Example]:
    """What the column has in the example row, and in the second one if there is one."""
    if all(one.next_example is None for one in columns.values()):
        return [column.example]
    return [column.example, column.example if column.next_example is None else column.next_example]


def _need(layout: Layout, field: Field) -> str:
    """Whether the column must be there, in words; empty where it need not."""
    if field.required or (field.key,) in layout.needs:
        return "Needed."
    in_template = TEMPLATE_COLUMNS[layout.key]
    for group in layout.needs:
        if field.key in group:
            labels = ", ".join(layout.field(key).label for key in group if key in in_template)
            return f"Needed: at least one of {labels}." if "," in labels else "Needed."
    return ""


def _note(layout: Layout, field: Field, column: Column) -> str:
    usual = f"Usual: {', '.join(column.choices)}." if column.choices else ""
    lines = (field.label, _need(layout, field), column.hint, WRITTEN_AS[field.kind], usual)
    return "\n".join(line for line in lines if line)


def _choice(column: Column) -> dict[str, object]:
    """A list to pick from; another word is questioned and then taken."""
    return {
        "validate": "list",
        "source": list(column.choices),
        "error_type": "warning",
        "error_title": "Not a usual word",
        "error_message": f"Usual are {', '.join(column.choices)}. Keep it all the same?",
    }
