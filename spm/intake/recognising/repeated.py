"""Sheets that say again, without ids, what another sheet of the same upload says: counted once. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from spm.intake.model import CheckedSheet

SAME_SHARE = 0.9  # of its rows stand in the other sheet, too
FEWEST_ROWS = 5
FEWEST_COLUMNS = 3  # with a value in both sheets, a day among them: fewer tell nothing apart
NEVER_COMPARED = frozenset({"row", "attributes", "key", "currency"})
STATES = frozenset(
    {"stage", "status", "probability", "closed_on", "expected_close_on", "outcome", "is_won", "is_closed"}
)
"""What becomes of a fact, and does not say which one it is."""
WITHOUT_KEYS = ("deals", "orders", "order_lines", "activities", "leads", "surveys", "costs")


@dataclass(frozen=True)
class Repeat:
    """A sheet whose rows stand in another one, too: the place of that one, how many, and how many in another state."""

    of: int
    same_count: int
    otherwise_count: int


def repeated(sheets: Sequence[CheckedSheet | None]) -> dict[int, Repeat]:
    """Place of a sheet → what it repeats.

    Of two sheets of one layout, not both with ids, the one with fewer rows repeats the other. Ids settle by themselves
    what is the same.
    """
    found: dict[int, Repeat] = {}
    known = [(at, sheet) for at, sheet in enumerate(sheets) if sheet is not None and sheet.layout in WITHOUT_KEYS]
    for at, sheet in sorted(known, key=lambda one: (-len(one[1].rows), one[0])):
        for other_at, other in known:
            is_larger = (len(other.rows), -other_at) > (len(sheet.rows), -at)
            if other_at not in found and is_larger and (repeat := _repeat(sheet, other, other_at)):
                found[at] = repeat
                break
    return found


def _repeat(sheet: CheckedSheet, other: CheckedSheet, other_at: int) -> Repeat | None:
    """What `sheet` has in common with `other`, by all columns that both fill; None where that is little or says little."""
    if sheet.layout != other.layout or len(sheet.rows) < FEWEST_ROWS:
        return None
    if sheet.rows["key"].notna().any() and other.rows["key"].notna().any():
        return None
    both = [str(name) for name in sheet.rows if _is_filled(str(name), sheet.rows) and _is_filled(str(name), other.rows)]
    lasting = [name for name in both if name not in STATES]
    if len(lasting) < FEWEST_COLUMNS or not any(
        isinstance(sheet.rows[name].dropna().iloc[0], date) for name in lasting
    ):
        return None
    same_count = _shared_count(sheet.rows, other.rows, lasting)
    if same_count < SAME_SHARE * len(sheet.rows):
        return None
    return Repeat(other_at, same_count, same_count - _shared_count(sheet.rows, other.rows, both))


def _is_filled(name: str, rows: pd.DataFrame) -> bool:
    return name not in NEVER_COMPARED and name in rows and bool(rows[name].notna().any())


def _shared_count(rows: pd.DataFrame, others: pd.DataFrame, names: Sequence[str]) -> int:
    counted, of_others = (Counter(zip(*(one[name] for name in names), strict=True)) for one in (rows, others))
    return (counted & of_others).total()
