"""The table in a sheet, in sheets of a few rows that each show one way in which people lay out a sheet."""

from datetime import date

import pytest

from spm.intake.model import FoundTable, Severity, Sheet
from spm.intake.recognising.table import find_table

_ = None


def found(*rows: list[object]) -> FoundTable:
    table = find_table(Sheet("Deals", [list(row) for row in rows]))
    assert table is not None
    return table


def notes(table: FoundTable) -> list[str]:
    assert {issue.severity for issue in table.issues} <= {Severity.NOTE}
    assert {issue.sheet for issue in table.issues} <= {"Deals"}
    return [issue.message for issue in table.issues]


def test_a_plain_table() -> None:
    table = found(["Rep", "Amount"], ["Ana", 5], ["Bo", 7])
    assert table == FoundTable("Deals", ("Rep", "Amount"), [["Ana", 5], ["Bo", 7]], [2, 3], places=(0, 1))


def test_titles_and_totals_above_the_header() -> None:
    table = found(["Sales 2024"], [], ["Total", _, 12], ["Rep", "Day", "Amount"], ["Ana", date(2024, 1, 2), 12])
    assert table.header == ("Rep", "Day", "Amount")
    assert table.row_numbers == [5]
    assert notes(table) == ["Rows 1, 3 above the header left out: “Sales 2024”."]
    assert table.issues[0].row == 1


def test_blank_rows_and_columns_before_and_within() -> None:
    table = found([], [_, "Rep", _, "Amount"], [_, "Ana", _, 5], ["", " ", _, _], [_, "Bo", _, 7])
    assert (table.header, table.cells, table.row_numbers) == (
        ("Rep", "Amount"),
        [["Ana", 5], ["Bo", 7]],
        [3, 5],
    )
    assert notes(table) == ["Row 4 left out: blank."]


def test_groups_of_columns_above_the_header() -> None:
    table = found(
        [_, "Q1", _, "Q2", _],
        ["Rep", "Sales", "Calls", "Sales", "Calls"],
        ["Ana", 5, 9, 6, 8],
    )
    assert table.header == ("Rep", "Q1 Sales", "Q1 Calls", "Q2 Sales", "Q2 Calls")
    assert (table.row_numbers, notes(table)) == ([3], [])


def test_a_title_over_two_cells_is_no_group() -> None:
    table = found(["Refreshed on:", _, "Dec-27", _], ["First", "Last", "Team", "Role"], ["Ana", "Li", "North", "AE"])
    assert table.header == ("First", "Last", "Team", "Role")
    assert notes(table) == ["Row 1 above the header left out: “Refreshed on:”."]


def test_names_in_the_gaps_of_the_header_row() -> None:
    table = found([_, _, "Calls", "Mails", "Demos"], ["Rep", "Team", _, _, _], ["Ana", "North", 1, 2, 3])
    assert table.header == ("Rep", "Team", "Calls", "Mails", "Demos")
    assert table.row_numbers == [3]


def test_notes_beside_the_table() -> None:
    rows = [["Ana", n] for n in range(10)]
    table = found(["Rep", "Amount", _, "To do"], ["Ana", 5, _, "ask Bo"], *rows)
    assert (table.header, len(table.cells)) == (("Rep", "Amount"), 11)
    assert notes(table) == [
        "Column D beside the table left out, behind an empty column: a table there needs a sheet of its own."
    ]


def test_columns_behind_a_gap_that_belong_to_the_table() -> None:
    table = found(["Rep", _, "Amount"], ["Ana", _, 5], ["Bo", _, 7])
    assert (table.header, table.cells[0]) == (("Rep", "Amount"), ["Ana", 5])


def test_footers_are_dropped() -> None:
    table = found(
        ["Rep", "Team", "Day", "Amount"],
        ["Ana", "North", date(2024, 1, 2), 5],
        ["Bo", "South", date(2024, 1, 3), 7],
        ["Grand Total", _, _, 12],
        [],
        ["Confidential – internal use only"],
    )
    assert table.row_numbers == [2, 3]
    assert notes(table) == ["Rows 4, 6 below the table left out: “Grand Total”."]


