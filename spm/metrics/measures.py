"""Every measure, declared once: an additive quantity, totalled per person and day from the facts that its tallies name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

MOST_FILTERS = 6  # columns of the company's own that any number can be filtered and grouped by
MOST_VALUES = 500  # of one of them; the rarer ones are counted together as OTHER
OTHER = "(other)"
DAILY_COUNTS = "daily_counts"  # the layout of sheets that bring counts of the company's own
LEAD_DAYS = 90  # a lead that becomes a deal later than this was not converted by its cohort


class Unit(StrEnum):
    MONEY = "money"
    COUNT = "count"
    DAYS = "days"
    SHARE = "share"
    TIMES = "×"
    RATE = "rate"  # so many of one thing for each of another


class Condition(StrEnum):
    """In a tally's `where`, what is asked of a column in place of one value."""

    FILLED = "filled"
    ABOVE_ZERO = "above zero"


FILLED, ABOVE_ZERO = Condition


@dataclass(frozen=True)
class Within:
    """In a tally's `where`: the column has a value from 0 to `most`."""

    most: int


@dataclass(frozen=True)
class Tally:
    """Which facts a measure counts: rows of a fact table that fulfil `where`, on the day in column `on`.

    `value` is the column that is added up, None to count rows. A condition's value is one value, a tuple of several, a
    Condition or a Within. `is_overlay`: of deals, what is credited to reps beside those who share them.
    """

    fact: str
    on: str
    value: str | None = None
    where: tuple[tuple[str, object], ...] = ()
    is_overlay: bool = False


@dataclass(frozen=True)
class Measure:
    """An additive quantity. `sheet` names the layout that brings it, for "add … to see this".

    `only_of_reps`: it adds up over time, and is said of single people only.
    """

    key: str
    label: str
    unit: Unit
    meaning: str
    tallies: tuple[Tally, ...]
    sheet: str
    only_of_reps: bool = False


WON = ("status", "won")
LOST = ("status", "lost")
EXPANSION = ("kind", ("expansion", "renewal"))
COSTED = ("cost_cents", FILLED)
SOLD = ("amount_cents", ABOVE_ZERO)
"""Of orders: what was cancelled or given back is none, and counts with its amount alone."""


def _deals(
    key: str, label: str, unit: Unit, meaning: str, on: str, value: str | None, *where: tuple[str, object]
) -> Measure:
    return Measure(key, label, unit, meaning, (Tally("deal", on, value, where),), "deals")


def _activities(key: str, label: str, meaning: str, *where: tuple[str, object]) -> Measure:
    return Measure(key, label, Unit.COUNT, meaning, (Tally("activity", "happened_on", "count", where),), "activities")


def _leads(key: str, label: str, meaning: str, on: str, *where: tuple[str, object]) -> Measure:
    return Measure(key, label, Unit.COUNT, meaning, (Tally("lead", on, None, where),), "leads")


def _orders(key: str, label: str, unit: Unit, meaning: str, value: str | None, *where: tuple[str, object]) -> Measure:
    return Measure(key, label, unit, meaning, (Tally("order", "ordered_on", value, where),), "orders")


def _first_purchases(key: str, fact: str, meaning: str) -> Measure:
    tally = Tally("first_purchase", "bought_on", None, (("fact", fact),))
    return Measure(key, "New customers", Unit.COUNT, meaning, (tally,), f"{fact}s")


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
        _deals("opened_and_won", "Opportunities won since", Unit.COUNT,
               "deals that have been won by now, on their creation date", "created_on", None, WON),
        _deals("pipeline_added", "Pipeline added", Unit.MONEY, "amount of deals created, as known today, on their creation date",
               "created_on", "amount_cents"),
        _deals("expansion_pipeline_added", "Expansion pipeline added", Unit.MONEY,
               "amount of deals with existing customers created, on their creation date",
               "created_on", "amount_cents", EXPANSION),
        _deals("expansion_bookings", "Expansion bookings", Unit.MONEY,
               "amount of won deals with existing customers, on their close date",
               "closed_on", "amount_cents", WON, EXPANSION),
        Measure("overlay_value", "Overlay credit", Unit.MONEY,
                "amount of won deals credited beside those who share them, on their close date; in nobody else's numbers",
                (Tally("deal", "closed_on", "amount_cents", (WON,), is_overlay=True),), "deals", only_of_reps=True),
        _first_purchases("deal_new_customers", "deal", "accounts whose first won deal it is, on its close date"),
        Measure("order_value", "Order value", Unit.MONEY, "amount of orders, on their order date",
                (Tally("order_line", "ordered_on", "amount_e4"),
                 Tally("order", "ordered_on", "amount_cents", (("has_lines", False),))), "orders"),
        _orders("orders", "Orders", Unit.COUNT, "orders with an amount above 0, on their order date", None, SOLD),
        _orders("order_cost", "Cost of orders", Unit.MONEY, "what the goods of orders cost, on their order date",
                "cost_cents", COSTED),
        _orders("costed_order_value", "Order value with a cost", Unit.MONEY,
                "amount of orders whose cost is known, on their order date", "amount_cents", COSTED),
        _first_purchases("order_new_customers", "order", "accounts whose first order it is, on its order date"),
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
        Measure("satisfaction_points", "Satisfaction", Unit.SHARE,
                "what customers answered, from 0 % (worst) to 100 % (best), added up, on the day they did",
                (Tally("survey", "answered_on", "score"),), "surveys"),
        Measure("survey_answers", "Survey answers", Unit.COUNT, "customers who said how satisfied they are, on the day they did",
                (Tally("survey", "answered_on"),), "surveys"),
        Measure("cost", "Cost of sales", Unit.MONEY, "money spent on sales and marketing, on the day it was",
                (Tally("cost", "spent_on", "amount_cents"),), "costs"),
        Measure("quota", "Quota", Unit.MONEY, "the number a person or team answers for, spread over its working days",
                (), "quotas"),
    )
}  # fmt: skip

BOOKINGS_FROM = {"deals": "won_value", "orders": "order_value"}
"""What a company can book by → the measure of bookings then."""

STAND_INS = {
    "deals": {"bookings": "won_value", "new_customers": "deal_new_customers"},
    "orders": {"bookings": "order_value", "new_customers": "order_new_customers"},
}
"""What a company can book by → the measures that are meant by what it books."""


def own_measure(key: str, label: str, unit: str) -> Measure:
    """A count of the company's own: of the activities whose kind is its key."""
    tally = Tally("activity", "happened_on", "count", (("kind", key),))
    return Measure(key, label, Unit(unit), f"{label.lower()}, as the sheet counts them", (tally,), DAILY_COUNTS)


def measure_of(key: str) -> Measure:
    """The measure of a key; any that is not declared here is a count of the company's own."""
    return MEASURES.get(key) or own_measure(key, key, Unit.COUNT)


def sheet_of(key: str) -> str:
    """The layout of the sheets that bring a measure."""
    return measure_of(key).sheet


def all_measures(own: Iterable[Measure]) -> dict[str, Measure]:
    """Those declared here and the company's own, which never take a key from one that is declared here."""
    return {**{measure.key: measure for measure in own}, **MEASURES}


@cache
def attribute_key(label: str) -> str:
    """A column's name as a key: "Lead Source" → lead_source."""
    return re.sub(r"[^0-9a-z]+", "_", label.casefold()).strip("_") or "column"
