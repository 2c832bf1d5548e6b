"""Bottom-up beside top-down: the gap, 0 and empty apart."""

import pandas as pd
import pytest

from spm.planning.allocation.bottom_up import reconciled, stretched_cents
from spm.planning.allocation.quotas import allocation
from tests.planning.plans import plan


def test_a_projection_is_stretched_and_a_missing_one_stays_missing() -> None:
    assert stretched_cents(280_00.0, 1.05) == 294_00
    assert stretched_cents(0, 1.05) == 0
    assert stretched_cents(None, 1.05) is None
    assert stretched_cents(float("nan"), 1.05) is None


def test_the_gap_at_every_level() -> None:
    given = {"ana": 280_00, "ben": 0, "carl": 150_00, "dora": None}
    frame = reconciled(allocation(plan()), given).set_index("owner")
    assert frame.loc["north", ["top_down_cents", "bottom_up_cents", "gap_cents"]].tolist() == [400_00, 280_00, 120_00]
    assert frame.loc["south", ["bottom_up_cents", "missing_count"]].tolist() == [150_00, 2]
    assert frame.loc["company", ["bottom_up_cents", "gap_cents", "missing_count"]].tolist() == [430_00, 570_00, 2]
    assert frame.loc["ana", "gap_share"] == pytest.approx(20 / 280)
    assert pd.isna(frame.loc["ben", "gap_share"])
    assert frame.loc["ben", "gap_cents"] == 100_00
    assert pd.isna(frame.loc["dora", "gap_cents"])
