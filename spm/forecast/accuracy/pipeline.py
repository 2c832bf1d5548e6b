"""The open pipeline as a candidate: what it said of each period ahead, and how far the projection is drawn towards that.

A pipeline lacks the deals that nobody has found yet and holds some that will slip, the more so the farther ahead. So by steps
ahead, over all series, it is first brought to what such pipelines turned into:

    said(step) = (what came / what the pipeline said, a sum over a sum) * pipeline

and the projection is then moved a share of the way from its own line to that, by steps ahead the share that would have missed
least at past origins, drawn in as far as it doesn't stand out from noise. Each past origin is judged by what the others tell, and
nothing of a pipeline is used that was not known at the origin.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from spm.forecast.accuracy.origins import Past
from spm.forecast.series.panel import Panel

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

NOISE_LEVEL = 4.0
"""Square of the t statistic that is taken for noise: the part of a share that is believed is 1 - this / t²."""
LEAST_ROWS = 4
"""Past origins, of all series together, that can say anything of a step."""
SMALLEST_ERROR = 0.25
"""Share of a usual step below which an error doesn't count more by being smaller."""


@dataclass(frozen=True)
class Pipeline:
    """What was open: series × steps ahead now, rows × steps at each past origin; NaN where nothing is known."""

    now: Floats
    past: Floats

    @classmethod
    def of(cls, views: pd.DataFrame, to: Panel, known: Past, horizon: int) -> "Pipeline":
        """`views`: series, origin (the first period that was not over then), period, value."""
        now, past = np.full((len(to), horizon), np.nan), np.full((len(known.series), horizon), np.nan)
        mine = views[views["series"].isin(to.names)]
        if mine.empty:
            return cls(now, past)
        series, origins = to.rows(mine["series"].tolist()), to.clock.numbers(mine["origin"])
        steps, amounts = to.clock.numbers(mine["period"]) - origins, mine["value"].to_numpy(dtype=np.float64)
        ahead, back = (steps >= 0) & (steps < horizon), to.next_periods[series] - origins
        current = ahead & (back == 0)
        now[series[current], steps[current]] = amounts[current]
        row_of = {pair: row for row, pair in enumerate(zip(known.series.tolist(), known.back.tolist(), strict=True))}
        rows = np.array([row_of.get(pair, -1) for pair in zip(series.tolist(), back.tolist(), strict=True)])
        seen = ahead & (rows >= 0)
        past[rows[seen], steps[seen]] = amounts[seen]
        return cls(now, past)


@dataclass(frozen=True)
class Drawn:
    """`line` and `past_line` drawn towards the pipeline; `shares`: how far, series × steps ahead; `said`: what the pipeline
    came to at each past row."""

    line: Floats
    past_line: Floats
    shares: Floats
    said: Floats


def drawn(found: Pipeline, known: Past, line: Floats, past_line: Floats) -> Drawn:
    """Lines are left as they are where no pipeline is known."""
    both = np.isfinite(found.past) & np.isfinite(known.actuals)
    came = _by_origin(np.where(both, known.actuals, 0.0), known)
    was_open = _by_origin(np.where(both, found.past, 0.0), known)
    said = found.past * _ratio(_without(came), _without(was_open))[known.origin]
    both &= np.isfinite(said)
    missed, apart = (np.where(both, each - past_line, 0.0) / known.unit[:, None] for each in (known.actuals, said))
    size = np.maximum(np.abs(missed), SMALLEST_ERROR)
    sums = [
        _by_origin(each, known)
        for each in (missed * apart / size, apart**2 / size, missed**2 / size, both.astype(float))
    ]
    shares = _shares(*(each.sum(axis=0) for each in sums))
    past_shares = _shares(*(_without(each) for each in sums))[known.origin]
    ahead = found.now * _ratio(came.sum(axis=0), was_open.sum(axis=0))
    shares = np.where(np.isfinite(ahead - line), shares, 0.0)
    moved = line + shares * np.nan_to_num(ahead - line)
    return Drawn(moved, past_line + past_shares * np.nan_to_num(said - past_line), shares, said)


def _by_origin(values: Floats, known: Past) -> Floats:
    """Origins × steps: sums over the rows of each origin."""
    found = np.zeros((int(known.origin.max(initial=0)) + 1, values.shape[1]))
    np.add.at(found, known.origin, values)
    return found


def _without(sums: Floats) -> Floats:
    """The sum over the other origins, for each origin."""
    return np.asarray(sums.sum(axis=0) - sums)


def _ratio(over: Floats, under: Floats) -> Floats:
    return np.divide(over, under, out=np.full(over.shape, np.nan), where=under > 0)


def _shares(together: Floats, apart: Floats, missed: Floats, rows: Floats) -> Floats:
    """The least-squares share of the way, as far as its t statistic tells it from none; between 0 and 1."""
    share = np.divide(together, apart, out=np.zeros_like(together), where=apart > 0)
    left = np.maximum(missed - share * together, np.finfo(float).eps * missed)
    squared_t = np.divide(share * together * np.maximum(rows - 1, 0.0), left, out=np.zeros_like(left), where=left > 0)
    believed = np.maximum(1.0 - NOISE_LEVEL / np.maximum(squared_t, NOISE_LEVEL), 0.0)
    return np.where(rows >= LEAST_ROWS, np.clip(share * believed, 0.0, 1.0), 0.0)