def test_subtotals_are_dropped() -> None:
    table = found(
        ["Team", "Rep", "Amount"],
        ["North", "Ana", 5],
        ["Subtotal", _, 5],
        ["South", "Bo", 7],
        ["South", "Cy", 1],
    )
    assert table.row_numbers == [2, 4, 5]
    assert notes(table) == ["Row 3 left out: totals of other rows."]


@pytest.mark.parametrize("name", ["Total", "Total Wine", "Sumitomo", "Sum Ltd"])
def test_a_customer_called_total_stays(name: str) -> None:
    table = found(
        ["Account", "Stage", "Amount"],
        ["Acme", "Won", 5],
        [name, "Won", 7],
        ["Beta", "Lost", 1],
        [name, "Won", 7],
    )
    assert table.row_numbers == [2, 3, 4, 5]


def test_a_last_row_with_gaps_stays() -> None:
    table = found(["Rep", "Team", "Amount"], ["Ana", "North", 5], ["Bo", "South", 7], ["Cy", _, 2])
    assert table.row_numbers == [2, 3, 4]


def test_the_header_again_between_the_rows() -> None:
    table = found(["Rep", "Amount"], ["Ana", 5], ["Rep ", "Amount"], ["Bo", 7])
    assert table.row_numbers == [2, 4]
    assert notes(table) == ["Row 3 left out: the header again."]


def test_names_are_unique_and_never_empty() -> None:
    table = found(["Rep", "Note ", _, "Note", "Close\ndate"], ["Ana", "a", "x", "b", 1], ["Bo", "c", "y", "d", 2])
    assert table.header == ("Rep", "Note", "column C", "Note (2)", "Close date")


def test_named_columns_without_values_stay_and_others_go() -> None:
    table = found(["Rep", "Closed on", "", "Amount"], ["Ana", _, _, 5], ["Bo", "", " ", 7])
    assert table.header == ("Rep", "Closed on", "Amount")
    assert table.cells == [["Ana", _, 5], ["Bo", "", 7]]


def test_ragged_rows_become_as_long_as_the_header() -> None:
    table = found(["Rep", "Amount", "Note"], ["Ana", 5], ["Bo", 7, "late", "more"])
    assert table.header == ("Rep", "Amount", "Note", "column D")
    assert table.cells == [["Ana", 5, _, _], ["Bo", 7, "late", "more"]]


def test_a_value_far_down_keeps_its_column() -> None:
    rows = [["Ana", n, _] for n in range(5000)]
    assert found(["Rep", "Amount", _], *rows, ["Bo", 1, "late"]).header == ("Rep", "Amount", "column C")


def test_text_rows_are_no_header() -> None:
    table = found(["account", "manager"], ["Acme", "Ana"], ["Beta", "Bo"])
    assert (table.header, len(table.cells)) == (("account", "manager"), 2)


def test_years_and_months_may_be_names() -> None:
    table = found(["Rep", 2023, date(2024, 1, 1)], ["Ana", 5.5, 6.5], ["Bo", 7.5, 8.5])
    assert table.header == ("Rep", "2023", "2024-01-01")


def test_a_header_alone_is_a_table_without_rows() -> None:
    table = found(["Rep", "Amount"])
    assert (table.header, table.cells) == (("Rep", "Amount"), [])


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [[], [None, " "]],
        [["How to use this workbook"], ["Fill the second sheet."], ["Save it."]],
        [[1, 2, 3], [4, 5, 6]],
        [["2024-01-01", "5"], ["2024-01-02", "7"]],
    ],
)
def test_no_table(rows: list[list[object]]) -> None:
    assert find_table(Sheet("Notes", rows)) is None


def test_many_left_out_rows_are_told_in_short() -> None:
    rows = [["Ana", n] if n % 2 else [] for n in range(40)]
    table = found(["Rep", "Amount"], *rows, ["Bo", 1])
    assert notes(table) == ["Rows 2, 4, 6, 8, 10, 12, 14, 16 and 12 more left out: blank."]


def test_a_header_of_16_000_columns_is_cut_and_told() -> None:
    table = found(["Amount"] * 16_000, [1] * 16_000)
    assert (table.header[:3], len(table.header)) == (("Amount", "Amount (2)", "Amount (3)"), 1_000)
    assert notes(table) == ["15,000 columns from ALM on left out: no table needs so many."]
