"""What the name of a column, or a title, says of the unit of amounts: a currency, thousands, millions. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from re import IGNORECASE, compile, escape

from spm.intake.values.currencies import SYMBOLS, currency_codes

SCALES = {
    10**3: "k t thousand thousands thsd tausend tsd milliers miles mille 000 000s 千 千円 тыс 천 천원 bin",
    10**4: "万 万円 万元 만 만원",
    10**5: "lakh lakhs lac lacs",
    10**6: "m mm mn mio mln million millions millionen millones milhões milioni 百万 百万円 млн 백만 백만원 milyon",
    10**7: "crore crores cr",
    10**8: "億 億円 亿 亿元 억 억원",
    10**9: "b bn mrd billion billions milliarden млрд",
}
SCALE_OF = {word: scale for scale, words in SCALES.items() for word in words.split()}
BESIDE_CURRENCY = frozenset({"k", "t", "m", "b", "cr"})
"""Scales so short that they may be anything else: only beside a currency, as in k€, TEUR, $M, ₹ Cr."""
IN_BRACKETS = compile(r".*\w\s*[(\[]\s*[kK]\s*[)\]]\s*")
"""A short one that can be nothing else: "Value (k)"."""
ENGLISH_WORDS = frozenset({"ALL", "TOP", "PEN", "CUP", "MOP", "GEL"})  # codes of currencies, too
SHORTEST_WORD = 5  # of a title, that needs no currency beside: "thousands", but not "MM"
SIGN = "|".join([*(escape(sign) for sign in SYMBOLS), "[A-Z]{3}"])
UNIT = compile(
    rf"(?P<before>{SIGN})?\s*(?:in\s)?['’]?(?P<scale>{'|'.join(sorted(map(escape, SCALE_OF), key=len, reverse=True))})\.?"
    rf"\s*(?:of\s|de\s|d['’])?(?P<after>{SIGN}|euros?|dollars?)?",
    IGNORECASE,
)
BEHIND_NAME = (
    compile(r"(?P<name>.*\w.*?)\s*[(\[]\s*(?:in\s+)?(?P<unit>[^()\[\]]+)[)\]]\s*", IGNORECASE),
    compile(r"(?P<name>.*\w.*?)[\s_]+(?:in|en|em)[\s_]+(?P<unit>.+)", IGNORECASE),
    compile(r"(?P<name>.*\w.*?)[\s_]+(?P<unit>\S+)", IGNORECASE),
)
IN_TITLE = compile(r"[(\[]([^()\[\]]+)[)\]]|\b(?:in|en|em)\s+(\S+(?:\s\S+)?)", IGNORECASE)


@dataclass(frozen=True)
class Unit:
    """So many of a currency; None: none is named."""

    scale: int
    currency: str | None


def named_unit(name: str) -> tuple[str, Unit] | None:
    """The name of a column without its unit, and that: "Amount (k€)" is ("Amount", thousands of EUR); None where it names
    no scale."""
    if IN_BRACKETS.fullmatch(name):
        return name.rpartition("(" if "(" in name else "[")[0].strip(), Unit(10**3, None)
    for pattern in BEHIND_NAME:
        if (found := pattern.fullmatch(name)) and (unit := _unit(found["unit"])):
            return found["name"], unit
    return None


def titled_unit(title: str) -> Unit | None:
    """The unit in which a title says that the amounts below are: "all figures in EUR thousands", "Quotas 2026 (k€)", "in €"."""
    found = [(phrase, _unit(phrase)) for phrase in _phrases(title)]
    scaled = (
        unit for phrase, unit in found if unit and (unit.currency or len(phrase) >= SHORTEST_WORD or "000" in phrase)
    )
    alone = (Unit(1, currency) for phrase, _ in found if (currency := _currency(phrase)))
    return next(scaled, None) or next(alone, None)


def _currency(text: str) -> str | None:
    """The currency that a text is and nothing else: EUR, €."""
    code = SYMBOLS.get(text, text)
    return code if code in currency_codes() - ENGLISH_WORDS else None


def _phrases(title: str) -> Iterator[str]:
    for found in IN_TITLE.finditer(title):
        phrase = (found[1] or found[2]).removeprefix("in ")
        yield phrase
        yield phrase.split()[0]


def _unit(text: str) -> Unit | None:
    found = UNIT.fullmatch(text.strip())
    if found is None:
        return None
    word, sign = found["scale"].casefold(), found["before"] or found["after"]
    currency = SYMBOLS.get(sign, sign.upper()) if sign else None
    if sign and sign.casefold().rstrip("s") in ("euro", "dollar"):
        currency = {"e": "EUR", "d": "USD"}[sign[0].casefold()]
    is_known = currency is None or currency in currency_codes()
    return Unit(SCALE_OF[word], currency) if is_known and (currency or word not in BESIDE_CURRENCY) else None
