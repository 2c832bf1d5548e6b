"""Adding up by codes gives what adding up by labels does."""

import math

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from spm.metrics.groups import Groups

LABELS = st.sampled_from(["a", "b", "c", None])
ROWS = st.lists(st.tuples(LABELS, LABELS, st.integers(-(10**15), 10**15)), max_size=30)


@given(ROWS)
def test_sums_are_exact_and_in_the_order_of_the_labels(rows: list[tuple[str | None, str | None, int]]) -> None:
    frame = pd.DataFrame(rows, columns=["x", "y", "value"]).astype({"x": object, "y": object, "value": np.int64})
    groups = Groups(frame, ["x", "y"])
    expected: dict[tuple[str | None, str | None], int] = {}
    for x, y, value in rows:
        expected[x, y] = expected.get((x, y), 0) + value
    in_order = sorted(expected, key=lambda key: tuple((label is None, label or "") for label in key))
    assert list(groups.labels.itertuples(index=False, name=None)) == in_order
    assert groups.sums(frame["value"].to_numpy()).tolist() == [float(expected[key]) for key in in_order]


def test_groups_that_are_expected_are_there_without_rows() -> None:
    rows = pd.DataFrame({"x": ["b", "b"], "value": [1.0, math.nan]})
    groups = Groups(rows, ["x"], pd.DataFrame({"x": ["a", "b", "c"]}))
    assert groups.labels["x"].tolist() == ["a", "b", "c"]
    assert np.array_equal(groups.sums(rows["value"].to_numpy()), [math.nan, 1.0, math.nan], equal_nan=True)
    assert groups.distinct_counts(np.array([7, 7])).tolist() == [0, 1, 0]


def test_without_dimensions_there_is_one_group() -> None:
    rows = pd.DataFrame({"value": [3, 1, 2]})
    assert Groups(rows, []).sums(rows["value"].to_numpy()).tolist() == [6]
    assert Groups(rows, []).medians(rows["value"]).tolist() == [2]
    assert np.isnan(Groups(rows.head(0), []).sums(rows["value"].head(0).to_numpy())).all()
