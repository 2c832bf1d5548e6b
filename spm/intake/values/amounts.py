"""Money, numbers and shares out of cells, in any country's way of writing. The whole column decides its
decimal sign."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from spm.intake.model import Cell
from spm.intake.values.column import ReadColumn, Unread, as_written, distinct_texts, is_blank
from spm.intake.values.currencies import SHARED_SYMBOLS
from spm.intake.values.written_amount import LARGEST, Amount, Taken, taken_apart

EXPECTED_MONEY = "an amount, such as 1234.56"
EXPECTED_NUMBER = "a number, such as 12.5"
EXPECTED_RATE = "a rate, such as 1.0825"
EXPECTED_SHARE = "a share, such as 75 % or 0.75"
OF_RUPEES = frozenset({"lakh", "lakhs", "lac", "crore", "crores"})
CREDIT = "cr"  # of an account, unless the column is one of rupees: then crores


def read_money(cells: Sequence[Cell], *, is_fraction: bool = False, scale: int = 1) -> ReadColumn:
    """Amounts in major units as Decimal; the noise of floats (0.30000000000000004) is taken off. Where the column is in
    thousands or the like, `scale` says so; an amount that says it itself ("1.2M") is believed.

    A column of which nothing says whether "1.234" is a thousand or a fraction comes with a question, read as
    thousands, or without one as a fraction where someone said that it `is_fraction`.
    """
    taken = _without_credits({text: taken_apart(text) for text in distinct_texts(cells)})
    amounts = [amount for amount in taken.values() if isinstance(amount, Amount) and not amount.is_percent]
    of_text: dict[str, Decimal | None] = {}
    question: str | None = None
    remarks: tuple[str, ...] = ()
    for part in _by_currency(taken):
        sign, asked, told = _decimal_sign(part, is_fraction)
        of_text |= {text: _value(amount, sign, with_percent=False, scale=scale) for text, amount in part.items()}
        question, remarks = question or asked, (*remarks, *told)
    shared = {amount.symbol for amount in amounts} & set(SHARED_SYMBOLS)
    remarks += tuple(f"{symbol} was read as {SHARED_SYMBOLS[symbol]}" for symbol in sorted(filter(None, shared)))
    if scale != 1:
        remarks += (f"each amount counts {scale:,} times, as the name of the column or the title says",)
    currencies = frozenset(amount.currency for amount in amounts if amount.currency)
    read = _column(cells, of_text, EXPECTED_MONEY, question, remarks, currencies, scale)
    if len(currencies) < 2:
        return read
    named = {text: amount.currency for text, amount in taken.items() if isinstance(amount, Amount)}
    return replace(read, currency_of=tuple(named.get(cell) if isinstance(cell, str) else None for cell in cells))


def read_rates(cells: Sequence[Cell]) -> ReadColumn:
    """Rates of exchange as Decimal: a single point or comma is before the fraction, since no rate is written in
    thousands alone."""
    taken = {text: taken_apart(text) for text in distinct_texts(cells)}
    sign, _ = _fraction_sign(taken)
    of_text = {text: _value(amount, sign, with_percent=False) for text, amount in taken.items()}
    return _column(cells, of_text, EXPECTED_RATE, None, ())


def read_numbers(cells: Sequence[Cell], *, is_fraction: bool = False) -> ReadColumn:
    """Numbers as float, written in any country's way; `is_fraction` as in `read_money`."""
    read = read_money(cells, is_fraction=is_fraction)
    values = [None if value is None else float(value) for value in read.values]
    return ReadColumn(values, EXPECTED_NUMBER, read.unread, read.question, read.remarks)


def read_shares(cells: Sequence[Cell]) -> ReadColumn:
    """Shares between 0 and 1. A cell with "%" is divided by 100; so is a column in which a bare number
    exceeds 1. A single point or comma is before the fraction, as in `read_rates`."""
    taken = {text: taken_apart(text) for text in distinct_texts(cells)}
    sign, remarks = _fraction_sign(taken)
    of_text = {text: _value(amount, sign, with_percent=True) for text, amount in taken.items()}
    read = _column(cells, of_text, EXPECTED_SHARE, None, remarks)
    has_percent = [
        isinstance(cell, str) and isinstance(amount := taken[cell], Amount) and amount.is_percent for cell in cells
    ]
    bare = [value for value, percent in zip(read.values, has_percent, strict=True) if value is not None and not percent]
    divisor = 100 if any(abs(value) > 1 for value in bare) else 1
    if divisor > 1 and (small := min((value for value in bare if 0 < value < 1), default=None)):
        remarks = (*read.remarks, f"{small} stands beside {max(bare)}: both were read as percent")
    else:
        remarks = read.remarks
    values = [
        None if value is None else float(value if percent else value / divisor)
        for value, percent in zip(read.values, has_percent, strict=True)
    ]
    return ReadColumn(values, EXPECTED_SHARE, read.unread, read.question, remarks)


