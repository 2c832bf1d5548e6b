"""Spreading a total inside limits: by hand, and for any weights and limits."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from spm.money import split
from spm.planning.allocation.spreading import Part, reach, spread


def test_what_a_ceiling_cuts_off_goes_to_the_others_by_weight() -> None:
    assert spread(1000, [Part(5, most=200), Part(3), Part(2)]) == [200, 480, 320]


def test_what_a_floor_adds_is_taken_from_the_others_by_weight() -> None:
    assert spread(1000, [Part(1, least=400), Part(6), Part(3)]) == [400, 400, 200]


def test_a_fixed_part_stays_and_nothing_is_lost_to_rounding() -> None:
    assert spread(100, [Part(1, 33, 33), Part(1), Part(1), Part(1)]) == [33, 23, 22, 22]


def test_a_share_that_frees_another_limit_is_spread_a_third_time() -> None:
    """By weight 400, 300, 300; the first may take 100, so 450 each, of which the second may take 350."""
    assert spread(1000, [Part(4, most=100), Part(3, most=350), Part(3)]) == [100, 350, 550]


def test_weight_nothing_takes_its_floor() -> None:
    assert spread(100, [Part(0, least=7), Part(0), Part(2)]) == [7, 0, 93]
    assert reach([Part(0, least=7), Part(2, most=50)]) == (7, 57)


@pytest.mark.parametrize("total", [9, 101])
def test_out_of_reach_is_an_error(total: int) -> None:
    with pytest.raises(ValueError, match="out of reach"):
        spread(total, [Part(1, 10, 60), Part(1, 0, 40)])


@pytest.mark.parametrize(("weight", "least", "most"), [(-1, 0, None), (float("nan"), 0, None), (1, 5, 4), (1, -1, 4)])
def test_a_part_that_makes_no_sense_is_an_error(weight: float, least: int, most: int | None) -> None:
    with pytest.raises(ValueError, match="limits of 0 or more, in order"):
        Part(weight, least, most)


@given(st.integers(0, 10**12), st.lists(st.floats(0, 1e6, allow_subnormal=False), min_size=1, max_size=30))
def test_without_limits_it_is_a_split_by_largest_remainders(total: int, weights: list[float]) -> None:
    assume(any(weights))
    assert spread(total, [Part(weight) for weight in weights]) == split(total, weights)


@st.composite
def limited(draw: st.DrawFn) -> Part:
    least = draw(st.integers(0, 5000))
    most = draw(st.none() | st.integers(least, 9000))
    return Part(draw(st.integers(0, 40)) / 4, least, most)


@given(st.data(), st.lists(limited(), min_size=1, max_size=12))
def test_it_adds_up_inside_every_limit_and_shares_alike(data: st.DataObject, parts: list[Part]) -> None:
    least, most = reach(parts)
    total = data.draw(st.integers(least, least + 20_000 if most is None else most))
    shares = spread(total, parts)
    assert sum(shares) == total
    for part, share in zip(parts, shares, strict=True):
        assert part.least <= share <= (share if part.most is None else part.most)
    inside = [
        (share, part.weight)
        for part, share in zip(parts, shares, strict=True)
        if part.weight and part.least < share - 1 and (part.most is None or share + 1 < part.most)
    ]
    if inside:  # who met no limit has the same amount per weight, but for the last unit
        lowest = max((share - 1) / weight for share, weight in inside)
        highest = min((share + 1) / weight for share, weight in inside)
        assert lowest <= highest + 1e-9
