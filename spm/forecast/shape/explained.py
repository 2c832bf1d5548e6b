"""Why a projection is what it is: the league behind it, what was found in the history, its parts and its typical year."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from spm.forecast.accuracy.origins import usual_size, usual_step
from spm.forecast.accuracy.ranges import widths
from spm.forecast.accuracy.selection import SIMPLE
from spm.forecast.accuracy.study import Study, study
from spm.forecast.engine import LEVELS, ORIGINS, Calendar, Lower, prepared, projected, scored
from spm.forecast.methods.league import MODELS
from spm.forecast.methods.stl import stl

Floats = NDArray[np.float64]

FLAT = {f"{SIMPLE}last value", f"{SIMPLE}mean", "intermittent demand"}
"""Models that claim no season."""
PIPELINE = "open pipeline"
SPREAD = (0.1, 0.9)
"""Shares of the years between which a typical year's spread lies."""


@dataclass(frozen=True)
class Explained:
    """One study and the frames that tell of it, each made when it is asked for.

    `projection` and `backtest` are those of the functions of that name; working them out together takes half as long.
    """

    found: Study
    projection: pd.DataFrame

    @cached_property
    def backtest(self) -> pd.DataFrame:
        return scored(self.found)

    @cached_property
    def league(self) -> pd.DataFrame:
        """One row per series and candidate: series, model, weight, wape, mase, coverage_80, coverage_95, value_added.

        `weight` is its part in the projection, which may lie below 0; the open pipeline's that of the mean step ahead. Best
        first.
        """
        found = self.found
        candidates = list(zip(MODELS, found.chosen.weights, found.known.forecasts, strict=True))
        if found.pipeline is not None:
            share = found.pipeline.shares.mean(axis=1)
            candidates = [(model, weights * (1 - share), line) for model, weights, line in candidates]
            candidates.append((PIPELINE, share, found.pipeline.said))
        rows = [self._record(model, weights, line) for model, weights, line in candidates]
        return pd.concat(rows).sort_values(["series", "wape"], kind="stable", ignore_index=True)

    def _record(self, model: str, weights: Floats, line: Floats) -> pd.DataFrame:
        """What `line`, rows × steps at past origins, was worth."""
        found, cases = self.found, self.found.now.cases
        wape, mase = found.scores(line)
        simple_wape, _ = found.scores(found.simple_line)
        held = widths(found.known, line, usual_step(cases), usual_size(cases), found.horizon, LEVELS).coverage
        scores = {"weight": weights, "wape": wape, "mase": mase}
        scores |= {f"coverage_{level * 100:g}": share for level, share in held.items()}
        return pd.DataFrame({"series": found.of.names, "model": model, **scores, "value_added": simple_wape - wape})

    @cached_property
    def disturbances(self) -> pd.DataFrame:
        """series, kind ("huge value", "level shift"), period, value, expected: of a huge value what was there and what its
        neighbours and the season say; of a shift the level from that period on, and the one before."""
        found, of = self.found.now.found, self.found.of
        row, at = np.nonzero(found.outliers)
        huge = self._frame(row, at, "huge value", of.values[row, at], found.expected[row, at])
        moved = np.flatnonzero(found.shift_at >= 0)
        shifts = self._frame(moved, found.shift_at[moved], "level shift", found.after[moved], found.before[moved])
        return pd.concat([huge, shifts], ignore_index=True)

    @cached_property
    def evidence(self) -> pd.DataFrame:
        """One row per series: series, periods_count, season_belief (0: no season is claimed; near 1: it is sure) and
        working_day_effect (0: none is clear; 1: in proportion to the days)."""
        now, of = self.found.now, self.found.of
        flat = np.array([name in FLAT for name in self.found.chosen.names], dtype=bool)
        belief = np.where(flat, 0.0, now.cases.added_season.belief)
        columns = {"periods_count": of.lengths, "season_belief": belief, "working_day_effect": now.working_day_effect}
        return pd.DataFrame({"series": of.names, **columns})

    @cached_property
    def parts(self) -> pd.DataFrame:
        """series, period, value, trend, season, rest: they add up. The value is the history with its gaps filled, huge values
        bounded and former levels moved to the present one; of fewer than two seasons the season is 0."""
        cases, of = self.found.now.cases, self.found.of
        trend, seasonal = stl(cases.values, cases.lengths, cases.season)
        seasonal = seasonal * cases.added_season.belief[:, None]
        row, at = np.nonzero(cases.there)
        value, trended, season = cases.values[row, at], trend[row, at], seasonal[row, at]
        amounts = {"value": value, "trend": trended, "season": season, "rest": value - trended - season}
        return pd.DataFrame(
            {"series": np.array(of.names, dtype=object)[row], "period": self._periods(row, at), **amounts}
        )

    @cached_property
    def typical_year(self) -> pd.DataFrame:
        """series, position, period, usual, low, high: by how much each position of the season lies above or below the trend.

        `position` 0 is that of the first projected period, which `period` names. `low` and `high` hold 8 of 10 years.
        Only series with two full seasons.
        """
        cases, of = self.found.now.cases, self.found.of
        trend, _ = stl(cases.values, cases.lengths, cases.season)
        apart = np.where(cases.there, cases.values - trend, np.nan)
        frames = []
        for row in np.flatnonzero(cases.seasonal):
            length = int(cases.lengths[row])
            years = [apart[row, at : length : cases.season] for at in range(cases.season)]
            turned = [years[(length + position) % cases.season] for position in range(cases.season)]
            low, high = (np.array([np.quantile(each, share) for each in turned]) for share in SPREAD)
            numbers = of.next_periods[row] + np.arange(cases.season)
            columns = {"usual": [each.mean() for each in turned], "low": low, "high": high}
            frames.append(
                pd.DataFrame(
                    {
                        "series": of.names[row],
                        "position": np.arange(cases.season),
                        "period": of.clock.periods(numbers),
                        **columns,
                    }
                )
            )
        empty = pd.DataFrame(columns=["series", "position", "period", "usual", "low", "high"])
        return pd.concat(frames, ignore_index=True) if frames else empty

    def _periods(self, row: NDArray[np.int64], at: NDArray[np.int64]) -> pd.Series:
        of = self.found.of
        return of.clock.periods(of.next_periods[row] - of.lengths[row] + at)

    def _frame(
        self, row: NDArray[np.int64], at: NDArray[np.int64], kind: str, value: Floats, expected: Floats
    ) -> pd.DataFrame:
        names = np.array(self.found.of.names, dtype=object)[row]
        return pd.DataFrame(
            {"series": names, "kind": kind, "period": self._periods(row, at), "value": value, "expected": expected}
        )


def explained(
    history: pd.DataFrame,
    horizon: int,
    season: int = 12,
    lower: Lower | None = None,
    ends: Mapping[str, object] | None = None,
    calendar: Calendar | None = None,
    parents: Mapping[str, str] | None = None,
    outliers: str = "bound",
    pipeline: pd.DataFrame | None = None,
) -> Explained:
    """The projection with all that explains it; arguments are those of `projection`."""
    of, hierarchy = prepared(history, season, ends, calendar, parents)
    found = study(of, horizon, season, LEVELS, ORIGINS, hierarchy, outliers, pipeline)
    return Explained(found, projected(found, hierarchy, lower, ends, known=None))
