"""What a metric is, in words: its parts, its formula, the sheets that bring it, and what it lacks. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from spm.metrics.registry import BOOKINGS_FROM, MEASURES, Metric, Nature, Unit

UNITS = {Unit.MONEY: "money", Unit.COUNT: "count", Unit.DAYS: "days", Unit.SHARE: "%", Unit.TIMES: "×"}
NATURES = {
    Nature.SUM: "a sum: parts add up",
    Nature.RATIO: "a sum over a sum: right at every level, never a mean of ratios",
    Nature.STOCK: "as of a day: never added up over time",
    Nature.DISTRIBUTION: "from the single deals: no sum of its parts",
}


@dataclass(frozen=True)
class Part:
    """A quantity that a metric is made of; `measure` is the one whose sheets must be there for it."""

    label: str
    meaning: str
    measure: str

    @property
    def sheet(self) -> str:
        return MEASURES[self.measure].sheet


STOCK_PARTS = {
    "open_value": Part("Open amount", "amount of the deals that are open on the day", "won_deals"),
    "open_deals": Part("Open deals", "deals that are open on the day", "won_deals"),
    "closing_value": Part("Open amount that closes", "of open deals expected to close in the period", "won_deals"),
    "quota_gap": Part("What is left of the quota", "quota less bookings so far", "quota"),
    "reps_at_80": Part("Reps at 80 % or more", "reps whose bookings are on pace for 80 % of their quota", "quota"),
    "reps_with_quota": Part("Reps with a quota", "reps who have a quota in the period", "quota"),
}
"""What stocks are made of: no measures, since they are not added up over time."""


def parts(metric: Metric, bookings_measure: str | None) -> list[Part]:
    """What a metric is made of; `bookings` is what the company books by (won deals where that is not known)."""
    found = []
    for key in dict.fromkeys((*metric.numerator, *metric.denominator)):
        if key in STOCK_PARTS:
            found.append(STOCK_PARTS[key])
        else:
            measure = MEASURES[(bookings_measure or BOOKINGS_FROM["deals"]) if key == "bookings" else key]
            found.append(Part(measure.label, measure.meaning, measure.key))
    return found


def formula(metric: Metric, bookings_measure: str | None) -> str:
    """The formula in words; for a sum its parts, added up."""
    return metric.formula or " + ".join(part.label.lower() for part in parts(metric, bookings_measure))


def sheets(metric: Metric, bookings_measure: str | None) -> list[str]:
    """The sheets that bring a metric, by the keys of their layouts."""
    return list(dict.fromkeys(part.sheet for part in parts(metric, bookings_measure)))


def lack(metric: Metric, bookings_measure: str | None, covered: Collection[str]) -> str:
    """Why a metric has no value: which sheet to add, which one lacks a column, or that no row says it."""
    present = {MEASURES[key].sheet for key in covered}
    missing = [part.sheet for part in parts(metric, bookings_measure) if part.measure not in covered]
    absent = [sheet for sheet in dict.fromkeys(missing) if sheet not in present]
    if absent:
        return f"add {_listed(absent)}"
    if missing:
        return f"the {missing[0].replace('_', ' ')} sheet says nothing of it"
    return "no row says it for these days"


def _listed(layouts: list[str]) -> str:
    return " and ".join(f"a sheet of {layout.replace('_', ' ')}" for layout in layouts)
