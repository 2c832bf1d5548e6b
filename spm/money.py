"""Amounts in integer minor units; exact splits; formatting.

A name that ends in `_cents` holds minor units of whatever currency: cents, pence, yen, thousandths of a dinar.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from math import floor

from babel.numbers import format_compact_currency, format_currency, get_currency_symbol
from iso4217 import Currency


def minor_digits(currency: str) -> int:
    """Digits after the point of a currency by ISO 4217: 0 for JPY, 2 for USD, 3 for KWD; 2 where the code is unknown."""
    try:
        return Currency(currency.upper()).exponent or 0
    except ValueError:
        return 2


def cents(amount: Decimal, currency: str) -> int:
    """An amount in major units as minor units, halves rounded away from zero: 1.005 USD → 101."""
    return int((amount.scaleb(minor_digits(currency))).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def major(amount_cents: float, currency: str) -> float:
    """Minor units as major units, rounded to the currency's digits: 123456 USD → 1234.56."""
    digits = minor_digits(currency)
    return round(amount_cents / 10**digits, digits)


def split(total: int, weights: Sequence[float]) -> list[int]:
    """`total` in shares proportional to `weights`, by largest remainders, so that they add up to it exactly.

    Ties go to the earlier share. All weights 0 is an even split. Raises ValueError for no weights or a negative one.
    """
    if not weights or min(weights) < 0:
        raise ValueError("a split needs at least one weight, none of them negative")
    exact = [Decimal(str(weight)) for weight in weights]
    if not any(exact):
        exact = [Decimal(1)] * len(exact)
    whole = sum(exact)
    shares = [total * weight / whole for weight in exact]
    floors = [floor(share) for share in shares]
    rest = total - sum(floors)
    by_remainder = sorted(range(len(shares)), key=lambda at: floors[at] - shares[at])
    for at in by_remainder[:rest]:
        floors[at] += 1
    return floors


def symbol(currency: str) -> str:
    return get_currency_symbol(currency, locale="en")


def short(amount_cents: float, currency: str) -> str:
    """An amount as a tile shows it: "$3.09M", "€12.4K", "$950"."""
    amount = major(amount_cents, currency)
    digits = 0 if abs(amount) < 1_000 else 2 if abs(amount) >= 1_000_000 else 1
    return format_compact_currency(amount, currency, locale="en", fraction_digits=digits)


def full(amount_cents: float, currency: str) -> str:
    """An amount to the last unit: "$3,086,111.00"."""
    return format_currency(major(amount_cents, currency), currency, locale="en")
