"""What people did day by day, so that any of the days can be added up without asking anew. Pure."""

from math import nan

import numpy as np

from spm.calendar import Span
from spm.metrics.registry import Metric, Nature
from spm.rows import DAY, Rows

ADD_UP = (Nature.SUM, Nature.RATIO)
"""Natures of metrics whose days can be told apart; a stock, a median and a distinct count are of a whole span."""

PARTS = ("value", "numerator", "denominator")
Parts = tuple[float | None, ...]
"""Value, numerator and denominator of a metric; None is missing."""

MISSING: Parts = (None, None, None)


class Days:
    """A metric that adds up, of some people on each day of a span.

    `rows` are those of `metrics.queries.answer_rows` by rep and day.
    """

    def __init__(self, rows: Rows, metric: Metric, span: Span) -> None:
        self.metric, self.span = metric, span
        rep, day = rows.labels["rep"], rows.labels["day"]
        known, codes = np.unique(rep.codes, return_inverse=True)
        at = np.array(day.kinds, DAY)[day.codes] - np.datetime64(span.start)
        numbers = np.full((len(known), span.days_count, len(PARTS)), nan)
        numbers[codes, at.astype(int)] = np.column_stack([rows.numbers[part] for part in PARTS])
        self._of = {rep.kinds[code]: theirs for code, theirs in zip(known, numbers, strict=True)}

    def parts(self, rep: str, span: Span) -> Parts:
        """Those of a person on these days."""
        if rep not in self._of:
            return MISSING
        days = self._of[rep][(span.start - self.span.start).days : (span.end - self.span.start).days]
        is_known = ~np.isnan(days)
        sums = np.where(is_known, days, 0.0).sum(axis=0)
        value, above, under = parts_of(np.where(is_known.any(axis=0), sums, nan))
        if self.metric.is_ratio:
            return above / under if above is not None and under else None, above, under
        return value, None, None


def parts_of(numbers: np.ndarray) -> list[float | None]:
    """Numbers of which NaN is missing."""
    found = numbers.astype(object)
    found[np.isnan(numbers)] = None
    known: list[float | None] = found.tolist()
    return known
