"""Values out of cells: whole columns, one reader for each kind of column."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from spm.intake.layouts import Kind
from spm.intake.model import Cell
from spm.intake.values.amounts import read_money, read_numbers, read_rates, read_shares
from spm.intake.values.column import UNCALCULATED, DayOrder, ReadColumn, Unread, as_written, is_blank
from spm.intake.values.days import read_days
from spm.intake.values.words import read_keys, read_people, read_text, read_yes_no

__all__ = ["DayOrder", "ReadColumn", "Unread", "as_written", "is_blank", "read_column"]

READERS: dict[Kind, Callable[[Sequence[Cell]], ReadColumn]] = {
    Kind.TEXT: read_text,
    Kind.PERSON: read_people,
    Kind.KEY: read_keys,
    Kind.RATE: read_rates,
    Kind.SHARE: read_shares,
    Kind.YES_NO: read_yes_no,
}


def read_column(
    kind: Kind, cells: Sequence[Cell], day_order: DayOrder | None = None, *, is_fraction: bool = False, scale: int = 1
) -> ReadColumn:
    """A column's cells as values of `kind`: text and ids as str, days as date, money as Decimal in major
    units, rates as Decimal, numbers and shares as float, yes/no as bool; None where a cell is empty or can't be read (listed in
    `unread`).

    `day_order` decides days that fit both orders, `is_fraction` whether 1.234 is one where nothing else says so, `scale`
    how many times each amount of money counts ("in thousands").
    """
    if UNCALCULATED not in cells:
        return _read(kind, cells, day_order, is_fraction, scale)
    uncalculated = [Unread(at, UNCALCULATED) for at, cell in enumerate(cells) if cell == UNCALCULATED]
    column = _read(kind, [None if cell == UNCALCULATED else cell for cell in cells], day_order, is_fraction, scale)
    return replace(column, expected=column.expected or "text", unread=[*column.unread, *uncalculated])


def _read(kind: Kind, cells: Sequence[Cell], day_order: DayOrder | None, is_fraction: bool, scale: int) -> ReadColumn:
    if kind is Kind.DAY:
        return read_days(cells, day_order)
    if kind is Kind.MONEY:
        return read_money(cells, is_fraction=is_fraction, scale=scale)
    return read_numbers(cells, is_fraction=is_fraction) if kind is Kind.NUMBER else READERS[kind](cells)
