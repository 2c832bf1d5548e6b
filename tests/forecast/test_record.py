"""What was said against what came, by hand."""

from datetime import date, datetime

import pandas as pd
import pytest

from spm.forecast import record

COLUMNS = ["run_id", "made_at", "is_rebuilt", "step", "start", "value", "low_80", "high_80", "low_95", "high_95"]
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def forecasts(*rows: tuple[int, int, bool, int, date, float]) -> pd.DataFrame:
    """Run, day of May or June on which it was made, rebuilt, step, month, value; ranges of ± 10 and ± 20."""
    full = [
        (run, datetime(2026, 5, day), rebuilt, step, start, v, v - 10, v + 10, v - 20, v + 20)
        for run, day, rebuilt, step, start, v in rows
    ]
    return pd.DataFrame(full, columns=COLUMNS)


SAID = forecasts((1, 3, False, 1, MAY, 100.0), (1, 3, False, 2, JUNE, 110.0), (2, 9, False, 1, MAY, 120.0),
                 (3, 1, True, 1, MAY, 90.0), (4, 1, True, 1, JUNE, 140.0))  # fmt: skip


def test_the_first_published_of_a_month_comes_before_later_and_rebuilt_ones() -> None:
    eve = record.said_at(SAID, 1)
    assert eve[["run_id", "start", "value"]].to_numpy().tolist() == [[1, MAY, 100.0], [4, JUNE, 140.0]]
    assert record.said_at(SAID, 2)["run_id"].tolist() == [1]
    assert record.said_at(SAID, 7).empty


def test_off_by_and_inside() -> None:
    history = pd.DataFrame({"start": [MAY, JUNE], "value": [110.0, 100.0]})
    held = record.against(record.said_at(SAID, 1), history)
    assert held["off_share"].tolist() == pytest.approx([0.1, -40 / 140])
    assert held["is_inside"].tolist() == [True, False]
    found = record.accuracy(held)
    assert found.wape == pytest.approx((10 + 40) / 210)
    assert (found.counted, found.inside_count) == (2, 1)


def test_a_running_month_has_not_come() -> None:
    held = record.against(record.said_at(SAID, 1), pd.DataFrame({"start": [MAY], "value": [110.0]}))
    assert held["is_inside"].tolist() == [True, None]
    assert record.accuracy(held).counted == 1


def test_nothing_came_is_no_error_rate() -> None:
    assert record.wape([5.0], [0.0]) is None
    assert record.wape([90.0, 120.0], [100.0, 100.0]) == pytest.approx(0.15)
