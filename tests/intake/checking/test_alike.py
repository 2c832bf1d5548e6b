"""Issues that say the same of many rows are told once, with the rows."""

from spm.intake.checking.alike import alike
from spm.intake.model import Issue, Severity


def issue(
    row: int | None, message: str = "can't be read as a day", found: str | None = None, column: str = "Date"
) -> Issue:
    return Issue(Severity.REFUSED, message, "S", row, column, found)


def test_rows_are_joined_and_what_stood_there_is_told_of_a_few() -> None:
    [group] = alike([issue(2, found="x"), issue(3, found="y"), issue(7, found="x")])
    assert (group.rows_in_words, group.found_in_words) == ("rows 2–3, 7", "“x”, “y”")


def test_columns_messages_and_severities_stay_apart() -> None:
    note = Issue(Severity.NOTE, "read as text", "S")
    groups = alike([note, issue(2), issue(2, column="Day"), issue(3, "is missing")])
    assert [group.first.column for group in groups] == ["Date", "Day", "Date", None]
    assert groups[-1].rows_in_words == ""


def test_what_differs_from_row_to_row_is_told_of_the_first() -> None:
    [group] = alike([issue(row, f"“D{row}” stands in row {row - 1} too") for row in (2, 3)])
    assert group.message == "“D2” stands in row 1 too; and the like"
    [alone] = alike([issue(2, "“D2” stands in row 1 too")])
    assert alone.message == "“D2” stands in row 1 too"


def test_sentences_about_a_whole_sheet_are_not_joined() -> None:
    assert len(alike([issue(None, "the product “A” is new"), issue(None, "the product “B” is new")])) == 2
