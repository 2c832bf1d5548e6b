"""What share of a year falls on each month, and how surely."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan

import numpy as np

from spm.calendar import plus_months

MONTHS = 12
SURE_MONTHS = 24  # from two years on a season is the company's own; before, it is drawn towards an even one


@dataclass(frozen=True)
class Season:
    """`shares` of a year by calendar month, January first, none negative, adding up to 1.

    `own_share` is how much of it is the company's own (1.0 from two years on), the rest is 1/12 a month.
    """

    shares: tuple[float, ...]
    own_share: float = 1.0

    def weights(self, months: Sequence[date]) -> list[float]:
        """The shares of these months (their first days), for a split of an amount that they carry together."""
        return [self.shares[month.month - 1] for month in months]


EVEN_SEASON = Season((1 / MONTHS,) * MONTHS, own_share=0.0)


def season_of(totals: Mapping[date, float | None]) -> Season:
    """The season of totals by month (its first day): each month's share of its year, averaged over the years.

    A year is twelve known months in a row, counted back from the last. Less than two years are drawn towards 1/12, by
    how much of two years is there; months that were never seen are taken as average. A negative month counts as 0.
    """
    known = {month: max(float(value), 0.0) for month, value in totals.items() if value is not None and not isnan(value)}
    if not any(known.values()):
        return EVEN_SEASON
    years = [shares for shares in map(_shares, _years(known)) if shares is not None]
    own = np.mean(years, axis=0) if years else _shares_of_part(known)
    own_share = min(MONTHS * len(years) if years else len(known), SURE_MONTHS) / SURE_MONTHS
    shares = own_share * own + (1 - own_share) / MONTHS
    return Season(tuple((shares / shares.sum()).tolist()), own_share)


def _years(known: Mapping[date, float]) -> list[list[tuple[date, float]]]:
    """The runs of twelve known months, the latest first; a missing month starts the count anew before it."""
    found: list[list[tuple[date, float]]] = []
    run: list[tuple[date, float]] = []
    month, first = max(known), min(known)
    while month >= first:
        run = [*run, (month, known[month])] if month in known else []
        if len(run) == MONTHS:
            found.append(run)
            run = []
        month = plus_months(month, -1)
    return found


def _shares(year: Sequence[tuple[date, float]]) -> np.ndarray | None:
    """A year's shares by calendar month; None where nothing was booked in it."""
    totals = np.zeros(MONTHS)
    for month, value in year:
        totals[month.month - 1] = value
    return totals / totals.sum() if totals.any() else None


def _shares_of_part(known: Mapping[date, float]) -> np.ndarray:
    """Shares from months that make no whole year: each against their mean, which stands in for what was not seen."""
    mean = sum(known.values()) / len(known)
    by_month: dict[int, list[float]] = {}
    for month, value in known.items():
        by_month.setdefault(month.month, []).append(value / mean)
    index = [float(np.mean(by_month.get(number, [1.0]))) for number in range(1, MONTHS + 1)]
    return np.array(index) / sum(index)
