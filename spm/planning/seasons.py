"""What share of a year falls on each month: by what an amount is split into months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan

from spm.benchmarks.seasons import MONTHS, month_indexes
from spm.calendar import plus_months


@dataclass(frozen=True)
class Season:
    """`shares` of a year by calendar month, January first, none negative, adding up to 1."""

    shares: tuple[float, ...]

    def weights(self, months: Sequence[date]) -> list[float]:
        """The shares of these months (their first days), for a split of an amount that they carry together."""
        return [self.shares[month.month - 1] for month in months]


EVEN_SEASON = Season((1 / MONTHS,) * MONTHS)


def season_of(totals: Mapping[date, float | None]) -> Season:
    """The season of totals by month (its first day): each month's share of its year, averaged over the years.

    With less than two years it is drawn half way to 1/12; without a whole one, or where the years are not alike, it is
    even. A negative month counts as 0.
    """
    known = {month: max(value, 0.0) for month, value in totals.items() if value is not None and not isnan(value)}
    indexes = month_indexes(known) or _one_year(known)
    if not indexes:
        return EVEN_SEASON
    whole = sum(indexes.values())
    return Season(tuple(indexes[number] / whole for number in range(1, MONTHS + 1)))


def _one_year(known: Mapping[date, float]) -> dict[int, float]:
    """The indexes of the last twelve months, drawn half way to 1; none where they are not all known, or a year before is."""
    if not known:
        return {}
    year = [plus_months(max(known), -at) for at in range(MONTHS)]
    before = [plus_months(month, -MONTHS) for month in year]
    whole = sum(known.get(month, 0.0) for month in year)
    if not known.keys() >= set(year) or known.keys() >= set(before) or not whole > 0:
        return {}
    return {month.month: (known[month] * MONTHS / whole + 1) / 2 for month in year}
