"""Quota health: how many reps reach what share of their quota."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

REACHED, NEAR, FAR_BELOW = 1.0, 0.8, 0.5


@dataclass(frozen=True)
class Health:
    """Shares of reps at 100 %, at 80 % or more, under 50 %; `realisation` is Σ bookings ÷ Σ quota of the same reps.

    None where no rep has both bookings and a quota above 0. `reps_count` counts those who have.
    """

    share_at_100: float | None
    share_at_80: float | None
    share_under_50: float | None
    realisation: float | None
    reps_count: int


def health(bookings_cents: Sequence[float | None], quota_cents: Sequence[float | None]) -> Health:
    """The health of quotas against bookings, rep by rep in the same order; who misses one or has a quota of 0 is left out."""
    booked, quota = np.array(bookings_cents, dtype=float), np.array(quota_cents, dtype=float)
    counted = ~np.isnan(booked) & (quota > 0)
    if not counted.any():
        return Health(None, None, None, None, 0)
    booked, quota = booked[counted], quota[counted]
    return Health(
        share_at_100=float((booked >= REACHED * quota).mean()),
        share_at_80=float((booked >= NEAR * quota).mean()),
        share_under_50=float((booked < FAR_BELOW * quota).mean()),
        realisation=float(booked.sum() / quota.sum()),
        reps_count=int(counted.sum()),
    )
