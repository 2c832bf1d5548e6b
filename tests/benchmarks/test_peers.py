"""Who is a peer of whom, and where somebody stands among them."""

from math import nan

import pandas as pd
import pytest

from spm.benchmarks.peers import are_similar, peers_of, percentile


def members(*rows: tuple[str, str, float | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["rep", "role", "tenure_days"])
    return frame.assign(role_label=frame["role"].str.capitalize())


VETERANS = [(f"veteran {at}", "seller", 2000.0) for at in range(5)]
STARTERS = [(f"starter {at}", "seller", 90.0) for at in range(4)]


def test_peers_have_the_same_role_and_a_similar_tenure() -> None:
    found = peers_of("Ana", members(("Ana", "seller", 1500.0), *VETERANS, *STARTERS, ("Dev", "caller", 1500.0)))
    assert found.reps == tuple(name for name, *_ in VETERANS)
    assert found.basis == "seller, similar tenure"


def test_too_few_of_similar_tenure_are_widened_to_the_role() -> None:
    found = peers_of("Bo", members(("Bo", "seller", 100.0), *VETERANS, *STARTERS))
    assert len(found) == 9
    assert found.basis == "seller, any tenure (only 4 of similar tenure)"


def test_too_few_of_the_role_are_widened_to_everyone() -> None:
    found = peers_of("Dev", members(("Dev", "caller", 100.0), *VETERANS, *STARTERS))
    assert len(found) == 9
    assert found.basis == "all roles (only 0 more in the same role)"


def test_a_tenure_that_nobody_knows() -> None:
    assert peers_of("Ana", members(("Ana", "seller", None), *VETERANS)).basis == "seller, any tenure (tenure not known)"


@pytest.mark.parametrize(
    ("days", "other", "similar"),
    [(10, 190, True), (10, 200, False), (400, 800, True), (400, 801, False), (800, 400, True), (None, 5, False), (nan, 5, False)],
)  # fmt: skip
def test_similar_tenures(days: float | None, other: float | None, similar: bool) -> None:
    assert are_similar(days, pd.Series([other, nan])).tolist() == [similar, False]


@pytest.mark.parametrize(
    ("value", "among", "expected"),
    [
        (3, [1, 2, 3, 4, 5], 0.5),
        (5, [1, 2, 3, 4, 5], 0.9),
        (2, [2, 2, 2, 4], 0.375),  # none below, three alike, half of them
        (1, [1, nan], None),
    ],
)
def test_percentile_by_mid_rank(value: float, among: list[float], expected: float | None) -> None:
    assert percentile(value, among) == expected


def test_percentile_where_less_is_better() -> None:
    assert percentile(1, [1, 2, 3, 4, 5], higher_is_better=False) == 0.9
