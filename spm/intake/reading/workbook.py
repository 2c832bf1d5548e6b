"""Reads one file, whatever it is, into sheets of cells; what cannot be read is told in a sentence."""

import hashlib
from pathlib import PurePath

from spm.intake.model import Issue, Severity, Sheet, Workbook
from spm.intake.reading.apart import read_apart
from spm.intake.reading.delimited import read_delimited
from spm.intake.reading.kind import FileKind, kind_of
from spm.intake.reading.raw import Limits, Reading, refusal
from spm.intake.reading.spreadsheet import UNREADABLE, is_calm, read_with_calamine
from spm.intake.reading.web_page import read_web_page

LARGE_BYTES = 1_000_000
USUAL_LIMITS = Limits()


def read_workbook(file_name: str, content: bytes, limits: Limits = USUAL_LIMITS) -> Workbook:
    """The sheets of a file: .xlsx, .xlsm, .xls, .xlsb, .ods, .csv, .tsv, .txt, or tables of a web page, judged by its content.

    Cells are text, int, float, bool, date, datetime, time, or None for a blank; an error is text ("#N/A").
    Cells of text files are text or None. Row 1 of the file is `rows[0]`. Never raises for what is in the
    file: `issues` has a stop for a file or a sheet that could not be read, and notes.
    """
    reading = _reading(PurePath(file_name).stem, content, limits)
    issues = [
        Issue(Severity.STOP if remark.stops else Severity.NOTE, remark.message, remark.sheet)
        for remark in reading.remarks
    ]
    if not reading.sheets and not issues:
        issues = [Issue(Severity.STOP, "This workbook has no sheets with cells: check that it is the right file.")]
    return Workbook(
        file_name,
        hashlib.sha256(content).hexdigest(),
        tuple(Sheet(sheet.name, sheet.rows, sheet.hidden, sheet.merged, sheet.from_1904) for sheet in reading.sheets),
        tuple(issues),
    )


def _reading(name: str, content: bytes, limits: Limits) -> Reading:
    kind = kind_of(content, limits)
    if not isinstance(kind, FileKind):
        return refusal(kind)
    if kind == FileKind.TEXT:
        return read_delimited(content, name, limits)
    if kind == FileKind.WEB_PAGE:
        return read_web_page(content, name, limits)
    # Passing rows between processes takes as long as reading them, so a large .xlsx is read in this one.
    if kind == FileKind.OFFICE_XML and len(content) >= LARGE_BYTES and is_calm(content, limits):
        try:
            return read_with_calamine(content, is_office_xml=True, limits=limits)
        except UNREADABLE:
            pass
        except BaseException as failure:  # a panic in compiled code is no Exception, and its class has no public name
            if type(failure).__name__ != "PanicException":
                raise
    return read_apart(content, kind == FileKind.OFFICE_XML, limits)
