"""Every measure and metric, declared once: tile, column, tooltip, export and glossary are drawn from here.

A measure is an additive quantity, totalled per person and day from the facts that its tallies name. A metric is a number
over measures; a ratio is a sum over a sum, so that a team's is right at every level.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from rapidfuzz import process

from spm.errors import UnknownName

MOST_FILTERS = 6  # columns of the company's own that any number can be filtered and grouped by
MOST_VALUES = 500  # of one of them; the rarer ones are counted together as OTHER
OTHER = "(other)"
FILLED = object()  # in a tally's `where`: the column has a value
LEAD_DAYS = 90  # a lead that becomes a deal later than this was not converted by its cohort


@dataclass(frozen=True)
class Within:
    """In a tally's `where`: the column has a value from 0 to `most`."""

    most: int


class Unit(StrEnum):
    MONEY = "money"
    COUNT = "count"
    DAYS = "days"
    SHARE = "share"
    TIMES = "×"


class Timing(StrEnum):
    LEADING = "leading"
    LAGGING = "lagging"


class Nature(StrEnum):
    """How a metric behaves over time and over people."""

    SUM = "sum"
    RATIO = "ratio"
    STOCK = "stock"  # as of a day, never added up over time
    DISTRIBUTION = "distribution"  # a median or percentile: no sum of parts


@dataclass(frozen=True)
class Tally:
    """Which facts a measure counts: rows of a fact table that fulfil `where`, on the day in column `on`.

    `value` is the column that is added up, None to count rows. A condition's value is one value, a tuple of several, or
    FILLED or a Within.
    """

    fact: str
    on: str
    value: str | None = None
    where: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Measure:
    """An additive quantity. `sheet` names the layout that brings it, for "add … to see this"."""

    key: str
    label: str
    unit: Unit
    meaning: str
    tallies: tuple[Tally, ...]
    sheet: str


WON = ("status", "won")
LOST = ("status", "lost")
EXPANSION = ("kind", ("expansion", "renewal"))


def _deals(
    key: str, label: str, unit: Unit, meaning: str, on: str, value: str | None, *where: tuple[str, object]
) -> Measure:
    return Measure(key, label, unit, meaning, (Tally("deal", on, value, where),), "deals")


def _activities(key: str, label: str, meaning: str, *where: tuple[str, object]) -> Measure:
    return Measure(key, label, Unit.COUNT, meaning, (Tally("activity", "happened_on", "count", where),), "activities")


def _leads(key: str, label: str, meaning: str, on: str, *where: tuple[str, object]) -> Measure:
    return Measure(key, label, Unit.COUNT, meaning, (Tally("lead", on, None, where),), "leads")


