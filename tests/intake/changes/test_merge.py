"""New, changed and the same: rows of a sheet against those that are known."""

import pandas as pd

from spm.intake.changes.keys import are_made, filled_keys
from spm.intake.changes.merge import apart, difference, once_each
from spm.intake.model import Severity, Wanted


def calls(*rows: tuple[object, ...], given: tuple[str, ...] = ("amount_cents", "stage", "attributes")) -> Wanted:
    frame = pd.DataFrame(rows, columns=["key", "amount_cents", "stage", "attributes", "source_row"], dtype=object)
    return Wanted("deal", frame, given)


STORED = pd.DataFrame(
    {
        "id": [11, 12, 13],
        "key": ["A", "B", "C"],
        "amount_cents": [100, None, 300],
        "stage": ["Won", "Open", "Won"],
        "attributes": [{"region": "East", "size": "S"}, None, {"region": "West"}],
    },
    dtype=object,
)


def test_rows_are_new_changed_or_the_same() -> None:
    sheet = calls(("A", 100, "Won", None, 2), ("B", 250, "Won", None, 3), ("D", 1, "Open", None, 4))
    found = difference(sheet, STORED)
    assert found.new["key"].tolist() == ["D"]
    assert found.changed[["id", "key", "amount_cents"]].values.tolist() == [[12, "B", 250]]
    assert found.before["stage"].tolist() == ["Open"]
    assert found.same_count == 1


def test_the_columns_that_differ_in_any_row() -> None:
    sheet = calls(("A", 100, "Lost", {"size": "S"}, 2), ("C", 300, "Lost", None, 3))
    assert difference(sheet, STORED).differing == ["stage"]
    assert difference(calls(("B", 1, "Open", {"size": "L"}, 2)), STORED).differing == ["amount_cents", "attributes"]


def test_a_missing_value_equals_a_missing_value_and_nothing_else() -> None:
    assert difference(calls(("B", None, "Open", None, 2)), STORED).same_count == 1
    assert len(difference(calls(("B", 0, "Open", None, 2)), STORED).changed) == 1
    assert len(difference(calls(("A", None, "Won", None, 2)), STORED).changed) == 1


def test_a_column_that_the_sheet_lacks_is_left_alone() -> None:
    found = difference(calls(("A", None, "Won", None, 2), given=("stage",)), STORED)
    assert (len(found.changed), found.same_count) == (0, 1)


def test_own_columns_are_compared_by_name_and_those_not_brought_are_kept() -> None:
    same = difference(calls(("A", 100, "Won", {"size": "S"}, 2)), STORED)
    assert (len(same.changed), same.same_count) == (0, 1)
    changed = difference(calls(("A", 100, "Won", {"size": "L"}, 2)), STORED).changed
    assert changed["attributes"].tolist() == [{"region": "East", "size": "L"}]


def test_against_an_empty_store_everything_is_new() -> None:
    found = difference(calls(("A", 1, "Won", None, 2)), pd.DataFrame())
    assert (found.new["key"].tolist(), len(found.changed), found.same_count) == (["A"], 0, 0)


def test_an_id_that_comes_twice_counts_once_and_is_refused_where_it_says_otherwise() -> None:
    sheet = once_each(
        calls(("A", 1, "Won", None, 2), ("A", 1, "Won", None, 3), ("A", 2, "Won", None, 4), ("B", 5, "Won", None, 5)),
        "Deals",
    )
    assert sheet.rows["source_row"].tolist() == [2, 5]
    assert sheet.repeated_count == 1
    (refused,) = (issue for issue in sheet.issues if issue.severity is Severity.REFUSED)
    assert (refused.sheet, refused.row, refused.found) == ("Deals", 4, "A")
    assert refused.message == "“A” stands in row 2 too, with other values"
    (note,) = (issue for issue in sheet.issues if issue.severity is Severity.NOTE)
    assert note.message == "1 row repeats another row exactly, counted once"


def test_a_row_that_an_earlier_sheet_of_the_upload_brings_counts_once() -> None:
    january = calls(("A", 1, "Won", None, 2), ("B", 2, "Won", None, 3))
    both = calls(("A", 1, "Won", None, 2), ("B", 9, "Won", None, 3), ("C", 3, "Won", None, 4))
    alone = apart(both, january.rows.assign(sheet="january.csv"), "both")
    assert alone.rows["key"].tolist() == ["C"]
    assert alone.repeated_count == 1
    assert [issue.message for issue in alone.issues] == [
        "“B” stands in row 3 of january.csv too, with other values",
        "1 row repeats rows of january.csv exactly, counted once",
    ]


def test_rows_without_an_id_get_one_of_their_content_and_twins_survive() -> None:
    content = pd.DataFrame({"day": ["1 May", "1 May", "2 May"], "who": ["Ana", "Ana", "Ana"]})
    keys = filled_keys(pd.Series([None, None, None], dtype=object), content)
    assert are_made(pd.Series([*keys, "D1", "C-2", "2024-1"])).tolist() == [True] * 3 + [False] * 3
    assert keys.nunique() == 3
    assert keys[0].removesuffix("-1") == keys[1].removesuffix("-2")
    again = filled_keys(pd.Series([None, None, None], dtype=object), content.iloc[[2, 0, 1]].reset_index(drop=True))
    assert set(again) == set(keys)


def test_an_id_of_the_companys_own_is_kept() -> None:
    keys = filled_keys(pd.Series(["D1", None], dtype=object), pd.DataFrame({"day": ["1 May", "2 May"]}))
    assert keys[0] == "D1"
    assert keys[1].endswith("-1")
