"""Which rows below a header are rows of its table, and which are totals, headings, footers, or the header again. Pure."""

import re

from spm.intake.model import Cell
from spm.intake.recognising.cells import NUMBER, Row, is_blank, is_blank_row, is_label, text_of
from spm.intake.recognising.header_rows import Header
from spm.intake.recognising.headers import name_of
from spm.intake.recognising.left_out import LeftOut
from spm.intake.recognising.matching import known_anywhere

FOOTER_ROWS_TRIED = 20
ALWAYS_SHARE = 0.5  # of the first rows fill a column that is filled always; titles and totals are among them
BARE_CELLS = 2  # a heading has one, the total of a group two
FEWEST_NAMES = 3  # of columns that only a header has side by side
NEARLY_ALL, HALF = 0.75, 0.5  # of the names in a row, and of the header's, are in both: the header of another block
HEADING_GAPS = 3  # of such columns are empty in a row that is but a heading
TOTAL_WORDS = (
    r"(?:(?:grand |sub[- ]?|overall )?totals?|sums?|summe|gesamt|insgesamt|total général|totaal|"
    r"suma|razem|celkem|итого|всего|toplam|genel toplam|합계|총계|소계|合計|総計|小計|合计|总计|小计|المجموع|الإجمالي)"
)
TOTAL = re.compile(TOTAL_WORDS + r"\s*:?", re.IGNORECASE)
TOTAL_OF = re.compile(TOTAL_WORDS + r"\b", re.IGNORECASE)
SUBTOTAL = re.compile(
    rf"{TOTAL_WORDS}\b.*|.*\b(?:totals?|summe|gesamt|итого|toplam|合計|合计|합계)\s*:?|(?:count|average|avg|mean|median|min|max|minimum|maximum|durchschnitt|mittelwert|moyenne|promedio|media)\b.*",
    re.IGNORECASE,
)
SUMMED = r"(?:count|records?|rows?|anzahl|sum|avg|average|min|max)"
COUNTED = re.compile(rf"{SUMMED}|{SUMMED}?\s*:?\s*{NUMBER.pattern}(?:\s*\({SUMMED}\))?", re.IGNORECASE)
Order = list[int | None]
"""Where each column stands in the rows of a block; None: nowhere."""
FOOTNOTE = re.compile(r"confidential|source|note|copyright|©|generated|printed|\*|page \d", re.IGNORECASE)


def body_of(
    rows: list[Row], header: Header, columns: list[int]
) -> tuple[list[Row], list[int], LeftOut, dict[int, str]]:
    """The rows of the table below its header, cut to `columns`, the number of each, what is none of them, and the names of
    those columns (by their place in the sheet) that only the header of a later block gives one."""
    left_out = LeftOut()
    always = _always_filled(rows, header, columns)
    end = _end_of_body(rows, header, columns, always, left_out)
    places = [columns.index(column) for column in always]
    has_headings = len(places) > HEADING_GAPS
    first, second = places[:2] if has_headings else (0, 0)  # a heading fills one cell, so it lacks one of any two
    labels = [
        [text_of(row[column]) if column < len(row) else "" for column in columns]
        for row in rows[header.first : header.last + 1]
    ]
    labels.append([header.names.get(column, "") for column in columns])  # as merged cells say it further down
    first_labels = {names[0] for names in labels}
    names = set(labels[-1]) - {""}
    words = names | first_labels
    order: Order | None = None  # below the header in another order
    named_below: dict[int, str] = {}
    straight = columns == list(range(len(columns)))
    width = len(columns)
    second_always = places[1] if len(places) > 1 else None
    is_gap = False
    cells: list[Row] = []
    row_numbers: list[int] = []
    for index in range(header.last + 1, end):
        row = rows[index]
        if not (straight and len(row) == width):
            row = [row[column] if column < len(row) else None for column in columns]
        is_filled = has_headings and row[first] is not None and row[second] is not None
        if is_filled and not (is_gap or order) and _begins_as_row(row[0], words):  # asked no more
            cells.append(row)
            row_numbers.append(index + 1)
            continue
        plain = row
        if order:
            row = [None if at is None else plain[at] for at in order]
        lead = _lead(row)
        plain_lead = _lead(plain) if order else lead
        empty_count = row.count(None)
        follows_gap, is_gap = is_gap, width - empty_count <= 1 and sum(not is_blank(cell) for cell in row) <= 1
        if (lead is None or lead == "") and is_blank_row(row):
            left_out.blank.append(index + 1)
        elif plain_lead in names and (again := _order_below(plain, labels[-1])):
            gained = {at: text_of(plain[place]) for at, place in enumerate(again) if place is not None}
            gained = {at: name for at, name in gained.items() if name and not labels[-1][at]}
            is_as_before = again == (order or list(range(width)))
            left_out.header_again(index + 1, is_as_before, is_whole=not gained and None not in again)
            named_below |= {columns[at]: name for at, name in gained.items()}
            labels[-1] = [gained.get(at, name) for at, name in enumerate(labels[-1])]
            names.update(gained.values())
            words.update(gained.values())
            order = again
        elif follows_gap and _names_other_columns(row, labels):
            left_out.another = [number + 1 for number in range(index, end) if not is_blank_row(rows[number])]
            break
        elif has_headings and (row[first] is None or row[second] is None) and _lacks_names(row, places):
            (left_out.totals if _is_numbers(row) else left_out.headings).append(index + 1)
        elif ("" if row[0] is None else lead) in first_labels and [text_of(cell) for cell in row] in labels:
            left_out.repeated.append(index + 1)
        elif (
            (
                # fewer words than all others have: half of them, or none where all others have something
                (empty_count * 2 >= width or (second_always is not None and row[second_always] is None))
                and _is_subtotal(row)
                # such a word ends in no digit, as ids do
            )
            or (isinstance(lead, str) and not lead[-1:].isdecimal() and TOTAL.fullmatch(lead) and _is_total(row))
        ):
            left_out.totals.append(index + 1)
        else:
            cells.append(row)
            row_numbers.append(index + 1)
    return cells, row_numbers, left_out, named_below


