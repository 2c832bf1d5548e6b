"""An amount as a single cell writes it, taken apart; what its points and commas mean, its column decides."""

from dataclasses import dataclass
from decimal import Decimal
from re import IGNORECASE, VERBOSE, compile, escape

from spm.intake.values.column import plainly
from spm.intake.values.currencies import SYMBOL_OF, SYMBOLS, currency_codes

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
GROUP_SIGNS = compile(r"[\s\u00a0\u202f'’_]")
SPACED = compile(r"\d{1,3}(?:[\s\u00a0\u202f'’_]\d{3})+(?:[.,]\d+)?")
GROUPED = compile(r"\d{1,3}(?:[.,]\d{2,3})*[.,]\d{3}")


@dataclass(frozen=True)
class Amount:
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
        """The number, where `decimal_sign` stands before fractions; None where it can't be written so."""
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


Taken = Amount | Decimal | None
"""What a text is: an amount taken apart, a plain number, or neither."""


def taken_apart(text: str) -> Taken:
    """What a cell writes: a plain number as Decimal, anything else that is an amount taken apart, None where it is none."""
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
    return Amount(
        digits=GROUP_SIGNS.sub("", digits),
        is_negative=bool(found["open"] or minuses),
        scale=SCALES[found["scale"].casefold()] if found["scale"] else 1,
        currency=currency,
        is_percent=bool(found["percent"]),
        symbol=symbol,
        scale_word=found["scale"].casefold() if found["scale"] else None,
    )
