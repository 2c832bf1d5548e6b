"""A metric's value as a reader sees it. Pure."""

from collections.abc import Sequence
from math import ceil, floor, isinf, isnan

from spm import money
from spm.metrics.measures import Unit

MISSING = "–"
COVERED = "covered"  # a coverage with nothing left to cover
NOISE = 1e-9  # 1.1999999999999997 is 1.2 after the arithmetic of weights; a real gap is far larger
ROUNDING = 1e-6  # float noise of a division, far below what is shown


def full(unit: Unit, value: float | None, currency: str) -> str:
    """The value to the last digit that says something: "$459,057.34", "72.1 %", "57 d", "1.40×", "1,254".

    Whole amounts go without minor units. Missing is "–", infinite is "covered" (a pipeline's gap that is none).
    """
    if value is None or isnan(value):
        return MISSING
    if isinf(value):
        return COVERED
    match unit:
        case Unit.MONEY:
            shown = money.full(value, currency)
            digits = money.minor_digits(currency)
            return shown.removesuffix("." + "0" * digits) if digits else shown
        case Unit.SHARE:
            return f"{_one_digit(value * 100)} %"
        case Unit.DAYS:
            return f"{_one_digit(value)} d"
        case Unit.TIMES:
            return f"{value:.2f}×"
        case Unit.RATE:
            return f"{value:,.3g}" if abs(value) < 100 else f"{value:,.0f}"
    return f"{round(value, 1):,.10g}"


def whole(unit: Unit, value: float | None, currency: str) -> str:
    """The same, amounts without minor units: "$459,057", what a sentence can carry."""
    if unit is not Unit.MONEY or value is None or isnan(value) or isinf(value):
        return full(unit, value, currency)
    major = 10.0 ** money.minor_digits(currency)
    return full(unit, round(value / major) * major, currency)


def short(unit: Unit, value: float | None, currency: str) -> str:
    """The value as a tile shows it: "$3.09M", "72 %", "57 d", "1.4×", "1,254"."""
    if value is None or isnan(value) or isinf(value):
        return full(unit, value, currency)
    match unit:
        case Unit.MONEY:
            return money.short(value, currency)
        case Unit.SHARE:
            return percent(value)
        case Unit.DAYS:
            return f"{value:,.0f} d"
        case Unit.TIMES:
            return f"{value:.1f}×"
    return full(unit, value, currency)


def percent(share: float) -> str:
    """A share in whole percent, halves away from 0 as pictures round them: "39 %"; what rounds to 0 has no sign."""
    whole = floor(abs(share) * 100 + 0.5 + NOISE)
    return f"{'-' if share < 0 and whole else ''}{whole:,} %"


def percent_change(share: float) -> str:
    """The same with its sign: "+10 %", "−9 %", "±0 %"."""
    shown = percent(share)
    return shown.replace("-", "−") if shown.startswith("-") else f"{'±' if shown == '0 %' else '+'}{shown}"


def about(count: float) -> str:
    """What luck would bring on average, in words: "about 3", "fewer than one"."""
    return f"about {count:.0f}" if count >= 1 else "fewer than one"


def likelihood(probability: float) -> str:
    """In whole percent, rounded down; nothing is certain: "97 %", "over 99 %"."""
    return "over 99 %" if probability > 0.99 else f"{shown_percent(probability)} %"


def shown_percent(share: float) -> int:
    """A score or an attainment in whole percent, rounded down so that nothing looks reached that is not: 0.7999 → 79."""
    return floor((share + NOISE) * 100)


def reached(share: float | None) -> str:
    """An attainment as tables and sentences show it: "79 %"; missing is "–"."""
    return MISSING if share is None or isnan(share) else f"{shown_percent(share)} %"


def enough(unit: Unit, value: float, currency: str, prefers_more: bool) -> str:
    """A value to be reached, never rounded to less than it asks.

    65.51 % is "65.6 %", or "65.5 %" where less is better.
    """
    grain = {Unit.MONEY: 10.0 ** money.minor_digits(currency), Unit.SHARE: 0.001, Unit.DAYS: 0.1}.get(unit)
    if grain is None:
        return full(unit, value, currency)
    whole = ceil(value / grain - ROUNDING) if prefers_more else floor(value / grain + ROUNDING)
    return full(unit, whole * grain, currency)


def listed(words: Sequence[str]) -> str:
    """ "Ana", "Ana and Bo", "Ana, Bo and Cy"; "" of nothing."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def named(names: Sequence[str], most: int) -> str:
    """The same of the first `most`, and how many there are besides: "Ana, Bo and 3 more"; a single one more is named too."""
    others_count = len(names) - most
    return listed([*names[:most], f"{others_count} more"] if others_count > 1 else names)


def _one_digit(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")
