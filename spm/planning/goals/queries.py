"""What each role's own ratios are, by which a goal is broken down."""

from collections.abc import Mapping
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from spm.benchmarks.rates import CONFIDENCE
from spm.calendar import Span, plus_months
from spm.forecast.outlook.queries import Asked, times_of
from spm.metrics.queries import Question, Scene, values
from spm.people.roles import MANAGER
from spm.planning.goals.funnel import BOOKINGS, CHAIN
from spm.planning.goals.roles import Doing
from spm.planning.ranges import Range, ratio_of_counts

Floats = NDArray[np.float64]
MONTHS = 12
OF_ORDERS = ("orders", "customers")
COUNTS = {
    "deals": ("won_deals", "lost_deals", *(key for key in CHAIN if key not in ("won_deals", *OF_ORDERS))),
    "orders": OF_ORDERS,
}
"""What is counted, by what the company books by."""
A_BOOKING = {"deals": ("won_deals", "average_deal_size"), "orders": ("orders", "average_order_value")}
OWN_PART = 0.5
"""Of what may be handed over, a role's own ratio counts where its part of what is done is at least so much of its part of what
that brings: who holds meetings that others called for has no ratio of meetings a call."""
OF_COMPANY = "the whole company"


def role_ratios(scene: Scene, months_count: int) -> list[Doing]:
    """Every role but managers that did anything in the last twelve complete months, those that book first.

    A role is measured by its own counts of what it does itself (see OWN_PART), else by the company's. Orders a customer
    are of the latest `months_count` months, as long as the plan: in a longer time the same customers order more often.
    """
    times = times_of(scene, Asked(BOOKINGS))
    if not times.complete or scene.bookings_from is None:
        return []
    end = times.complete[-1].end
    year, latest = (
        Span(max(plus_months(end, -count), times.complete[0].start), end) for count in (MONTHS, months_count)
    )
    source = f"{year.start:%b %Y} – {year.last_day:%b %Y}"
    everyone = _counts(scene, year, latest, "company")
    whole = everyone.get(scene.standing.company.name, {})
    company_source = f"{OF_COMPANY}, {source}"
    of_company = _ratios(whole, _booking_range(scene, year, {}, company_source), scene.bookings_from, company_source)
    found = []
    for role, done in _counts(scene, year, latest, "role").items():
        if role == MANAGER or not any(done.values()):
            continue
        own = _ratios(done, _booking_range(scene, year, {"role": role}, source), scene.bookings_from, source)
        ratios = {
            metric: own[metric] if metric in own and _does_itself(metric, done, whole) else ratio
            for metric, ratio in of_company.items()
        }
        found.append(Doing(role, ratios, done, not done.get(BOOKINGS)))
    return sorted(found, key=lambda one: (one.hands_over, one.role))


def _does_itself(metric: str, done: Mapping[str, float], whole: Mapping[str, float]) -> bool:
    """Whether what a role brought came of what it did itself."""
    link = CHAIN[metric]
    own, brought = done[metric] * whole[link.brings], done[link.brings] * whole[metric]
    return not link.is_handed_over or own >= OWN_PART * brought


def _counts(scene: Scene, year: Span, latest: Span, by: str) -> dict[str, dict[str, float]]:
    """Role, or the company, → what was done in a year, by metric, orders and customers of the latest months; only what a
    sheet speaks for."""
    found: dict[str, dict[str, float]] = {}
    for key in (BOOKINGS, *COUNTS[scene.bookings_from or "deals"]):
        rows = values(scene, Question(key, (by,), span=latest if key in OF_ORDERS else year)).dropna(
            subset=["value", by]
        )
        for name, amount in zip(rows[by], rows["value"], strict=True):
            found.setdefault(name, {})[key] = float(amount)
    return found


def _booking_range(scene: Scene, span: Span, where: Mapping[str, str], source: str) -> Range | None:
    """The average won deal or order, with the range of its mean over the months, each by how many it had."""
    _, metric = A_BOOKING[scene.bookings_from or "deals"]
    rows = values(scene, Question(metric, ("month",), tuple(where.items()), span)).dropna(subset=["value"])
    amount, count = rows["numerator"].sum(), rows["denominator"].sum()
    if not (count > 0 and amount > 0):
        return None
    mean = float(amount / count)
    half = NormalDist().inv_cdf((1 + CONFIDENCE) / 2) * _error_of_mean(
        rows["numerator"].to_numpy(), rows["denominator"].to_numpy()
    )
    return Range(mean, max(mean - half, mean / 2), mean + half, source)


def _error_of_mean(amounts: Floats, counts: Floats) -> float:
    """The standard error of Σ amounts ÷ Σ counts over months (a ratio estimate; Cochran 1977, 6.4); 0 of a single month."""
    months_count = len(counts)
    if months_count < 2:
        return 0.0
    apart = amounts - counts * amounts.sum() / counts.sum()
    return float(np.sqrt(months_count / (months_count - 1) * (apart**2).sum()) / counts.sum())


def _ratios(done: Mapping[str, float], booking: Range | None, books_by: str, source: str) -> dict[str, Range]:
    """What each metric of the funnel brings per unit; left out where nothing was done, or nothing came of it."""
    found = {A_BOOKING[books_by][0]: booking} if booking else {}
    for metric, link in CHAIN.items():
        if link.brings == BOOKINGS:
            continue
        hits, trials = done.get(link.brings, 0.0), done.get(metric, 0.0)
        if metric == "opportunities_opened":
            trials = hits + done.get("lost_deals", 0.0)  # the win rate: of those that closed
        if hits > 0 and trials > 0:
            found[metric] = ratio_of_counts(hits, trials, source=source)
    return found
