"""XmR charts of many series at once, and how often they cry wolf."""

from math import nan

import numpy as np
import pytest

from spm.benchmarks import xmr


def test_limits_by_hand() -> None:
    normal = xmr.limits(np.array([[10, 12] * 4 + [30]], dtype=float))
    assert (normal.low[0, 8], normal.mean[0, 8], normal.high[0, 8]) == pytest.approx((5.68, 11, 16.32))
    assert np.isnan(normal.mean[0, :8]).all()


def test_signals_of_several_series() -> None:
    steady = [10, 12] * 4
    series = np.array([[*steady, 16.4], [*steady, 16.3], [*steady, 5.6], [*steady, nan]])
    assert xmr.latest(series).tolist() == [xmr.ABOVE, xmr.NO_SIGNAL, xmr.BELOW, xmr.NO_SIGNAL]


def test_eight_in_a_row_on_one_side() -> None:
    # 20 and 0 in turn: mean 10, limits far away. Eight at 12 are above the mean of all before the last of them.
    series = np.array([[20, 0] * 6 + [12] * 8], dtype=float)
    found = xmr.signals(series)[0].tolist()
    assert found == [xmr.NO_SIGNAL] * 19 + [xmr.RUN_ABOVE]
    assert xmr.latest(-series)[0] == xmr.RUN_BELOW


def test_a_constant_series_is_never_a_signal() -> None:
    assert not xmr.signals(np.full((1, 40), 0.1)).any()


def test_gaps_are_closed_up() -> None:
    assert xmr.packed(np.array([[nan, 1, nan, 2]]))[0, :2].tolist() == [1, 2]
    assert xmr.signals(np.full((2, 3), nan)).tolist() == [[0] * 3] * 2


@pytest.mark.parametrize(("points_before", "expected"), [(8, 0.031), (12, 0.020), (24, 0.009)])
def test_a_false_signal_is_as_rare_as_known(points_before: int, expected: float) -> None:
    """A single point of pure noise: 0.27 % with limits known for certain, more with limits from few points."""
    noise = np.random.default_rng(8).normal(100, 15, (40_000, points_before + 1))
    outside = np.abs(xmr.signals(noise)[:, -1]) == xmr.ABOVE
    assert outside.mean() == pytest.approx(expected, abs=0.003)


def test_false_signals_with_runs_counted() -> None:
    noise = np.random.default_rng(9).normal(100, 15, (20_000, 25))
    assert (xmr.signals(noise)[:, -1] != xmr.NO_SIGNAL).mean() == pytest.approx(0.013, abs=0.003)


def test_a_jump_of_four_sigmas_is_found() -> None:
    series = np.random.default_rng(10).normal(0, 1, (5_000, 25))
    series[:, -1] += 4
    assert (xmr.latest(series) == xmr.ABOVE).mean() >= 0.75
