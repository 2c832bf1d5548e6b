"""For which measures a sheet speaks, from when to when: guessed from its days, so that no row can mean 0. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TypeGuard, TypeVar

import numpy as np
import pandas as pd

from spm.calendar import ONE_DAY, Span
from spm.metrics.registry import MEASURES

Value = TypeVar("Value")

FIRST_COUNT = 1_000

KIND_MEASURES = {
    "call": ("calls",),
    "email": ("emails",),
    "meeting": ("meetings", "meetings_booked"),
    "demo": ("demos",),
}
NO_MEASURE = {"other"}  # any further kind is a measure of the company's own


Covers = Mapping[str, Span | None]
"""What a person says a sheet speaks for: measure (or EVERY_MEASURE) → its days, None for none at all."""
EVERY_MEASURE = ""
DIVIDES = {"won_deals_with_cycle": "won_cycle_days"}
"""A measure that another one is divided by, and of which nobody speaks alone → that one."""


def covered(table: str, rows: pd.DataFrame) -> dict[str, Span]:
    """Measure → the span that rows of one table speak for: from the first to the last day of the measure's own dates.

    A measure that needs what the rows lack (lost deals without a value, meetings in a log of calls) is not covered.
    """
    if rows.empty:
        return {}
    made = _SPANS.get(table) or partial(_by_the_day_of_each_tally, table)
    return {measure: span for measure, span in made(rows).items() if span is not None}


def as_said(guessed: Mapping[str, Span], said: Covers) -> dict[str, Span]:
    """The spans as the sheet's own days tell them, but where a person says otherwise."""
    every = said.get(EVERY_MEASURE)
    spans = {key: said.get(DIVIDES.get(key, key), every or span) for key, span in guessed.items()}
    return {measure: span for measure, span in spans.items() if span is not None}


def hull(*columns: Sequence[date | None] | pd.Series) -> Span | None:
    """From the first to the last of the days in some columns; None where there is none."""
    days = [day for column in columns for day in set(np.asarray(column, dtype=object).tolist()) if is_filled(day)]
    return Span(min(days), max(days) + ONE_DAY) if days else None


def is_filled(value: Value | None) -> TypeGuard[Value]:
    """Whether a cell of a frame holds something: neither None nor NaN."""
    return value is not None and value == value


def is_any_filled(column: pd.Series) -> bool:
    """Whether any cell of a column holds something; most columns tell it in their first rows."""
    return bool(column.head(FIRST_COUNT).notna().any() or column.notna().any())


def _any_filled(rows: pd.DataFrame, name: str) -> bool:
    return name in rows and is_any_filled(rows[name])


def _any_amount(amounts: Iterable[int | None]) -> bool:
    return any(is_filled(amount) and amount != 0 for amount in amounts)


def _by_the_day_of_each_tally(table: str, rows: pd.DataFrame) -> dict[str, Span | None]:
    """The measures that are counted from a table, each from the first to the last day that it counts by."""
    tallies = ((key, tally) for key, measure in MEASURES.items() for tally in measure.tallies)
    return {key: hull(rows[tally.on]) for key, tally in tallies if tally.fact == table and tally.on in rows}


def _deals(rows: pd.DataFrame) -> dict[str, Span | None]:
    closed, created = hull(rows["closed_on"]), hull(rows["created_on"])
    is_won, is_lost = rows["status"] == "won", rows["status"] == "lost"
    amounts, won = rows["amount_cents"], rows.filter(["cycle_days", "account"])[is_won]
    has_won_value, has_lost_value = _any_amount(amounts[is_won]), _any_amount(amounts[is_lost])
    has_kind, has_amount = _any_filled(rows, "kind"), _any_filled(rows, "amount_cents")
    has_cycle = _any_filled(won, "cycle_days")
    return {
        "won_deals": closed,
        "lost_deals": closed,
        "won_value": closed if has_won_value else None,
        "overlay_value": closed if has_won_value else None,
        "lost_value": closed if has_lost_value else None,
        "won_cycle_days": closed if has_cycle else None,
        "won_deals_with_cycle": closed if has_cycle else None,
        "opportunities_opened": created,
        "opened_and_won": created,
        "pipeline_added": created if has_amount else None,
        "expansion_pipeline_added": created if has_kind and has_amount else None,
        "expansion_bookings": closed if has_kind and has_amount else None,
        "deal_new_customers": closed if _any_filled(won, "account") else None,
    }


def _orders(rows: pd.DataFrame) -> dict[str, Span | None]:
    span = hull(rows["ordered_on"])
    costs = span if _any_filled(rows, "cost_cents") else None
    accounts = span if _any_filled(rows, "account") else None
    return {"order_value": span, "orders": span, "order_cost": costs, "costed_order_value": costs,
            "order_new_customers": accounts}  # fmt: skip


def _leads(rows: pd.DataFrame) -> dict[str, Span | None]:
    span = hull(rows["created_on"])
    return {
        "leads": span,
        "qualified_leads": hull(rows["created_on"], rows["qualified_on"])
        if rows["qualified_on"].notna().any()
        else None,
        "converted_leads": span if rows["converted_on"].notna().any() else None,
    }


def _activities(rows: pd.DataFrame) -> dict[str, Span | None]:
    span = hull(rows["happened_on"])
    kinds = set(rows["kind"])
    return {measure: span for kind in kinds - NO_MEASURE for measure in KIND_MEASURES.get(kind, (kind,))}


def _quotas(rows: pd.DataFrame) -> dict[str, Span | None]:
    ends = [end - ONE_DAY for end in rows["ends_before"]]
    return {"quota": hull(rows["starts_on"], ends)}


_SPANS = {"deal": _deals, "order": _orders, "lead": _leads, "activity": _activities, "quota": _quotas}
