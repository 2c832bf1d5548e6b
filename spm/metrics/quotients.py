"""In which unit a quotient is: a share of a whole, so much money per deal, so many calls per day. Pure."""

from typing import NamedTuple

from spm.errors import Refusal
from spm.metrics.measures import Unit

WORDS = {Unit.MONEY: "money", Unit.COUNT: "a count", Unit.DAYS: "days", Unit.SHARE: "a share"}


class Quotient(NamedTuple):
    """A quotient's unit; what it is for each of ("won deal"), what a rate has so many of ("calls"), and the units that it
    could be shown in."""

    unit: Unit
    per: str = ""
    counted: str = ""
    other_units: tuple[Unit, ...] = ()


def quotient(over: tuple[Unit, str], under: tuple[Unit, str], is_part: bool) -> Quotient:
    """The unit of one quantity (unit and label) over another; `is_part`: the first is a part of the second.

    Raises Refusal for what nobody says, such as calls for each euro.
    """
    (top, counted), (bottom, whole) = over, under
    per = " or ".join(dict.fromkeys(one_of(part) for part in whole.split(" + ")))
    match top, bottom:
        case (Unit.COUNT, Unit.COUNT):
            others = (Unit.SHARE, Unit.RATE)
            return (
                Quotient(Unit.SHARE, other_units=others)
                if is_part
                else Quotient(Unit.RATE, per, counted.lower(), others)
            )
        case _ if top is bottom:
            return Quotient(Unit.SHARE if is_part else Unit.TIMES, other_units=(Unit.SHARE, Unit.TIMES))
        case (Unit.SHARE, Unit.COUNT):
            return Quotient(Unit.SHARE)
        case (_, Unit.COUNT):
            return Quotient(top, per)
        case (Unit.MONEY, Unit.DAYS):
            return Quotient(Unit.MONEY, "day")
        case (Unit.COUNT, Unit.DAYS):
            return Quotient(Unit.RATE, "day", counted.lower())
    raise Refusal(
        f"{words(top).capitalize()} for each of {words(bottom)} says little.", f"Turn it around: {whole} / {counted}."
    )


def words(unit: Unit) -> str:
    """A unit in a sentence: "money", "a count"."""
    return WORDS.get(unit, unit.value)


def one_of(label: str) -> str:
    """One of what a measure counts: "Won deals" → "won deal", "Opportunities opened" → "opportunity opened"."""
    parts = label.lower().split()
    for at, word in enumerate(parts):
        if word.endswith("ies"):
            parts[at] = f"{word[:-3]}y"
        elif word.endswith(("ches", "shes", "sses", "xes")):
            parts[at] = word[:-2]
        elif word.endswith("s") and not word.endswith("ss"):
            parts[at] = word[:-1]
        if parts[at] != word:
            break
    return " ".join(parts)
