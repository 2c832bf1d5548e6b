"""What was said against what came, by hand."""

from datetime import date, datetime

import pandas as pd
import pytest

from spm.calendar import FiscalCalendar, Grain
from spm.forecast.publishing import published, record

NAN = float("nan")
COLUMNS = [
    "run_id",
    "made_at",
    "is_rebuilt",
    "model",
    "step",
    "start",
    "value",
    "low_80",
    "high_80",
    "low_95",
    "high_95",
]
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def forecasts(*rows: tuple[int, int, bool, int, date, float]) -> pd.DataFrame:
    """Run, day of May or June on which it was made, rebuilt, step, month, value; ranges of ± 10 and ± 20."""
    full = [
        (run, datetime(2026, 5, day), rebuilt, "mean", step, start, v, v - 10, v + 10, v - 20, v + 20)
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


def test_of_whom_nothing_was_known_nothing_was_said() -> None:
    assert record.said_at(SAID.assign(model=["no history", *["mean"] * 4]), 1)["value"].tolist() == [120.0, 140.0]


def test_off_by_and_inside() -> None:
    history = pd.DataFrame({"start": [MAY, JUNE], "value": [110.0, 100.0]})
    held = record.against(record.said_at(SAID, 1), history)
    assert held["off_share"].tolist() == pytest.approx([0.1, -40 / 140])
    assert held["is_inside"].tolist() == [True, False]
    found = record.accuracy(held, history, season=12)
    assert found.wape == pytest.approx((10 + 40) / 210)
    assert (found.counted, found.inside_count, found.simple_wape) == (2, 1, None)


def test_the_simple_rule_is_the_one_that_did_best_before() -> None:
    """By hand, seasons of 2. Third: last value and mean have erred alike, by 6, and nothing is known of the season before.
    From the fourth on the season before has erred by nothing, the last value by 6 and 6, the mean by 6 and 3."""
    starts = [date(2026, month, 1) for month in range(1, 6)]
    history = pd.DataFrame({"start": starts, "value": [10.0, 16.0, 10.0, 16.0, 12.0]})
    assert record.simple_rule(history, season=2).tolist() == pytest.approx([NAN, NAN, 16.0, 16.0, 10.0], nan_ok=True)
    held = pd.DataFrame({"start": starts[3:], "value": [15.0, 12.0], "came": [16.0, 12.0], "is_inside": [True, True]})
    assert record.accuracy(held, history, season=2).simple_wape == pytest.approx((0 + 2) / 28)


def test_only_the_last_periods_that_follow_each_other_stand_in_a_row() -> None:
    calendar = FiscalCalendar(1)
    starts = [date(2026, 1, 1), date(2026, 3, 1), date(2026, 4, 1), MAY]
    rows = record.without_gaps(pd.DataFrame({"start": starts}), Grain.MONTH, calendar)
    assert rows["start"].tolist() == starts[1:]
    assert len(record.without_gaps(rows, Grain.MONTH, calendar)) == 3
    assert record.without_gaps(rows.head(0), Grain.MONTH, calendar).empty


def test_what_had_no_range_promised_nothing_unless_it_came_exactly() -> None:
    history = pd.DataFrame({"start": [MAY, JUNE], "value": [110.0, 140.0]})
    said = record.said_at(SAID, 1)
    flat = said.assign(low_95=said["value"], high_95=said["value"])
    held = record.against(flat, history)
    assert held["has_range"].tolist() == [False, True]
    assert held["is_inside"].tolist() == [None, True]


def test_nothing_said_and_nothing_come_is_exact() -> None:
    said = forecasts((1, 3, False, 1, MAY, 0.0))
    flat = said.assign(low_95=float("nan"), high_95=float("nan"))
    held = record.against(flat, pd.DataFrame({"start": [MAY], "value": [0.0]}))
    assert held[["off_share", "has_range", "is_inside"]].to_numpy().tolist() == [[0.0, True, True]]


def test_a_running_month_has_not_come() -> None:
    history = pd.DataFrame({"start": [MAY], "value": [110.0]})
    held = record.against(record.said_at(SAID, 1), history)
    assert held["is_inside"].tolist() == [True, None]
    assert record.accuracy(held, history, season=12).counted == 1


def test_nothing_came_is_no_error_rate() -> None:
    assert record.wape([5.0], [0.0]) is None
    assert record.wape([90.0, 120.0], [100.0, 100.0]) == pytest.approx(0.15)


def projected(start: date, **values: float) -> pd.DataFrame:
    """A member's month each: value, with ranges of ± 10 % and ± 20 %."""
    rows = [
        {"member": name, "start": start, "value": v, "low_80": 0.9 * v, "high_80": 1.1 * v, "low_95": 0.8 * v, "high_95": 1.2 * v}
        for name, v in values.items()
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_a_team_with_those_below_it_is_as_sure_as_the_company_is_of_all() -> None:
    every = projected(MAY, north=300.0, east=400.0, west=0.0)
    independent = projected(MAY, all=700.0).assign(low_80=650.0, high_80=750.0)  # √(30² + 40²) = 50
    both = published.together(every, {"north", "east"}, independent)
    assert both[["value", "low_80", "high_80"]].to_numpy().tolist() == [[700.0, 650.0, 750.0]]
    joint = projected(MAY, all=700.0)  # ± 70: they miss together, by 1.4 times as much
    one = published.together(every, {"north"}, joint)
    assert one["high_80"].tolist() == pytest.approx([300 + 1.4 * 30])
    assert one["low_80"].tolist() == pytest.approx([300 - 1.4 * 30])
