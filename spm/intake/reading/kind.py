"""What a file is, judged by its first bytes and, for a zip, by its parts: the ending of its name may lie."""

import io
import zipfile
from enum import StrEnum

from spm.intake.reading.raw import Limits


class FileKind(StrEnum):
    """How a file is read."""

    OFFICE_XML = "office xml"  # .xlsx, .xlsm
    SPREADSHEET = "spreadsheet"  # .xls, .xlsb, .ods
    WEB_PAGE = "web page"  # or XML, with the name of a workbook
    TEXT = "text"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
UNREADABLE = (
    (b"ID;P", "This is a SYLK file, an old exchange format."),
    (b"%PDF", "This is a PDF, not a workbook."),
    (b"{\\rtf", "This is a rich-text document, not a workbook."),
    (b'{"', "This is JSON, not a table."),
    (b"[{", "This is JSON, not a table."),
    (b"\x1f\x8b", "This file is packed with gzip: unpack it first."),
    (b"7z\xbc\xaf", "This file is packed with 7-Zip: unpack it first."),
    (b"Rar!", "This file is packed with RAR: unpack it first."),
    (b"PAR1", "This is a Parquet file, not a workbook."),
    (b"SQLite format 3", "This is a SQLite database, not a workbook."),
    (b"\x89PNG", "This is a picture, not a workbook."),
    (b"\xff\xd8\xff", "This is a picture, not a workbook."),
    (b"\x09\x00\x04\x00", "This workbook was written by Excel 2, which no current reader knows."),
    (b"\x09\x02\x06\x00", "This workbook was written by Excel 3, which no current reader knows."),
    (b"\x09\x04\x06\x00", "This workbook was written by Excel 4, which no current reader knows."),
)
SAVE_AS = "Open it in Excel and save it as .xlsx or .csv."
PASSWORD = (
    "This workbook is protected by a password: remove it in Excel (File › Info › Protect Workbook) and save it again."
)
DAMAGED = (
    "This workbook is damaged and cannot be read: open it in Excel, let Excel repair it, and save it again as .xlsx."
)
LARGEST_WEB_PAGE_BYTES = 50_000_000  # a minute to read; no program exports more as a page
MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<head", b"<style", b"<meta", b"<script")


def kind_of(content: bytes, limits: Limits) -> FileKind | str:
    """How `content` is to be read, or the sentence that says why it cannot be."""
    if not content.strip(b"\x00 \t\r\n"):
        return "This file is empty: there is nothing in it to read."
    if len(content) > limits.file_bytes:
        size, most = _megabytes(len(content)), _megabytes(limits.file_bytes)
        return f"This file has {size}; up to {most} can be read: split it."
    if content.startswith(ZIP):
        return _kind_of_zip(content, limits)
    if content.startswith(OLE):
        return _kind_of_ole(content)
    for start, sentence in UNREADABLE:
        if content.startswith(start):
            return sentence if sentence.endswith("first.") else f"{sentence} {SAVE_AS}"
    if content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(MARKUP):
        is_safe = b"<!ENTITY" not in content.upper() and len(content) <= LARGEST_WEB_PAGE_BYTES
        return FileKind.WEB_PAGE if is_safe else f"This is a web page or XML file, whatever its name says. {SAVE_AS}"
    return FileKind.TEXT


def _kind_of_zip(content: bytes, limits: Limits) -> FileKind | str:
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return DAMAGED
    if any(part.flag_bits & 0x1 for part in parts):
        return "This zip file is protected by a password: unpack it and give the workbook itself."
    expanded = sum(part.file_size for part in parts)
    bomb = any(
        part.file_size > 5_000_000 and part.file_size > limits.expansion * max(part.compress_size, 1) for part in parts
    )
    if expanded > limits.expanded_bytes or bomb:
        return (
            f"This file is small but unpacks to {_megabytes(expanded)}, which no ordinary workbook does, "
            "so it was not opened. If it is yours, copy its cells into a new workbook and save that."
        )
    names = {part.filename.replace("\\", "/").lstrip("/").lower() for part in parts}
    if "xl/workbook.bin" in names:
        return FileKind.SPREADSHEET
    if any(name.endswith("workbook.xml") for name in names) or any(name.startswith("xl/") for name in names):
        return FileKind.OFFICE_XML
    if "mimetype" in names and "content.xml" in names:
        return FileKind.SPREADSHEET
    if any(name.startswith("word/") for name in names):
        return "This is a Word document, not a workbook: copy its table into Excel and save that as .xlsx."
    if any(name.startswith("index/") and name.endswith(".iwa") for name in names):
        return "This is an Apple Numbers file: export it (File › Export To › Excel) and give the .xlsx."
    return "This is a zip file without a workbook in it: unpack it and give the workbooks themselves."


def _kind_of_ole(content: bytes) -> FileKind | str:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        return PASSWORD
    if holds("Workbook") or holds("Book"):
        return FileKind.SPREADSHEET
    return f"This is an Office document without a workbook in it. {SAVE_AS}"


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.0f} MB"
