"""A rep's milestones, activities by week, and the people who are most like them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from spm.benchmarks.subjects.queries import members
from spm.calendar import ONE_DAY, Grain, Period, Span, plus_months
from spm.coaching.likeness import nearest
from spm.metrics.queries import Question, Scene, answers, value, values
from spm.people.queries import tenure_days
from spm.people.roles import MANAGER
from spm.store import benchmarks

ACTIVITIES = ("calls", "emails", "meetings", "demos")
BIG = 3.0  # times the company's average: what "big" means of a deal
WEEKS = 26
LIKENESS_MONTHS = 12
MIXES = ("segment", "product")  # the first of them that deals can be filtered by tells one mix from another


@dataclass(frozen=True)
class Deal:
    """A closed deal, or order: its day, amount in minor units, and whose it was (the account, else its name)."""

    closed_on: date
    amount_cents: float
    title: str


@dataclass(frozen=True)
class Milestones:
    """What stands out of somebody's time here; None where it is not known or has not happened.

    `big_cents`: from this amount on a deal is big.
    """

    started_on: date | None
    tenure_days: int | None
    best_month: Period | None
    best_month_cents: float | None
    first_won: Deal | None
    first_big: Deal | None
    big_cents: float | None


def milestones(scene: Scene, person_id: int) -> Milestones:
    """Up to today."""
    person = scene.org.people.set_index("id").loc[person_id]
    calendar = scene.standing.company.fiscal_calendar
    frame = values(scene, Question("bookings", (Grain.MONTH.value,), (("rep", person["rep"]),))).dropna(
        subset=["value"]
    )
    best = frame.loc[frame["value"].astype(float).idxmax()] if (frame["value"] > 0).any() else None
    average = scene.once(_average_size)
    big_cents = average * BIG if average else None
    return Milestones(
        started_on=person["started_on"] or None,
        tenure_days=tenure_days(person, scene.today),
        best_month=None if best is None else calendar.period(best[Grain.MONTH.value]),
        best_month_cents=None if best is None else float(best["value"]),
        first_won=_first(scene, person_id, 0),
        first_big=_first(scene, person_id, big_cents) if big_cents else None,
        big_cents=big_cents,
    )


def activities_by_week(scene: Scene, where: Mapping[str, str], period: Period) -> pd.DataFrame:
    """The activities of a part of the company by week: week (its Monday), metric, count.

    The last WEEKS weeks that are over, up to the period's end; only of kinds that a sheet speaks of.
    """
    calendar = scene.standing.company.fiscal_calendar
    last = calendar.period_of(Grain.WEEK, min(period.last_day, scene.today))
    until = last.end if last.end <= scene.today + ONE_DAY else last.start
    weeks = calendar.periods(Grain.WEEK, Span(date.fromordinal(until.toordinal() - 7 * WEEKS), until))
    by_label = {week.label: week.start for week in weeks}
    known = [key for key in ACTIVITIES if key in scene.covered]
    found = answers(scene, known, ("week",), tuple(where.items()), Span(weeks[0].start, until))
    pieces = [
        frame.assign(metric=key, week=frame["week"].map(by_label))[["week", "metric", "value"]]
        for key, frame in found.items()
    ]
    columns = ["week", "metric", "count"]
    return pd.concat(pieces, ignore_index=True).set_axis(columns, axis=1) if pieces else pd.DataFrame(columns=columns)


def alike(scene: Scene, rep: str, period: Period) -> pd.DataFrame:
    """The five people most like a rep, see `likeness.nearest`: by the 12 months up to the period's end."""
    everyone = members(scene, period)
    everyone = everyone[(everyone["role"] != MANAGER) | (everyone["rep"] == rep)]
    if rep not in set(everyone["rep"]):
        return everyone.head(0)
    until = plus_months(min(period.last_day, scene.today), 1)
    year = Span(plus_months(until, -LIKENESS_MONTHS), until)
    sizes, mixes = scene.once(_sizes, year), scene.once(_mixes, year)
    return nearest(rep, everyone.assign(deal_size=everyone["rep"].map(sizes)), mixes)


def mix_attribute(scene: Scene) -> str | None:
    """What a mix is by: the segment where the sheets bring one, else the product; None without either."""
    return next((name for name in MIXES if name in scene.filters), None)


def _average_size(scene: Scene) -> float | None:
    """The company's average deal, or order, of all time."""
    return value(scene, _size(scene))


def _sizes(scene: Scene, span: Span) -> pd.Series:
    """Rep → the average of their deals, or orders."""
    return values(scene, Question(_size(scene), ("rep",), span=span)).set_index("rep")["value"].astype(float)


def _size(scene: Scene) -> str:
    return "average_order_value" if _books_orders(scene) else "average_deal_size"


def _mixes(scene: Scene, span: Span) -> pd.DataFrame:
    """Rep → share of bookings, a column for each value of the attribute that mixes are by."""
    attribute = mix_attribute(scene)
    if attribute is None:
        return pd.DataFrame()
    frame = values(scene, Question("bookings", ("rep", attribute), span=span)).dropna(subset=["rep", attribute])
    booked = frame[frame["value"] > 0].pivot(index="rep", columns=attribute, values="value").fillna(0.0)
    return booked.div(booked.sum(axis="columns"), axis="index")


def _first(scene: Scene, person_id: int, least_cents: float) -> Deal | None:
    if not scene.tells("orders" if _books_orders(scene) else "won_deals", scene.kept):
        return None  # an order is of none of the products of its lines
    found = benchmarks.first_won(scene.store, person_id, least_cents, of_orders=_books_orders(scene), kept=scene.kept)
    return Deal(*found) if found else None


def _books_orders(scene: Scene) -> bool:
    return scene.bookings_measure == "order_value"
