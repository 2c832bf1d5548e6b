"""What reading a whole column gives."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from html import unescape
from typing import Any

from spm.intake.model import Cell


class DayOrder(StrEnum):
    """Which comes first in a day written with numbers only."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


FULL_WIDTH = {chr(full): chr(full - 0xFEE0) for full in range(0xFF01, 0xFF5F)} | {"　": " ", "￥": "¥", "￡": "£"}
ARABIC = {chr(first + digit): str(digit) for first in (0x0660, 0x06F0) for digit in range(10)} | {"٬": ",", "٫": "."}
PLAIN = str.maketrans(FULL_WIDTH | ARABIC)
NO_VALUE = frozenset(
    {"", "null", "(null)", "none", "nan", "n/a", "#n/a", "#null!", "-", "--", "–", "—", "(blank)", "&nbsp;"}
)

UNCALCULATED = "formula without a value"
"""What stands in a cell whose formula no program ever calculated: something was meant to be there."""


@dataclass(frozen=True)
class Unread:
    """A filled cell that could not be read: its place in the column, and what was there."""

    index: int
    found: str


@dataclass(frozen=True)
class ReadColumn:
    """The values of a column, one per cell, None where the cell is empty or could not be read.

    `expected` says what a cell should look like. `question` is set where the column can be read in two ways
    and nothing in it decides; the values are then those of the first way. `remarks` tell what was decided.
    `currencies` are the codes that the cells themselves name, and where these are several `currency_of` that of each
    cell; `day_order` the order that days in numbers can only have; `yes` what it means to say yes to a question that is no
    choice between two ways.
    """

    values: list[Any]
    expected: str = ""
    unread: list[Unread] = field(default_factory=list)
    question: str | None = None
    remarks: tuple[str, ...] = ()
    currencies: frozenset[str] = frozenset()
    currency_of: tuple[str | None, ...] = ()
    day_order: DayOrder | None = None
    yes: str | None = None


def is_blank(cell: Cell) -> bool:
    """Whether a cell says that there is nothing: empty, or only a word such as NULL, None, N/A or a dash."""
    return cell is None or cell != cell or (isinstance(cell, str) and cell.strip().casefold() in NO_VALUE)


def as_written(cell: Cell) -> str:
    """A cell as a reader would write it: 276.0 is "276", a day is "2017-03-31", True is "true"."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time().isoformat() == "00:00:00" else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def plainly(text: str) -> str:
    """A text with the digits, letters and signs that East Asian programs write wide (１，２３４ or （千円）), and the digits of
    Arabic, as plain ones; what a web page writes as &euro;1&nbsp;200 as a reader sees it."""
    seen = without_entities(text)
    return seen if seen.isascii() else seen.translate(PLAIN)


def without_entities(text: str) -> str:
    """A text without what web pages write for signs: "Smith &amp; Sons" is "Smith & Sons"."""
    return unescape(text) if "&" in text and ";" in text else text


def distinct_texts(cells: Sequence[Cell]) -> set[str]:
    return {cell for cell in set(cells) if isinstance(cell, str)}
