"""What people did day by day, so that any of the days can be added up without asking anew. Pure."""

from math import nan

import numpy as np
import pandas as pd

from spm.calendar import Span
from spm.metrics.registry import Metric, Nature

ADD_UP = (Nature.SUM, Nature.RATIO)
"""Natures of metrics whose days can be told apart; a stock, a median and a distinct count are of a whole span."""

PARTS = ("value", "numerator", "denominator")
Parts = tuple[float, ...]
"""Value, numerator and denominator of a metric; NaN is missing."""

MISSING: Parts = (nan, nan, nan)


class Days:
    """A metric that adds up, of some people on each day of a span.

    `frame` is that of `metrics.queries.answers` by rep and day.
    """

    def __init__(self, frame: pd.DataFrame, metric: Metric, span: Span) -> None:
        self.metric, self.span = metric, span
        codes, names = pd.factorize(frame["rep"])
        at = frame["day"].to_numpy("datetime64[D]") - np.datetime64(span.start)
        numbers = np.full((len(names), span.days_count, len(PARTS)), nan)
        numbers[codes, at.astype(int)] = np.column_stack([frame[part].to_numpy(float) for part in PARTS])
        self._of = dict(zip(names, numbers, strict=True))

    def parts(self, rep: str, span: Span) -> Parts:
        """Value, numerator and denominator of a person on these days; NaN is missing."""
        if rep not in self._of:
            return MISSING
        days = self._of[rep][(span.start - self.span.start).days : (span.end - self.span.start).days]
        is_known = ~np.isnan(days)
        sums = np.where(is_known, days, 0.0).sum(axis=0)
        value, above, under = np.where(is_known.any(axis=0), sums, nan).tolist()
        if self.metric.is_ratio:
            return above / under if under else nan, above, under
        return value, nan, nan
