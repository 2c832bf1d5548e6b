"""One sheet for each trap in `traps/`, and beside it, as JSON, the rows and issues that must come of it.

A new trap is two files: `name.csv` (or .xlsx) and `name.expected.json`. Write the second by hand from the first; where the
test fails it shows what the intake says instead. Days, amounts and the like are compared as text, a missing value is null.
"""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from spm.intake.model import Issue
from spm.intake.upload import Choices, UploadedSheet, read_upload
from spm.intake.values import DayOrder

FOLDER = Path(__file__).parent / "traps"
TRAPS = sorted(file for file in FOLDER.iterdir() if file.suffix != ".json")


def expected(file: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(file.with_suffix(".expected.json").read_text(encoding="utf-8"))
    return read


def chosen(choices: dict[str, Any]) -> Choices:
    order = choices.get("day_order")
    accepted = frozenset(choices.get("accepted", ()))
    return Choices(**{**choices, "accepted": accepted, "day_order": DayOrder(order) if order else None})


def told(sheet: UploadedSheet, columns: list[str]) -> dict[str, Any]:
    """A sheet as the expectations write it: each row begins with its number."""
    if sheet.checked is None:
        return {"sheet": sheet.sheet, "left_out": sheet.recognition.reason}
    rows = sheet.checked.rows
    return {
        "sheet": sheet.sheet,
        "layout": sheet.checked.layout,
        "columns": columns,
        "rows": [
            [row, *map(plain, values)] for row, *values in zip(rows["row"], *(rows[c] for c in columns), strict=True)
        ],
        "refused": list(sheet.checked.refused),
        "issues": [in_words(issue) for issue in sheet.issues],
    }


def plain(value: Any) -> Any:
    return str(value) if isinstance(value, date | Decimal) else value


def in_words(issue: Issue) -> str:
    place = f"row {issue.row}: " if issue.row else ""
    column = f"{issue.column}: " if issue.column else ""
    return f"{issue.severity.value}: {place}{column}{issue.message}"


@pytest.mark.parametrize("file", TRAPS, ids=lambda file: file.name)
def test_a_trap_gives_its_rows_and_issues(file: Path) -> None:
    wanted = expected(file)
    upload = read_upload([(file.name, file.read_bytes())], {}, chosen(wanted.get("choices", {})))
    columns = {sheet["sheet"]: sheet.get("columns", []) for sheet in wanted["sheets"]}
    assert [told(sheet, columns.get(sheet.sheet, [])) for sheet in upload.sheets] == wanted["sheets"]
    assert [in_words(issue) for _, issue in upload.issues] == wanted.get("issues", [])


def test_each_trap_says_what_it_is_about() -> None:
    assert all(expected(file)["about"] for file in TRAPS)
    assert {file.with_suffix("").with_suffix("") for file in FOLDER.glob("*.json")} == {
        t.with_suffix("") for t in TRAPS
    }
