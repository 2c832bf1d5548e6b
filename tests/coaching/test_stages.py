"""Times in stages by hand, from stays by stage and length."""

import pandas as pd
import pytest

from spm.coaching.stages import stage_times, without
from spm.store.stage_stays import COLUMNS, UNSEEN


def stays(*rows: tuple[str, int, bool, int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(COLUMNS))


def test_medians_rates_and_the_order_of_stages() -> None:
    found = stage_times(
        stays(
            ("Proposal", 52, True, 2, 2),
            ("Proposal", 30, False, 3, 4),  # one of them came to it again
            ("Discovery", 4, True, 1, 0),
            ("Discovery", 8, True, 2, 0),
            ("Discovery", 30, False, 3, 0),
        )
    )
    assert found["stage"].tolist() == ["Discovery", "Proposal"]
    assert found["place"].tolist() == pytest.approx([0, 1.2])
    assert found["left_count"].tolist() == [6, 5]
    assert found["median_days"].tolist() == [19, 30]  # between 8 and 30: 4 8 8 30 30 30
    assert found["gone_on_rate"].tolist() == [0.5, 0.4]


def test_what_nobody_saw_begin_is_left_but_has_no_length_and_few_make_no_median() -> None:
    found = stage_times(stays(("Discovery", UNSEEN, True, 9, 0), ("Discovery", 7, True, 4, 0)))
    assert found["left_count"].tolist() == [13]
    assert found["median_days"].isna().all()
    five = stage_times(stays(("Discovery", UNSEEN, True, 9, 0), ("Discovery", 7, True, 5, 0)))
    assert five["median_days"].tolist() == [7]


def test_without_others_is_what_is_left_of_each_length() -> None:
    every = stays(("Discovery", 4, True, 3, 1), ("Discovery", 8, True, 2, 0), ("Proposal", 4, False, 1, 1))
    found = without(every, stays(("Discovery", 4, True, 1, 1), ("Discovery", 8, True, 2, 0)))
    assert found.values.tolist() == [["Discovery", 4, True, 2, 0], ["Proposal", 4, False, 1, 1]]


def test_no_stays_are_no_stages() -> None:
    assert stage_times(stays()).empty
