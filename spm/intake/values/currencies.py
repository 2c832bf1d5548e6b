"""Currencies by their codes, signs and words."""

from functools import cache
from re import compile

from iso4217 import Currency

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
PAIR = compile(r"([A-Z]{3})\s?[/:\-_.]?\s?([A-Z]{3})(?:=X)?")


@cache
def currency_codes() -> frozenset[str]:
    """The codes of ISO 4217."""
    return frozenset(currency.code for currency in Currency)


def pair_of(written: str) -> tuple[str, str] | None:
    """The codes of a pair of currencies, what is priced first: "EURUSD", "EUR/USD"; None for any other text."""
    found = PAIR.fullmatch(written.strip().upper())
    return (found[1], found[2]) if found and {found[1], found[2]} <= currency_codes() else None
