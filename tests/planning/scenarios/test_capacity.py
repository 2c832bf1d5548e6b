"""The worked examples of capacity."""

import pytest

from spm.errors import Refusal
from spm.planning.scenarios.capacity import capacity, growth_target, reps_needed


def test_growth_with_attrition_relief() -> None:
    assert growth_target(100_000, 0.10, 0.02) == pytest.approx(107_800)


def test_capacity_of_ten_reps() -> None:
    assert capacity(10, 150_000, 0.85, 0.82) == pytest.approx(1_045_500)


def test_reps_needed_is_the_reverse() -> None:
    assert reps_needed(1_045_500, 150_000, 0.85, 0.82) == 10
    assert reps_needed(1_045_501, 150_000, 0.85, 0.82) == 11
    assert reps_needed(1_045_500, 150_000, 0.85, 0.82, vacancy_share=0.2) == 13  # 12.5


def test_reps_who_bring_nothing_reach_no_target() -> None:
    with pytest.raises(Refusal):
        reps_needed(100, 150_000, 0, 0.82)
