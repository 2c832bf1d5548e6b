"""Rows below the names of columns that go on with them ("Sales", below it "Rep") or describe them (their units, their kinds,
their names in a program). Pure."""

from re import compile

from spm.intake.recognising.cells import DAY, NUMBER, Row, is_blank, is_label, text_of
from spm.intake.recognising.headers import name_of
from spm.intake.recognising.matching import known_anywhere

MOST_ROWS = 2
DIGIT = compile(r"\d")
FEWEST_TYPED = 2  # columns of numbers or days in which a row has words
FILLED_SHARE = 0.5  # of the named columns


def describes(row: Row, named: set[int], below: list[Row]) -> bool:
    """Whether a row holds but words without a digit, also where all rows below it have numbers or days, be it that the next
    one is of words, too."""
    filled = {at for at, cell in enumerate(row) if not is_blank(cell)}
    if len(filled & named) < FILLED_SHARE * len(named):
        return False
    if not all(isinstance(row[at], str) and is_label(row[at]) and not DIGIT.search(text_of(row[at])) for at in filled):
        return False
    return any(
        sum(_is_typed([other[at] for other in rows if at < len(other)]) for at in filled) >= FEWEST_TYPED
        for rows in (below, below[1:])
    )


def named_with(names: dict[int, str], row: Row) -> dict[int, str]:
    """The names of columns together with what stands below them, where that makes more of them known; else as they are, but
    for a currency ("Amount", below it "USD")."""
    below = {at: text for at, cell in enumerate(row) if (text := text_of(cell))}
    joined = {at: " ".join(filter(None, (names.get(at), below.get(at)))) for at in names.keys() | below.keys()}
    if _known_count(joined) > _known_count(names):
        return {at: joined[at] for at in sorted(joined)}
    return {at: joined[at] if _is_in_currency(joined[at], name) else name for at, name in names.items()}


def _is_typed(column: Row) -> bool:
    filled = [cell for cell in column if not is_blank(cell)]
    return len(filled) > 0 and all(
        not isinstance(cell, str) or NUMBER.fullmatch(cell.strip()) or DAY.fullmatch(cell.strip()) for cell in filled
    )


def _known_count(names: dict[int, str]) -> int:
    return len({name_of(name).folded for name in names.values()} & known_anywhere())


def _is_in_currency(joined: str, name: str) -> bool:
    return name_of(joined).currency is not None and name_of(joined).folded == name_of(name).folded
