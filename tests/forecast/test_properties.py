"""What holds for any history."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from spm.forecast import backtest, projection
from spm.forecast.methods.league import CANDIDATES
from spm.forecast.series.cases import Cases
from tests.forecast.series import many, realistic

RANGES = ["low_95", "low_80", "value", "high_80", "high_95"]
AMOUNTS = [*RANGES]
ADDITIVE = sorted(set(CANDIDATES) - {"intermittent demand"})


@pytest.fixture(scope="module")
def history() -> pd.DataFrame:
    return many(realistic(12, 60))


@pytest.mark.parametrize("factor", [0.001, 3.0, 1e6])
def test_scaling_the_input_scales_the_output(history: pd.DataFrame, factor: float) -> None:
    made = projection(history, 8)
    scaled = projection(history.assign(value=history["value"] * factor), 8)
    np.testing.assert_allclose(scaled[AMOUNTS], made[AMOUNTS] * factor, rtol=1e-6)
    assert scaled["model"].tolist() == made["model"].tolist()


@pytest.mark.parametrize("name", ADDITIVE)
def test_shifting_the_input_shifts_the_additive_candidates(name: str) -> None:
    random = np.random.default_rng(1)
    values = random.normal(0, 10, (5, 40)) + 15 * np.sin(2 * np.pi * np.arange(40) / 12) - 200
    lengths = np.full(5, 40)
    below = CANDIDATES[name](Cases.of(values, lengths, 12), 6)
    shifted = CANDIDATES[name](Cases.of(values + 150, lengths, 12), 6)
    np.testing.assert_allclose(shifted, below + 150, atol=1e-6)


def test_the_order_of_rows_does_not_matter(history: pd.DataFrame) -> None:
    shuffled = history.sample(frac=1.0, random_state=4)
    pd.testing.assert_frame_equal(projection(shuffled, 5), projection(history, 5))
    pd.testing.assert_frame_equal(backtest(shuffled, 5), backtest(history, 5))


def test_a_series_name_does_not_matter(history: pd.DataFrame) -> None:
    names = sorted(history["series"].unique())
    turned = dict(zip(names, reversed(names), strict=True))
    renamed = projection(history.assign(series=history["series"].map(turned)), 5)
    back = renamed.assign(series=renamed["series"].map(turned)).sort_values(["series", "period"], ignore_index=True)
    np.testing.assert_allclose(back[AMOUNTS], projection(history, 5)[AMOUNTS], rtol=1e-9)


def test_nothing_later_is_known_at_an_origin(history: pd.DataFrame) -> None:
    """A candidate's forecast at an origin is the one that a history ending there gives."""
    values = realistic(4, 60)
    long = Cases.of(values, np.full(4, 40), 12)
    short = Cases.of(values[:, :40], np.full(4, 40), 12)
    for method in CANDIDATES.values():
        np.testing.assert_allclose(method(long, 6), method(short, 6), rtol=1e-12)


@settings(max_examples=40)
@given(arrays(float, some.integers(1, 40), elements=some.floats(-1e9, 1e9, width=32)), some.integers(1, 14))
def test_ranges_nest_and_hold_the_line(values: np.ndarray, horizon: int) -> None:
    made = projection(many(values[None]), horizon)
    assert len(made) == horizon
    assert np.isfinite(made["value"]).all()
    known = made.dropna()
    assert (np.diff(known[RANGES].to_numpy(), axis=1) >= 0).all()


@settings(max_examples=30)
@given(arrays(float, (3, 30), elements=some.floats(0, 1e6, width=32)))
def test_what_cannot_be_below_nothing_is_not(values: np.ndarray) -> None:
    made = projection(many(values), 5, lower=0.0)
    assert (made[["value", "low_80", "low_95"]].fillna(0.0) >= 0).all(axis=None)


def test_ranges_cover_what_they_promise() -> None:
    values = realistic(300, 72, seed=5)
    made = projection(many(values[:, :60]), 12)
    came = values[:, 60:].ravel()
    for level, promised in ((80, 0.80), (95, 0.95)):
        held = ((came >= made[f"low_{level}"]) & (came <= made[f"high_{level}"])).mean()
        assert held == pytest.approx(promised, abs=0.035)


def test_the_combination_is_better_than_the_simple_rule_on_real_looking_series() -> None:
    values = realistic(200, 72, seed=6)
    line = projection(many(values[:, :60]), 12)["value"].to_numpy().reshape(200, 12)
    error = np.abs(values[:, 60:] - line).sum()
    assert error < 0.9 * np.abs(values[:, 60:] - values[:, 48:60]).sum()
    assert error < 0.9 * np.abs(values[:, 60:] - values[:, 59:60]).sum()
    assert (backtest(many(values[:, :60]), 12)["value_added"] > 0).mean() > 0.8
