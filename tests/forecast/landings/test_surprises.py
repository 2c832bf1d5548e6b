"""Who is named for what came in out of range: few by chance alone, however many are judged."""

import numpy as np
import pandas as pd
import pytest

from spm.forecast.landings.surprises import FALSE_ALARMS, judged

MONTH = "October 2026"
RANGE = {"value": 100.0, "low_80": 87.2, "high_80": 112.8, "low_95": 80.4, "high_95": 119.6}


def said(level: str, *members: str, **of: float) -> pd.DataFrame:
    return pd.DataFrame([{"level": level, "member": member, **RANGE, **of} for member in members])


def came(level: str, **amounts: float) -> pd.DataFrame:
    return pd.DataFrame([{"level": level, "member": member, "value": value} for member, value in amounts.items()])


def test_a_team_out_of_its_95_percent_range_is_named() -> None:
    found = judged(said("team", "North", "South"), came("team", North=119.0, South=121.0), MONTH)
    assert [(one.member, one.came, one.expected.high_95) for one in found.found] == [
        ("South", 121.0, pytest.approx(119.6))
    ]
    assert (found.judged_count, found.by_luck_count) == (2, pytest.approx(0.1))


def test_many_reps_are_judged_by_a_wider_range() -> None:
    members = [f"Rep {at}" for at in range(40)]
    amounts = dict.fromkeys(members, 100.0) | {"Rep 1": 121.0, "Rep 2": 160.0}
    found = judged(said("rep", *members), came("rep", **amounts), MONTH)
    assert [one.member for one in found.found] == ["Rep 2"]
    assert found.by_luck_count == pytest.approx(FALSE_ALARMS)
    assert found.found[0].expected.high_95 > 130


def test_of_outcomes_as_forecast_no_more_are_named_than_is_said() -> None:
    rng = np.random.default_rng(5)
    members = [f"Rep {at}" for at in range(50)]
    named = 0
    for _ in range(100):
        amounts = dict(zip(members, rng.normal(100, 10, len(members)), strict=True))
        named += len(judged(said("rep", *members), came("rep", **amounts), MONTH).found)
    assert named / 100 <= FALSE_ALARMS


def test_who_was_promised_nothing_surprises_nobody_and_no_end_lies_below_0_without_credits() -> None:
    nothing = dict.fromkeys(("low_80", "high_80", "low_95", "high_95"), 100.0)
    assert judged(said("rep", "Ana", **nothing), came("rep", Ana=500.0), MONTH).found == ()
    amounts = dict.fromkeys("ABCDEFGHIJKLMNOP", 100.0) | {"A": 300.0}
    low = judged(said("rep", *amounts, low_95=5.0), came("rep", **amounts), MONTH)
    assert low.found[0].expected.low_95 == 0.0
