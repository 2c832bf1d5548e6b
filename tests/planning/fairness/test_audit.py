"""Fairness: what a planted bias and no bias come to, and the audit by hand."""

from math import sqrt

import numpy as np
import pandas as pd
import pytest

from spm.planning.fairness.audit import bias, fairness

RUNS, REPS = 2_000, 40


@pytest.mark.parametrize("scale", ["even", "skewed"])
@pytest.mark.parametrize(("planted", "least", "most"), [(0.5, 0.90, 1.0), (0.0, 0.04, 0.06)])
def test_a_planted_bias_is_found_and_none_is_cleared(scale: str, planted: float, least: float, most: float) -> None:
    luck = np.random.default_rng(11)
    found = 0
    for _ in range(RUNS):
        size = luck.standard_normal(REPS)
        attainment = 0.9 + 0.2 * (planted * size + sqrt(1 - planted**2) * luck.standard_normal(REPS))
        tested = bias("accounts", np.exp(size) if scale == "skewed" else 100 + 20 * size, attainment)
        found += tested is not None and tested.is_found
    assert least <= found / RUNS <= most


def test_the_interval_holds_the_truth_nineteen_times_in_twenty() -> None:
    luck = np.random.default_rng(4)
    held = 0
    for _ in range(RUNS):
        size = luck.standard_normal(REPS)
        tested = bias("tenure", size, 0.3 * size + sqrt(1 - 0.09) * luck.standard_normal(REPS))
        held += tested is not None and tested.low <= 0.3 <= tested.high
    assert held / RUNS == pytest.approx(0.95, abs=0.015)


def test_the_correlation_is_pearsons() -> None:
    """Fisher's interval of r = 0.5 on 39 − 3 = 36: tanh(0.5493 ± 1.96 ÷ 6)."""
    size = np.array([1.0, -1.0] * 20)
    other = np.array([1.0, 1.0, -1.0, -1.0] * 10)
    tested = bias("tenure", [*size[:39].tolist(), None], (0.5 * size + sqrt(0.75) * other).tolist())
    assert tested is not None
    assert tested.reps_count == 39
    assert tested.correlation == pytest.approx(np.corrcoef(size[:39], (0.5 * size + sqrt(0.75) * other)[:39])[0, 1])
    reach = 1.959964 / 6
    assert np.arctanh([tested.low, tested.high]) == pytest.approx(
        [np.arctanh(tested.correlation) - reach, np.arctanh(tested.correlation) + reach]
    )
    assert tested.is_found == (tested.low > 0)


def test_too_few_or_all_alike_cannot_be_tested() -> None:
    assert bias("size", [1.0, 2, 3, 4, 5, 6, 7], [1.0, 2, 3, 4, 5, 6, 7]) is None
    assert bias("size", [5.0] * 10, list(range(10))) is None
    assert bias("size", [None] * 10, list(range(10))) is None


def audit() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "rep": ["ana", "ben", "carl", "dora", "eve"],
            "team": ["north", "north", "south", "south", "south"],
            "booked_cents": [120, 80, 50, 121, None],
            "quota_cents": [100, 100, 100, 100, 100],
            "last_quota_cents": [100, 60, 0, None, 200],
            "tenure": [1, 2, 3, 4, 5],
        }
    )


def test_the_audit_by_hand() -> None:
    found = fairness(audit(), ["tenure"], ["team"])
    assert found.reps_count == 4
    assert found.attainment == pytest.approx(371 / 400)
    assert found.within_share == 0.5  # 80 and 120 %; the ends count
    assert found.within_of_all_share == 0.25  # 74.2 to 111.3 %: Ben alone
    assert found.biases == ()
    groups = found.groups.set_index("name")
    assert groups["attainment"].to_dict() == {"north": 1.0, "south": pytest.approx(0.855)}
    assert groups["within_share"].to_dict() == {"north": 1.0, "south": 0.0}


def test_who_jumped_is_named_the_largest_first() -> None:
    jumped = fairness(audit(), [], ["team"]).jumped
    assert jumped["rep"].tolist() == ["ben", "eve"]
    assert jumped["change_share"].tolist() == [pytest.approx(2 / 3), pytest.approx(-0.5)]


def test_a_bias_of_size_is_named_in_the_audit() -> None:
    luck = np.random.default_rng(2)
    accounts = np.exp(luck.standard_normal(40))
    reps = pd.DataFrame(
        {
            "rep": range(40),
            "team": "all",
            "booked_cents": 100_00 * (1 + 0.3 * np.log(accounts)) + luck.standard_normal(40) * 10_00,
            "quota_cents": 100_00,
            "last_quota_cents": 100_00,
            "accounts": accounts,
            "tenure": luck.integers(1, 60, 40),
        }
    )
    found = fairness(reps, ["accounts", "tenure"], ["team"])
    assert [each.trait for each in found.biases] == ["accounts", "tenure"]
    assert [each.trait for each in found.found] == ["accounts"]


def test_nobody_to_audit() -> None:
    found = fairness(audit().assign(quota_cents=0), ["tenure"], ["team"])
    assert (found.reps_count, found.attainment, found.within_share, found.biases) == (0, None, None, ())
