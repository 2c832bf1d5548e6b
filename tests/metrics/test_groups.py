"""Adding up by codes gives what adding up by labels does."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from spm.metrics.groups import Groups, beside
from spm.rows import Labels, Rows

LABELS = st.sampled_from(["a", "b", "c", None])
ROWS = st.lists(st.tuples(LABELS, LABELS, st.integers(-(10**15), 10**15)), max_size=30)


@given(ROWS)
def test_sums_are_exact_and_in_the_order_of_the_labels(rows: list[tuple[str | None, str | None, int]]) -> None:
    values = np.array([value for _, _, value in rows], np.int64)
    groups = Groups(Rows({"value": values}, {"x": Labels.of(x for x, _, _ in rows), "y": Labels.of(y for _, y, _ in rows)}),
                    ["x", "y"])  # fmt: skip
    expected: dict[tuple[str | None, str | None], int] = {}
    for x, y, value in rows:
        expected[x, y] = expected.get((x, y), 0) + value
    in_order = sorted(expected, key=lambda key: tuple((label is None, label or "") for label in key))
    assert list(groups.rows().frame()[["x", "y"]].itertuples(index=False, name=None)) == in_order
    assert groups.sums(values).tolist() == [float(expected[key]) for key in in_order]


def test_parts_are_added_up_each_for_itself() -> None:
    values = np.array([1, 2, 4, 8])
    groups = Groups(Rows({"value": values}, {"x": Labels.of(["a", "b", "a", "a"])}), ["x"])
    sums = groups.sums_by_part(values, np.array([0, 0, 2, 0]), 3)
    assert np.array_equal(sums, [[9, 2], [math.nan, math.nan], [4, math.nan]], equal_nan=True)


def test_groups_that_are_expected_are_there_without_rows() -> None:
    values = np.array([1.0, math.nan])
    groups = Groups(Rows({"value": values}, {"x": Labels.of(["b", "b"])}), ["x"], Rows({}, {"x": Labels.of("abc")}))
    assert groups.labels["x"].texts.tolist() == ["a", "b", "c"]
    assert np.array_equal(groups.sums(values), [math.nan, 1.0, math.nan], equal_nan=True)
    of, value = groups.distinct(np.array([7, 7]))
    assert (of.tolist(), value.tolist(), groups.counts(of).tolist()) == ([1], [7], [0, 1, 0])


def test_without_dimensions_there_is_one_group() -> None:
    values = np.array([3, 1, 2])
    assert Groups(Rows({"value": values}), []).sums(values).tolist() == [6]
    assert np.isnan(Groups(Rows({"value": values[:0]}), []).sums(values[:0])).all()


def test_a_median_takes_the_same_thing_once_in_each_group() -> None:
    rows = Rows({"deal": np.array([7, 7, 8, 9])}, {"rep": Labels.of(["Ana", "Ben", "Ben", "Ben"])})
    values = np.array([1.0, 1.0, 5.0, 6.0])
    assert Groups(rows, []).medians(values, rows.numbers["deal"]).tolist() == [5.0]
    assert Groups(rows, ["rep"]).medians(values, rows.numbers["deal"]).tolist() == [1.0, 5.0]


def test_beside_each_row_stands_what_has_its_labels() -> None:
    left = Rows({"quota": np.array([1.0, 2.0, 3.0])}, {"rep": Labels.of(["Ben", None, "Ana"])})
    right = Rows({"booked": np.array([20, 30, 40])}, {"rep": Labels.of([None, "Ana", "Cid"])})
    found = beside(left, right, ["rep"])
    assert found.labels["rep"].texts.tolist() == ["Ben", None, "Ana"]
    assert found.numbers["quota"].tolist() == [1, 2, 3]
    assert np.array_equal(found.numbers["booked"], [math.nan, 20, 30], equal_nan=True)


def test_beside_the_whole_stands_what_is_known_of_the_whole() -> None:
    whole, none = Rows({"quota": np.array([5.0])}), Rows({"booked": np.empty(0)})
    assert beside(whole, Rows({"booked": np.array([7])}), []).numbers["booked"].tolist() == [7]
    assert np.isnan(beside(whole, none, []).numbers["booked"]).all()
