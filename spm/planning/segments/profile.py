"""What a segment is of a baseline: how much of it, and how its deals go. Pure."""

from dataclasses import dataclass

import numpy as np

from spm.planning.scenarios.outlook import Cells, Outlook, Segment


@dataclass(frozen=True)
class Profile:
    """`share` of all bookings of a plan; `win_rate` and mean `cycle_days` of the last twelve months, None where not known."""

    share: float
    win_rate: float | None
    cycle_days: float | None


def profile(outlook: Outlook, unit: str | None, segment: Segment | None) -> Profile:
    """Of a segment of a unit; None is all of them."""
    units, parts = outlook.in_unit(unit), outlook.in_segment(segment)

    def meant(cells: Cells) -> float:
        return float(np.nansum(cells[units][:, parts]))

    won, closed, days = (
        meant(cells[..., :1]) for cells in (outlook.won_deals, outlook.closed_deals, outlook.cycle_days)
    )
    whole = float(outlook.bookings_cents.sum())
    return Profile(
        meant(outlook.bookings_cents) / whole if whole else 0.0,
        won / closed if closed else None,
        days / won if won and days else None,
    )
