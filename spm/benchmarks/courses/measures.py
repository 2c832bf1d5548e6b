"""As what a metric is compared, so that veterans and starters can stand beside each other. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from math import inf

import pandas as pd

from spm.benchmarks.own_past import Judgement, Point
from spm.benchmarks.subjects.model import Subject
from spm.calendar import Period, plus_months

HEADROOM = 1.5  # times the largest value: so far a range of normal is shown
COLUMNS = ("name", "month", "value", "normal_low", "normal_high", "signal")


class Measure(StrEnum):
    """As it is, or against something of one's own."""

    ABSOLUTE = "As it is"
    PER_DAY = "Per working day"
    OF_TARGET = "% of own target"
    CHANGE = "Change on a year earlier"


def by_month(
    judged: Mapping[Subject, Sequence[Judgement]],
    measure: Measure,
    days: Mapping[tuple[Subject, Period], int],
    months_count: int,
    most: float = inf,
) -> pd.DataFrame:
    """The last months of each, one row a subject and month: COLUMNS, `name` the subject's label.

    `signal` is "above", "below" or None. `days` are the working days of each in a month, needed per working day. A change on
    a year earlier has no range of normal; without a value a year earlier it is missing. Limits are cut at 0 and `most`, and
    where they lie far above every value.
    """
    rows = []
    for one, points in judged.items():
        values = {point.point.period.start: point.point.value for point in points}
        for judgement in points[-months_count:]:
            month, value = judgement.point.period, judgement.point.value
            low, high = (judgement.normal.low, judgement.normal.high) if judgement.normal else (None, None)
            signal = judgement.signal and ("above" if judgement.signal.is_above else "below")
            if measure is Measure.CHANGE:
                value, low, high = change(value, values.get(plus_months(month.start, -12))), None, None
            elif measure is Measure.PER_DAY:
                value, low, high = (per_day(part, days[one, month]) for part in (value, low, high))
            rows.append(
                (
                    one.label,
                    month.start,
                    value,
                    None if low is None else max(low, 0.0),
                    None if high is None else min(high, most),
                    signal,
                )
            )
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    highest = min(most, HEADROOM * frame["value"].astype(float).max())
    return frame.assign(normal_high=frame["normal_high"].map(lambda high: min(high, highest), "ignore"))


def per_day(value: float | None, days_count: int) -> float | None:
    """Value ÷ working days, None without any."""
    return value / days_count if value is not None and days_count else None


def points_per_day(points: Sequence[Point], days: Mapping[Period, int]) -> list[Point]:
    """Each value ÷ the working days of its period, which weigh it in a mean over periods."""
    return [
        replace(one, value=per_day(one.value, days[one.period]), denominator=float(days[one.period])) for one in points
    ]


def change(value: float | None, before: float | None) -> float | None:
    """(Value − before) ÷ before, None where either is missing or nothing was before."""
    return (value - before) / abs(before) if value is not None and before else None
