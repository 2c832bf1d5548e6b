"""A baseline to pull levers on: two teams, 2026, December the peak."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from spm.company.settings import DEFAULT_RAMP
from spm.planning.ranges import Range
from spm.planning.scenarios.levers import (
    Activity,
    Attrition,
    Cycle,
    DealSize,
    Drop,
    Hires,
    Launch,
    Leavers,
    Market,
    Price,
    SeasonFlattening,
    SeasonShift,
    Territory,
    WinRate,
)
from spm.planning.scenarios.outlook import Outlook, outlook_of
from tests.planning.plans import YEAR

START = date(2026, 1, 1)
SEASON = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 13]  # mean 2
KNOWN = {"won_deals": 100, "closed_deals": 400, "cycle_days": 6_000, "headcount": 4, "productivity_cents": 50_000_00}


def cells(**north: Any) -> pd.DataFrame:
    """North books 100,000 in a mean month of four reps, South half of it of two; `north` replaces what is known of it."""
    rows = [
        {"unit": unit, "month": month, "bookings_cents": 100_000_00 * size * index // 2, **known}
        for unit, size, known in (("North", 2, {**KNOWN, **north}), ("South", 1, {**KNOWN, "headcount": 2}))
        for month, index in zip(YEAR, SEASON, strict=True)
    ]
    return pd.DataFrame(rows)


def baseline(**north: Any) -> Outlook:
    return outlook_of(cells(**north))


ENTERPRISE, SMB = ("segment", "Enterprise"), ("segment", "SMB")
ELASTICITY = Range(0.3, 0.1, 0.5, "own history, 2024–2025")
EACH_KIND = (
    SeasonShift(name="later", starts_on=START, by_months=1),
    SeasonFlattening(name="flat", starts_on=START, share=0.5, unit="South"),
    Leavers(name="leavers", starts_on=date(2026, 4, 1), count=1, unit="North"),
    Attrition(name="attrition", starts_on=START, yearly_share=0.12),
    Hires(
        name="hires", starts_on=date(2026, 2, 1), count=2, unit="North", ramp=DEFAULT_RAMP, monthly_cost_cents=8_000_00
    ),
    Market(name="market", starts_on=START, change_share=0.1, phase_in_months=5),
    Territory(name="territory", starts_on=START, unit="South", change_share=0.2, elasticity=ELASTICITY),
    Activity(name="calls", starts_on=START, change_share=0.2, elasticity=ELASTICITY),
    WinRate(name="win rate", starts_on=date(2026, 7, 1), change_points=0.05),
    DealSize(name="deals", starts_on=START, ends_on=date(2026, 7, 1), change_share=-0.1),
    Price(name="price", starts_on=START, change_share=0.05, elasticity=Range(-0.4, -0.8, 0, "typed in by Ana")),
    Launch(
        name="new",
        starts_on=date(2026, 3, 1),
        monthly_bookings_cents=10_000_00,
        unit="North",
        ramp=DEFAULT_RAMP,
        taken_share=0.2,
    ),
    Drop(name="old", starts_on=date(2026, 10, 1), product_share=0.3, kept_share=0.5),
    Cycle(name="cycle", starts_on=START, change_days=10),
)

IN_SEGMENTS = (
    WinRate(name="large ones", starts_on=START, change_points=0.03, segment=ENTERPRISE),
    Market(name="small ones", starts_on=START, change_share=-0.2, segment=SMB, unit="North"),
    Cycle(name="sooner", starts_on=date(2026, 3, 1), change_days=-20, segment=ENTERPRISE),
    Launch(
        name="new for large ones", starts_on=START, monthly_bookings_cents=5_000_00, ramp=(1.0,), segment=ENTERPRISE
    ),
)


def by_segment() -> Outlook:
    """The same by segment: North books 40 % of its bookings with enterprises, South 10 %, the rest with SMB.

    Of North's 100 won of 400 closed deals 10 of 100 are enterprises', of South's 5 of 50; their cycle is 120 days.
    """
    whole = baseline()
    booked, won, closed = np.array([0.4, 0.1]), np.array([10, 5]), np.array([100, 50])

    def parts(of: np.ndarray) -> np.ndarray:
        return np.stack([of, 1 - of], axis=1)[:, :, None]

    return replace(
        whole,
        parts=(frozenset({ENTERPRISE}), frozenset({SMB})),
        bookings_cents=whole.bookings_cents * parts(booked),
        won_deals=whole.won_deals * parts(won / 100),
        closed_deals=whole.closed_deals * parts(closed / 400),
        cycle_days=whole.cycle_days * parts(120 * won / 6_000),
    )
