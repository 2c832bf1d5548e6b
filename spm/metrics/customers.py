"""Customers: how many bought, how many came back, what one is worth. Pure.

Each answer has the labels of `dims.by`, a value and, of a quotient, numerator and denominator. A customer who bought
from two reps is one of each, and one of their team.
"""

import numpy as np

from spm.calendar import ONE_DAY, Span
from spm.metrics.covering import parts
from spm.metrics.grouping import Dimensions
from spm.metrics.groups import Groups, beside, no_groups
from spm.metrics.pipeline import year_up_to
from spm.metrics.scene import Scene
from spm.metrics.sums import expected, measure_rows
from spm.rows import DAY, Rows


def customers(scene: Scene, dims: Dimensions, span: Span) -> Rows:
    """How many accounts bought in the span."""
    known = _covered(scene, dims)
    if not parts(scene.covered, known, span):
        return no_groups(dims.by)
    bought = _by_people(scene, dims, _bought(scene, dims, span, span))
    groups = Groups(bought, dims.by, expected(scene, dims, span, known))
    buyer_of, _ = groups.distinct(bought.numbers["account"])
    return groups.rows(value=groups.counts(buyer_of))


def retention(scene: Scene, dims: Dimensions, span: Span) -> Rows:
    """Of the customers of the 12 months before, those who bought again, from whomever, in the 12 months up to the day.

    The day is the span's last, or today. Too early, and missing, where the sheets do not reach back over both: they
    must begin in the first of these months at the latest.
    """
    later = year_up_to(min(span.last_day, scene.today))
    earlier = year_up_to(later.start - ONE_DAY)
    known = _covered(scene, dims)
    reach = scene.covered_span(known)
    if not known or not reach or reach.start.replace(day=1) > earlier.start:
        return no_groups(dims.by)
    both = _bought(scene, dims, earlier, Span(earlier.start, later.end))
    again = _within(both, later).numbers["account"]
    before = _by_people(scene, dims, _within(both, earlier))
    groups = Groups(before, dims.by)
    customer_of, account = groups.distinct(before.numbers["account"])
    came_back = groups.counts(customer_of[np.isin(account, again, kind="table")])
    count = groups.counts(customer_of)
    with np.errstate(invalid="ignore"):
        value = came_back / np.where(count, count, np.nan)
    return groups.rows(value=value, numerator=came_back, denominator=count)


def lifetime_value(scene: Scene, dims: Dimensions, span: Span) -> Rows:
    """Bookings of a customer in the 12 months up to the day × gross margin, over the share of customers who leave.

    The margin is that of the orders whose cost is known, else the company's own setting. Nobody leaving: missing.
    """
    kept = retention(scene, dims, span)
    year = year_up_to(min(span.last_day, scene.today))
    (booked,) = scene.measures(["bookings"])
    sums = measure_rows(scene, [booked, "costed_order_value", "order_cost"], dims, year)
    bookings, costed, cost = (sums.numbers[name] for name in (booked, "costed_order_value", "order_cost"))
    count, stayed = (beside(sums, rows, dims.by).numbers["value"] for rows in (customers(scene, dims, year), kept))
    setting = scene.standing.company.gross_margin_share
    margin = (costed - cost) / np.where(costed != 0, costed, np.nan)
    margin = np.where(np.isnan(margin), np.nan if setting is None else setting, margin)
    worth, churn = bookings / np.where(count != 0, count, np.nan) * margin, 1 - stayed
    return sums.plus({"value": worth / np.where(churn > 0, churn, np.nan), "numerator": worth, "denominator": churn})


def _fact(scene: Scene) -> str:
    return "order" if scene.bookings_from == "orders" else "deal"


def _covered(scene: Scene, dims: Dimensions) -> list[str]:
    """The measure whose sheets say who the customers are, where there are any that tell what `where` keeps."""
    known = [key for key in scene.measures(["new_customers"]) if key in scene.covered]
    return [key for key in known if scene.tells(key, dims.fact_filter)]


def _by_people(scene: Scene, dims: Dimensions, bought: Rows) -> Rows:
    """The purchases with labels for each dimension, cut to `where`."""
    meant = scene.people_meant(dims)
    return scene.in_place(bought if meant is None else bought[np.isin(bought.numbers["person_id"], meant)], dims)


def _within(bought: Rows, span: Span) -> Rows:
    """The purchases of a span, of such as come by day."""
    return bought[slice(*np.searchsorted(bought.numbers["period"], np.array([span.start, span.end], DAY)))]


def _bought(scene: Scene, dims: Dimensions, sold_in: Span, span: Span) -> Rows:
    """The purchases of a span by day, whoever sold: account, person_id, period, slice_id.

    At least those of the accounts to which in `sold_in` the people sold whom `where` keeps.
    """
    rows = _within(scene.readings.purchases(_fact(scene), scene.people_meant(dims), sold_in, span), span)
    for name, wanted in dims.fact_filter:
        rows = rows[scene.of_slices(name, rows).among({wanted})]
    return rows
