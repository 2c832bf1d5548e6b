"""Column names and sheet names, made comparable."""

from dataclasses import dataclass
from functools import cache, lru_cache
from re import compile, sub

from spm.intake.layouts.names import NAMES
from spm.intake.values.amounts import SYMBOLS, currency_codes

WORD = compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+")
NAMESPACE = compile(r"^[A-Za-z0-9]+__(?=.*__c$)|__c$")  # Salesforce: AnlyTxHack__Country__c
BEFORE = compile(
    r"^\(Do Not Modify\)\s*|^(?:Deal|Lead|Person|Organi[sz]ation|Activity|Product) - "
)  # Dynamics, Pipedrive
ENGLISH_WORDS = frozenset({"ALL", "TOP", "PEN", "CUP", "MOP", "GEL"})  # codes of currencies, too


@dataclass(frozen=True)
class Name:
    """A header or sheet name folded for comparison, and its currency (Amount_USD → amount, USD)."""

    folded: str
    currency: str | None = None


@lru_cache(maxsize=10_000)
def name_of(written: str) -> Name:
    """The name without case, spaces, underscores, dots and hyphens, its currency taken off; one of `NAMES` becomes the
    name that layouts know."""
    text = BEFORE.sub("", NAMESPACE.sub("", written.strip()))
    words = WORD.findall(text)
    symbol = next((sign for sign in SYMBOLS if sign in text and not sign.isalpha()), None)
    if len(words) > 1 and words[-1].upper() in currency_codes() - ENGLISH_WORDS:
        return Name(known_as(folded(" ".join(words[:-1]))), words[-1].upper())
    return Name(known_as(folded(text)), SYMBOLS[symbol] if symbol else None)


def folded(text: str) -> str:
    return sub(r"[\W_]+", "", text).casefold()


def known_as(name: str) -> str:
    """What layouts call a folded name: "betrag" is "amount"; the name itself where they have no other."""
    return _known().get(name, name)


@cache
def _known() -> dict[str, str]:
    return {folded(other): folded(name) for name, others in NAMES.items() for other in others.split(",")}


def words_of(name: str) -> tuple[str, ...]:
    """The words of a sheet or file name: "hubspot_deals.csv" → ("hubspot", "deals"), digits dropped."""
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0] if "." in name else name
    return tuple(known_as(word.casefold()) for word in WORD.findall(stem) if not word.isdigit())
