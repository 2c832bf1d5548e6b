"""Which rows of a sheet are the header, and what they call each column. Judged on the first rows. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from spm.intake.recognising.cells import Row, is_blank, is_blank_row, is_label, names_a_period, text_of
from spm.intake.recognising.described import MOST_ROWS, describes, named_with

HEADER_ROWS_TRIED = 50
BODY_ROWS_JUDGED = 20
LEAST_SCORE = 1.5  # two labels, most cells below them
MOST_ABOVE = 2  # rows of names of groups
NEARLY_BEST = 0.7  # rows of text below a header look like headers too: the first that is nearly the best is it
PERIOD_GROUP = re.compile(r"\d|quarter|half", re.IGNORECASE)  # says when, which the names below it may not


@dataclass(frozen=True)
class Header:
    """Where the header is, counted from 0, `last` inclusive, and the name of each column that has one; `described` are those
    of its rows that go on with names or describe columns."""

    first: int
    last: int
    names: dict[int, str]
    described: tuple[int, ...] = ()


def header_of(rows: list[Row]) -> Header | None:
    filled = list(
        islice(
            (index for index, row in enumerate(rows) if not is_blank_row(row)),
            HEADER_ROWS_TRIED + BODY_ROWS_JUDGED,
        )
    )
    candidates = []
    for place, first in enumerate(filled[:HEADER_ROWS_TRIED]):
        below = [rows[index] for index in filled[place + 1 : place + 1 + BODY_ROWS_JUDGED]]
        is_next = first + 1 in filled[place + 1 : place + 2]
        goes_on = is_next and (
            _is_below_header(rows[first], below[0]) or _is_of_groups(rows[first], below[0], below[1:2])
        )
        last = first + 1 if goes_on else first
        body = below[goes_on:]
        first -= _rows_above(rows, first, last, body[0] if body else [])
        candidates.append((_header_score(rows[first : last + 1], body), first, last))
    best = max((score for score, _, _ in candidates), default=0.0)
    if best < LEAST_SCORE:
        return None
    _, first, last = next(candidate for candidate in candidates if candidate[0] >= NEARLY_BEST * best)
    names = _joined_names(rows[first : last + 1])
    described: list[int] = []
    for _ in range(MOST_ROWS):
        place = filled.index(last) + 1 + len(described)
        below = [rows[index] for index in filled[place + 1 : place + 1 + BODY_ROWS_JUDGED]]
        if place < len(filled) and describes(rows[filled[place]], set(names), below):
            names = named_with(names, rows[filled[place]])
            described.append(filled[place])
    return Header(first, described[-1] if described else last, names, tuple(described))


def _rows_above(rows: list[Row], first: int, last: int, first_row: Row) -> int:
    """How many rows above the header name groups of its columns: none, one, or two, of which the upper one may be the one
    that tells names apart ("2025", below it "H1" and "H2", below these the months)."""
    count = 0
    while count < MOST_ABOVE:
        names = _joined_names(rows[first - count : last + 1])
        header: Row = [names.get(at) for at in range(max(names, default=-1) + 1)]
        if first - count > 0 and _is_above_header(rows[first - count - 1], header, first_row):
            count += 1
        elif count == 0 and first > 1 and _is_above_both(rows[first - 2], rows[first - 1], rows[first]):
            return MOST_ABOVE
        else:
            break
    return count


def _is_above_both(above: Row, middle: Row, header: Row) -> bool:
    """Whether names that are repeated below groups become different by the groups of these groups."""
    groups = [at for at, cell in enumerate(above) if not is_blank(cell)]
    of_groups = [at for at, cell in enumerate(middle) if not is_blank(cell)]
    names = [text_of(cell) for cell in header if not is_blank(cell)]
    joined = list(_joined_names([above, middle, header]).values())
    are_labels = all(is_label(above[at]) for at in groups) and all(is_label(middle[at]) for at in of_groups)
    is_tree = 2 <= len(groups) < len(of_groups) < len(names) and set(groups) <= set(of_groups)
    return is_tree and are_labels and len(set(names)) < len(names) and len(set(joined)) == len(joined) == len(names)


def _header_score(header: list[Row], below: list[Row]) -> float:
    """How many labels a header has, discounted by repeats, by other cells, and by cells below no label."""
    cells = {column: cell for row in header for column, cell in enumerate(row) if not is_blank(cell)}
    labels = [text_of(cell) for cell in cells.values() if is_label(cell)]
    if not labels:
        return 0.0
    under = [column for other in below for column, cell in enumerate(other) if not is_blank(cell)]
    covered = sum(column in cells for column in under) / len(under) if under else 1.0
    return (len(labels) + len(set(labels))) / 2 * covered * len(labels) / len(cells)


def _is_above_header(above: Row, header: Row, below: Row) -> bool:
    """Whether a row names groups of columns: with gaps, and so that names repeated below become different; or single
    columns that the header leaves without a name (merged cells) and the first row below fills."""
    groups = [column for column, cell in enumerate(above) if not is_blank(cell)]
    named = [column for column, cell in enumerate(header) if not is_blank(cell)]
    unnamed = set(groups) - set(named)
    are_fewer = len(groups) - len(unnamed) < len(named)
    if len(groups) < 2 or not are_fewer or not all(is_label(above[column]) for column in groups):
        return False
    if unnamed:
        return unnamed <= {column for column, cell in enumerate(below) if not is_blank(cell)} and unnamed < set(groups)
    repeats = len({text_of(header[column]) for column in named}) < len(named)
    if not repeats:
        return groups[0] > named[0]  # a title stands over the first column, a group seldom does
    joined = list(_joined_names([above, header]).values())
    return len(set(joined)) == len(joined)


def _is_of_groups(header: Row, below: Row, body: list[Row]) -> bool:
    """Whether a row names groups of columns that the next one names again and again ("Quota", "Actual" below each quarter),
    and single columns beside them."""
    named = [at for at, cell in enumerate(below) if not is_blank(cell)]
    groups = [at for at, cell in enumerate(header) if not is_blank(cell)]
    singles = set(groups) - set(named)
    filled = {at for row in body for at, cell in enumerate(row) if not is_blank(cell)}
    is_repeated = len(named) > 2 and 2 * len({text_of(below[at]) for at in named}) <= len(named)
    are_fewer = len(groups) - len(singles) < len(named) and len(groups) > len(singles)
    are_labels = all(is_label(header[at]) for at in groups) and all(is_label(below[at]) for at in named)
    return is_repeated and are_fewer and are_labels and bool(singles) and singles <= filled


def _is_below_header(header: Row, below: Row) -> bool:
    """Whether a row goes on naming what the header row leaves without a name: labels only, in its gaps."""
    named = [column for column, cell in enumerate(header) if isinstance(cell, str) and not is_blank(cell)]
    filled = [column for column, cell in enumerate(below) if not is_blank(cell)]
    in_gaps = not set(filled) & set(named) and max(filled, default=0) < max(named, default=0)
    return len(filled) >= 2 and in_gaps and all(is_label(below[column]) for column in filled)


def _joined_names(rows: list[Row]) -> dict[int, str]:
    """The name of each column. An upper name reaches over the blanks to its right that are named below."""
    names: dict[int, list[str]] = {}
    for depth, row in enumerate(rows):
        below = {at for other in rows[depth + 1 :] for at, cell in enumerate(other) if not is_blank(cell)}
        group = ""
        for column in range(max(map(len, rows))):
            text = text_of(row[column]) if column < len(row) and not is_blank(row[column]) else ""
            named_below = column in below
            is_name = bool(text) and (isinstance(row[column], str) or names_a_period(row[column]))
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
