"""Reps, teams and company add up."""

import numpy as np
import pandas as pd
import pytest

from spm.forecast import projection
from spm.forecast.coherence.hierarchy import Hierarchy, shrunk_covariance, with_sums
from tests.forecast.series import frame, many, realistic, wide

PARENTS = {"a": "left", "b": "left", "c": "right", "left": "all", "right": "all"}
NAMES = ["a", "all", "b", "c", "left", "right"]


def test_sums_of_leaves() -> None:
    tree = Hierarchy.of(PARENTS, NAMES)
    made = tree.bottom_up(np.array([[1.0], [0], [10], [100], [0], [0]]))
    assert made[:, 0].tolist() == [1, 111, 10, 100, 11, 100]


def test_the_combination_is_the_published_formula() -> None:
    """S (S' W^-1 S)^-1 S' W^-1 y, written out."""
    random = np.random.default_rng(0)
    tree = Hierarchy.of(PARENTS, NAMES)
    errors, forecasts = random.normal(size=(6, 80)), random.normal(size=(6, 3))
    weights = np.linalg.inv(shrunk_covariance(errors))
    sums = tree.sums
    expected = sums @ np.linalg.inv(sums.T @ weights @ sums) @ sums.T @ weights @ forecasts
    np.testing.assert_allclose(tree.combined(forecasts, errors), expected, atol=1e-6)


def test_who_never_erred_is_added_up() -> None:
    tree = Hierarchy.of({"a": "all", "b": "all"}, ["a", "all", "b"])
    assert tree.combined(np.array([[1.0], [9.0], [2.0]]), np.zeros((3, 4))).ravel().tolist() == [1.0, 3.0, 2.0]


def test_a_past_without_a_miss_but_one_adds_up() -> None:
    """Half of the past says nothing of how anybody errs."""
    history = many(np.vstack([np.full(15, 2.0), np.r_[np.full(7, 3.0), 5.0, np.full(7, 3.0)]]))
    line = wide(projection(history, 2, 4, parents={"s0000": "all", "s0001": "all"}))
    assert line.loc["all"].tolist() == pytest.approx((line.loc["s0000"] + line.loc["s0001"]).tolist())
    assert line.loc["s0000"].tolist() == pytest.approx([2.0, 2.0])


def test_depths_count_from_the_top_also_where_a_parent_has_one_child() -> None:
    tree = Hierarchy.of({"a": "left", "b": "right", "c": "right", "left": "all", "right": "all"}, NAMES)
    assert dict(zip(NAMES, tree.depths[np.argsort(tree.nodes)].tolist(), strict=True)) == {
        "all": 1, "left": 2, "right": 2, "a": 3, "b": 3, "c": 3
    }  # fmt: skip


def test_correlations_are_drawn_in_by_how_unsure_each_pair_is() -> None:
    """Schäfer and Strimmer's sums over pairs, pair by pair."""
    errors = np.random.default_rng(5).normal(size=(4, 30)) + np.random.default_rng(6).normal(size=30)
    standard = errors / np.sqrt((errors**2).mean(axis=1, keepdims=True))
    pairs = [(one, other) for one in range(4) for other in range(4) if one != other]
    products = [standard[one] * standard[other] for one, other in pairs]
    doubt = sum(((each - each.mean()) ** 2).sum() / 30 / 29 for each in products)
    share = doubt / sum(each.mean() ** 2 for each in products)
    assert 0 < share < 1
    covariance = errors @ errors.T / 30
    expected = np.where(np.eye(4) == 1, covariance, (1 - share) * covariance)
    np.testing.assert_allclose(shrunk_covariance(errors), expected)


@pytest.mark.filterwarnings("error")
def test_without_a_past_nothing_is_known_of_errors() -> None:
    assert shrunk_covariance(np.zeros((3, 0))).tolist() == [[0.0] * 3] * 3


def test_a_circle_is_refused() -> None:
    with pytest.raises(ValueError, match="adds up to itself"):
        Hierarchy.of({"a": "b", "b": "c", "c": "b"}, ["a", "b", "c"])


def test_a_parent_without_rows_is_the_sum_and_missing_where_one_is() -> None:
    history = with_sums(frame(a=[1.0, np.nan, 3.0], b=[10.0, 20.0]), {"a": "all", "b": "all"})
    made = history[history["series"] == "all"].set_index("period")["value"]
    assert made[0] == 11
    assert np.isnan(made[1])
    assert made[2] == 3


@pytest.mark.parametrize("seed", [1, 2])
def test_every_level_adds_up_in_every_period(seed: int) -> None:
    values = np.round(realistic(30, 48, seed) * 100)
    history = many(values)
    parents = {name: f"team {number % 4}" for number, name in enumerate(history["series"].unique())}
    parents |= {f"team {number}": "company" for number in range(4)}
    made = projection(history, 12, lower=0.0, parents=parents, ends={"s0003": 50})
    line = wide(made)
    for parent in set(parents.values()):
        children = [child for child, above in parents.items() if above == parent]
        np.testing.assert_allclose(line.loc[parent], line.loc[children].sum(), atol=0.001)
    assert (made[["value", "low_95"]] >= 0).all(axis=None)
    assert (made["low_95"] <= made["low_80"]).all()
    assert (made["low_80"] <= made["value"]).all()
    assert (made["value"] <= made["high_80"]).all()
    assert (line.loc["s0003", 51:] == 0).all()


def test_a_rep_of_three_months_and_one_of_yesterday_are_part_of_the_team() -> None:
    random = np.random.default_rng(4)
    old = pd.DataFrame({"series": "old", "period": np.arange(36), "value": random.normal(100, 10, 36)})
    new = pd.DataFrame({"series": "new", "period": np.arange(33, 36), "value": [20.0, 30.0, 40.0]})
    gone = pd.DataFrame({"series": "gone", "period": np.arange(20), "value": random.normal(50, 5, 20)})
    parents = dict.fromkeys(["old", "new", "gone", "unborn"], "team")
    made = projection(pd.concat([old, new, gone]), 6, parents=parents, ends={"gone": 19})
    assert set(made["period"]) == set(range(36, 42))
    line = wide(made)
    np.testing.assert_allclose(line.loc["team"], line.drop("team").sum())
    assert (line.loc["gone"] == 0).all()
    assert (line.loc["unborn"] == 0).all()
