"""Where there is nothing to see, nothing is claimed: 200 seeded series of pure noise, 200 random walks."""

import numpy as np
import pytest

from spm.forecast import explained
from tests.forecast.series import Floats, many, wide

COUNT, HORIZON = 200, 12


def drawn(kind: str, width: int) -> Floats:
    steps = np.random.default_rng(width).normal(size=(COUNT, width + HORIZON))
    return 100 + (10 * steps if kind == "noise" else steps.cumsum(axis=1))


@pytest.mark.parametrize(("width", "season"), [(24, 12), (60, 12), (40, 4)])
@pytest.mark.parametrize("kind", ["noise", "walk"])
def test_no_season_no_trend_and_the_error_of_the_simplest_rule(kind: str, width: int, season: int) -> None:
    values = drawn(kind, width)
    past, came = values[:, :width], values[:, width:]
    made = explained(many(past), HORIZON, season)
    line = wide(made.projection).to_numpy()
    simplest = past.mean(axis=1, keepdims=True) if kind == "noise" else past[:, -1:]
    apart = np.abs(came - line).mean(axis=1) / np.abs(came - simplest).mean(axis=1) - 1
    assert (np.abs(apart) <= 0.03).mean() >= 0.9
    assert (np.ptp(line, axis=1) == 0).mean() >= 0.9
    assert (made.evidence["season_belief"] == 0).mean() >= 0.9
    assert (made.disturbances["kind"] == "level shift").sum() <= 0.01 * COUNT
