"""Columns that are filled in the first row of each block only: filled down where a person says so. Pure."""

from collections import Counter
from collections.abc import Sequence
from re import compile

from spm.intake.checking.draft import Draft
from spm.intake.model import Cell
from spm.intake.recognising.headers import folded
from spm.intake.values import is_blank

OF_BLOCKS = ("owner_key", "owner", "team", "product", "stage")
"""The fields by which sheets are grouped."""
GROUPED = compile(r".*[↑↓]\s*")
"""The name of a column by which a report of Salesforce is grouped: it is filled in the first row of each group."""

FEWEST_NAMES, FEWEST_BLANKS = 2, 3
BLANK_SHARE = 1 / 3


def fill_down(draft: Draft, cells: dict[str, list[Cell]], filled_down: set[str], accepted: set[str]) -> None:
    """Fills the columns that are to be `filled_down` (folded names) in `cells`, and asks about others that look as if they
    said something of the rows below, unless it is `accepted` that they do not."""
    for header in filter(GROUPED.fullmatch, cells):
        if all(isinstance(cell, str) for cell in cells[header] if not is_blank(cell)):
            _fill(draft, cells, header, "as the sheet is grouped by it")
    for header in (draft.headers[key] for key in OF_BLOCKS if key in draft.headers):
        column = cells[header]
        if folded(header) in filled_down:
            _fill(draft, cells, header, "as you said")
        elif folded(header) not in accepted and _heads_blocks(column):
            key = next(key for key, of in draft.headers.items() if of == header)
            count = sum(not is_blank(cell) for cell in column)
            draft.stop(
                f"only {count:,} of {len(column):,} rows name one, and each name comes once: "
                "does it hold for the blank rows below it?",
                key,
                f'--fill-down "{header}" or --accept "{header}"',
            )


def _fill(draft: Draft, cells: dict[str, list[Cell]], header: str, why: str) -> None:
    filled = _filled(cells[header])
    if count := sum(map(is_blank, cells[header])) - sum(map(is_blank, filled)):
        cells_say = "1 blank cell of {} says" if count == 1 else f"{count:,} blank cells of {{}} say"
        draft.note(f"{cells_say.format(header)} what the cell above {'it' if count == 1 else 'them'} says, {why}")
    cells[header] = filled


def _heads_blocks(column: Sequence[Cell]) -> bool:
    """Whether a column names somebody else from time to time, from the first row on, and is blank in between."""
    counts = {cell: count for cell, count in Counter(column).items() if not is_blank(cell)}
    blanks_count = len(column) - sum(counts.values())
    return (
        FEWEST_NAMES <= len(counts) == sum(counts.values())
        and blanks_count >= max(FEWEST_BLANKS, BLANK_SHARE * len(column))
        and not is_blank(column[0])
    )


def _filled(column: Sequence[Cell]) -> list[Cell]:
    found: list[Cell] = []
    for cell in column:
        found.append(found[-1] if is_blank(cell) and found else cell)
    return found
