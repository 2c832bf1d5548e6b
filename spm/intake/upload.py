"""An upload: one or more files taken as one thing; each table recognised, each row checked. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from spm.errors import UnknownName
from spm.intake import garbage
from spm.intake.checking.check import check
from spm.intake.choices import (
    EVERY_SHEET,
    LEFT_OUT,
    NO_CHOICES,
    BySheet,
    Choices,
    kept_in_words,
    with_kept_answers,
)
from spm.intake.layouts import LAYOUTS
from spm.intake.model import CheckedSheet, FoundTable, Issue, Recognition, Severity, Workbook, sheet_name
from spm.intake.progress import Progress, silent
from spm.intake.reading.workbook import read_workbook
from spm.intake.recognising.headers import folded
from spm.intake.recognising.overrides import nearest, unknown_columns, with_overrides
from spm.intake.recognising.recognise import DOUBTFUL_BELOW, recognise
from spm.intake.recognising.repeated import repeated
from spm.intake.recognising.table import find_table

Remembered = Mapping[tuple[str, ...], Recognition]
Answered = Mapping[tuple[str, ...], Mapping[str, Any]]
"""Header → how its cells were said to be meant before (see `choices.kept_answers`)."""


@dataclass(frozen=True)
class UploadedSheet:
    """One sheet of an upload, as far as it got: no `table` where none was found, nothing `checked` where it is left
    out."""

    file_name: str
    sha256: str
    sheet: str
    table: FoundTable | None
    recognition: Recognition
    checked: CheckedSheet | None
    issues: tuple[Issue, ...]
    is_chosen: bool = False
    choices: Choices = NO_CHOICES

    @property
    def name(self) -> str:
        """File and sheet, as a reader finds them."""
        return sheet_name(self.file_name, self.sheet)

    def accepts(self, column: str | None) -> bool:
        """Whether a person said yes to what is asked of a column."""
        return column is not None and folded(column) in {folded(name) for name in self.choices.accepted}

    def column(self, field: str) -> str | None:
        """The column of the sheet that is taken for a field; None where none is."""
        return next((header for header, key in self.recognition.fields.items() if key == field), None)


@dataclass(frozen=True)
class Upload:
    """All sheets of an upload, and what is wrong with whole files."""

    sheets: tuple[UploadedSheet, ...]
    issues: tuple[tuple[str, Issue], ...]  # file name, issue


def told_apart(names: Sequence[str]) -> list[str]:
    """The names of files, in order; a file called as an earlier one, from another folder, is "again" that."""
    found: list[str] = []
    for name in names:
        while name in found:
            name = f"again {name}"
        found.append(name)
    return found


def read_upload(
    files: Sequence[tuple[str, bytes]],
    remembered: Remembered,
    choices: Choices = NO_CHOICES,
    by_sheet: BySheet | None = None,
) -> Upload:
    """Reads, recognises and checks everything in `files` (name, content); see `upload_of`."""
    return upload_of(read_workbooks(files), remembered, choices, by_sheet)


@garbage.left_alone()
def read_workbooks(files: Sequence[tuple[str, bytes]], progress: Progress = silent) -> list[Workbook]:
    """Every file (name, content), read; `progress` is told of each."""
    whole = sum(len(content) for _, content in files) or 1
    found: list[Workbook] = []
    for at, (file_name, content) in enumerate(files):
        behind = sum(len(other) for _, other in files[:at])
        progress(behind / whole, f"Reading {file_name}, file {at + 1:,} of {len(files):,}")
        found.append(read_workbook(file_name, content))
    return found


@garbage.left_alone()
def upload_of(
    workbooks: Sequence[Workbook],
    remembered: Remembered,
    choices: Choices = NO_CHOICES,
    by_sheet: BySheet | None = None,
    progress: Progress = silent,
    answered: Answered | None = None,
) -> Upload:
    """Recognises and checks every sheet of files that have been read.

    What `by_sheet` says nothing of follows `choices`; what neither says, what was `answered` before. Raises UnknownName for a
    layout, sheet or column that there is none of; never for what is in the files.
    """
    _unknown_sheets(workbooks, choices, by_sheet)
    sheets: list[UploadedSheet] = []
    issues: list[tuple[str, Issue]] = []
    for workbook in workbooks:
        file_name = workbook.file_name
        issues += [(file_name, issue) for issue in workbook.issues]
        names = {sheet.name for sheet in workbook.sheets}
        for sheet in workbook.sheets:
            chosen = _chosen(file_name, sheet.name, choices, by_sheet)
            if chosen.sheet not in (None, sheet.name) and chosen.sheet in names:
                continue
            if sheet.hidden and chosen.sheet != sheet.name:
                note = Issue(
                    Severity.NOTE,
                    f"the hidden sheet “{sheet.name}” is left out",
                    sheet.name,
                    flag=f'--sheet "{sheet.name}"',
                )
                issues.append((file_name, note))
                continue
            table = find_table(sheet, file_name, chosen.year)
            recognition = Recognition(None, 0.0, reason="no table in it")
            if table is not None:
                recognition = recognise(table, file_name, remembered)
                if chosen.layout == LEFT_OUT:
                    recognition = Recognition(None, 1.0, reason="left out by choice")
                else:
                    recognition = with_overrides(table, recognition, chosen.layout, chosen.columns)
            is_chosen = bool(chosen.layout or chosen.columns)
            sheets.append(
                UploadedSheet(file_name, workbook.sha256, sheet.name, table, recognition, None, (), is_chosen)
            )
    if choices.columns:
        unknown_columns(choices.columns, [sheet.table for sheet in sheets if sheet.table])
    whole = sum(_rows_count(one) for one in sheets) or 1
    checked: list[UploadedSheet] = []
    for one in sheets:
        behind = sum(_rows_count(other) for other in checked)
        progress(behind / whole, f"Checking {one.name}, {_rows_count(one):,} rows")
        kept = (answered or {}).get(one.table.header, {}) if one.table else {}
        checked.append(_checked(one, _chosen(one.file_name, one.sheet, choices, by_sheet), kept))
    return Upload(tuple(_without_repeats(checked)), tuple(issues))


def _chosen(file_name: str, sheet: str, choices: Choices, by_sheet: BySheet | None) -> Choices:
    """What is decided about a sheet: by its own name, by its file, or for all."""
    known = by_sheet or {}
    return known.get((file_name, sheet)) or known.get((file_name, EVERY_SHEET)) or choices


def _unknown_sheets(workbooks: Sequence[Workbook], choices: Choices, by_sheet: BySheet | None) -> None:
    """Raises UnknownName for a sheet that someone asked for and no file, or not that file, has."""
    asked = [(None, choices.sheet), *((file, chosen.sheet) for (file, _), chosen in (by_sheet or {}).items())]
    for file_name, sheet in asked:
        names = [one.name for book in workbooks if file_name in (None, book.file_name) for one in book.sheets]
        if sheet is not None and names and sheet not in names:
            raise UnknownName(
                f"{file_name or 'No file'} has {'no' if file_name else 'a'} sheet “{sheet}”.", nearest(sheet, names)
            )


def _rows_count(sheet: UploadedSheet) -> int:
    return len(sheet.table.cells) if sheet.table else 0


def _without_repeats(sheets: list[UploadedSheet]) -> list[UploadedSheet]:
    """Sheets that say again what another one says are left out; where they say it otherwise, that is a question.

    A sheet of which someone said what it is counts in any case.
    """
    settled = list(sheets)
    for at, repeat in repeated([None if sheet.is_chosen else sheet.checked for sheet in sheets]).items():
        sheet, other = sheets[at], sheets[repeat.of].name
        rows = f"{repeat.same_count:,} of its rows stand in {other}, too"
        if repeat.otherwise_count:
            message = f"{rows}, {repeat.otherwise_count:,} of them in another state: leave one of the two sheets out"
            flag = f'--sheet "{sheets[repeat.of].sheet}" or --sheet "{sheet.sheet}"'
            settled[at] = replace(sheet, issues=(*sheet.issues, Issue(Severity.STOP, message, sheet.sheet, flag=flag)))
        else:
            reason = f"{rows}, without ids to tell them apart: counted once"
            settled[at] = replace(sheet, recognition=Recognition(None, 1.0, reason=reason), checked=None, issues=())
    return settled


def _doubt(sheet: UploadedSheet) -> Issue:
    """The question whether a sheet is what it was taken for."""
    layout = LAYOUTS[str(sheet.recognition.layout)]
    message = f"is each row {layout.row_is}? Its columns could mean something else, too"
    flag = f'--layout "{sheet.file_name}={layout.key}" or --layout "{sheet.file_name}={LEFT_OUT}"'
    return Issue(Severity.STOP, message, sheet.sheet, expected=layout.key, flag=flag)


def _checked(sheet: UploadedSheet, chosen: Choices, kept: Mapping[str, Any]) -> UploadedSheet:
    """The sheet with its rows checked, as it is said now, else as it was said of the same header before."""
    if sheet.table is None or sheet.recognition.layout is None:
        return sheet
    choices = with_kept_answers(chosen, kept)
    remarks = []
    if choices != chosen:
        message = f"as someone said of the same columns before: {kept_in_words(kept)}"
        remarks.append(Issue(Severity.NOTE, message, sheet.sheet))
    doubts = [_doubt(sheet)] if sheet.recognition.confidence < DOUBTFUL_BELOW else []
    checked = check(sheet.table, sheet.recognition, sheet.file_name, choices.accepted, choices.day_order,
                    choices.fractions, choices.filled_down, choices.year, choices.shared,
                    choices.stages)  # fmt: skip
    return replace(
        sheet,
        checked=checked,
        issues=(*checked.issues, *remarks, *doubts),
        choices=choices,
    )