def _begins_as_row(cell: Cell, words: set[str]) -> bool:
    """Whether a first cell is a number, a day, or one of letters and digits that ends in a digit: so no title and no total
    does, unless it is one of the header's `words`."""
    if isinstance(cell, str):
        return cell.isalnum() and cell[-1].isdecimal() and cell not in words
    return cell is not None


def _lead(row: Row) -> Cell:
    """What a row begins with, in its first column or else its second."""
    lead = row[0] if row[0] is not None else row[1]
    return lead.strip() if isinstance(lead, str) else lead


def _order_below(row: Row, names: list[str]) -> Order | None:
    """Where each column stands below a row that is the header once more, or nearly: a block may lack a column, or have one
    more where the header leaves room for it. None for any other row."""
    texts = [text_of(cell) for cell in row]
    said, known = [text for text in texts if text], [name for name in names if name]
    common = set(said) & set(known)
    is_nearly = len(common) >= max(FEWEST_NAMES, NEARLY_ALL * len(said), HALF * len(known))
    is_nearly &= all(is_label(cell) for cell in row if not is_blank(cell))
    is_unique = len(set(said)) == len(said) and len(set(known)) == len(known)
    if not is_unique or not (is_nearly or set(said) == set(known)):
        return None
    order = [texts.index(name) if name in common else None for name in names]
    free = [at for at, text in enumerate(texts) if text not in common]
    for at in (at for at, name in enumerate(names) if not name):
        if not free:
            break
        order[at] = free.pop(free.index(at) if at in free else 0)
    return None if any(texts[at] for at in free) else order


def _names_other_columns(row: Row, labels: list[list[str]]) -> bool:
    """Whether a row holds nothing but names of columns, and others than the header: below a gap another table may begin."""
    texts = [text_of(cell) for cell in row if not is_blank(cell)]
    is_header = len(texts) >= FEWEST_NAMES and all(name_of(text).folded in known_anywhere() for text in texts)
    return is_header and [text_of(cell) for cell in row] not in labels


def _is_subtotal(row: Row) -> bool:
    """Whether a row with gaps in the midst of others is called a total and holds but numbers."""
    lead, *others = (text_of(cell) for cell in row if not is_blank(cell))
    return bool(SUBTOTAL.fullmatch(lead)) and len(others) > 0 and all(COUNTED.fullmatch(other) for other in others)


def _lacks_names(row: Row, always: list[int]) -> bool:
    """Whether a row lacks what nearly all others have and holds but one cell, the title of a block or a group, or but
    numbers, the sums of one."""
    is_bare = row.count(None) == len(row) - 1 or _is_numbers(row)
    return is_bare and sum(row[place] is None for place in always) >= HEADING_GAPS


def _is_numbers(row: Row) -> bool:
    return all(COUNTED.fullmatch(text_of(cell)) for cell in row if not is_blank(cell))


def _always_filled(rows: list[Row], header: Header, columns: list[int]) -> list[int]:
    """The columns that most of the first rows fill; headings and totals are not asked, where groups are as small as those."""
    judged = [row for row in rows[header.last + 1 : header.last + 1 + 200] if not is_blank_row(row)]
    whole = [row for row in judged if sum(not is_blank(cell) for cell in row) > BARE_CELLS]
    return [
        column
        for column in columns
        if sum(column < len(row) and not is_blank(row[column]) for row in judged) >= ALWAYS_SHARE * len(whole or judged)
    ]


def _end_of_body(rows: list[Row], header: Header, columns: list[int], always: list[int], left_out: LeftOut) -> int:
    """The index after the last row that is no footer: totals, and lone sentences below the table."""
    end = len(rows)
    for _ in range(FOOTER_ROWS_TRIED):
        while end > header.last + 1 and is_blank_row(rows[end - 1]):
            end -= 1
        if end <= header.last + 1 or not _is_footer(rows[end - 1], always, len(columns)):
            break
        end -= 1
        left_out.footers.append(end + 1)
    left_out.footers.reverse()
    return end


def _is_total(row: Row) -> bool:
    """Whether a row is called a total and holds but numbers: a customer called Total has more to say."""
    lead, *others = (text_of(cell) for cell in row if not is_blank(cell))
    return bool(TOTAL.fullmatch(lead)) and all(NUMBER.fullmatch(other) for other in others)


def _is_footer(row: Row, always: list[int], width: int) -> bool:
    if _is_total(row):
        return True
    filled = [cell for cell in row if not is_blank(cell)]
    missing = sum(column >= len(row) or is_blank(row[column]) for column in always)
    if TOTAL_OF.match(text_of(filled[0])):
        return missing >= max(1, len(always) / 2)
    return len(filled) == 1 and width > 2 and (missing >= 2 or bool(FOOTNOTE.match(text_of(filled[0]))))
