"""Column names and sheet names, made comparable."""

from dataclasses import dataclass
from functools import cache, lru_cache
from re import compile, split, sub

from spm.intake.layouts.names import AROUND, NAMES
from spm.intake.layouts.questions import question_asks
from spm.intake.recognising.units import ENGLISH_WORDS, named_unit
from spm.intake.values.column import plainly
from spm.intake.values.currencies import SYMBOLS, currency_codes

WORD = compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+")
NAMESPACE = compile(r"^[A-Za-z0-9]+__(?=.*__c$)|__c$")  # Salesforce: AnlyTxHack__Country__c
BEFORE = compile(
    r"^\(Do Not Modify\)\s*|^(?:Deal|Lead|Person|Activity) - |^(?:Organi[sz]ation|Product) - (?!Name$)"
)  # Dynamics, Pipedrive
IN_BRACKETS = compile(r"\s*[(\[][^()\[\]]*[)\]]\s*|\s*[?*:↑↓▲▼]+\s*$")
BETWEEN_LANGUAGES = compile(r"\s*[/|]\s*")
LONGEST_NAME = 200  # what stands behind tells nothing more


@dataclass(frozen=True)
class Name:
    """A header or sheet name folded for comparison, and its currency and scale (Amount_USD → amount, USD; Revenue ($000) →
    revenue, USD, 1000); `within` are the names that it may be with other words around ("Opp Status" → status), `languages`
    those that it says one behind the other ("Owner / Verkäufer")."""

    folded: str
    currency: str | None = None
    scale: int = 1
    within: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@lru_cache(maxsize=10_000)
def name_of(written: str) -> Name:
    """The name without case, spaces, underscores, dots and hyphens, its currency taken off; one of `NAMES` becomes the
    name that layouts know."""
    text = BEFORE.sub("", NAMESPACE.sub("", plainly(written.strip()[:LONGEST_NAME])))
    if asked := question_asks(text):
        return Name(folded(asked))
    if named := named_unit(text):
        name, unit = named
        return Name(known_as(folded(name)), unit.currency, unit.scale, _within(name))
    languages = tuple(known_as(folded(part)) for part in split(BETWEEN_LANGUAGES, text))
    words = WORD.findall(text)
    symbol = next((sign for sign in SYMBOLS if sign in text and not sign.isalpha()), None)
    if len(words) > 1 and words[-1].upper() in currency_codes() - ENGLISH_WORDS:
        return Name(known_as(folded(" ".join(words[:-1]))), words[-1].upper(), 1, _within(" ".join(words[:-1])))
    return Name(known_as(folded(text)), SYMBOLS[symbol] if symbol else None, 1, _within(text), languages)


def _within(text: str) -> tuple[str, ...]:
    """The names inside a name: without what stands in brackets, and without words that say nothing of what it is."""
    bare = IN_BRACKETS.sub(" ", text)
    words = [word.casefold() for word in WORD.findall(bare)]
    while len(words) > 1 and words[0] in AROUND:
        words.pop(0)
    if len(words) > 1 and words[-1] == "name":
        words.pop()
    found = (known_as(folded(name)) for name in (bare, " ".join(words)))
    return tuple(dict.fromkeys(name for name in found if name and name != known_as(folded(text))))


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
