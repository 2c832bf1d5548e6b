"""The files of data/ are what the script makes today, and the app reads them without a complaint."""

from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from spm.intake.checking.check import check
from spm.intake.layouts import LAYOUTS
from spm.intake.model import CheckedSheet
from spm.intake.reading.workbook import read_workbook
from spm.intake.recognising.recognise import recognise
from spm.intake.recognising.table import find_table
from spm.intake.templates.columns import TEMPLATE_COLUMNS
from spm.sample.company import company
from spm.sample.files import LAST_DAY, MONTHS_COUNT, REPS_COUNT, sample_files
from tests.house_rules import CHECKOUT

FOLDER = CHECKOUT / "data"
FILES = sample_files()


def parts(content: bytes) -> dict[str, bytes]:
    """What a workbook holds, however well it is packed."""
    with ZipFile(BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def checked(file_name: str) -> list[CheckedSheet]:
    """Every sheet of a file, as the intake recognises and checks it."""
    sheets = []
    for sheet in read_workbook(file_name, FILES[file_name]).sheets:
        table = find_table(sheet)
        assert table is not None
        sheets.append(check(table, recognise(table, file_name), file_name))
    return sheets


@pytest.mark.parametrize("name", FILES)
def test_committed_file_is_what_the_script_makes(name: str) -> None:
    committed = (FOLDER / name).read_bytes()
    assert parts(committed) == parts(FILES[name]), "stale: run python -m spm.sample"


def test_nothing_else_is_committed_beside_them() -> None:
    found = {file.relative_to(FOLDER).as_posix() for file in FOLDER.glob("**/*.xlsx")}
    assert found == set(FILES)


def test_the_small_edition_is_read_whole() -> None:
    made = company(last_day=LAST_DAY, reps_count=REPS_COUNT, months_count=MONTHS_COUNT)
    sheets = checked("sample_company.xlsx")
    assert {sheet.layout: len(sheet.rows) for sheet in sheets} == {key: len(frame) for key, frame in made.items()}
    for sheet in sheets:
        assert sheet.refused == ()
        for column in (
            "owner",
            "owner_key",
            "name",
            "amount",
            "created_on",
            "closed_on",
            "started_on",
            "deal_key",
        ):
            if column in made[sheet.layout]:
                assert sheet.rows[column].tolist() == made[sheet.layout][column].tolist(), (
                    sheet.sheet,
                    column,
                )


@pytest.mark.parametrize("layout_key", TEMPLATE_COLUMNS)
def test_a_filled_template_is_recognised_and_accepted(layout_key: str) -> None:
    [sheet] = checked(f"templates/{layout_key}.xlsx")
    assert sheet.layout == layout_key
    assert sheet.refused == ()
    has_next = any(column.next_example is not None for column in TEMPLATE_COLUMNS[layout_key].values())
    assert len(sheet.rows) == (2 if has_next else 1)
    row = sheet.rows.to_dict("records")[0]
    columns = TEMPLATE_COLUMNS[layout_key]
    assert [LAYOUTS[layout_key].field(key).label for key in columns] == list(sheet.header)
    assert [key for key in columns if row[key] is None] == []


@pytest.mark.parametrize("layout_key", TEMPLATE_COLUMNS)
def test_a_template_explains_each_column_and_offers_the_usual_words(layout_key: str) -> None:
    sheet = openpyxl.load_workbook(BytesIO(FILES[f"templates/{layout_key}.xlsx"])).active
    for cell, column in zip(sheet[1], TEMPLATE_COLUMNS[layout_key].values(), strict=True):
        assert column.hint in cell.comment.text
    offered = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    expected = {
        f"{cell.column_letter}2:{cell.column_letter}10001": f'"{",".join(column.choices)}"'
        for cell, column in zip(sheet[1], TEMPLATE_COLUMNS[layout_key].values(), strict=True)
        if column.choices
    }
    assert offered == expected


def test_needed_columns_are_marked_in_words_and_by_their_header() -> None:
    sheet = openpyxl.load_workbook(BytesIO(FILES["templates/quotas.xlsx"])).active
    needed = {cell.value for cell in sheet[1] if "Needed" in cell.comment.text}
    assert needed == {"Owner", "Owner id", "Team", "From", "Quota"}
    assert {cell.value for cell in sheet[1] if cell.fill.fill_type == "solid"} == needed
    assert "Needed: at least one of Owner, Owner id, Team." in sheet["A1"].comment.text
