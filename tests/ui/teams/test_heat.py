"""What the marks of the heat map are worth."""

import pandas as pd
import pytest

from spm.ui.teams import heat


@pytest.mark.parametrize(
    ("better", "said"),
    [
        ([0.99, 0.5, 0.01, None, *[0.5] * 17], "2 of 20 cells are marked; if nobody differed, about 2 would be."),
        ([0.95, *[0.5] * 29], "1 of 30 cells is marked; if nobody differed, about 3 would be."),
        ([0.94, 0.06], ""),
        ([None], ""),
    ],
)
def test_marks_are_held_against_what_luck_brings(better: list[float | None], said: str) -> None:
    assert heat.by_luck(pd.DataFrame({"win_rate_better": better, "win_rate": 0.5}, dtype=float)) == said


def test_the_step_of_each_is_the_first_that_it_reaches() -> None:
    better = pd.Series([1.0, 0.95, 0.9499, 0.80, 0.5, 0.2, 0.19, 0.05, 0.049, 0.0, None], dtype=float)
    said = [heat.STEPS[step][1:] for step in heat._steps(better)]
    rather = [("rather_better", ""), ("rather_better", "")]
    assert said[:4] == [("better", "▲"), ("better", "▲"), *rather]
    assert said[4:] == [
        ("", ""),
        ("", ""),
        *[("rather_worse", "")],
        ("worse", "▼"),
        ("worse", "▼"),
        ("worse", "▼"),
        ("", ""),
    ]
