"""Reads .csv, .tsv and .txt in the encodings and with the delimiters that spreadsheets write."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice

from charset_normalizer import from_bytes

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
OTHER_ALPHABETS = {
    "cp1251": "Cyrillic (Windows-1251)",
    "cp1253": "Greek (Windows-1253)",
    "cp932": "Japanese (Shift JIS)",
    "gb18030": "Chinese (GB 18030)",
    "big5": "Chinese (Big5)",
    "cp949": "Korean (Windows-949)",
}
KEPT_AS_TEXT = re.compile(r'="([^"]*)"')
LETTERS_TO_TRUST = 20
POLISH_AS_WESTERN = re.compile(r"(?<=[^\W\d_])[³¹¿](?=[^\W\d_])")  # ł, ą and ż inside words, which French never has
OF_MAC_ROMAN = re.compile(
    rb"[a-z][\x87\x88\x8a\x8c-\x90]"
)  # á, à, ä, å, ç, é, è or ê, where Windows has capitals and signs
SAMPLE_ROWS = 60
LONGEST_CELL = 1_000_000
UNCLOSED = (
    "A quotation mark is opened and never closed, so each line was read for itself: check the cells with such a mark."
)
NOT_TEXT = "This file is neither a workbook nor text: give an .xlsx, .xls, .xlsb, .ods or .csv."


def read_delimited(content: bytes, sheet_name: str, limits: Limits) -> Reading:
    """One sheet named `sheet_name`, cells text or None; rows are counted as a spreadsheet counts them."""
    text, remarks = text_of(content)
    if _looks_binary(text):
        return refusal(NOT_TEXT)
    text = text.replace("\x00", "")
    declared = SEPARATOR_LINE.match(text)
    if declared:
        text = text[declared.end() :]
    delimiter = declared[1] if declared else _delimiter(text)
    csv.field_size_limit(LONGEST_CELL)
    try:
        rows = _rows(text, delimiter, limits)
        is_broken = rows is not None and len(rows) <= text.rstrip().count("\n") and _swallows_rows(rows, delimiter)
    except csv.Error:
        is_broken = True
    if is_broken:
        remarks.append(Remark(UNCLOSED))
        try:
            rows = _rows_by_line(text, delimiter, limits)
        except csv.Error:
            return refusal(NOT_TEXT)
    if rows is None:
        return refusal(f"This file has more than {limits.rows:,} rows or {limits.cells:,} cells: split it.")
    if '="' in text:
        rows = [[_unwrapped(cell) for cell in row] for row in rows]
    return Reading([RawSheet(sheet_name, rows)], remarks)


def _unwrapped(cell: Cell) -> Cell:
    """A cell without what keeps Excel from taking it for a number: ="00123" is 00123."""
    found = KEPT_AS_TEXT.fullmatch(cell) if isinstance(cell, str) else None
    return found[1] or None if found else cell


def text_of(content: bytes) -> tuple[str, list[Remark]]:
    """The text of a file in any encoding, with a remark where that is a guess."""
    marked = next((encoding for mark, encoding in BYTE_ORDER_MARKS if content.startswith(mark)), None)
    if encoding := marked or _wide_encoding(content[:4000]):
        return content.decode(encoding, errors="replace"), []
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError:
        encoding, name = _narrow_encoding(content)
    remark = Remark(f"This text is not UTF-8 and was read as {name}: check the letters that are not plain a to z.")
    return content.decode(encoding, errors="replace"), [remark]


def _narrow_encoding(content: bytes) -> tuple[str, str]:
    """An older encoding and its name. A guess counts only for another alphabet and with enough letters."""
    telling = b"\n".join(line for line in content.splitlines() if not line.isascii())[:50_000]
    guess = from_bytes(telling, cp_isolation=["cp1252", *OTHER_ALPHABETS]).best()
    if guess and guess.encoding in OTHER_ALPHABETS and sum(byte > 127 for byte in telling) >= LETTERS_TO_TRUST:
        return guess.encoding, OTHER_ALPHABETS[guess.encoding]
    if OF_MAC_ROMAN.search(telling):
        return "mac_roman", "Western European (Mac Roman)"
    if POLISH_AS_WESTERN.search(telling.decode("cp1252", errors="replace")):
        return "cp1250", "Central European (Windows-1250)"
    return "cp1252", "Western European (Windows-1252)"


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 or UTF-32 without a byte order mark, seen by where the zero bytes of plain letters stand."""
    zeros = "".join("0" if head[start::4].count(0) > 0.6 * len(head) / 4 else "x" for start in range(4))
    return {"000x": "utf-32-be", "x000": "utf-32-le", "0x0x": "utf-16-be", "x0x0": "utf-16-le"}.get(zeros)


def _looks_binary(text: str) -> bool:
    head = text[:4000]
    odd = sum(1 for letter in head if letter == "\ufffd" or (letter < " " and letter not in "\t\r\n\x0b\x0c\x00"))
    return odd > 0.05 * len(head) or head.count("\x00") > 0.2 * len(head)


def _delimiter(text: str) -> str:
    """The one that splits the first rows best: evenly, into many cells, the first of them into labels."""
    best = max(DELIMITERS, key=lambda delimiter: _fit(text[:200_000], delimiter))
    return best if _fit(text[:200_000], best) > 0 else ","


def _fit(text: str, delimiter: str) -> float:
    """0 to 1. Labels count, as commas in numbers and prose split evenly too, but leave pieces like "000"."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = list(islice((row for row in lines if any(row)), SAMPLE_ROWS))
    except csv.Error:
        return 0.0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0.0
    width, count = widths.most_common(1)[0]
    header = next(row for row in rows if len(row) == width)
    label_share = sum(not cell.strip()[:1].isdigit() for cell in header) / width
    return count / len(rows) * (1 - 1 / width) * (0.1 + 0.9 * label_share)


def _rows(text: str, delimiter: str, limits: Limits) -> list[list[Cell]] | None:
    """The rows, None where they are more than may be read."""
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        skipinitialspace=delimiter != "\t" and f'{delimiter} "' in text,
        escapechar="\\" if BACKSLASH_QUOTE.search(text) else None,
    )
    return _within(reader, limits)


def _rows_by_line(text: str, delimiter: str, limits: Limits) -> list[list[Cell]] | None:
    """The rows, each line one of its own; where a quotation mark is without its other, none on that line means anything."""
    return _within((_line(line.rstrip("\r\n"), delimiter) for line in io.StringIO(text)), limits)


def _line(line: str, delimiter: str) -> list[str]:
    if line.count('"') % 2:
        return [cell.strip('"') for cell in line.split(delimiter)]
    return next(csv.reader([line], delimiter=delimiter), [])


def _within(reader: Iterable[list[str]], limits: Limits) -> list[list[Cell]] | None:
    rows: list[list[Cell]] = []
    cell_count = 0
    for row in reader:
        cell_count += len(row)
        if cell_count > limits.cells or len(rows) >= limits.rows:
            return None
        rows.append([cell or None for cell in row])
    return rows


def _swallows_rows(rows: list[list[Cell]], delimiter: str) -> bool:
    """Whether a cell holds a line break and behind it what would be a row: a quotation mark was opened and not closed."""
    width = Counter(map(len, rows[:SAMPLE_ROWS])).most_common(1)[0][0] if rows else 0
    return width > 1 and any(
        line.count(delimiter) >= width - 1
        for row in rows
        for cell in row
        if isinstance(cell, str) and "\n" in cell
        for line in cell.split("\n")[1:]
    )