MEASURES = {
    measure.key: measure
    for measure in (
        _deals("won_value", "Won value", Unit.MONEY, "amount of won deals, on their close date",
               "closed_on", "amount_cents", WON),
        _deals("won_deals", "Won deals", Unit.COUNT, "deals won, on their close date", "closed_on", None, WON),
        _deals("lost_deals", "Lost deals", Unit.COUNT, "deals lost, on their close date", "closed_on", None, LOST),
        _deals("lost_value", "Lost value", Unit.MONEY, "amount of lost deals, on their close date",
               "closed_on", "amount_cents", LOST),
        _deals("won_cycle_days", "Days to win", Unit.DAYS, "days from creation to close of won deals",
               "closed_on", "cycle_days", WON),
        _deals("won_deals_with_cycle", "Won deals with both dates", Unit.COUNT,
               "won deals whose creation and close dates are known", "closed_on", None, WON, ("cycle_days", FILLED)),
        _deals("opportunities_opened", "Opportunities opened", Unit.COUNT, "deals created, on their creation date",
               "created_on", None),
        _deals("pipeline_added", "Pipeline added", Unit.MONEY, "amount of deals created, as known today, on their creation date",
               "created_on", "amount_cents"),
        _deals("expansion_pipeline_added", "Expansion pipeline added", Unit.MONEY,
               "amount of deals with existing customers created, on their creation date",
               "created_on", "amount_cents", EXPANSION),
        _deals("expansion_bookings", "Expansion bookings", Unit.MONEY,
               "amount of won deals with existing customers, on their close date",
               "closed_on", "amount_cents", WON, EXPANSION),
        Measure("order_value", "Order value", Unit.MONEY, "amount of orders, on their order date",
                (Tally("order_line", "ordered_on", "amount_e4"),
                 Tally("order", "ordered_on", "amount_cents", (("has_lines", False),))), "orders"),
        Measure("orders", "Orders", Unit.COUNT, "orders, on their order date",
                (Tally("order", "ordered_on"),), "orders"),
        _leads("leads", "Leads", "leads created, on their creation date", "created_on"),
        _leads("qualified_leads", "Qualified leads", "leads qualified, on the day they were", "qualified_on",
               ("qualified_on", FILLED)),
        _leads("converted_leads", "Leads that became a deal",
               f"leads that became a deal within {LEAD_DAYS} days, on their creation date",
               "created_on", ("days_to_deal", Within(LEAD_DAYS))),
        _activities("calls", "Calls", "calls logged", ("kind", "call")),
        _activities("emails", "E-mails", "e-mails logged", ("kind", "email")),
        _activities("meetings", "Meetings held", "meetings that took place", ("kind", "meeting"), ("is_completed", True)),
        _activities("meetings_booked", "Meetings booked", "meetings, whether they took place or not", ("kind", "meeting")),
        _activities("demos", "Demos", "demos that took place", ("kind", "demo"), ("is_completed", True)),
        Measure("quota", "Quota", Unit.MONEY, "the number a person or team answers for, spread over its working days",
                (), "quotas"),
    )
}  # fmt: skip

BOOKINGS_FROM = {"deals": "won_value", "orders": "order_value"}


@dataclass(frozen=True)
class Metric:
    """A number over measures: the sum of `numerator` measures, over the sum of `denominator` measures where there are any.

    `bookings` stands for the measure that the company books by (won deals, or orders where it has no deals).
    `target_from` names a metric that is this one's target where nothing else is set.
    """

    key: str
    label: str
    unit: Unit
    meaning: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    higher_is_better: bool = True
    timing: Timing = Timing.LAGGING
    nature: Nature = Nature.SUM
    formula: str = ""

    @property
    def is_ratio(self) -> bool:
        return bool(self.denominator)


def _sum(key: str, timing: Timing = Timing.LAGGING, *measures: str, label: str = "", meaning: str = "") -> Metric:
    measure = MEASURES.get(key)
    return Metric(
        key,
        label or (measure.label if measure else key),
        measure.unit if measure else MEASURES[measures[0]].unit,
        meaning or (measure.meaning if measure else ""),
        measures or (key,),
        timing=timing,
    )


def _ratio(
    key: str,
    label: str,
    unit: Unit,
    meaning: str,
    numerator: str,
    denominator: tuple[str, ...],
    formula: str,
    higher_is_better: bool = True,
) -> Metric:
    return Metric(
        key, label, unit, meaning, (numerator,), denominator, higher_is_better, Timing.LAGGING, Nature.RATIO, formula
    )


