"""Rows as columns: the same rows, whether they are looked at as labels, stacked or as a frame."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from spm.rows import DAY, Labels, Rows, joined, stacked

TEXTS = st.lists(st.sampled_from(["a", "b", "c", None]), max_size=8)


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_labels_one_behind_the_other_are_the_same_texts_in_ordered_kinds(columns: list[list[str | None]]) -> None:
    found = joined([Labels.of(texts) for texts in columns])
    assert found.texts.tolist() == [text for texts in columns for text in texts]
    assert list(found.kinds) == sorted(found.kinds)


def test_what_is_said_of_kinds_is_said_of_rows() -> None:
    teams = Labels.of(["West", None, "East", "West"])
    assert teams.kinds == ("East", "West")
    assert teams.each((1, 2), 0).tolist() == [2, 0, 1, 2]
    assert teams.among({"West", "North"}).tolist() == [True, False, False, True]
    assert teams[np.array([1, 2])].texts.tolist() == [None, "East"]
    assert Labels.alike("Acme", 2).texts.tolist() == ["Acme", "Acme"]
    assert Labels.of([]).among({"West"}).tolist() == []


def test_stacked_rows_have_the_columns_of_all() -> None:
    first = Rows({"value": np.array([1, 2]), "person_id": np.array([7, 8])}, {"team": Labels.of(["West", None])})
    second = Rows({"value": np.array([3])}, {"team": Labels.of(["East"]), "role": Labels.of(["rep"])})
    rows = stacked([first, second])
    assert (list(rows.numbers), list(rows.labels), len(rows)) == (["value"], ["team"], 3)
    assert rows[rows.numbers["value"] > 1].labels["team"].texts.tolist() == [None, "East"]


def test_a_frame_and_back() -> None:
    frame = pd.DataFrame(
        {"value": [1.5, 2.5], "period": pd.to_datetime(["2024-01-31", "2024-02-01"]), "team": ["West", None]}
    )
    rows = Rows.of(frame, ("team",))
    assert rows.numbers["period"].dtype == DAY
    again = rows.plus({"value": np.array([1.5, 4.0])}).frame()
    assert again["value"].tolist() == [1.5, 4.0]
    assert again["period"].dt.day.tolist() == [31, 1]
    assert again["team"].tolist() == ["West", None]