def _column(
    cells: Sequence[Cell],
    of_text: dict[str, Decimal | None],
    expected: str,
    question: str | None,
    remarks: tuple[str, ...],
    currencies: frozenset[str] = frozenset(),
    scale: int = 1,
) -> ReadColumn:
    numbers = {cell for cell in cells if type(cell) is int or type(cell) is float}
    of_cell: dict[Any, Decimal | None] = {**of_text, **{number: _of_number(number, scale) for number in numbers}}
    # True and False equal 1 and 0, and are no amounts.
    values = [None if cell is True or cell is False else of_cell.get(cell) for cell in cells]
    unread = [
        Unread(index, as_written(cells[index]))
        for index, value in enumerate(values)
        if value is None and not is_blank(cells[index])
    ]
    return ReadColumn(values, expected, unread, question, remarks, currencies)


def _fraction_sign(taken: dict[str, Taken]) -> tuple[str | None, tuple[str, ...]]:
    """The decimal sign of a column in which nobody writes thousands alone (None where it has both), and remarks."""
    sign, question, remarks = _decimal_sign(taken)
    if question:
        has_point = any("." in amount.digits for amount in taken.values() if isinstance(amount, Amount))
        return "." if has_point else ",", ()
    if sign == "." and not any("." in text for text in taken):
        return "," if any("," in text for text in taken) else ".", ()
    return sign, remarks


def _of_number(number: int | float, scale: int) -> Decimal | None:
    if not abs(number) * scale < LARGEST:  # which holds of no NaN
        return None
    return Decimal(number * scale) if type(number) is int else Decimal(f"{number:.15g}") * scale


def _without_credits(taken: dict[str, Taken]) -> dict[str, Taken]:
    """The amounts without those that end in "Cr" where nothing in the column says that it is of rupees: a credit is no
    crore."""
    amounts = [amount for amount in taken.values() if isinstance(amount, Amount)]
    if any(amount.currency == "INR" or amount.scale_word in OF_RUPEES for amount in amounts):
        return taken
    return {
        text: None if isinstance(amount, Amount) and amount.scale_word == CREDIT else amount
        for text, amount in taken.items()
    }


def _by_currency(taken: dict[str, Taken]) -> list[dict[str, Taken]]:
    """The amounts apart where they name several currencies: dollars may be written as 1,200.50 beside euros as 1.200,50."""
    named = {text: amount.currency if isinstance(amount, Amount) else None for text, amount in taken.items()}
    if len(set(named.values()) - {None}) < 2:
        return [taken]
    return [{text: taken[text] for text in taken if named[text] == code} for code in dict.fromkeys(named.values())]


def _decimal_sign(taken: dict[str, Taken], is_fraction: bool = False) -> tuple[str | None, str | None, tuple[str, ...]]:
    """The decimal sign of a column (None where it has both), a question, and remarks."""
    signs = {amount.decimal_sign for amount in taken.values() if isinstance(amount, Amount)}
    if any(isinstance(amount, Decimal) and "." in text for text, amount in taken.items()):
        signs.add(".")
    certain = signs - {None}
    if len(certain) == 1:
        return certain.pop(), None, ()
    if certain:
        return None, None, ("both the point and the comma are used before a fraction",)
    grouped = sorted(
        amount.digits for amount in taken.values() if isinstance(amount, Amount) and {".", ","} & set(amount.digits)
    )
    if not any("." in digits for digits in grouped):
        return (
            ".",
            None,
            (f"the comma was read as a thousands separator, as in {grouped[0]}",) if grouped else (),
        )
    if is_fraction:
        return ".", None, ()
    example = next(digits for digits in grouped if "." in digits)
    other = next((digits for digits in grouped if "," in digits), None)
    beside = f", and {other} the other way round" if other else ""
    return ",", f"is {example} a thousand and more, or a fraction{beside}? It was read as thousands", ()


def _value(amount: Taken, sign: str | None, *, with_percent: bool, scale: int = 1) -> Decimal | None:
    if not isinstance(amount, Amount):
        return amount * scale if amount is not None and abs(amount * scale) < LARGEST else None
    if amount.is_percent and not with_percent:
        return None
    own = sign or amount.decimal_sign
    if own is None and not {".", ","} & set(amount.digits):
        own = "."
    value = amount.value(own) if own else None
    if value is not None and amount.scale_word is None:
        value = value * scale if abs(value * scale) < LARGEST else None
    return value / 100 if value is not None and amount.is_percent else value
