"""A metric over time, each month or other period asked once, whichever of them are looked at. Pure."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from math import isnan, nan

from spm.calendar import Grain, Period, Span, plus_months
from spm.rows import Rows

Ask = Callable[[Grain, Span], Rows]
"""A grain and a span → a metric by that grain, as `queries.answer_rows` gives it."""


class Course:
    """A metric of one part of the company over time; `ask` is asked for what was not told before."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._values: dict[Grain, dict[str, float]] = {}
        self._days: dict[date, dict[date, float]] = {}

    def values(self, grain: Grain, periods: Sequence[Period]) -> list[float]:
        """The metric in each of several periods of that length; NaN where it is missing."""
        known = self._values.setdefault(grain, {})
        if lacking := [one for one in periods if one.label not in known]:
            rows = self._ask(grain, Span(min(one.start for one in lacking), max(one.end for one in lacking)))
            found = dict(_told(rows, grain))
            known |= {one.label: found.get(one.label, nan) for one in lacking}
        return [known[one.label] for one in periods]

    def by_day(self, span: Span) -> dict[date, float]:
        """The metric on each day of `span` on which it is known."""
        months = span.first_days_of_months()
        if lacking := [month for month in months if month not in self._days]:
            span_of_all = Span(min(lacking), plus_months(max(lacking), 1))
            found: dict[date, dict[date, float]] = {month: {} for month in lacking}
            for label, value in _told(self._ask(Grain.DAY, span_of_all), Grain.DAY):
                day = date.fromisoformat(label)
                if not isnan(value):
                    found.setdefault(day.replace(day=1), {})[day] = value
            self._days |= found  # when they are whole: readers of other sessions look on
        return {day: value for month in months for day, value in self._days[month].items() if day in span}


def _told(rows: Rows, grain: Grain) -> Iterator[tuple[str, float]]:
    """The label of each period, and the value in it."""
    return zip(rows.labels[grain.value].texts, rows.numbers["value"].tolist(), strict=True)
