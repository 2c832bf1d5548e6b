"""Each month of a measure is read once, and any span is put together from the months that it has."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from spm.calendar import Span, plus_months
from spm.rows import DAY, Labels, Rows
from spm.store.months import Months

FIRST = date(2025, 11, 1)
Totals = list[tuple[str, int, int, int]]  # measure, person, month from FIRST on, value


class Table:
    """Totals to read, with what was read of them."""

    def __init__(self, totals: Totals) -> None:
        self.totals = [(measure, person, plus_months(FIRST, at), value) for measure, person, at, value in totals]
        self.read: list[tuple[tuple[str, ...], Span]] = []

    def rows(self, measures: Sequence[str], span: Span) -> Rows:
        self.read.append((tuple(measures), span))
        found = [total for total in self.totals if total[0] in measures and total[2] in span]
        columns = {"person_id": np.int64, "period": DAY, "value_e4": np.int64}
        numbers = {
            name: np.array([one[at] for one in found], kind) for at, (name, kind) in enumerate(columns.items(), 1)
        }
        return Rows(numbers, {"measure": Labels.of(total[0] for total in found)})


def months(first: int, count: int) -> Span:
    return Span(plus_months(FIRST, first), plus_months(FIRST, first + count))


def told(rows: Rows) -> list[tuple[object, ...]]:
    """Measure, person, first day and value of each total, in order."""
    columns = (rows.labels["measure"].texts, *(rows.numbers[name] for name in ("person_id", "period", "value_e4")))
    return sorted(zip(*(column.tolist() for column in columns), strict=True))


def test_a_month_is_read_once_and_only_what_is_lacking() -> None:
    table = Table([("calls", 1, 0, 5), ("calls", 1, 2, 7), ("demos", 2, 1, 3)])
    held = Months(table.rows)
    november, january = ("calls", 1, FIRST, 5), ("calls", 1, date(2026, 1, 1), 7)
    assert told(held.totals(["calls"], months(0, 2))) == [november]
    assert told(held.totals(["calls", "demos"], months(0, 3))) == [
        november,
        january,
        ("demos", 2, date(2025, 12, 1), 3),
    ]
    held.totals(["demos", "calls"], months(1, 2))
    assert table.read == [(("calls",), months(0, 2)), (("calls", "demos"), months(0, 3))]


TOTALS = st.dictionaries(
    st.tuples(st.sampled_from(["calls", "demos", "meetings"]), st.integers(1, 4), st.integers(0, 5)),
    st.integers(-9, 9),
)
ASKED = st.tuples(
    st.lists(st.sampled_from(["calls", "demos", "meetings"]), min_size=1, unique=True),
    st.integers(0, 5),
    st.integers(1, 3),
)


@settings(max_examples=40)
@given(TOTALS, st.lists(ASKED, min_size=1, max_size=6))
def test_whatever_was_asked_before_the_totals_are_those_of_the_table(
    totals: dict[tuple[str, int, int], int], asked: list[tuple[list[str], int, int]]
) -> None:
    table = Table([(*key, value) for key, value in totals.items()])
    held = Months(table.rows)
    for measures, first, count in asked:
        assert told(held.totals(measures, months(first, count))) == told(table.rows(measures, months(first, count)))
