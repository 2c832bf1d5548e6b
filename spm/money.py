"""Amounts in integer minor units; exact splits; formatting.

A name that ends in `_cents` holds minor units of any currency: cents, pence, yen, thousandths of a dinar.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from math import lcm

from babel.numbers import format_currency, get_currency_symbol
from iso4217 import Currency


@cache
def minor_digits(currency: str) -> int:
    """Digits after the point by ISO 4217: 0 for JPY, 2 for USD, 3 for KWD; 2 where the code is unknown."""
    try:
        return Currency(currency.upper()).exponent or 0
    except ValueError:
        return 2


@cache
def currencies() -> dict[str, str]:
    """Code → English name of every currency of ISO 4217."""
    return {currency.code: currency.currency_name for currency in Currency}


def cents(amount: Decimal, currency: str) -> int:
    """An amount in major units as minor units, halves rounded away from zero: 1.005 USD → 101."""
    return int(amount.scaleb(minor_digits(currency)).to_integral_value(ROUND_HALF_UP))


def major(amount_cents: float, currency: str) -> float:
    """Minor units as major units, rounded to the currency's digits: 123456 USD → 1234.56."""
    digits = minor_digits(currency)
    return round(amount_cents / 10.0**digits, digits)


def split(total: int, weights: Sequence[float]) -> list[int]:
    """`total` in shares proportional to `weights`, by largest remainders, so that they add up to it exactly.

    Ties go to the earlier share. All weights 0 is an even split. Raises ValueError for no weights or a
    negative one.
    """
    if not weights or min(weights) < 0:
        raise ValueError("a split needs at least one weight, none of them negative")
    exact = [Fraction(str(weight)) for weight in weights]
    if not any(exact):
        exact = [Fraction(1)] * len(exact)
    unit = lcm(*(weight.denominator for weight in exact))
    parts = [weight.numerator * (unit // weight.denominator) for weight in exact]
    whole = sum(parts)
    shares, remainders = [total * part // whole for part in parts], [total * part % whole for part in parts]
    by_remainder = sorted(range(len(shares)), key=lambda at: -remainders[at])
    for at in by_remainder[: total - sum(shares)]:
        shares[at] += 1
    return shares


@cache
def symbol(currency: str) -> str:
    return get_currency_symbol(currency, locale="en")


_SHORT_STEPS = ((1_000_000, 2), (1_000, 1), (0, 0))  # from this amount on, this many digits
_MARKS = ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "K"), (0, ""))


def short(amount_cents: float, currency: str) -> str:
    """An amount as a tile shows it: "$3.09M", "€12.4K", "$950"."""
    amount = major(amount_cents, currency)
    step, digits = next((step, digits) for step, digits in _SHORT_STEPS if abs(amount) >= step)
    unit = max(step, 1)
    rounded = round(amount / unit, digits) * unit  # first, so that 999,999 is "$1M" and not "$1000K"
    least, mark = next((least, mark) for least, mark in _MARKS if abs(rounded) >= least)
    shown = round(Decimal(str(abs(rounded) / max(least, 1))), digits).normalize()
    return f"{'-' if rounded < 0 else ''}{symbol(currency)}{shown:f}{mark}"


def full(amount_cents: float, currency: str) -> str:
    """An amount to the last unit: "$3,086,111.00". As many digits as ISO 4217 says, not as the coins have."""
    digits = minor_digits(currency)
    pattern = "¤#,##0." + "0" * digits if digits else "¤#,##0"
    amount = major(amount_cents, currency)
    return format_currency(amount, currency, pattern, locale="en", currency_digits=False)
