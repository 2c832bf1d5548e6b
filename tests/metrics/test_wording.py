"""Values as a reader sees them."""

from math import inf, nan

import pytest

from spm.metrics.registry import Unit
from spm.metrics.wording import about, enough, full, likelihood, named, percent, percent_change, reached, short, whole


@pytest.mark.parametrize(
    ("unit", "value", "in_full", "in_short"),
    [
        (Unit.MONEY, 459_057_34, "$459,057.34", "$459.1K"),
        (Unit.MONEY, 3_086_111_00, "$3,086,111", "$3.09M"),
        (Unit.SHARE, 0.72067, "72.1 %", "72 %"),
        (Unit.SHARE, 0.5, "50 %", "50 %"),
        (Unit.DAYS, 51.78, "51.8 d", "52 d"),
        (Unit.TIMES, 1.4, "1.40×", "1.4×"),
        (Unit.COUNT, 4238.0, "4,238", "4,238"),
        (Unit.COUNT, 0.5, "0.5", "0.5"),
        (Unit.COUNT, None, "–", "–"),
        (Unit.SHARE, nan, "–", "–"),
        (Unit.TIMES, inf, "covered", "covered"),
    ],
)
def test_in_full_and_in_short(unit: Unit, value: float | None, in_full: str, in_short: str) -> None:
    assert (full(unit, value, "USD"), short(unit, value, "USD")) == (in_full, in_short)


def test_a_sentence_carries_whole_amounts_of_any_currency() -> None:
    assert whole(Unit.MONEY, 459_057_34, "USD") == "$459,057"
    assert whole(Unit.MONEY, 459_057, "JPY") == "¥459,057"
    assert whole(Unit.SHARE, 0.25, "USD") == "25 %"
    assert whole(Unit.MONEY, None, "USD") == "–"


@pytest.mark.parametrize(
    ("unit", "value", "more", "less"),
    [
        (Unit.SHARE, 0.6551, "65.6 %", "65.5 %"),
        (Unit.SHARE, 0.655, "65.5 %", "65.5 %"),
        (Unit.MONEY, 1_000_01, "$1,001", "$1,000"),
        (Unit.DAYS, 30.01, "30.1 d", "30 d"),
        (Unit.COUNT, 47.0, "47", "47"),
    ],
)
def test_a_value_to_reach_is_never_rounded_to_less_than_it_asks(unit: Unit, value: float, more: str, less: str) -> None:
    assert (enough(unit, value, "USD", True), enough(unit, value, "USD", False)) == (more, less)


@pytest.mark.parametrize(("share", "words"), [(0.9999, "99 %"), (1.0, "100 %"), (0.29 + 0.01, "30 %"), (None, "–")])
def test_an_attainment_is_rounded_down(share: float | None, words: str) -> None:
    assert reached(share) == words


@pytest.mark.parametrize(
    ("share", "shown", "change"),
    [
        (0.385, "39 %", "+39 %"),
        (-0.385, "-39 %", "−39 %"),
        (-0.004, "0 %", "±0 %"),
        (0.0, "0 %", "±0 %"),
        (12.5, "1,250 %", "+1,250 %"),
    ],
)
def test_whole_percent_are_rounded_as_pictures_do(share: float, shown: str, change: str) -> None:
    assert (percent(share), percent_change(share)) == (shown, change)


def test_what_luck_would_bring_and_how_likely_something_is() -> None:
    assert [about(count) for count in (0.04, 1.0, 2.6)] == ["fewer than one", "about 1", "about 3"]
    assert [likelihood(share) for share in (0.5, 0.979, 0.99, 0.996, 1.0)] == [
        "50 %", "97 %", "99 %", "over 99 %", "over 99 %"]  # fmt: skip


def test_a_single_one_more_is_named_too() -> None:
    assert named(["Ana", "Bo", "Cy", "Di"], 2) == "Ana, Bo and 2 more"
    assert named(["Ana", "Bo", "Cy"], 2) == "Ana, Bo and Cy"
