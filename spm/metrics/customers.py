"""Customers: how many bought, how many came back, what one is worth. Pure.

Each answer has the columns of `dims.by`, then value and, of a quotient, numerator and denominator. A customer who bought
from two reps is one of each, and one of their team.
"""

import numpy as np
import pandas as pd

from spm.calendar import ONE_DAY, Span
from spm.metrics.covering import parts
from spm.metrics.grouping import Dimensions
from spm.metrics.groups import Groups
from spm.metrics.pipeline import year_up_to
from spm.metrics.scene import Scene
from spm.metrics.sums import expected, measure_sums
from spm.rows import DAY, Rows


def customers(scene: Scene, dims: Dimensions, span: Span) -> pd.DataFrame:
    """How many accounts bought in the span."""
    known = _covered(scene, dims)
    if not parts(scene.covered, known, span):
        return pd.DataFrame(columns=[*dims.by, "value"], dtype=object)
    bought = _purchases(scene, dims, span)
    groups = Groups(bought, dims.by, expected(scene, dims, span, known))
    return groups.frame(value=groups.distinct_counts(bought.numbers["account"]))


def retention(scene: Scene, dims: Dimensions, span: Span) -> pd.DataFrame:
    """Of the customers of the 12 months before, those who bought again, from whomever, in the 12 months up to the day.

    The day is the span's last, or today. Too early, and missing, where the sheets do not reach back over both: they
    must begin in the first of these months at the latest.
    """
    later = year_up_to(min(span.last_day, scene.today))
    earlier = year_up_to(later.start - ONE_DAY)
    known = _covered(scene, dims)
    reach = scene.covered_span(known)
    if not known or not reach or reach.start.replace(day=1) > earlier.start:
        return pd.DataFrame(columns=[*dims.by, "value", "numerator", "denominator"], dtype=object)
    again = _bought_in(scene, dims, later).numbers["account"]
    before = _purchases(scene, dims, earlier)
    groups, accounts = Groups(before, dims.by), before.numbers["account"]
    came_back = groups.distinct_counts(accounts, np.isin(accounts, again, kind="table"))
    count = groups.distinct_counts(accounts)
    with np.errstate(invalid="ignore"):
        value = came_back / np.where(count, count, np.nan)
    return groups.frame(value=value, numerator=came_back, denominator=count)


def lifetime_value(scene: Scene, dims: Dimensions, span: Span) -> pd.DataFrame:
    """Bookings of a customer in the 12 months up to the day × gross margin, over the share of customers who leave.

    The margin is that of the orders whose cost is known, else the company's own setting. Nobody leaving: missing.
    """
    kept = retention(scene, dims, span)
    year = year_up_to(min(span.last_day, scene.today))
    (booked,) = scene.measures(["bookings"])
    sums = measure_sums(scene, [booked, "costed_order_value", "order_cost"], dims, year)
    counts = customers(scene, dims, year).rename(columns={"value": "customers"})
    frame = sums.merge(counts, on=list(dims.by), how="left") if dims.by else sums.join(counts)
    frame = frame.merge(kept, on=list(dims.by), how="left") if dims.by else frame.join(kept)
    costed = frame["costed_order_value"]
    setting = scene.standing.company.gross_margin_share
    margin = ((costed - frame["order_cost"]) / costed.where(costed != 0)).fillna(np.nan if setting is None else setting)
    count = frame["customers"].astype(float)
    worth, churn = frame[booked] / count.where(count != 0) * margin, 1 - frame["value"].astype(float)
    return frame.assign(value=worth / churn.where(churn > 0), numerator=worth, denominator=churn)


def _fact(scene: Scene) -> str:
    return "order" if scene.bookings_from == "orders" else "deal"


def _covered(scene: Scene, dims: Dimensions) -> list[str]:
    """The measure whose sheets say who the customers are, where there are any that tell what `where` keeps."""
    known = [key for key in scene.measures(["new_customers"]) if key in scene.covered]
    return [key for key in known if scene.tells(key, dims.fact_filter)]


def _purchases(scene: Scene, dims: Dimensions, span: Span) -> Rows:
    """The purchases of a span with labels for each dimension, cut to `where`."""
    bought, meant = _bought_in(scene, dims, span), scene.people_meant(dims)
    return scene.in_place(bought if meant is None else bought[np.isin(bought.numbers["person_id"], meant)], dims)


def _bought_in(scene: Scene, dims: Dimensions, span: Span) -> Rows:
    """The purchases of a span, whoever sold: account, person_id, period, slice_id.

    At least those of the accounts to which the people sold whom `where` keeps.
    """
    every = scene.readings.purchases(_fact(scene), scene.people_meant(dims))
    edges = np.array([span.start, span.end], DAY)
    rows = every[slice(*np.searchsorted(every.numbers["period"], edges))]
    for name, wanted in dims.fact_filter:
        rows = rows[scene.of_slices(name, rows).among({wanted})]
    return rows
