"""Where a score falls, to the last digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm.errors import Refusal
from spm.metrics.wording import shown_percent
from spm.scorecards.bands import Band, Bands

BANDS = Bands()


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (1.5, Band.OUTSTANDING),
        (1.2, Band.OUTSTANDING),
        (1.1999999999999997, Band.OUTSTANDING),  # 1.2 in the arithmetic of weights
        (1.199999, Band.ON_TARGET),
        (1.0, Band.ON_TARGET),
        (0.999999, Band.NEAR_TARGET),
        (0.8, Band.NEAR_TARGET),
        (0.7999999999999998, Band.NEAR_TARGET),
        (0.799999, Band.NEEDS_HELP),
        (0.0, Band.NEEDS_HELP),
    ],
)
def test_exactly_80_and_120_percent(score: float, band: Band) -> None:
    assert BANDS.band(score) is band


@pytest.mark.parametrize(
    ("score", "percent"),
    [(0.7999, 79), (0.8, 80), (0.29, 29), (0.57, 57), (1.1999999999999997, 120), (1.199999, 119), (0.0, 0)],
)
def test_the_shown_percent_is_rounded_down(score: float, percent: int) -> None:
    assert shown_percent(score) == percent


@given(st.floats(0, 2))
def test_what_is_shown_and_the_band_never_disagree(score: float) -> None:
    assert BANDS.band(shown_percent(score) / 100) is BANDS.band(score)


def test_the_band_above() -> None:
    assert [BANDS.next_above(score) for score in (0.5, 0.8, 1.0, 1.2)] == [
        Band.NEAR_TARGET,
        Band.ON_TARGET,
        Band.OUTSTANDING,
        None,
    ]


def test_a_company_sets_its_own_bands() -> None:
    assert Bands(1.1, 0.95, 0.7).band(0.96) is Band.ON_TARGET


@pytest.mark.parametrize("edges", [(1.0, 1.0, 0.8), (1.2, 0.8, 1.0), (1.2, 1.0, 0.0)])
def test_bands_out_of_order_are_refused(edges: tuple[float, float, float]) -> None:
    with pytest.raises(Refusal, match="above near target"):
        Bands(*edges)
