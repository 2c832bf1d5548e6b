"""A lever in words: "win rate +3 points in segment Enterprise from Feb 2027"; and each value that it has."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from spm import money
from spm.metrics.measures import MEASURES
from spm.people.roles import label_of
from spm.planning.ranges import Range
from spm.planning.scenarios.lever import ElasticLever, Lever, segment_words
from spm.planning.scenarios.levers import (
    Activity,
    Attrition,
    Cycle,
    DealSize,
    Drop,
    Hires,
    Launch,
    Leavers,
    Market,
    Price,
    SeasonFlattening,
    SeasonShift,
    Territory,
    WinRate,
)

Said = Callable[[Any, str], str]
"""A lever and the currency → what it changes, without where and when."""

CHANGES: Mapping[type[Lever], Said] = {
    SeasonShift: lambda one, _: f"season {_counted(abs(one.by_months), 'month')} {'later' if one.by_months >= 0 else 'earlier'}",
    SeasonFlattening: lambda one, _: f"season flatter by {_number(100 * one.share)} %",
    Leavers: lambda one, _: f"{_counted(one.count, 'rep')} {'leaves' if one.count == 1 else 'leave'}",
    Attrition: lambda one, _: f"{_number(100 * one.yearly_share)} % of the reps leave a year",
    Hires: lambda one, _: f"{_counted(one.count, label_of(one.role).lower() if one.role else 'rep')} hired",
    Market: lambda one, _: f"market {_change(one.change_share)}",
    Territory: lambda one, _: f"territory potential {_change(one.change_share)}",
    Activity: lambda one, _: f"{MEASURES[one.metric].label.lower()} {_change(one.change_share)}",
    WinRate: lambda one, _: f"win rate {_signed(100 * one.change_points)} points",
    DealSize: lambda one, _: f"deal size {_change(one.change_share)}",
    Price: lambda one, _: f"price {_change(one.change_share)}",
    Launch: lambda one, currency: f"product launched at {money.short(one.monthly_bookings_cents, currency)} a month",
    Drop: lambda one, _: f"product with {_number(100 * one.product_share)} % of bookings dropped",
    Cycle: lambda one, _: (
        f"sales cycle {_counted(abs(one.change_days), 'day')} {'longer' if one.change_days >= 0 else 'shorter'}"
    ),
}  # fmt: skip


def sentence(lever: Lever, currency: str) -> str:
    """What a lever changes, where, and from when to when, the last month included."""
    return f"{CHANGES[type(lever)](lever, currency)}{_where(lever)}{_when(lever)}"


def rests_on(lever: Lever) -> str:
    """By which elasticity bookings follow a lever on behaviour, with its range and source; "" for any other."""
    known = lever.elasticity if isinstance(lever, ElasticLever) else None
    return f"Elasticity {_range(known)}: {known.source}" if known else ""


def value_words(lever: Lever, field: str, currency: str) -> str:
    """The value of one field of a lever as a reader says it."""
    value = getattr(lever, field)
    match value:
        case None | "":
            return "none"
        case date():
            return f"{_last_month(value) if field == 'ends_on' else value:%b %Y}"
        case Range():
            return f"{_range(value)}, {value.source}"
        case tuple() if field == "segment":
            return segment_words(value)
        case tuple():
            return ", ".join(f"{_number(100 * share)} %" for share in value)
        case int() | float() if field.endswith("_cents"):
            return money.short(value, currency)
        case float() if field.endswith(("_share", "_points")) or field == "share":
            return f"{_number(100 * value)} %"
        case int() | float():
            return _number(value)
    return str(value)


def _where(lever: Lever) -> str:
    team = lever.unit or ""
    if lever.segment is None:
        return f" in {team}" if team else ""
    return f" in {segment_words(lever.segment)}" + (f" of {team}" if team else "")


def _when(lever: Lever) -> str:
    until = f" to {_last_month(lever.ends_on):%b %Y}" if lever.ends_on else ""
    slowly = f", over {_counted(lever.phase_in_months, 'month')} by and by" if lever.phase_in_months else ""
    return f" from {lever.starts_on:%b %Y}{until}{slowly}"


def _last_month(ends_on: date) -> date:
    """A day of the last month in which a lever acts that ends on a day: the month of that day is not one any more."""
    return ends_on.replace(day=1) - timedelta(days=1)


def _range(known: Range) -> str:
    return f"{known.value:.2f} ({known.low:.2f} to {known.high:.2f})".replace("-", "−")


def _number(value: float) -> str:
    """At most two decimals, none where there are none."""
    return f"{round(value, 2):,.10g}".replace("-", "−")


def _signed(value: float) -> str:
    return f"{'+' if value >= 0 else ''}{_number(value)}"


def _change(share: float) -> str:
    return f"{_signed(100 * share)} %"


def _counted(count: float, noun: str) -> str:
    return f"{_number(count)} {noun}{'' if count == 1 else 's'}"
