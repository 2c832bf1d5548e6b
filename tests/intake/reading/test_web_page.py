"""Web pages and XML with the name of a workbook: what their tables hold, cell by cell."""

from spm.intake.model import Severity
from spm.intake.reading.raw import Limits
from spm.intake.reading.workbook import read_workbook

WORKBOOK = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{}</ss:Workbook>"""


def rows(page: str) -> list[list[object]]:
    (sheet,) = read_workbook("export.xls", page.encode()).sheets
    return sheet.rows


def test_cells_are_text_without_markup_and_entities() -> None:
    page = (
        "<table><tr><th>A&amp;B<th> x<br>y </tr><tr><td><b>1</b>.5</td><td><style>z{}</style>&nbsp;</td></tr></table>"
    )
    assert rows(page) == [["A&B", "x y"], ["1.5", None]]


def test_merged_cells_stand_in_their_first_and_push_the_others_aside() -> None:
    page = """<table><tr><td rowspan=2>a</td><td colspan=2>b</td><td>c</td></tr><tr><td>d</td><td>e</td><td>f</td></tr></table>"""
    (sheet,) = read_workbook("export.xls", f"<html>{page}</html>".encode()).sheets
    assert sheet.rows == [["a", "b", None, "c"], [None, "d", "e", "f"]]
    assert sheet.merged == ((0, 0, 1),)


def test_each_table_with_cells_is_a_sheet_and_one_within_a_cell_its_own() -> None:
    page = "<html><table><tr><td><table><tr><td>1</td></tr></table></td></tr></table><table></table><table><tr><td>2</table>"
    found = read_workbook("export.xls", page.encode())
    assert [(sheet.name, sheet.rows) for sheet in found.sheets] == [("export 1", [["1"]]), ("export 2", [["2"]])]
    assert [issue.severity for issue in found.issues] == [Severity.NOTE]


def test_excels_xml_keeps_numbers_gaps_and_names() -> None:
    first = """<ss:Row ss:Index="2"><ss:Cell><ss:Data ss:Type="Number">1.234</ss:Data></ss:Cell>
        <ss:Cell ss:Index="3"><ss:Data ss:Type="String">007</ss:Data></ss:Cell></ss:Row>"""
    second = """<ss:Row><ss:Cell ss:MergeAcross="1"><ss:Data ss:Type="Number">5</ss:Data></ss:Cell><ss:Cell>
        <ss:Data ss:Type="DateTime">2026-01-05T00:00:00.000</ss:Data></ss:Cell></ss:Row>"""
    sheets = f'<ss:Worksheet ss:Name="Q1"><ss:Table>{first}{second}</ss:Table></ss:Worksheet>'
    (sheet,) = read_workbook("export.xls", WORKBOOK.format(sheets).encode()).sheets
    assert (sheet.name, sheet.rows) == ("Q1", [[], [1.234, None, "007"], [5, None, "2026-01-05T00:00:00.000"]])


def test_no_page_may_hold_more_cells_than_a_workbook() -> None:
    page = "<table>" + "<tr><td rowspan=1000 colspan=1000>x</td></tr>" * 3 + "</table>"
    found = read_workbook("a.xls", page.encode(), Limits(cells=2_000_000))
    assert (found.sheets, found.issues[0].message) == ((), "This file has more than 2,000,000 cells: split it.")
