"""What a cell says, where the browser's own formats can't."""

import pandas as pd
import pytest

from spm.ui import cells


@pytest.mark.parametrize(
    ("major", "currency", "said"),
    [
        (-12_082.4, "USD", "−$12,082"),
        (12_082.4, "USD", "$12,082"),
        (-0.4, "USD", "$0"),
        (float("nan"), "USD", ""),
        (-1_234.0, "JPY", "−¥1,234"),
        (-1_234.5678, "KWD", "−KWD1,235"),
    ],
)
def test_the_sign_of_an_amount_comes_first(major: float, currency: str, said: str) -> None:
    assert cells.amount(major, currency).replace("\N{NO-BREAK SPACE}", "") == said


def test_a_change_that_rounds_to_0_has_no_sign() -> None:
    drawn = cells.drawn(pd.Series([-0.004, 0.004, -0.006, None], dtype=float), "change", "USD")
    assert [str(cell) for cell in drawn.tolist()] == ["0.0", "0.0", "-0.6", "nan"]


@pytest.mark.parametrize(
    ("percent", "said"),
    [(1_164.2, "+1,164 %"), (-46.0, "−46 %"), (0.4, "±0 %"), (-0.4, "±0 %"), (float("nan"), "")],
)
def test_a_change_has_the_sign_that_tiles_have(percent: float, said: str) -> None:
    assert cells.change(percent) == said
    assert cells.change(percent, "points") == said.replace("%", "points")
