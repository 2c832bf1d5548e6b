"""What only the XML of an .xlsx tells: declared extents, error cells, formulas that were never calculated."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

DIMENSION = re.compile(rb'<(?:\w+:)?dimension\s+ref="(?:\$?[A-Z]+\$?\d+:)?\$?([A-Z]{1,3})\$?(\d{1,7})"')
ERROR_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*?\bt="e"[^>]*>'
    rb"(?:<f(?:[^>]*/>|(?:\s[^>]*)?>[^<]*</f>))?<v>(#[^<]{2,20})</v>"
)
UNCALCULATED = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"(?![^>]*t="str")[^>]*>'
    rb"<f(?:[^>]*/>|(?:\s[^>]*)?>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>"
)
HIDDEN = re.compile(rb'<(row|col) [^>]*?\bhidden="(?:1|true)"')
MARKED_BY = {b't="e"': b"e", b"<f": b"f", b'hidden="': b"h"}
"""What stands in the XML of a sheet that has marks, each with a letter of it that most XML lacks: a letter is found in a tenth
of the time."""
HEAD_BYTES = 65_536
PROLOGUE_BYTES = 2_048
READ_PARTS = ("xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml")
CHUNK_BYTES = 1_048_576


@dataclass(frozen=True)
class SheetMarks:
    """`errors`: (row, column, text) of error cells, `uncalculated`: (row, column), both counted from 0; whether rows or
    columns are hidden."""

    errors: list[tuple[int, int, str]] = field(default_factory=list)
    uncalculated: list[tuple[int, int]] = field(default_factory=list)
    hidden_row_count: int = 0
    hides_columns: bool = False


class OfficeXml:
    """The parts of one .xlsx by the name of the sheet; sheets without a part are not known here. `from_1904` says whether its
    day numbers count from 1904."""

    def __init__(self, content: bytes) -> None:
        self.from_1904 = False
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._parts = dict(self._sheet_parts())

    @property
    def sheets(self) -> list[str]:
        return list(self._parts)

    @property
    def declares_entities(self) -> bool:
        """Whether a part begins with declarations that no spreadsheet program writes: entities may hide behind them."""
        read = {*self._parts.values(), *READ_PARTS} & set(self._archive.namelist())
        return any(b"<!DOCTYPE" in self._head(part, PROLOGUE_BYTES) for part in read)

    def last_cell(self, sheet: str) -> tuple[int, int, str] | None:
        """(row, column, name) of the last cell that a sheet declares, from 1; None where it declares none."""
        if sheet not in self._parts:
            return None
        declared = DIMENSION.search(self._head(self._parts[sheet], HEAD_BYTES))
        if declared is None:
            return None
        letters, row = declared[1].decode(), int(declared[2])
        return row, column_number(letters), f"{letters}{row}"

    def marks(self, sheet: str) -> SheetMarks:
        """Error cells (calamine gives blanks for them), formulas without a stored value, and what is hidden."""
        if sheet not in self._parts:
            return SheetMarks()
        part = self._parts[sheet]
        if not self._has_marks(part):
            return SheetMarks()
        xml = self._archive.read(part)
        errors = [
            (*_place(letters, row), text.decode("utf-8", "replace")) for letters, row, text in ERROR_CELL.findall(xml)
        ]
        hidden = HIDDEN.findall(xml)
        uncalculated = [_place(letters, row) for letters, row in UNCALCULATED.findall(xml)]
        return SheetMarks(errors, uncalculated, hidden.count(b"row"), b"col" in hidden)

    def _head(self, part: str, size: int) -> bytes:
        with self._archive.open(part) as stream:
            return stream.read(size)

    def _has_marks(self, part: str) -> bool:
        """Whether any of `MARKED_BY` occurs; in chunks, as a large sheet at once costs twice the time."""
        tail = b""
        with self._archive.open(part) as stream:
            while chunk := stream.read(CHUNK_BYTES):
                if any(letter in chunk and mark in chunk for mark, letter in MARKED_BY.items()):
                    return True
                if any(mark in tail + chunk[:8] for mark in MARKED_BY):
                    return True
                tail = chunk[-8:]
        return False

    def _sheet_parts(self) -> Iterator[tuple[str, str]]:
        names = set(self._archive.namelist())
        try:
            workbook = fromstring(self._archive.read("xl/workbook.xml"))
            relations = fromstring(self._archive.read("xl/_rels/workbook.xml.rels"))
        except (KeyError, ParseError, DefusedXmlException, zipfile.BadZipFile, ValueError):
            return
        targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
        for element in workbook.iter():
            self.from_1904 |= element.get("date1904") in ("1", "true")
            if element.tag.rpartition("}")[2] != "sheet":
                continue
            relation = next((value for key, value in element.items() if key.endswith("}id")), None)
            part = posixpath.normpath(posixpath.join("/xl", targets.get(relation, ""))).lstrip("/")
            if part in names:
                yield element.get("name", ""), part


def column_number(letters: str) -> int:
    """1 for "A", 27 for "AA"."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """ "A" for 1, "AA" for 27, "" for 0."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def _place(letters: bytes, row: bytes) -> tuple[int, int]:
    """Row and column of a cell, counted from 0."""
    return int(row) - 1, column_number(letters.decode()) - 1
