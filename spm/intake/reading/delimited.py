"""Reads text with a delimiter: .csv, .tsv, .txt in the encodings and with the delimiters that spreadsheets write."""

import codecs
import csv
import io
import re
from collections import Counter

from spm.intake.reading.raw import Cell, Limits, RawSheet, Reading, Remark, refusal

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DELIMITERS = ("\t", "|", ";", ",")  # the earlier wins where two split the text equally well
SEPARATOR_LINE = re.compile(r'"?sep=(.)"?(?:\r\n|\r|\n)', re.IGNORECASE)
BACKSLASH_QUOTE = re.compile(r'\\"(?!\s*(?:[,;|\t\r\n]|$))')
SAMPLE_ROWS = 60
LONGEST_CELL = 1_000_000
NOT_TEXT = "This file is neither a workbook nor text: give an .xlsx, .xls, .xlsb, .ods or .csv."


def read_delimited(content: bytes, sheet_name: str, limits: Limits) -> Reading:
    """One sheet named `sheet_name`, its cells text or None; row numbers count records as a spreadsheet does."""
    text, remarks = _text(content)
    if _looks_binary(text):
        return refusal(NOT_TEXT)
    text = text.replace("\x00", "")
    declared = SEPARATOR_LINE.match(text)
    if declared:
        text = text[declared.end() :]
    delimiter = declared[1] if declared else _delimiter(text)
    csv.field_size_limit(LONGEST_CELL)
    try:
        rows = _rows(text, delimiter, limits, csv.QUOTE_MINIMAL)
    except csv.Error:
        remarks.append(Remark("A quotation mark is opened and never closed, so quotation marks were read as they stand."))
        try:
            rows = _rows(text, delimiter, limits, csv.QUOTE_NONE)
        except csv.Error:
            return refusal(NOT_TEXT)
    if rows is None:
        return refusal(f"This file has more than {limits.cells:,} cells: split it.")
    return Reading([RawSheet(sheet_name, rows)], remarks)


def _text(content: bytes) -> tuple[str, list[Remark]]:
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), []
    if encoding := _wide_encoding(content[:4000]):
        return content.decode(encoding, errors="replace"), []
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
        return text, [
            Remark("This text is not UTF-8 and was read as Western European (Windows-1252): check the accented letters.")
        ]


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 or UTF-32 without a byte order mark, seen by where the zero bytes of plain letters stand."""
    quarters = [head[start::4].count(0) * 4 / max(len(head), 1) for start in range(4)]
    empty = tuple(share > 0.6 for share in quarters)
    return {
        (True, True, True, False): "utf-32-be",
        (False, True, True, True): "utf-32-le",
        (True, False, True, False): "utf-16-be",
        (False, True, False, True): "utf-16-le",
    }.get(empty)


def _looks_binary(text: str) -> bool:
    head = text[:4000]
    odd = sum(1 for letter in head if letter == "\ufffd" or (letter < " " and letter not in "\t\r\n\x0b\x0c\x00"))
    return odd > 0.05 * len(head) or head.count("\x00") > 0.2 * len(head)


def _delimiter(text: str) -> str:
    """The one that splits most of the first rows into equally many cells, more of them counting for more."""

    def evenness(delimiter: str) -> float:
        rows = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=delimiter)
        try:
            widths = [len(row) for row, _ in zip((row for row in rows if any(row)), range(SAMPLE_ROWS), strict=False)]
        except csv.Error:
            return 0.0
        if not widths:
            return 0.0
        return max(
            count / len(widths) * (1 - 1 / width) for width, count in Counter(widths).items()
        )

    best = max(DELIMITERS, key=evenness)
    return best if evenness(best) > 0 else ","


def _rows(text: str, delimiter: str, limits: Limits, quoting: int) -> list[list[Cell]] | None:
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        quoting=quoting,  # type: ignore[arg-type]
        skipinitialspace=delimiter != "\t" and f'{delimiter} "' in text,
        escapechar="\\" if BACKSLASH_QUOTE.search(text) else None,
    )
    rows: list[list[Cell]] = []
    cell_count = 0
    for row in reader:
        cell_count += len(row)
        if cell_count > limits.cells:
            return None
        rows.append([cell or None for cell in row])
    return rows
