"""What explains a change: the worked example, and sums that are exact in 10,000 random cases, zeros included."""

from fractions import Fraction

import numpy as np
import pytest

from spm.benchmarks.decomposition import BESIDE, Change, Factors, by_factor, by_member, by_mix


def amounts(change: Change) -> dict[str, float]:
    return {part.name: float(part.amount_cents) for part in change.parts}


def is_exact(change: Change) -> bool:
    return sum(part.amount_cents for part in change.parts) == change.after_cents - change.before_cents


def test_the_worked_example() -> None:
    change = by_factor(Factors.of(10, 3, 3_000_00), Factors.of(12, 3, 3_600_00))
    assert change.parts[0].amount_cents == Fraction(181_000, 3)
    assert amounts(change) == pytest.approx(
        {"Closed deals": 60333.33, "Win rate": -60666.67, "Average deal": 60333.33}, abs=0.01
    )
    assert is_exact(change)


def test_a_factor_that_is_not_defined_takes_the_other_sides() -> None:
    # Nothing closed before: win rate and average are those after, so that the deals explain all of it.
    assert amounts(by_factor(Factors.of(0, 0, 0), Factors.of(10, 5, 500))) == {
        "Closed deals": 500, "Win rate": 0, "Average deal": 0,
    }  # fmt: skip
    # None won after: there is no average, only the win rate fell to 0, and half of what closed is gone.
    assert amounts(by_factor(Factors.of(10, 5, 500), Factors.of(5, 0, 0))) == {
        "Closed deals": -125, "Win rate": -375, "Average deal": 0,
    }  # fmt: skip
    assert amounts(by_factor(Factors.of(0, 0, 0), Factors.of(0, 0, 0))) == dict.fromkeys(
        ["Closed deals", "Win rate", "Average deal"], 0
    )


def test_ten_thousand_random_changes_add_up_exactly() -> None:
    random = np.random.default_rng(4)
    for _ in range(10_000):
        sides = []
        for closed in random.integers(0, 30, 2):
            won = int(random.integers(0, closed + 1))
            sides.append(Factors.of(int(closed), won, int(random.integers(0, 10**9)) if won else 0))
        assert is_exact(by_factor(*sides))


def test_shared_deals_add_up_exactly_too() -> None:
    random = np.random.default_rng(5)
    for _ in range(300):
        first, second = (Factors.of(closed + 0.1, closed * 0.3, closed * 777.1) for closed in random.random(2) * 20)
        assert is_exact(by_factor(first, second))


def test_orders_have_two_factors() -> None:
    assert amounts(by_factor(Factors.of(10, None, 1000), Factors.of(20, None, 3000))) == {
        "Orders": 1250, "Average order": 750,
    }  # fmt: skip


def test_against_the_mean_of_peers() -> None:
    change = by_factor(Factors.of(40, 10, 4_000_00).over(4), Factors.of(5, 4, 2_000_00))
    assert change.before_cents == 1_000_00
    assert is_exact(change)


def test_by_member_lists_whoever_changed() -> None:
    change = by_member({"Ana": 100, "Bo": 200, "Cy": 5}, {"Ana": 150, "Dev": 70, "Cy": 5})
    assert amounts(change) == {"Dev": 70, "Ana": 50, "Bo": -200}
    assert (change.before_cents, change.after_cents) == (305, 225)
    assert is_exact(change)


def test_mix_alone() -> None:
    # Ten deals each time, half and half, then all of the dearer kind: nothing but the mix changed.
    before = {"small": Factors.of(5, 5, 500), "large": Factors.of(5, 5, 5_000)}
    after = {"large": Factors.of(10, 10, 10_000)}
    assert amounts(by_mix(before, after)) == {"How many closed": 0, "Mix": 4_500, "Worth of a closed one": 0}


def test_random_mixes_add_up_exactly() -> None:
    random = np.random.default_rng(6)
    for _ in range(1_000):
        sides = []
        for _ in range(2):
            closed = random.integers(0, 12, 4)
            won = [int(random.integers(0, one + 1)) for one in closed]
            groups = zip("abcd", closed, won, strict=True)
            sides.append(
                {
                    name: Factors.of(int(of), one, int(random.integers(0, 10**7)) if one else 0)
                    for name, of, one in groups
                }
            )
        assert is_exact(by_mix(*sides))


def test_amounts_that_no_closed_deal_carries_are_said() -> None:
    change = by_mix({"a": Factors.of(0, None, 0)}, {"a": Factors.of(0, None, 700)})
    assert amounts(change)[BESIDE] == 700
    assert is_exact(change)
