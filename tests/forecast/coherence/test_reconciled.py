"""Which way of adding up is used: the one that would have erred least."""

import numpy as np
import pytest

from spm.forecast.coherence.hierarchy import Hierarchy
from spm.forecast.coherence.reconciled import best_way

HIERARCHY = Hierarchy.of({"a": "all", "b": "all"}, ["all", "a", "b"])
PAST_COUNT = 60
CAME = np.array([[30.0] * PAST_COUNT, [10.0] * PAST_COUNT, [20.0] * PAST_COUNT])
NOISE = np.random.default_rng(3).normal(size=(3, PAST_COUNT))


@pytest.mark.parametrize(
    ("wrong", "way"),
    [
        ([8.0, 0.0, 0.0], "bottom-up"),  # only the company's own line was off
        ([0.0, 0.5, 1.0], "top-down"),  # only the reps' were, in proportion
        ([0.0, 0.0, 0.0], "bottom-up"),  # nobody's: nothing to choose by
    ],
)
def test_the_way_that_erred_least(wrong: list[float], way: str) -> None:
    errors = np.array(wrong)[:, None] * np.abs(NOISE[0])
    assert best_way(HIERARCHY, CAME - errors, errors) == way


def test_noise_of_all_levels_alike_is_combined() -> None:
    errors = NOISE * np.array([[3.0], [2.0], [2.0]])
    assert best_way(HIERARCHY, CAME - errors, errors) == "combination"


def test_without_a_past_it_is_bottom_up() -> None:
    assert best_way(HIERARCHY, np.zeros((3, 0)), np.zeros((3, 0))) == "bottom-up"
