"""Column names and sheet names, made comparable."""

from dataclasses import dataclass
from functools import lru_cache
from re import compile, sub

from spm.intake.values.amounts import SYMBOLS, currency_codes

WORD = compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+")
NAMESPACE = compile(r"^[A-Za-z0-9]+__(?=.*__c$)|__c$")  # Salesforce: AnlyTxHack__Country__c
ENGLISH_WORDS = frozenset({"ALL", "TOP", "PEN", "CUP", "MOP", "GEL"})  # codes of currencies, too


@dataclass(frozen=True)
class Name:
    """A header or sheet name folded for comparison, and its currency (Amount_USD → amount, USD)."""

    folded: str
    currency: str | None = None


@lru_cache(maxsize=10_000)
def name_of(written: str) -> Name:
    """The name without case, spaces, underscores, dots and hyphens, its currency taken off."""
    text = NAMESPACE.sub("", written.strip())
    words = WORD.findall(text)
    symbol = next((sign for sign in SYMBOLS if sign in text and not sign.isalpha()), None)
    if len(words) > 1 and words[-1].upper() in currency_codes() - ENGLISH_WORDS:
        return Name("".join(words[:-1]).casefold(), words[-1].upper())
    return Name(folded(text), SYMBOLS[symbol] if symbol else None)


def folded(text: str) -> str:
    return sub(r"[\W_]+", "", text).casefold()


def words_of(name: str) -> tuple[str, ...]:
    """The words of a sheet or file name: "hubspot_deals.csv" → ("hubspot", "deals"), digits dropped."""
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0] if "." in name else name
    return tuple(word.casefold() for word in WORD.findall(stem) if not word.isdigit())
