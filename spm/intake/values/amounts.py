"""Money, numbers and shares out of cells, in any country's way of writing. The whole column decides its
decimal sign."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from re import IGNORECASE, VERBOSE, compile, escape
from typing import Any

from iso4217 import Currency

from spm.intake.model import Cell
from spm.intake.values.column import ReadColumn, Unread, as_written, distinct_texts, is_blank, plainly

EXPECTED_MONEY = "an amount, such as 1234.56"
EXPECTED_NUMBER = "a number, such as 12.5"
EXPECTED_RATE = "a rate, such as 1.0825"
EXPECTED_SHARE = "a share, such as 75 % or 0.75"

# A sign that several countries share stands for the most widespread one; the preview says so.
SYMBOLS = {
    "US$": "USD", "CA$": "CAD", "C$": "CAD", "AU$": "AUD", "A$": "AUD", "NZ$": "NZD", "HK$": "HKD",
    "S$": "SGD", "R$": "BRL", "MX$": "MXN", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR",
    "₦": "NGN", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₪": "ILS", "₫": "VND", "฿": "THB", "zł": "PLN",
    "Kč": "CZK", "₴": "UAH", "₱": "PHP", "Rs.": "INR", "Rs": "INR", "Fr.": "CHF", "Rp": "IDR", "kr": "SEK", "円": "JPY",
    "元": "CNY", "RMB": "CNY", "euros": "EUR", "euro": "EUR", "Ft": "HUF", "RM": "MYR",
    "руб.": "RUB", "руб": "RUB", "TL": "TRY", "원": "KRW",
}  # fmt: skip
SYMBOL_OF = {symbol.casefold(): code for symbol, code in SYMBOLS.items()}
SHARED_SYMBOLS = {"$": "US dollars", "¥": "Japanese yen", "kr": "Swedish kronor"}
SCALES = {
    "k": 10**3, "t": 10**3, "tsd": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "mm": 10**6, "mio": 10**6,
    "mil": 10**6, "million": 10**6, "millions": 10**6, "b": 10**9, "bn": 10**9, "mrd": 10**9, "billion": 10**9,
    "lakh": 10**5, "lakhs": 10**5, "lac": 10**5, "crore": 10**7, "crores": 10**7, "cr": 10**7,
    "千": 10**3, "万": 10**4, "億": 10**8, "亿": 10**8, "천": 10**3, "만": 10**4, "백만": 10**6, "억": 10**8,
    "тыс": 10**3, "млн": 10**6, "млрд": 10**9, "bin": 10**3, "milyon": 10**6,
}  # fmt: skip
LONGEST_AMOUNT = 60  # characters; nobody writes more, and what is longer takes long to be understood
LARGEST = 10**15  # a larger amount is a slip: its minor units would not fit a database's integers
PLAIN = compile(r"-?\d+(?:\.(?:\d{1,2}|\d{4,}))?")
SCIENTIFIC = compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d{1,3}")
OF_RUPEES = frozenset({"lakh", "lakhs", "lac", "crore", "crores"})
CREDIT = "cr"  # of an account, unless the column is one of rupees: then crores
SIGN = "|".join([*map(escape, SYMBOLS), "[A-Z]{3}"])
SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
ROUND = compile(r"(?<=\d)([.,])(?:-{1,2}|[–—])(?!\d)")  # 12.– is 12.00
WRITTEN = compile(
    rf"""(?P<outside>{SIGN})?\s*(?P<open>\()?\s*(?P<minus>[-−–+])?\s*(?P<before>{SIGN})?
    \s*(?P<minus_inside>[-−–])?\s*(?P<digits>\d[\d.,'’\s\u00a0\u202f_]*|[.,]\d+)\s*(?P<scale>{SCALE})?\.?
    \s*(?P<after>{SIGN})?\s*(?P<percent>%)?
    \s*(?P<minus_after>[-−–])?\s*(?P<close>\))?""",
    VERBOSE | IGNORECASE,
)
PAIR = compile(r"([A-Z]{3})\s?[/:\-_.]?\s?([A-Z]{3})(?:=X)?")
GROUP_SIGNS = compile(r"[\s\u00a0\u202f'’_]")
SPACED = compile(r"\d{1,3}(?:[\s\u00a0\u202f'’_]\d{3})+(?:[.,]\d+)?")
GROUPED = compile(r"\d{1,3}(?:[.,]\d{2,3})*[.,]\d{3}")


@dataclass(frozen=True)
class _Amount:
    """A written amount taken apart; `digits` still with its points and commas."""

    digits: str
    is_negative: bool
    scale: int
    currency: str | None
    is_percent: bool
    symbol: str | None
    scale_word: str | None = None

    @property
    def decimal_sign(self) -> str | None:
        """The sign before the fraction where the amount itself says it: "." or ",", else None."""
        points, commas = self.digits.count("."), self.digits.count(",")
        if points and commas:
            return "." if self.digits.rfind(".") > self.digits.rfind(",") else ","
        if points + commas != 1:
            return {points: ",", commas: "."}.get(points + commas) if points + commas else None
        sign = "." if points else ","
        whole, fraction = self.digits.split(sign)
        looks_grouped = len(fraction) == 3 and 1 <= len(whole) <= 3 and whole != "0"
        return None if looks_grouped else sign

    def value(self, decimal_sign: str) -> Decimal | None:
        whole, _, fraction = self.digits.partition(decimal_sign)
        group = "," if decimal_sign == "." else "."
        if group in fraction or decimal_sign in fraction:
            return None
        if group in whole and not GROUPED.fullmatch(whole):
            return None
        number = Decimal(f"{whole.replace(group, '') or '0'}.{fraction or '0'}")
        if fraction == "" and number == number.to_integral_value():
            number = number.to_integral_value()
        number *= -self.scale if self.is_negative else self.scale
        return number if abs(number) < LARGEST else None


_Taken = _Amount | Decimal | None
"""What a text is: an amount taken apart, a plain number, or neither."""


def read_money(cells: Sequence[Cell], *, is_fraction: bool = False, scale: int = 1) -> ReadColumn:
    """Amounts in major units as Decimal; the noise of floats (0.30000000000000004) is taken off. Where the column is in
    thousands or the like, `scale` says so; an amount that says it itself ("1.2M") is believed.

    A column of which nothing says whether "1.234" is a thousand or a fraction comes with a question, read as
    thousands, or without one as a fraction where someone said that it `is_fraction`.
    """
    taken = _without_credits({text: _taken_apart(text) for text in distinct_texts(cells)})
    amounts = [amount for amount in taken.values() if isinstance(amount, _Amount) and not amount.is_percent]
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
    named = {text: amount.currency for text, amount in taken.items() if isinstance(amount, _Amount)}
    return replace(read, currency_of=tuple(named.get(cell) if isinstance(cell, str) else None for cell in cells))


def read_rates(cells: Sequence[Cell]) -> ReadColumn:
    """Rates of exchange as Decimal: a single point or comma is before the fraction, since no rate is written in
    thousands alone."""
    taken = {text: _taken_apart(text) for text in distinct_texts(cells)}
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
    taken = {text: _taken_apart(text) for text in distinct_texts(cells)}
    sign, remarks = _fraction_sign(taken)
    of_text = {text: _value(amount, sign, with_percent=True) for text, amount in taken.items()}
    read = _column(cells, of_text, EXPECTED_SHARE, None, remarks)
    has_percent = [
        isinstance(cell, str) and isinstance(amount := taken[cell], _Amount) and amount.is_percent for cell in cells
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


@cache
def currency_codes() -> frozenset[str]:
    """The codes of ISO 4217."""
    return frozenset(currency.code for currency in Currency)


def pair_of(written: str) -> tuple[str, str] | None:
    """The codes of a pair of currencies, what is priced first: "EURUSD", "EUR/USD"; None for any other text."""
    found = PAIR.fullmatch(written.strip().upper())
    return (found[1], found[2]) if found and {found[1], found[2]} <= currency_codes() else None


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


def _fraction_sign(taken: dict[str, _Taken]) -> tuple[str | None, tuple[str, ...]]:
    """The decimal sign of a column in which nobody writes thousands alone (None where it has both), and remarks."""
    sign, question, remarks = _decimal_sign(taken)
    if question:
        has_point = any("." in amount.digits for amount in taken.values() if isinstance(amount, _Amount))
        return "." if has_point else ",", ()
    if sign == "." and not any("." in text for text in taken):
        return "," if any("," in text for text in taken) else ".", ()
    return sign, remarks


def _of_number(number: int | float, scale: int) -> Decimal | None:
    if not abs(number) * scale < LARGEST:  # which holds of no NaN
        return None
    return Decimal(number * scale) if type(number) is int else Decimal(f"{number:.15g}") * scale


def _taken_apart(text: str) -> _Taken:
    """A plain number as Decimal, anything else that is an amount taken apart, None where it is none."""
    text = text.strip()
    if len(text) > LONGEST_AMOUNT:
        return None
    text = ROUND.sub(r"\g<1>00", plainly(text).removeprefix("'"))
    if PLAIN.fullmatch(text) or SCIENTIFIC.fullmatch(text):
        return number if abs(number := Decimal(text)) < LARGEST else None
    found = WRITTEN.fullmatch(text)
    if found is None or bool(found["open"]) != bool(found["close"]) or (found["outside"] and found["before"]):
        return None
    digits = found["digits"].strip()
    if GROUP_SIGNS.search(digits) and not SPACED.fullmatch(digits):
        return None
    symbol = found["outside"] or found["before"] or found["after"]
    currency = SYMBOL_OF.get(symbol.casefold(), symbol.upper()) if symbol else None
    if currency is not None and currency not in currency_codes():
        return None
    minuses = [found[name] for name in ("minus", "minus_inside", "minus_after") if found[name] not in (None, "+")]
    if len(minuses) > 1:
        return None
    return _Amount(
        digits=GROUP_SIGNS.sub("", digits),
        is_negative=bool(found["open"] or minuses),
        scale=SCALES[found["scale"].casefold()] if found["scale"] else 1,
        currency=currency,
        is_percent=bool(found["percent"]),
        symbol=symbol,
        scale_word=found["scale"].casefold() if found["scale"] else None,
    )


def _without_credits(taken: dict[str, _Taken]) -> dict[str, _Taken]:
    """The amounts without those that end in "Cr" where nothing in the column says that it is of rupees: a credit is no
    crore."""
    amounts = [amount for amount in taken.values() if isinstance(amount, _Amount)]
    if any(amount.currency == "INR" or amount.scale_word in OF_RUPEES for amount in amounts):
        return taken
    return {
        text: None if isinstance(amount, _Amount) and amount.scale_word == CREDIT else amount
        for text, amount in taken.items()
    }


def _by_currency(taken: dict[str, _Taken]) -> list[dict[str, _Taken]]:
    """The amounts apart where they name several currencies: dollars may be written as 1,200.50 beside euros as 1.200,50."""
    named = {text: amount.currency if isinstance(amount, _Amount) else None for text, amount in taken.items()}
    if len(set(named.values()) - {None}) < 2:
        return [taken]
    return [{text: taken[text] for text in taken if named[text] == code} for code in dict.fromkeys(named.values())]


def _decimal_sign(
    taken: dict[str, _Taken], is_fraction: bool = False
) -> tuple[str | None, str | None, tuple[str, ...]]:
    """The decimal sign of a column (None where it has both), a question, and remarks."""
    signs = {amount.decimal_sign for amount in taken.values() if isinstance(amount, _Amount)}
    if any(isinstance(amount, Decimal) and "." in text for text, amount in taken.items()):
        signs.add(".")
    certain = signs - {None}
    if len(certain) == 1:
        return certain.pop(), None, ()
    if certain:
        return None, None, ("both the point and the comma are used before a fraction",)
    grouped = sorted(
        amount.digits for amount in taken.values() if isinstance(amount, _Amount) and {".", ","} & set(amount.digits)
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


def _value(amount: _Taken, sign: str | None, *, with_percent: bool, scale: int = 1) -> Decimal | None:
    if not isinstance(amount, _Amount):
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
