"""Finds the table in a sheet: its header, its columns and its rows, and says what was left out around them.

The header is judged on the first rows and the footers on the last ones, so that a long sheet costs one pass.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from spm.intake.model import Cell, FoundTable, Issue, Severity, Sheet
from spm.intake.reading.office_xml import column_letters
from spm.intake.recognising.left_out import LeftOut
from spm.intake.recognising.wide import unpivoted

HEADER_ROWS_TRIED = 50
BODY_ROWS_JUDGED = 20
FOOTER_ROWS_TRIED = 20
LEAST_SCORE = 1.5  # two labels, most cells below them
NEARLY_BEST = 0.7  # rows of text below a header look like headers too: the first that is nearly the best is it
ALWAYS_SHARE = 0.5  # of the first rows fill a column that is filled always; titles and totals are among them
HEADING_GAPS = 3  # of such columns are empty in a row that is but a heading
BESIDE_SHARE = 0.2  # columns behind an empty one belong to the table if this share of its rows fill one of them
LONGEST_LABEL = 100
NUMBER = re.compile(r"[\s$€£¥₦(+-]*\d[\d\s.,']*%?\)?(?:[eE][+-]?\d+)?")
DAY = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T].*)?")
PERIOD_GROUP = re.compile(r"\d|quarter|half", re.IGNORECASE)  # says when, which the names below it may not
YEARS = range(1900, 2101)
TOTAL_WORDS = r"(?:(?:grand |sub[- ]?|overall )?totals?|sums?|summe|gesamt|insgesamt|total général|totaal)"
TOTAL = re.compile(TOTAL_WORDS + r"\s*:?", re.IGNORECASE)
TOTAL_OF = re.compile(TOTAL_WORDS + r"\b", re.IGNORECASE)
SUBTOTAL = re.compile(rf"{TOTAL_WORDS}\b.*|.*\b(?:totals?|summe|gesamt)\s*:?|(?:count|average|avg)\b.*", re.IGNORECASE)
COUNTED = re.compile(rf"(?:count|records?|rows?|anzahl)?\s*:?\s*{NUMBER.pattern}", re.IGNORECASE)
FOOTNOTE = re.compile(r"confidential|source|note|copyright|©|generated|printed|\*|page \d", re.IGNORECASE)

Row = list[Cell]


@dataclass(frozen=True)
class _Header:
    """Where the header is, counted from 0, `last` inclusive, and the name of each column that has one."""

    first: int
    last: int
    names: dict[int, str]


def find_table(sheet: Sheet) -> FoundTable | None:
    """The table in `sheet`, or None where it holds none: nothing at all, prose, or rows without a header.

    What was left out (titles, totals, notes, repeated headers, blank rows) is told as notes with row numbers.
    A named column without values stays; a table without rows is a table.
    """
    header = _header(sheet.rows)
    if header is None:
        return None
    columns, beside = _columns(sheet.rows, header)
    if len(columns) < 2:
        return None
    names = _unique(header.names.get(column) or f"column {column_letters(column + 1)}" for column in columns)
    rows, filled = _filled_down(sheet, header)
    cells, row_numbers, left_out = _body(rows, header, columns)
    left_out.above = [index + 1 for index in range(header.first) if not _is_blank_row(sheet.rows[index])]
    left_out.beside = beside
    notes = left_out.notes(lambda number: next(_text(cell) for cell in sheet.rows[number - 1] if not _is_blank(cell)))
    issues = [Issue(Severity.NOTE, message, sheet.name, row) for row, message in notes]
    issues += [
        Issue(Severity.NOTE, f"{count:,} merged cells say what the first of them says", sheet.name, column=name)
        for at, name in zip(columns, names, strict=True)
        if (count := filled.get(at))
    ]
    table = FoundTable(sheet.name, tuple(names), cells, row_numbers, tuple(issues), tuple(columns))
    lowest = [sheet.rows[header.last][at] if at < len(sheet.rows[header.last]) else None for at in columns]
    above = [_text(cell) for row in sheet.rows[: header.first] for cell in row if not _is_blank(cell)]
    return unpivoted(table, lowest, " ".join([sheet.name, *above]))


def _filled_down(sheet: Sheet, header: _Header) -> tuple[list[Row], Counter[int]]:
    """The rows with the value of merged cells in each row that they stand for, and of how many cells by column."""
    filled: Counter[int] = Counter()
    rows = list(sheet.rows)
    for column, first, last in sheet.merged:
        if first <= header.last or column >= len(sheet.rows[first]):
            continue
        value = sheet.rows[first][column]
        for at in range(first + 1, min(last + 1, len(rows))):
            row = rows[at]
            if value is not None and (column >= len(row) or row[column] is None) and not _is_blank_row(row):
                rows[at] = [*row, *[None] * (column + 1 - len(row))]
                rows[at][column] = value
                filled[column] += 1
    return rows, filled


def _header(rows: list[Row]) -> _Header | None:
    filled = list(
        islice(
            (index for index, row in enumerate(rows) if not _is_blank_row(row)),
            HEADER_ROWS_TRIED + BODY_ROWS_JUDGED,
        )
    )
    candidates = []
    for place, first in enumerate(filled[:HEADER_ROWS_TRIED]):
        goes_on = first + 1 < len(rows) and _is_below_header(rows[first], rows[first + 1])
        last = first + 1 if goes_on else first
        below = [rows[index] for index in filled[place + 1 : place + 1 + BODY_ROWS_JUDGED] if index > last]
        candidates.append((_header_score(rows[first : last + 1], below), first, last))
    best = max((score for score, _, _ in candidates), default=0.0)
    if best < LEAST_SCORE:
        return None
    _, first, last = next(candidate for candidate in candidates if candidate[0] >= NEARLY_BEST * best)
    first_row: Row = next((rows[index] for index in filled if index > last), [])
    if first > 0 and _is_above_header(rows[first - 1], rows[first], first_row):
        first -= 1
    return _Header(first, last, _joined_names(rows[first : last + 1]))


def _header_score(header: list[Row], below: list[Row]) -> float:
    """How many labels a header has, discounted by repeats, by other cells, and by cells below no label."""
    cells = {column: cell for row in header for column, cell in enumerate(row) if not _is_blank(cell)}
    labels = [_text(cell) for cell in cells.values() if _is_label(cell)]
    if not labels:
        return 0.0
    under = [column for other in below for column, cell in enumerate(other) if not _is_blank(cell)]
    covered = sum(column in cells for column in under) / len(under) if under else 1.0
    return (len(labels) + len(set(labels))) / 2 * covered * len(labels) / len(cells)


def _is_above_header(above: Row, header: Row, below: Row) -> bool:
    """Whether a row names groups of columns: with gaps, and so that names repeated below become different; or single
    columns that the header leaves without a name (merged cells) and the first row below fills."""
    groups = [column for column, cell in enumerate(above) if not _is_blank(cell)]
    named = [column for column, cell in enumerate(header) if not _is_blank(cell)]
    if len(groups) < 2 or len(groups) >= len(named) or not all(_is_label(above[column]) for column in groups):
        return False
    if unnamed := set(groups) - set(named):
        return unnamed <= {column for column, cell in enumerate(below) if not _is_blank(cell)} and unnamed < set(groups)
    repeats = len({_text(header[column]) for column in named}) < len(named)
    if not repeats:
        return groups[0] > named[0]  # a title stands over the first column, a group seldom does
    joined = list(_joined_names([above, header]).values())
    return len(set(joined)) == len(joined)


def _is_below_header(header: Row, below: Row) -> bool:
    """Whether a row goes on naming what the header row leaves without a name: labels only, in its gaps."""
    named = [column for column, cell in enumerate(header) if isinstance(cell, str) and not _is_blank(cell)]
    filled = [column for column, cell in enumerate(below) if not _is_blank(cell)]
    in_gaps = not set(filled) & set(named) and max(filled, default=0) < max(named, default=0)
    return len(filled) >= 2 and in_gaps and all(_is_label(below[column]) for column in filled)


def _joined_names(rows: list[Row]) -> dict[int, str]:
    """The name of each column. An upper name reaches over the blanks to its right that are named below."""
    names: dict[int, list[str]] = {}
    for depth, row in enumerate(rows):
        lower = rows[depth + 1] if depth + 1 < len(rows) else []
        group = ""
        for column in range(max(map(len, rows))):
            text = _text(row[column]) if column < len(row) and not _is_blank(row[column]) else ""
            named_below = column < len(lower) and not _is_blank(lower[column])
            is_name = bool(text) and (isinstance(row[column], str) or row[column] in YEARS)
            if text:
                group = text if named_below and is_name else ""
            elif not named_below:
                group = ""
            is_stray_number = text and named_below and not is_name
            if (text or group) and not is_stray_number:
                names.setdefault(column, []).append(text or group)
    lower = [parts[-1] for parts in names.values()]
    adds_nothing = len(set(lower)) == len(lower) and not any(PERIOD_GROUP.search(part) for part in _uppers(names))
    return {column: parts[-1] if adds_nothing else " ".join(parts) for column, parts in names.items()}


def _uppers(names: dict[int, list[str]]) -> Iterator[str]:
    """The names of groups of columns."""
    return (part for parts in names.values() for part in parts[:-1])


def _columns(rows: list[Row], header: _Header) -> tuple[list[int], list[int]]:
    """The columns of the table, and those beside it: behind an empty column, and filled in few rows."""
    body = rows[header.last + 1 :]
    judged = [row for row in body[:2000] if not _is_blank_row(row)]
    width = max(map(len, rows), default=0)
    filled = [sum(column < len(row) and not _is_blank(row[column]) for row in judged) for column in range(width)]
    # Few columns are empty in the first rows, so looking through all rows of those is cheap.
    used = [
        bool(count) or any(column < len(row) and not _is_blank(row[column]) for row in body)
        for column, count in enumerate(filled)
    ]
    columns: list[int] = []
    beside: list[int] = []
    for block in _blocks([column for column in range(width) if used[column] or column in header.names]):
        named = any(column in header.names for column in block)
        most_filled = max(filled[column] for column in block)
        is_first = not columns
        belongs = named and (is_first or not judged or most_filled >= BESIDE_SHARE * len(judged))
        (columns if belongs else beside).extend(block)
    return columns, beside


def _blocks(columns: Iterable[int]) -> Iterator[list[int]]:
    block: list[int] = []
    for column in columns:
        if block and column > block[-1] + 1:
            yield block
            block = []
        block.append(column)
    if block:
        yield block


def _body(rows: list[Row], header: _Header, columns: list[int]) -> tuple[list[Row], list[int], LeftOut]:
    left_out = LeftOut()
    always = _always_filled(rows, header, columns)
    end = _end_of_body(rows, header, columns, always, left_out)
    places = [columns.index(column) for column in always]
    has_headings = len(places) > HEADING_GAPS
    first, second = places[:2] if has_headings else (0, 0)  # a heading fills one cell, so it lacks one of any two
    labels = [
        [_text(row[column]) if column < len(row) else "" for column in columns]
        for row in rows[header.first : header.last + 1]
    ]
    first_labels = {names[0] for names in labels}
    straight = columns == list(range(len(columns)))
    width = len(columns)
    cells: list[Row] = []
    row_numbers: list[int] = []
    for index in range(header.last + 1, end):
        row = rows[index]
        if not (straight and len(row) == width):
            row = [row[column] if column < len(row) else None for column in columns]
        lead = row[0] if row[0] is not None else row[1]
        if isinstance(lead, str):
            lead = lead.strip()
        if (lead is None or lead == "") and _is_blank_row(row):
            left_out.blank.append(index + 1)
        elif has_headings and (row[first] is None or row[second] is None) and _is_heading(row, places):
            left_out.headings.append(index + 1)
        elif lead in first_labels and [_text(cell) for cell in row] in labels:
            left_out.repeated.append(index + 1)
        elif (row.count(None) * 2 >= width and _is_subtotal(row)) or (
            isinstance(lead, str) and TOTAL.fullmatch(lead) and _is_total(row)
        ):
            left_out.totals.append(index + 1)
        else:
            cells.append(row)
            row_numbers.append(index + 1)
    return cells, row_numbers, left_out


def _is_subtotal(row: Row) -> bool:
    """Whether a row with many gaps in the midst of others is called a total and holds but numbers."""
    lead, *others = (_text(cell) for cell in row if not _is_blank(cell))
    return bool(SUBTOTAL.fullmatch(lead)) and len(others) > 0 and all(COUNTED.fullmatch(other) for other in others)


def _is_heading(row: Row, always: list[int]) -> bool:
    """Whether a row holds but one cell and lacks what nearly all others have: the title of a block or a group."""
    return row.count(None) == len(row) - 1 and sum(row[place] is None for place in always) >= HEADING_GAPS


def _always_filled(rows: list[Row], header: _Header, columns: list[int]) -> list[int]:
    """The columns that most of the first rows fill."""
    judged = [row for row in rows[header.last + 1 : header.last + 1 + 200] if not _is_blank_row(row)]
    return [
        column
        for column in columns
        if sum(column < len(row) and not _is_blank(row[column]) for row in judged) >= ALWAYS_SHARE * len(judged)
    ]


def _end_of_body(rows: list[Row], header: _Header, columns: list[int], always: list[int], left_out: LeftOut) -> int:
    """The index after the last row that is no footer: totals, and lone sentences below the table."""
    end = len(rows)
    for _ in range(FOOTER_ROWS_TRIED):
        while end > header.last + 1 and _is_blank_row(rows[end - 1]):
            end -= 1
        if end <= header.last + 1 or not _is_footer(rows[end - 1], always, len(columns)):
            break
        end -= 1
        left_out.footers.append(end + 1)
    left_out.footers.reverse()
    return end


def _is_total(row: Row) -> bool:
    """Whether a row is called a total and holds but numbers: a customer called Total has more to say."""
    lead, *others = (_text(cell) for cell in row if not _is_blank(cell))
    return bool(TOTAL.fullmatch(lead)) and all(NUMBER.fullmatch(other) for other in others)


def _is_footer(row: Row, always: list[int], width: int) -> bool:
    if _is_total(row):
        return True
    filled = [cell for cell in row if not _is_blank(cell)]
    missing = sum(column >= len(row) or _is_blank(row[column]) for column in always)
    if TOTAL_OF.match(_text(filled[0])):
        return missing >= max(1, len(always) / 2)
    return len(filled) == 1 and width > 2 and (missing >= 2 or bool(FOOTNOTE.match(_text(filled[0]))))


def _unique(names: Iterable[str]) -> list[str]:
    unique: list[str] = []
    for name in names:
        candidate, number = name, 1
        while candidate in unique:
            number += 1
            candidate = f"{name} ({number})"
        unique.append(candidate)
    return unique


def _is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _is_blank_row(row: Row) -> bool:
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in row)


def _is_label(cell: Cell) -> bool:
    """Whether a cell may name a column: short text that spells no number or day; or a real year or day."""
    if isinstance(cell, str):
        text = cell.strip()
        if not text or len(text) > LONGEST_LABEL:
            return False
        return not (NUMBER.fullmatch(text) or DAY.fullmatch(text)) or (text.isdecimal() and int(text) in YEARS)
    return (isinstance(cell, int) and cell in YEARS) or isinstance(cell, date)


def _text(cell: Cell) -> str:
    return "" if cell is None else " ".join(str(cell).split())
