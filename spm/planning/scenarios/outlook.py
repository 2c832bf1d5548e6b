"""How bookings are expected to go, by unit (a team), part and month, and the funnel and the people behind them."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from spm.errors import Refusal
from spm.planning.seasons import EVEN_SEASON, Season

Cells = NDArray[np.float64]
"""Units × months, or units × parts × months."""

Segment = tuple[str, str]
"""One value of an attribute of the facts: ("segment", "Enterprise")."""

FUNNEL = ("won_deals", "closed_deals", "cycle_days")


@dataclass(frozen=True, eq=False)
class Outlook:
    """`units` and `months` (first days, in order). NaN is not known, of cost: nobody entered one.

    `parts`: into what each unit's bookings are split, each with the segments that it is in; one part in none where nothing is
    split. Bookings and the funnel are units × parts × months, all else units × months. The funnel is that of a past year, as
    the levers so far have changed it: `won_deals` of `closed_deals`, `cycle_days` of all won ones together; only their
    quotients are meant. `season_index`: what a month brings against a unit's mean month. `productivity_cents`: what a fully
    ramped rep brings in a mean month. `ramped_headcount`: heads, each by its ramp. `season` is the company's, of a whole year.
    """

    units: tuple[str, ...]
    months: tuple[date, ...]
    parts: tuple[frozenset[Segment], ...]
    bookings_cents: Cells
    won_deals: Cells
    closed_deals: Cells
    cycle_days: Cells
    season_index: Cells
    headcount: Cells
    ramped_headcount: Cells
    productivity_cents: Cells
    cost_cents: Cells
    season: Season = EVEN_SEASON

    @property
    def total_cents(self) -> int:
        """All bookings, each unit's month rounded to the minor unit first, so that it is the sum of what is shown."""
        return int(self.months_cents.sum())

    @property
    def months_cents(self) -> NDArray[np.int64]:
        """Bookings of all units by month, each unit's rounded to the minor unit."""
        return np.rint(self.bookings_cents.sum(axis=1)).sum(axis=0).astype(np.int64)

    def in_unit(self, unit: str | None) -> NDArray[np.bool_]:
        """Which units are meant; None is all of them."""
        return np.array([unit in (None, known) for known in self.units])

    def in_segment(self, segment: Segment | None) -> NDArray[np.bool_]:
        """Which parts are meant; None is all of them."""
        return np.array([segment is None or segment in part for part in self.parts])

    def times(self, factor: Cells | float) -> "Outlook":
        """The same with bookings, and all deals behind them, × `factor`."""
        flows = {name: getattr(self, name) * factor for name in ("bookings_cents", *FUNNEL)}
        return replace(self, **flows)

    def frame(self) -> pd.DataFrame:
        """One row a unit and month: unit, month, bookings_cents, headcount, ramped_headcount, capacity_cents, cost_cents.

        Whole minor units; heads may be fractions; NaN where the people are not known. Capacity = ramped heads × productivity
        × season.
        """
        columns = {
            "bookings_cents": np.rint(self.bookings_cents.sum(axis=1)).astype(np.int64),
            "headcount": self.headcount,
            "ramped_headcount": self.ramped_headcount,
            "capacity_cents": np.rint(self.ramped_headcount * self.productivity_cents * self.season_index),
            "cost_cents": np.rint(self.cost_cents),
        }
        cells = pd.MultiIndex.from_product([self.units, self.months], names=["unit", "month"])
        return pd.DataFrame({name: cell.ravel() for name, cell in columns.items()}, index=cells).reset_index()


def outlook_of(cells: pd.DataFrame, season: Season = EVEN_SEASON) -> Outlook:
    """The baseline from one row a unit and month: unit, month (first day) and bookings_cents, such as the projection.

    Where known also won_deals, closed_deals and cycle_days of a past year, headcount and productivity_cents. Nothing is split.
    Raises Refusal where a unit's month is twice or not there.
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
    won, closed, cycle = (grid(name)[:, None] for name in FUNNEL)
    heads, productivity = grid("headcount"), grid("productivity_cents")
    return Outlook(units, months, (frozenset(),), bookings[:, None], won, closed, cycle, season_indexes(bookings), heads, heads,
                   productivity, bookings * np.nan, season)  # fmt: skip


def season_indexes(bookings_cents: Cells) -> Cells:
    """Each month ÷ its unit's mean; 1 for a unit without bookings. Units × months."""
    means = bookings_cents.mean(axis=1, keepdims=True)
    return np.divide(bookings_cents, means, out=np.ones_like(bookings_cents), where=means != 0)
