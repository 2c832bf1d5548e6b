"""Finds the table in a sheet: its header, its columns and its rows, and says what was left out around them.

The header is judged on the first rows and the footers on the last ones, so that a long sheet costs one pass.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spm.intake.layouts import LAYOUTS
from spm.intake.model import FoundTable, Issue, Severity, Sheet
from spm.intake.reading.office_xml import column_letters
from spm.intake.recognising.blocks import with_headings
from spm.intake.recognising.body_rows import FEWEST_NAMES, SUBTOTAL, body_of
from spm.intake.recognising.cells import Row, is_blank, is_blank_row, text_of
from spm.intake.recognising.deleted import without_deleted
from spm.intake.recognising.header_rows import Header, header_of
from spm.intake.recognising.headers import name_of
from spm.intake.recognising.left_out import LeftOut
from spm.intake.recognising.matching import known_anywhere, mean_the_same
from spm.intake.recognising.period_columns import year_in_name, years_in
from spm.intake.recognising.sheet_names import full_title
from spm.intake.recognising.units import titled_unit
from spm.intake.recognising.wide import unpivoted

LONGEST_TITLE = 300
MOST_COLUMNS = 1_000  # no export has more, and telling what each is takes its time
BESIDE_SHARE = 0.2  # columns behind an empty one belong to the table if this share of its rows fill one of them


def find_table(sheet: Sheet, file_name: str = "", year: int | None = None) -> FoundTable | None:
    """The table in `sheet`, or None where it holds none: nothing at all, prose, or rows without a header. Columns that are
    periods without a year are of that `year`, else of the one that the title, or the name of the file, says.

    What was left out (titles, totals, notes, repeated headers, blank rows) is told as notes with row numbers.
    A named column without values stays; a table without rows is a table.
    """
    header = header_of(sheet.rows)
    if header is None:
        return None
    columns, beside = _columns(sheet.rows, header)
    columns, beyond = columns[:MOST_COLUMNS], columns[MOST_COLUMNS:]
    if len(columns) < 2:
        return None
    rows, filled = _filled_down(sheet, header)
    cells, row_numbers, left_out, named_below = body_of(rows, header, columns)
    named = named_below | header.names
    names = _unique(named.get(column) or f"column {column_letters(column + 1)}" for column in columns)
    left_out.above = [index + 1 for index in range(header.first) if not is_blank_row(sheet.rows[index])]
    left_out.described = [index + 1 for index in header.described]
    left_out.beside, left_out.beyond = beside, beyond
    table = FoundTable(sheet.name, tuple(names), cells, row_numbers, (), tuple(columns))
    table = _with_headings(table, sheet.rows, header, left_out)
    notes = left_out.notes(lambda number: _first_text(sheet.rows[number - 1]))
    issues = [Issue(Severity.NOTE, message, sheet.name, row) for row, message in notes]
    issues += [
        Issue(Severity.NOTE, f"{count:,} merged cells say what the first of them says", sheet.name, column=name)
        for at, name in zip(columns, names, strict=True)
        if (count := filled.get(at))
    ]
    table = replace(table, issues=(*issues, *table.issues))
    lowest = [sheet.rows[header.last][at] if at < len(sheet.rows[header.last]) else None for at in table.places]
    above = [text_of(cell)[:LONGEST_TITLE] for row in sheet.rows[: header.first] for cell in row if not is_blank(cell)]
    titled = next(filter(None, map(titled_unit, [sheet.name, *above])), None)
    if titled:
        table = replace(table, scale=titled.scale, currency=titled.currency)
    title = full_title(sheet.name, above, file_name)
    years = {year} if year else years_in(title) or year_in_name(file_name)
    return replace(without_deleted(unpivoted(table, lowest, title, years)), from_1904=sheet.from_1904)


def _with_headings(table: FoundTable, rows: list[Row], header: Header, left_out: LeftOut) -> FoundTable:
    """The table with the headings of its blocks as a column, which are then not left out; where each block has the header
    again below its heading, the first heading stands above the first header."""
    headings = left_out.headings
    is_stacked = headings and {number + 1 for number in headings} <= {
        *left_out.repeated,
        *left_out.reordered,
        *left_out.widened,
    }
    if is_stacked and header.first and sum(not is_blank(cell) for cell in rows[header.first - 1]) == 1:
        headings = [header.first, *headings]
    if not headings:
        return table
    place = next(at for at, cell in enumerate(rows[headings[-1] - 1]) if not is_blank(cell))
    headed = with_headings(table, headings, lambda number: _first_text(rows[number - 1]), place)
    if headed is not table:
        left_out.headings = []
        left_out.above = [number for number in left_out.above if number not in headings]
    return headed


def _first_text(row: Row) -> str:
    return next(text_of(cell) for cell in row if not is_blank(cell))


def _filled_down(sheet: Sheet, header: Header) -> tuple[list[Row], Counter[int]]:
    """The rows with the value of merged cells in each row that they stand for, and of how many cells by column."""
    filled: Counter[int] = Counter()
    rows = list(sheet.rows)
    for column, first, last in sheet.merged:
        if first <= header.last or column >= len(sheet.rows[first]):
            continue
        value = sheet.rows[first][column]
        for at in range(first + 1, min(last + 1, len(rows))):
            row = rows[at]
            if value is not None and (column >= len(row) or row[column] is None) and not is_blank_row(row):
                rows[at] = [*row, *[None] * (column + 1 - len(row))]
                rows[at][column] = value
                filled[column] += 1
    return rows, filled


def _columns(rows: list[Row], header: Header) -> tuple[list[int], list[int]]:
    """The columns of the table, and those beside it: behind an empty column, and filled in few rows."""
    body = rows[header.last + 1 :]
    judged = [row for row in body[:2000] if not is_blank_row(row)]
    width = max(map(len, rows), default=0)
    filled = [sum(column < len(row) and not is_blank(row[column]) for row in judged) for column in range(width)]
    # Few columns are empty in the first rows, so looking through all rows of those is cheap.
    used = [
        bool(count) or any(column < len(row) and not is_blank(row[column]) for row in body)
        for column, count in enumerate(filled)
    ]
    columns: list[int] = []
    beside: list[int] = []
    for block in _blocks([column for column in range(width) if used[column] or column in header.names]):
        named = any(column in header.names for column in block)
        most_filled = max(filled[column] for column in block)
        is_first = not columns
        belongs = named and (is_first or not judged or most_filled >= BESIDE_SHARE * len(judged))
        belongs &= is_first or not (_ends_sooner(judged, block) or _names_again(header, columns, block))
        belongs |= is_first and len(block) == 1 and _holds_headings(judged, block[0])
        (columns if belongs else beside).extend(block)
    return columns, beside


def _names_again(header: Header, columns: list[int], block: list[int]) -> bool:
    """Whether columns behind an empty one are called just as those of a table, and one of them what another column is before:
    a table of its own beside one that is as long."""
    before, names = ([name_of(header.names.get(at, "")).folded for at in places] for places in (columns, block))
    is_table = len(names) >= FEWEST_NAMES and known_anywhere().issuperset(names)
    return is_table and any(
        mean_the_same(layout, (one, other)) for layout in LAYOUTS.values() for one in before for other in names
    )


def _ends_sooner(rows: list[Row], block: list[int]) -> bool:
    """Whether several columns are filled from the first row on and then no more: a table of its own beside a longer one."""
    filled = [all(column < len(row) and not is_blank(row[column]) for column in block) for row in rows]
    last = next((at for at, is_filled in enumerate(reversed(filled)) if is_filled), 0)
    return len(block) > 1 and last > 0 and all(filled[: len(rows) - last])


def _holds_headings(rows: list[Row], column: int) -> bool:
    """Whether a column without a name holds but what stands alone above blocks of rows, and the totals of those."""
    filled = [row for row in rows if column < len(row) and not is_blank(row[column])]
    alone = [row for row in filled if sum(not is_blank(cell) for cell in row) == 1]
    return len(alone) > 1 and all(row in alone or SUBTOTAL.fullmatch(text_of(row[column])) for row in filled)


def _blocks(columns: Iterable[int]) -> Iterator[list[int]]:
    block: list[int] = []
    for column in columns:
        if block and column > block[-1] + 1:
            yield block
            block = []
        block.append(column)
    if block:
        yield block


def _unique(names: Iterable[str]) -> list[str]:
    unique: dict[str, None] = {}
    counts: Counter[str] = Counter()
    for name in names:
        candidate = name
        while candidate in unique:
            counts[name] += 1
            candidate = f"{name} ({counts[name] + 1})"
        unique[candidate] = None
    return list(unique)
