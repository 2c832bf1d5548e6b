"""How bookings are expected to go, by unit (a team or segment) and month, and the funnel and the people behind them."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from spm.errors import Refusal

Cells = NDArray[np.float64]
"""Units × months."""

OPTIONAL = ("win_rate", "deal_cents", "headcount", "productivity_cents")


@dataclass(frozen=True, eq=False)
class Outlook:
    """`units` × `months` (first days, in order). NaN is not known, of cost: nobody entered one.

    `season_index`: what a month brings against a unit's mean month. `productivity_cents`: what a fully ramped rep brings
    in a mean month. `ramped_headcount`: heads, each by its ramp.
    """

    units: tuple[str, ...]
    months: tuple[date, ...]
    bookings_cents: Cells
    season_index: Cells
    win_rate: Cells
    deal_cents: Cells
    headcount: Cells
    ramped_headcount: Cells
    productivity_cents: Cells
    cost_cents: Cells

    @property
    def total_cents(self) -> int:
        """All bookings, each cell rounded to the minor unit first, so that it is the sum of what is shown."""
        return int(np.rint(self.bookings_cents).sum())

    def times(self, factor: Cells | float) -> "Outlook":
        """The same with bookings × `factor`."""
        return replace(self, bookings_cents=self.bookings_cents * factor)

    def frame(self) -> pd.DataFrame:
        """One row a unit and month: unit, month, bookings_cents, won_deals, opportunities, win_rate, headcount,
        ramped_headcount, capacity_cents, cost_cents.

        Whole minor units; counts may be fractions; NaN where the funnel or the people behind it are not known.
        Bookings = opportunities × win rate × deal. Capacity = ramped heads × productivity × season.
        """
        with np.errstate(invalid="ignore", divide="ignore"):
            won = self.bookings_cents / np.where(self.deal_cents > 0, self.deal_cents, np.nan)
            opened = won / np.where(self.win_rate > 0, self.win_rate, np.nan)
        columns = {
            "bookings_cents": np.rint(self.bookings_cents).astype(np.int64),
            "won_deals": won,
            "opportunities": opened,
            "win_rate": self.win_rate,
            "headcount": self.headcount,
            "ramped_headcount": self.ramped_headcount,
            "capacity_cents": np.rint(self.ramped_headcount * self.productivity_cents * self.season_index),
            "cost_cents": np.rint(self.cost_cents),
        }
        cells = pd.MultiIndex.from_product([self.units, self.months], names=["unit", "month"])
        return pd.DataFrame({name: cell.ravel() for name, cell in columns.items()}, index=cells).reset_index()


def outlook_of(cells: pd.DataFrame) -> Outlook:
    """The baseline from one row a unit and month: unit, month (first day) and bookings_cents, such as the projection.

    Where known also win_rate (0 to 1), deal_cents (the average won deal), headcount and productivity_cents. Raises
    Refusal where a unit's month is twice or not there.
    """
    if cells.empty or cells.duplicated(["unit", "month"]).any():
        raise Refusal("A baseline needs each unit's month once.", "Make a projection first.")
    known = cells.set_index(["unit", "month"])
    units, months = tuple(sorted(cells["unit"].unique())), tuple(sorted(cells["month"].unique()))

    def grid(name: str) -> Cells:
        if name not in known:
            return np.full((len(units), len(months)), np.nan)
        return known[name].unstack("month").reindex(index=units, columns=months).to_numpy(dtype=float)

    bookings = grid("bookings_cents")
    if np.isnan(bookings).any():
        unit = units[int(np.argwhere(np.isnan(bookings))[0][0])]
        raise Refusal(f"{unit} has no projection for every month.", "Shorten the plan, or leave the unit out.")
    win_rate, deal, heads, productivity = map(grid, OPTIONAL)
    return Outlook(
        units, months, bookings, season_indexes(bookings), win_rate, deal, heads, heads, productivity, bookings * np.nan
    )


def season_indexes(bookings_cents: Cells) -> Cells:
    """Each month ÷ its unit's mean; 1 for a unit without bookings."""
    means = bookings_cents.mean(axis=1, keepdims=True)
    return np.divide(bookings_cents, means, out=np.ones_like(bookings_cents), where=means != 0)
