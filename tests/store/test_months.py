"""Each month of a measure is read once, and any span is put together from the months that it has."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from spm.calendar import Span, plus_months
from spm.store.months import Months

FIRST = date(2025, 11, 1)
Rows = list[tuple[str, int, int, int]]  # measure, person, month from FIRST on, value


class Table:
    """Totals to read, with what was read of them."""

    def __init__(self, rows: Rows) -> None:
        self.rows = [(measure, person, plus_months(FIRST, at), value) for measure, person, at, value in rows]
        self.read: list[tuple[tuple[str, ...], Span]] = []

    def totals(self, measures: Sequence[str], span: Span) -> pd.DataFrame:
        self.read.append((tuple(measures), span))
        found = [row for row in self.rows if row[0] in measures and row[2] in span]
        return pd.DataFrame(
            {
                "measure": pd.Categorical([row[0] for row in found]),
                "person_id": np.array([row[1] for row in found], np.int64),
                "period": np.array([row[2] for row in found], "datetime64[s]"),
                "value_e4": np.array([row[3] for row in found], np.int64),
            }
        )


def months(first: int, count: int) -> Span:
    return Span(plus_months(FIRST, first), plus_months(FIRST, first + count))


def told(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    return sorted(frame.itertuples(index=False, name=None))


def test_a_month_is_read_once_and_only_what_is_lacking() -> None:
    table = Table([("calls", 1, 0, 5), ("calls", 1, 2, 7), ("demos", 2, 1, 3)])
    held = Months(table.totals)
    assert told(held.totals(["calls"], months(0, 2), per_period=False)) == [(5, "calls", 1)]
    assert told(held.totals(["calls", "demos"], months(0, 3), per_period=False)) == [(3, "demos", 2), (12, "calls", 1)]
    held.totals(["demos", "calls"], months(1, 2), per_period=True)
    assert table.read == [(("calls",), months(0, 2)), (("calls", "demos"), months(0, 3))]


def test_by_month_each_total_has_its_first_day() -> None:
    held = Months(Table([("calls", 1, 0, 5), ("calls", 2, 2, 7)]).totals)
    frame = held.totals(["calls"], months(0, 3), per_period=True)
    assert frame["period"].dt.date.tolist() == [date(2025, 11, 1), date(2026, 1, 1)]
    assert frame["value_e4"].tolist() == [5, 7]


def test_sums_are_exact_beyond_what_a_float_holds() -> None:
    held = Months(Table([("calls", 1, 0, 2**53), ("calls", 1, 1, 1)]).totals)
    assert held.totals(["calls"], months(0, 2), per_period=False)["value_e4"].tolist() == [2**53 + 1]


TOTALS = st.dictionaries(
    st.tuples(st.sampled_from(["calls", "demos", "meetings"]), st.integers(1, 4), st.integers(0, 5)),
    st.integers(-9, 9),
)
ASKED = st.tuples(
    st.lists(st.sampled_from(["calls", "demos", "meetings"]), min_size=1, unique=True),
    st.integers(0, 5),
    st.integers(1, 3),
    st.booleans(),
)


@settings(deadline=None, max_examples=40)
@given(TOTALS, st.lists(ASKED, min_size=1, max_size=6))
def test_whatever_was_asked_before_the_totals_are_those_of_the_table(
    totals: dict[tuple[str, int, int], int], asked: list[tuple[list[str], int, int, bool]]
) -> None:
    rows = [(*key, value) for key, value in totals.items()]
    held = Months(Table(rows).totals)
    for measures, first, count, per_period in asked:
        of_span = [row for row in rows if row[0] in measures and first <= row[2] < first + count]
        found = held.totals(measures, months(first, count), per_period)
        if per_period:
            days = found["period"].dt.date
            assert sorted(zip(found["measure"], found["person_id"], days, found["value_e4"], strict=True)) == sorted(
                (measure, person, plus_months(FIRST, at), value) for measure, person, at, value in of_span
            )
        else:
            sums: dict[tuple[str, int], int] = {}
            for measure, person, _, value in of_span:
                sums[measure, person] = sums.get((measure, person), 0) + value
            assert (
                dict(zip(zip(found["measure"], found["person_id"], strict=True), found["value_e4"], strict=True))
                == sums
            )
