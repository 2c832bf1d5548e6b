"""Histories whose future is known exactly."""

import numpy as np
import pandas as pd
import pytest

from spm.forecast import backtest, explained, projection
from tests.forecast.series import MONTHS, SINE, frame, wide


def line_of(history: pd.DataFrame, horizon: int, **asked: object) -> list[float]:
    return projection(history, horizon, **asked)["value"].tolist()


def test_a_pure_season_goes_on() -> None:
    made = projection(frame(sine=SINE), 18)
    assert made["value"].to_numpy() == pytest.approx(100 + 20 * np.sin(2 * np.pi * np.arange(48, 66) / 12))
    assert set(made["model"]) == {"simple rule: seasonal naive"}
    assert made["high_95"].to_numpy() == pytest.approx(made["low_95"].to_numpy())


def test_a_straight_line_goes_on() -> None:
    made = projection(frame(line=5 + 3 * MONTHS), 12)
    assert made["value"].to_numpy() == pytest.approx(5 + 3 * np.arange(48, 60))
    assert made["low_80"].to_numpy() == pytest.approx(made["value"].to_numpy())


@pytest.mark.parametrize("level", [7.0, 0.0, -3.5])
def test_a_constant_stays_to_the_last_digit(level: float) -> None:
    made = projection(frame(one=np.full(30, level)), 6)
    assert (made[["value", "low_80", "high_80", "low_95", "high_95"]] == level).all(axis=None)
    assert set(made["model"]) == {"simple rule: last value"}


def test_one_point_is_repeated_without_a_range() -> None:
    made = projection(frame(one=[42.0]), 3)
    assert made["value"].tolist() == pytest.approx([42.0, 42.0, 42.0])
    assert made[["low_80", "high_80", "low_95", "high_95"]].isna().all(axis=None)
    scores = backtest(frame(one=[42.0]), 3)
    assert scores[["wape", "mase", "coverage_80", "value_added"]].isna().all(axis=None)


def test_a_short_history_borrows_the_range_of_the_panel() -> None:
    random = np.random.default_rng(3)
    made = projection(frame(long=100 + random.normal(0, 10, 48), short=[50.0]), 2)
    short = made[made["series"] == "short"]
    assert short["value"].tolist() == pytest.approx([50.0, 50.0])
    assert (short["low_95"] < short["low_80"]).all()
    assert (short["low_80"] < 50).all()


def test_three_months_are_smoothed_and_no_trend_is_seen_in_them() -> None:
    first, *later = line_of(frame(new=[3.0, 4.0, 5.0]), 4)
    assert 4.0 < first < 5.0
    assert later == [first] * 3


def test_few_even_months_alone_promise_no_range() -> None:
    made = projection(frame(new=[100.0] * 4), 2)
    assert made["value"].tolist() == pytest.approx([100.0] * 2)
    assert made[["low_80", "high_80", "low_95", "high_95"]].isna().all(axis=None)


def test_nobody_and_nothing_is_no_error() -> None:
    none = frame(one=[1.0]).iloc[:0]
    assert projection(none, 3).empty
    assert backtest(none, 3).empty
    columns = ["series", "period", "value", "low_80", "high_80", "low_95", "high_95", "model"]
    assert projection(none, 3).columns.tolist() == columns


def test_less_than_two_seasons_claim_none() -> None:
    made = explained(frame(short=SINE[:23]), 12)
    assert made.evidence["season_belief"].tolist() == [0.0]
    assert made.typical_year.empty
    assert (made.parts["season"] == 0).all()


def test_the_back_test_of_a_perfect_line_is_perfect() -> None:
    scores = backtest(frame(line=5.0 + 3 * MONTHS, sine=SINE, level=np.full(48, 4.0)), 6).set_index("series")
    assert scores["wape"].to_numpy() == pytest.approx(0.0, abs=1e-12)
    assert scores["coverage_95"].tolist() == [1.0, 1.0, 1.0]
    assert scores.loc["line", "value_added"] > 0
    assert scores.loc["sine", "value_added"] == pytest.approx(0.0, abs=1e-12)


def test_a_quarterly_season() -> None:
    value = np.tile([10.0, 20.0, 15.0, 40.0], 6)
    assert line_of(frame(one=value), 5, season=4) == pytest.approx([10, 20, 15, 40, 10])


def test_a_yearly_history_has_no_season() -> None:
    assert line_of(frame(one=np.arange(10.0)), 2, season=1) == pytest.approx([10.0, 11.0])


def test_levels_name_the_columns() -> None:
    random = np.random.default_rng(0)
    made = projection(frame(one=random.normal(100, 5, 40)), 2, levels=(0.5, 0.9))
    assert made.columns.tolist() == ["series", "period", "value", "low_50", "high_50", "low_90", "high_90", "model"]
    assert wide(made, "high_50").to_numpy() == pytest.approx(
        2 * wide(made).to_numpy() - wide(made, "low_50").to_numpy()
    )
