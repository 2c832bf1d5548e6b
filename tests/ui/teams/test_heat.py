"""What the marks of the heat map are worth."""

import pandas as pd
import pytest

from spm.ui.teams import heat


@pytest.mark.parametrize(
    ("better", "said"),
    [
        ([0.99, 0.5, 0.01, None, *[0.5] * 17], "2 of 20 cells are marked; if nobody differed, about 2 would be."),
        ([0.95, *[0.5] * 29], "1 of 30 cells are marked; if nobody differed, about 3 would be."),
        ([0.94, 0.06], ""),
        ([None], ""),
    ],
)
def test_marks_are_held_against_what_luck_brings(better: list[float | None], said: str) -> None:
    assert heat.by_luck(pd.DataFrame({"win_rate_better": better, "win_rate": 0.5}, dtype=float)) == said
