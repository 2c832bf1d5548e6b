"""What the season makes of a month, by the company's own past (DEFINITIONS 4 and 6). Pure."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from spm.calendar import plus_months

MONTHS = 12
LEAST_YEARS = 2  # in one year alone nobody can tell the season from growth
LEAST_LIKENESS = 0.5  # correlation of the years' shares: where years differ more, what they have in common is no season


def month_indexes(by_month: Mapping[date, float | None]) -> dict[int, float]:
    """Calendar month (1 to 12) → what it brings in terms of an average month, mean 1.

    `by_month`: first of month → what the whole company had then, None where missing. A month's share of its twelve months
    is averaged over the years, which are counted back from the last month. Empty without two whole years, or where these are
    not alike.
    """
    years = _years_back(by_month)
    if len(years) < LEAST_YEARS:
        return {}
    shares = np.array([[by_month[month] for month in year] for year in years], dtype=float)
    totals = shares.sum(axis=1)
    if (totals <= 0).any():
        return {}
    shares = shares / totals[:, None]
    if _likeness(shares) < LEAST_LIKENESS:
        return {}
    indexes = shares.mean(axis=0) * MONTHS
    return {month.month: float(index) for month, index in zip(years[0], indexes, strict=True)}


def _likeness(shares: np.ndarray) -> float:
    """The mean correlation of each two years; a year in which all months are alike has none with any."""
    with np.errstate(invalid="ignore", divide="ignore"):
        correlations = np.nan_to_num(np.corrcoef(shares))
    return float(correlations[np.triu_indices(len(shares), k=1)].mean())


def _years_back(by_month: Mapping[date, float | None]) -> list[Sequence[date]]:
    """The whole years of twelve known months that end with the last known one, the latest first."""
    known = {month for month, value in by_month.items() if value is not None and not np.isnan(value)}
    years: list[Sequence[date]] = []
    if not known:
        return years
    year = [plus_months(max(known), at - MONTHS + 1) for at in range(MONTHS)]
    while known.issuperset(year):
        years.append(year)
        year = [plus_months(month, -MONTHS) for month in year]
    return years
