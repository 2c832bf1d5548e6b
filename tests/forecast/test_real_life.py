"""Histories as companies have them: each has a defined answer."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from spm.forecast import backtest, explained, projection
from tests.forecast.series import MONTHS, SINE, frame, many, wide

SEASON = SINE + np.random.default_rng(8).normal(0, 4, 48)


def drawn(seed: int = 8) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_missing_months_are_not_months_of_zero() -> None:
    gap, zeros = SEASON.copy(), SEASON.copy()
    gap[20:23], zeros[20:23] = np.nan, 0.0
    made = wide(projection(frame(whole=SEASON, gap=gap, zeros=zeros), 12))
    np.testing.assert_allclose(made.loc["gap"], made.loc["whole"], rtol=0.05)
    absent = frame(whole=SEASON, gap=gap, zeros=zeros).dropna()
    pd.testing.assert_frame_equal(wide(projection(absent, 12)), made)


def test_a_missing_last_month_still_counts_as_gone_by() -> None:
    open_end = SEASON.copy()
    open_end[-1] = np.nan
    made = projection(frame(one=open_end), 3)
    assert made["period"].tolist() == [48, 49, 50]
    assert made["value"].tolist() == pytest.approx(projection(frame(one=SEASON), 3)["value"].tolist(), rel=0.1)


def test_who_leaves_is_projected_to_zero_from_then_on() -> None:
    made = projection(frame(stays=SEASON, leaves=SEASON), 4, ends={"leaves": 49, "left": 40}, lower=0.0)
    leaves = made[made["series"] == "leaves"]
    assert (leaves["value"] > 0).tolist() == [True, True, False, False]
    assert (leaves.loc[leaves["period"] > 49, ["value", "low_95", "high_95"]] == 0).all(axis=None)
    left = made[made["series"] == "left"]
    assert left["value"].tolist() == [0.0] * 4
    assert set(left["model"]) == {"left"}


def test_who_has_no_history_has_no_projection() -> None:
    made = projection(frame(old=SEASON), 2, parents={"old": "team", "new": "team"})
    new = made[made["series"] == "new"]
    assert new["value"].tolist() == [0.0, 0.0]
    assert set(new["model"]) == {"no history"}


def test_deals_now_and_then_are_projected_at_their_rate() -> None:
    values = np.where(drawn(2).random((30, 48)) < 0.25, 100.0, 0.0)
    made = projection(many(values), 6, lower=0.0)
    assert made["model"].isin(["intermittent demand", "simple rule: mean"]).all()
    assert made["value"].mean() == pytest.approx(25, rel=0.15)


@pytest.mark.parametrize("at", [20, 47])
def test_one_huge_deal_is_shown_and_bounded(at: int) -> None:
    huge = SEASON.copy()
    huge[at] += 2000
    clean = projection(frame(one=SEASON), 12)["value"].to_numpy()
    bound = explained(frame(one=huge), 12)
    assert bound.disturbances[["kind", "period"]].to_numpy().tolist() == [["huge value", at]]
    assert bound.disturbances["value"].tolist() == [huge[at]]
    assert bound.disturbances["expected"].to_numpy() == pytest.approx([SEASON[at]], rel=0.2)
    np.testing.assert_allclose(bound.projection["value"], clean, rtol=0.25)
    left_out = projection(frame(one=huge), 12, outliers="leave out")["value"]
    np.testing.assert_allclose(left_out, clean, rtol=0.15)
    kept = projection(frame(one=huge), 12, outliers="keep")["value"]
    assert np.abs(kept - clean).max() > 3 * np.abs(left_out - clean).max()


def test_a_level_that_moved_is_found_and_taken_into_account() -> None:
    moved = SEASON + 80 * (MONTHS >= 40)
    made = explained(frame(one=moved), 12)
    found = made.disturbances
    assert found[["kind", "period"]].to_numpy().tolist() == [["level shift", 40]]
    assert (found["value"] - found["expected"]).to_numpy() == pytest.approx([80], rel=0.1)
    expected = 180 + 20 * np.sin(2 * np.pi * np.arange(48, 60) / 12)
    np.testing.assert_allclose(made.projection["value"], expected, rtol=0.1)


def test_a_line_is_no_level_that_moved() -> None:
    assert explained(frame(one=100 + 2 * MONTHS + drawn().normal(0, 5, 48)), 6).disturbances.empty


def test_months_of_credits_may_be_below_nothing() -> None:
    values = drawn().normal(0, 10, 48)
    made = projection(frame(one=values), 6)
    assert made["value"].to_numpy() == pytest.approx(np.full(6, values.mean()))
    assert (made["low_80"] < 0).all()


def test_months_as_dates_and_their_next_year() -> None:
    days = pd.date_range("2022-11-01", periods=26, freq="MS")
    history = pd.DataFrame({"series": "one", "period": days, "value": SEASON[:26]})
    made = projection(history, 3)
    assert made["period"].tolist() == [pd.Timestamp(2025, month, 1) for month in (1, 2, 3)]
    plain = projection(history.assign(period=[day.date() for day in days]), 3)
    assert plain["period"].tolist() == [date(2025, month, 1) for month in (1, 2, 3)]
    np.testing.assert_allclose(plain["value"], made["value"])


def test_quarters_of_a_fiscal_year() -> None:
    days = [date(2020 + number // 4, 2 + 3 * (number % 4), 1) for number in range(16)]
    history = pd.DataFrame({"series": "one", "period": days, "value": np.tile([1.0, 2, 3, 8], 4)})
    made = projection(history, 4, season=4)
    assert made["period"].tolist() == [date(2024, 2 + 3 * quarter, 1) for quarter in range(4)]
    assert made["value"].tolist() == pytest.approx([1, 2, 3, 8])


def test_weeks() -> None:
    mondays = pd.date_range("2023-01-02", periods=120, freq="7D")
    values = 50 + 10 * np.sin(2 * np.pi * np.arange(120) / 52) + drawn().normal(0, 1, 120)
    made = projection(pd.DataFrame({"series": "one", "period": mondays, "value": values}), 2, season=52)
    assert made["period"].tolist() == [mondays[-1] + pd.Timedelta(weeks=week) for week in (1, 2)]
    assert made["value"].to_numpy() == pytest.approx(50 + 10 * np.sin(2 * np.pi * np.arange(120, 122) / 52), rel=0.1)


def test_a_period_that_is_there_twice_is_refused() -> None:
    twice = pd.concat([frame(one=[1.0, 2.0]), frame(one=[3.0])])
    with pytest.raises(ValueError, match="one has the period 0 twice"):
        projection(twice, 2)


def test_what_is_already_certain_is_the_least() -> None:
    certain = pd.DataFrame({"series": ["one", "other", "one"], "period": [48, 48, 99], "value": [500.0, 1.0, 1e9]})
    made = projection(frame(one=SEASON), 2, known=certain)
    free = projection(frame(one=SEASON), 2)
    assert made["value"].tolist() == [500.0, free["value"][1]]
    assert made["low_95"][0] == 500.0
    assert made["high_95"][0] > 500.0


def test_working_days_are_taken_out_and_put_back() -> None:
    days = drawn().integers(17, 24, 60).astype(float)
    values = 100 * days[:48] / days.mean() + drawn().normal(0, 1, 48)
    made = explained(frame(one=values), 12, calendar=dict(enumerate(days)))
    assert made.evidence["working_day_effect"].to_numpy() == pytest.approx([1.0], abs=0.1)
    np.testing.assert_allclose(made.projection["value"], 100 * days[48:] / days.mean(), rtol=0.03)
    blind = backtest(frame(one=values), 12)["wape"][0]
    assert made.backtest["wape"][0] < 0.5 * blind


def test_working_days_that_do_nothing_are_left_alone() -> None:
    days = dict(enumerate(drawn().integers(17, 24, 60).astype(float)))
    made = explained(frame(one=SEASON), 12, calendar=days)
    assert made.evidence["working_day_effect"].tolist() == [0.0]
    pd.testing.assert_frame_equal(made.projection, projection(frame(one=SEASON), 12))


def test_a_rep_with_few_even_months_is_no_surer_than_others_were_after_so_few() -> None:
    usual = 100 + 20 * drawn().normal(size=(8, 48))
    few = np.r_[np.full(44, np.nan), 100.0, 101.0, 100.0, 101.0]
    even = np.r_[np.full(44, np.nan), [100.0] * 4]
    made = projection(many(np.vstack([usual, few, even])), 3)
    width = (made["high_95"] - made["low_95"]).groupby(made["series"]).mean()
    assert (width[["s0008", "s0009"]] > 0.4 * width[:8].median()).all()


def test_who_has_no_history_beside_those_with_months_of_zero() -> None:
    seldom = np.tile([0.0, 0.0, 7.0], 8)
    made = projection(frame(seldom=seldom, none=np.full(24, np.nan)), 2)
    line = wide(made)
    assert line.loc["seldom"].between(0, 7).all()
    assert line.loc["none"].isna().all()
