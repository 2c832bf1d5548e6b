"""How far off past landings were says how wide the next one's range is: by hand, and on companies made up for it."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from spm.calendar import Grain
from spm.forecast.landings.queries import places_of
from spm.forecast.landings.stretches import (
    SHARES,
    Stretches,
    booked_by_share,
    stretches_of,
    usual_left,
    usual_stretches,
)
from tests.forecast.landings import simulated
from tests.forecast.landings.simulated import CALENDAR, WORKING

FEBRUARY = CALENDAR.period_of(Grain.MONTH, date(2026, 2, 1))  # begins on a Sunday, and has 20 working days


def test_what_was_booked_by_a_share_counts_parts_of_days() -> None:
    rows = pd.DataFrame(
        {"member": "Ana", "day": ["2026-02-01", "2026-02-04", "2026-02-27"], "value": [10.0, 20.0, 70.0]}
    )
    found = booked_by_share(rows, places_of([FEBRUARY], WORKING)).loc[("Ana", FEBRUARY.start)]
    assert found[0.0] == 0.0
    assert found[0.25] == 30.0  # five days: the Sunday's counts on the first, the 4th is the third
    assert found[0.9] == 30.0
    assert found[1.0] == 100.0
    shifted = rows.assign(day=["2026-02-02", "2026-02-06", "2026-02-09"])
    assert booked_by_share(shifted, places_of([FEBRUARY], WORKING)).loc[("Ana", FEBRUARY.start), 0.25] == 30.0


def test_a_month_is_usually_left_as_the_months_before_it_were() -> None:
    months = [date(2026, at, 1) for at in range(1, 8)]
    booked = pd.DataFrame([{**{share: 100 * share / 2 for share in SHARES}, 1.0: 100.0}] * 7, index=months)
    left = usual_left(booked, 12)
    assert left.loc[months[3], 0.5] == 0.5  # only three months before it: days count alike
    assert left.loc[months[4], 0.5] == pytest.approx(0.75)


def test_misses_by_hand() -> None:
    """Each of 40 months said 100 ± 10 (80 %) and ± 20 (95 %); half of them came 5 too high, half 30: 3 and 1.5 widths."""
    starts = [date(2020 + at // 12, at % 12 + 1, 1) for at in range(40)]
    row = {"member": "", "step": 1, "value": 100.0, "low_80": 90.0, "high_80": 110.0, "low_95": 80.0, "high_95": 120.0}
    said = pd.DataFrame([{**row, "run_id": -at, "start": start} for at, start in enumerate(starts)])
    came = [105.0 if at % 2 else 130.0 for at in range(40)]
    index = pd.MultiIndex.from_product([[""], starts])
    booked = pd.DataFrame({**{share: np.multiply(came, share) for share in SHARES}, 1.0: came}, index=index)
    left = pd.DataFrame(dict.fromkeys(SHARES, 0.0), index=starts) + [1 - share for share in SHARES]
    (_, of_one) = stretches_of(said, booked, left)
    near, far = of_one[0]
    # measured 3 and 1.5, mixed with three usual landings of 1
    scale = (1 + 1 / 43) ** 0.5
    assert near == pytest.approx((40 * 3 + 3) / 43 * scale, rel=1e-3)
    assert far == pytest.approx((40 * 1.5 + 3) / 43 * scale, rel=1e-3)


def test_where_nothing_is_known_it_is_as_wide_as_usual_and_months_together_wider() -> None:
    nothing = Stretches()
    near, far = nothing.at("company", 1, 0.5)
    assert 1.0 < near == far
    assert nothing.at("company", 12, 0.0)[0] == pytest.approx(near * 12**0.35, rel=1e-3)
    assert nothing.at("product", 3, 0.0) == nothing.at("team", 3, 0.0)


def test_between_shares_it_is_interpolated_and_beyond_what_was_measured_it_grows_as_usual() -> None:
    known = usual_stretches(2)
    known[2] = [[1.0 + at, 2.0 + at] for at in range(len(SHARES))]
    found = Stretches({"rep": known})
    assert found.at("rep", 2, 0.125) == (1.5, 2.5)
    assert found.at("rep", 2, 0.99) == (5.0, 6.0)
    assert found.at("rep", 4, 0.0) == pytest.approx((1.0 * 2**0.35, 2.0 * 2**0.35))


def test_ranges_of_landings_hold_what_they_promise() -> None:
    """On companies made up for it, with 8 to 36 months of history: every level, the month, the quarter and the year."""
    held = pd.concat([simulated.held(seed) for seed in range(1000, 1006)])
    assert 0.75 <= held["in_80"].mean() <= 0.86
    assert 0.91 <= held["in_95"].mean() <= 0.98
    by_months = held.groupby("months")[["in_80", "in_95"]].mean()
    assert by_months["in_80"].between(0.72, 0.90).all()
    assert (by_months["in_95"] > 0.89).all()


def test_places_of_days() -> None:
    places = places_of([FEBRUARY], WORKING)
    assert places["2026-02-01"] == (FEBRUARY.start, 0, 20)
    assert places["2026-02-02"] == (FEBRUARY.start, 0, 20)
    assert places["2026-02-28"] == (FEBRUARY.start, 19, 20)
    assert len(places) == 28
