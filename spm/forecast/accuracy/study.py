"""Everything that is worked out for a panel at once: what projection, back-test and explanations are read from."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from spm.forecast.accuracy.combination import blended
from spm.forecast.accuracy.measures import naive_error
from spm.forecast.accuracy.origins import Past, Standpoint, past, standpoint, usual_size, usual_step
from spm.forecast.accuracy.pipeline import Drawn, Pipeline, drawn
from spm.forecast.accuracy.ranges import Widths, widths_by_group
from spm.forecast.accuracy.selection import Choice, choice
from spm.forecast.accuracy.short import widened
from spm.forecast.coherence.hierarchy import Hierarchy
from spm.forecast.series.panel import Panel

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Study:
    """`now`: the full histories; `known`: the league at past origins; `line`: series × steps ahead, NaN without a history;
    `past_line`: what the same choice, made without that origin, said at each past row; `pipeline`: how far both were drawn
    towards the open pipeline, None where none was given."""

    of: Panel
    season: int
    horizon: int
    now: Standpoint
    known: Past
    chosen: Choice
    line: Floats
    past_line: Floats
    widths: Widths
    pipeline: Drawn | None

    @property
    def simple_line(self) -> Floats:
        """What the simple rule, chosen by the other origins, said at each past row."""
        return self.known.forecasts[self.chosen.past_simple, np.arange(len(self.known.series))]

    def scores(self, line: Floats) -> tuple[Floats, Floats]:
        """WAPE and MASE of each series, of what `line` said at past rows, where it did; NaN where nothing was held back."""
        came = np.where(np.isfinite(line), self.known.actuals, np.nan)
        errors = self.sums(came - line)
        counts = self.sums(np.isfinite(came))
        wape = ratio(errors, self.sums(came))
        return wape, ratio(ratio(errors, counts), naive_error(self.of.values, self.season))

    def sums(self, values: NDArray[np.float64 | np.bool_]) -> Floats:
        """Per series the sum of absolute values over its past rows."""
        rows = np.nan_to_num(np.abs(values)).sum(axis=1)
        return np.bincount(self.known.series, rows, len(self.of)).astype(np.float64)


def study(
    of: Panel,
    horizon: int,
    season: int,
    levels: tuple[float, ...],
    origins: int,
    hierarchy: Hierarchy | None,
    outliers: str,
    pipeline: pd.DataFrame | None = None,
) -> Study:
    """The series of a `hierarchy` have their origins in the same periods; each depth of it has its own way of erring."""
    depths = np.zeros(len(of), dtype=np.int64)
    if hierarchy is not None:
        depths[hierarchy.nodes] = hierarchy.depths
    rows = np.arange(len(of))
    now = standpoint(of, season, rows, np.zeros_like(rows), horizon, outliers)
    known = past(of, season, horizon, origins, np.flatnonzero(depths), outliers)
    chosen = choice(known, now.cases)
    line = blended(chosen.weights, now.league())
    line[of.lengths == 0] = np.nan
    past_line = blended(chosen.past_weights, known.forecasts)
    towards = None
    if pipeline is not None:
        towards = drawn(Pipeline.of(pipeline, of, known, horizon), known, line, past_line)
        line, past_line = towards.line, towards.past_line
    scale, size = usual_step(now.cases), usual_size(now.cases)
    ranges = widths_by_group(known, past_line, scale, size, horizon, levels, depths)
    ranges = widened(ranges, of, season, horizon, known, now, depths, outliers)
    return Study(of, season, horizon, now, known, chosen, line, past_line, ranges, towards)


def ratio(over: Floats, under: Floats) -> Floats:
    return np.divide(over, under, out=np.full(len(over), np.nan), where=under > 0)