METRICS = {
    metric.key: metric
    for metric in (
        Metric("bookings", "Bookings", Unit.MONEY,
               "amount of won deals on their close date, or of orders on their order date where the company has no deals",
               ("bookings",)),
        Metric("quota", "Quota", Unit.MONEY, "the number a rep or team answers for; a part of its span counts by working days",
               ("quota",)),
        Metric("attainment", "Attainment", Unit.SHARE, "bookings against the quota of the same span", ("bookings",), ("quota",),
               nature=Nature.RATIO, formula="bookings ÷ quota"),
        _sum("won_deals"),
        Metric("lost_deals", "Lost deals", Unit.COUNT, MEASURES["lost_deals"].meaning, ("lost_deals",), higher_is_better=False),
        _ratio("win_rate", "Win rate", Unit.SHARE, "won deals of all that closed in the period", "won_deals",
               ("won_deals", "lost_deals"), "won ÷ (won + lost)"),
        _ratio("win_rate_by_value", "Win rate by value", Unit.SHARE,
               "won value of all value that closed; missing where lost deals carry no value", "won_value",
               ("won_value", "lost_value"), "won value ÷ (won value + lost value)"),
        _ratio("average_deal_size", "Average deal size", Unit.MONEY, "won value per won deal", "won_value",
               ("won_deals",), "won value ÷ won deals"),
        _ratio("sales_cycle", "Sales cycle", Unit.DAYS, "mean days from creation to close of won deals", "won_cycle_days",
               ("won_deals_with_cycle",), "days to win ÷ won deals", higher_is_better=False),
        Metric("median_sales_cycle", "Median sales cycle", Unit.DAYS, "half of the won deals took fewer days than this",
               ("won_cycle_days",), higher_is_better=False, nature=Nature.DISTRIBUTION, formula="median of days to win"),
        _sum("opportunities_opened", Timing.LEADING),
        _sum("pipeline_added", Timing.LEADING),
        _sum("expansion_pipeline_added", Timing.LEADING),
        _sum("expansion_bookings"),
        Metric("open_pipeline", "Open pipeline", Unit.MONEY, "amount of deals open on the day", ("open_value",),
               timing=Timing.LEADING, nature=Nature.STOCK),
        Metric("open_deals", "Open deals", Unit.COUNT, "deals open on the day", ("open_deals",),
               timing=Timing.LEADING, nature=Nature.STOCK),
        Metric("pipeline_coverage", "Pipeline coverage", Unit.TIMES,
               "open pipeline expected to close in the period, on its first day (or today), over what is left of the quota",
               ("closing_value",), ("quota_gap",), timing=Timing.LEADING, nature=Nature.STOCK,
               formula="open pipeline that closes in the period ÷ (quota − booked)"),
        _sum("leads", Timing.LEADING),
        _sum("qualified_leads", Timing.LEADING),
        _ratio("lead_to_opportunity_ratio", "Lead-to-opportunity ratio", Unit.SHARE,
               f"leads created in the period that became a deal within {LEAD_DAYS} days", "converted_leads", ("leads",),
               "leads that became a deal ÷ leads created"),
        _sum("calls", Timing.LEADING),
        _sum("emails", Timing.LEADING),
        _sum("calls_and_emails", Timing.LEADING, "calls", "emails",
             label="Calls and e-mails", meaning="calls and e-mails logged"),
        _sum("meetings", Timing.LEADING),
        _sum("meetings_booked", Timing.LEADING),
        _sum("demos", Timing.LEADING),
        _sum("orders"),
        _ratio("average_order_value", "Average order value", Unit.MONEY, "order value per order", "order_value", ("orders",),
               "order value ÷ orders"),
        Metric("reps_on_pace", "Reps on pace", Unit.SHARE, "share of the reps with a quota whose attainment is 80 % or more",
               ("reps_at_80",), ("reps_with_quota",), nature=Nature.STOCK, formula="reps at 80 % or more ÷ reps with a quota"),
    )
}  # fmt: skip


def metric(key: str) -> Metric:
    """The metric of that key. Raises UnknownName with the nearest keys."""
    if key not in METRICS:
        near = [name for name, _, _ in process.extract(key, METRICS.keys(), limit=3, score_cutoff=60)]
        hint = f"Did you mean {' or '.join(near)}?" if near else "`spm metrics` lists them."
        raise UnknownName(f"There is no metric “{key}”.", hint)
    return METRICS[key]


@cache
def attribute_key(label: str) -> str:
    """A column's name as a key: "Lead Source" → lead_source."""
    return re.sub(r"[^0-9a-z]+", "_", label.casefold()).strip("_") or "column"
