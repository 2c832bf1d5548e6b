"""What kind of history it is: traits of histories of which they are known."""

import numpy as np
import pytest

from spm.forecast.series.cases import Cases
from spm.forecast.shape.traits import SMALLEST, traits

MONTHS = np.arange(48)


def of(*histories: np.ndarray, season: int = 1) -> np.ndarray:
    values = np.stack(histories)
    return traits(Cases.of(values, np.full(len(values), values.shape[1]), season))


def test_a_clear_season_is_believed_and_noise_is_not() -> None:
    season = 100 + 30 * np.sin(2 * np.pi * MONTHS / 12)
    noise = 100 + np.random.default_rng(1).normal(size=48)
    assert of(season, noise, season=12)[:, 0] == pytest.approx([1.0, 0.0], abs=0.02)


def test_steps_that_are_taken_back_and_steps_that_go_on() -> None:
    """47 steps, each but the last followed by its opposite, or but for the turn by its like."""
    back = np.where(MONTHS % 2, 1.0, -1.0)
    on = np.where(MONTHS < 24, MONTHS, 48.0 - MONTHS) - 12
    assert of(back, on)[:, 1] == pytest.approx([-46 / 47, 44 / 47])


def test_how_much_it_moves_is_told_in_shares_of_its_size() -> None:
    """Of a history with values at 0 the steps are shares of its mean, of one above 0 those of logarithms."""
    with_zeros, doubling = np.tile([0.0, 2.0], 24), np.tile([1.0, 2.0], 24)
    flat = np.full(48, 7.0)
    assert of(with_zeros, 1000 * with_zeros)[:, 2] == pytest.approx([np.log(2.0)] * 2)
    assert of(doubling, flat)[:, 2] == pytest.approx([np.log(np.log(2.0)), np.log(SMALLEST)])
