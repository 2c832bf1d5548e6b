"""Amounts: minor units by currency, exact splits, what a tile shows."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm.money import cents, full, major, minor_digits, short, split, symbol


@pytest.mark.parametrize(
    ("currency", "digits"), [("JPY", 0), ("USD", 2), ("eur", 2), ("KWD", 3), ("CLF", 4), ("ZZZ", 2)]
)
def test_minor_digits_follow_iso_4217(currency: str, digits: int) -> None:
    assert minor_digits(currency) == digits


@pytest.mark.parametrize(
    ("amount", "currency", "minor_units"),
    [
        ("1.005", "USD", 101),
        ("-1.005", "USD", -101),
        ("1.0049", "USD", 100),
        ("1234.5", "JPY", 1235),
        ("1.2345", "KWD", 1235),
        ("0", "EUR", 0),
        ("1e30", "USD", 10**32),
    ],
)
def test_cents_round_halves_away_from_zero(amount: str, currency: str, minor_units: int) -> None:
    assert cents(Decimal(amount), currency) == minor_units


@pytest.mark.parametrize(
    ("minor_units", "currency", "amount"),
    [(123456, "USD", 1234.56), (123456, "JPY", 123456), (1, "KWD", 0.001)],
)
def test_major_is_the_way_back(minor_units: int, currency: str, amount: float) -> None:
    assert major(minor_units, currency) == amount


@given(st.integers(-(10**12), 10**12), st.sampled_from(["JPY", "USD", "KWD"]))
def test_an_amount_survives_the_way_there_and_back(minor_units: int, currency: str) -> None:
    assert cents(Decimal(str(major(minor_units, currency))), currency) == minor_units


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (100, [0, 0, 0], [34, 33, 33]),
        (100, [0, 1], [0, 100]),
        (-100, [1, 1, 1], [-33, -33, -34]),
        (0, [3, 4], [0, 0]),
        (5, [0.5], [5]),
        (10, [0.1, 0.2, 0.7], [1, 2, 7]),
    ],
)
def test_split_by_largest_remainders(total: int, weights: list[float], shares: list[int]) -> None:
    assert split(total, weights) == shares


def test_equal_remainders_of_long_and_short_shares_are_a_tie() -> None:
    # All three leave 2/3. Cut to as many digits, 16.66…67 would seem to leave more than 1.666…67.
    assert split(20, [1, 1, 10]) == [2, 2, 16]


@pytest.mark.parametrize("weights", [[], [1, -1]])
def test_split_refuses_weights_that_divide_nothing(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="at least one weight"):
        split(100, weights)


@given(
    st.integers(-(10**15), 10**15),
    st.lists(st.floats(0, 1e9, allow_nan=False, allow_infinity=False), min_size=1, max_size=40),
)
def test_shares_add_up_and_lie_within_one_unit_of_the_exact_share(total: int, weights: list[float]) -> None:
    shares = split(total, weights)
    assert sum(shares) == total
    exact = [Fraction(str(weight)) for weight in weights]
    if any(exact):
        for share, weight in zip(shares, exact, strict=True):
            assert abs(share - total * weight / sum(exact)) < 1


@given(st.integers(0, 10**6), st.lists(st.integers(1, 50), min_size=2, max_size=8))
def test_where_remainders_tie_the_earlier_share_is_the_larger(total: int, weights: list[int]) -> None:
    shares = split(total, weights)
    remainders = [Fraction(total * weight, sum(weights)) % 1 for weight in weights]
    got_more = [share > total * weight / sum(weights) for share, weight in zip(shares, weights, strict=True)]
    for earlier in range(len(weights)):
        for later in range(earlier + 1, len(weights)):
            if remainders[earlier] == remainders[later] and got_more[later]:
                assert got_more[earlier]


@pytest.mark.parametrize(
    ("minor_units", "currency", "shown"),
    [
        (308_611_100, "USD", "$3.09M"),
        (1_240_000, "EUR", "€12.4K"),
        (95_000, "USD", "$950"),
        (95_049, "USD", "$950"),
        (0, "USD", "$0"),
        (-1_234_567, "USD", "-$12.3K"),
        (99_999_900, "USD", "$1M"),
        (99_970, "USD", "$1K"),
        (1_234_567, "JPY", "¥1.23M"),
        (123_456, "KWD", "KWD123"),
        (345_678_901_200, "USD", "$3.46B"),
    ],
)
def test_short_amounts(minor_units: int, currency: str, shown: str) -> None:
    assert short(minor_units, currency) == shown


@pytest.mark.parametrize(
    ("minor_units", "currency", "shown"),
    [
        (308_611_100, "USD", "$3,086,111.00"),
        (-5, "USD", "-$0.05"),
        (1_234_567, "JPY", "¥1,234,567"),
        (1_234_567, "KWD", "KWD1,234.567"),
        (123_456, "RSD", "RSD1,234.56"),  # its coins have no parts any more, its amounts do
    ],
)
def test_full_amounts_show_the_last_unit(minor_units: int, currency: str, shown: str) -> None:
    assert full(minor_units, currency) == shown


def test_symbol() -> None:
    assert [symbol("USD"), symbol("EUR"), symbol("JPY")] == ["$", "€", "¥"]
