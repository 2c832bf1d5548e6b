"""Totals by month, each month read once: what is asked of a longer span is put together from the months that it has."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

import numpy as np

from spm.calendar import Span, plus_months
from spm.rows import DAY, Labels, Rows

Read = Callable[[Sequence[str], Span], Rows]
"""Measures and whole months → measure, value_e4, person_id and period (the month's first day) of each total."""


class Months:
    """The totals of some people in the months that were asked for."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._held: dict[str, dict[date, tuple[np.ndarray, np.ndarray]]] = {}

    def totals(self, measures: Sequence[str], span: Span) -> Rows:
        """The totals of `span`, which is whole months."""
        months, named = span.first_days_of_months(), tuple(sorted(measures))
        self._hold(named, months)
        parts = [self._held[measure][month] for measure in named for month in months]
        counts = [len(people) for people, _ in parts]
        people, values = (np.concatenate(column) for column in zip(*parts, strict=True))
        measure = np.repeat(np.arange(len(named)), len(months))
        return Rows(
            {"value_e4": values, "person_id": people, "period": np.repeat(np.array(months * len(named), DAY), counts)},
            {"measure": Labels(np.repeat(measure, counts), named)},
        )

    def _hold(self, measures: Sequence[str], months: Sequence[date]) -> None:
        """Reads what is not held yet, in one piece."""
        lacking = {one: [month for month in months if month not in self._held.setdefault(one, {})] for one in measures}
        wanted = [one for one, its in lacking.items() if its]
        if not wanted:
            return
        every = [month for one in wanted for month in lacking[one]]
        span = Span(min(every), plus_months(max(every), 1))
        rows = self._read(wanted, span)
        measure, held = rows.labels["measure"], span.first_days_of_months()
        month = rows.numbers["period"].astype("datetime64[M]") - np.datetime64(span.start, "M")
        place = measure.each(map(wanted.index, measure.kinds), -1) * len(held) + month.astype(np.int64)
        in_order = np.argsort(place, kind="stable")
        ends = np.searchsorted(place[in_order], np.arange(len(wanted) * len(held) + 1))
        people, values = rows.numbers["person_id"][in_order], rows.numbers["value_e4"][in_order]
        for at, (start, end) in enumerate(pairwise(ends)):
            self._held[wanted[at // len(held)]][held[at % len(held)]] = people[start:end], values[start:end]
