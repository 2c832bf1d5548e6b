"""Ranges that cover what they promise: widths are what the errors at past origins say, by steps ahead.

A width is usual step × own factor × growth with the steps ahead × quantile. Growth and quantiles come from all series of the
panel together, the own factor from the series, drawn towards the panel's the fewer origins it has. Each past error is held
against a width made without its own origin, as the future will be.

Short histories are where ranges turn out too narrow, for two reasons that are met here. A season that two years can show for the
first time makes the usual step small, while all past errors were made without it: errors are counted in the smaller of the
usual steps of then and of now, so that a step that shrank narrows nothing by itself. And the quantile of a few errors is too
low for the next one: it is taken a share of 1 / n higher, as in conformal prediction (Vovk et al. 2005), where the steps of one
origin count as one error, as they miss together.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spm.forecast.accuracy.measures import ROUNDING
from spm.forecast.accuracy.origins import Past

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

USUAL_ORIGINS = 3.0
"""Origins of the panel's usual error that a series' own is mixed with."""
USUAL_ROWS = 8.0
"""Rows of a bell curve's quantiles that the measured ones are mixed with: it decides for the single series."""
STEP_ROWS = 100.0
"""Rows of all steps' quantile that the one of a single step is mixed with: on hold-outs, growth alone made the ranges of the
first step hold 77 and 92 %, with this they held 81 and 95 %."""
CALIBRATED = {0.80: 0.975}
"""By level, what a width is multiplied by where that makes the ranges of hold-outs nominal and their interval score fall: at 80 %
it does both; 95 % ranges held a point less than nominal, but wider ones scored worse."""
MOST = 8.0
"""Usual errors that one huge miss counts for in a series' own factor."""
BELL = ((0.5, 0.845), (0.8, 1.606), (0.9, 2.062), (0.95, 2.456), (0.99, 3.228), (1.0, 4.5))
"""Quantiles of a bell curve's absolute errors, in mean absolute errors."""


@dataclass(frozen=True)
class Widths:
    """Half widths: `of` the line by level, series × steps; and how often past ranges held, per series and level."""

    half: dict[float, Floats]
    coverage: dict[float, Floats]


def widths(known: Past, line: Floats, scale: Floats, size: Floats, horizon: int, levels: tuple[float, ...]) -> Widths:
    """`line`: what was projected at each past row; `scale`: the usual step of each full history; `size`: its mean value.

    NaN where nothing at all is known of an error: a single point, alone.
    """
    series_count = len(scale)
    usual = own_or_usual_step(scale, size)
    own_step = np.minimum(np.where(known.scale > 0, known.scale, np.inf), usual[known.series])
    missed = np.abs(known.actuals - line)
    missed[missed <= ROUNDING * np.maximum(size[known.series], np.finfo(float).tiny)[:, None]] = 0.0
    never = np.bincount(known.series, np.nan_to_num(missed).sum(axis=1), series_count) == 0
    never &= np.bincount(known.series, minlength=series_count) > 0
    missed[never[known.series]] = np.nan
    errors = missed / np.where(own_step > 0, own_step, np.nan)[:, None]
    growth = _growth(errors, horizon)
    relative = errors / growth
    count = np.isfinite(relative).any(axis=1).astype(float)
    means = _mean_of_rows(np.minimum(relative, MOST))
    total, origins = (np.bincount(known.series, each, series_count).astype(np.float64) for each in (means, count))
    middle = total.sum() / max(origins.sum(), 1.0)
    factor = (total + USUAL_ORIGINS * middle) / (origins + USUAL_ORIGINS)
    factor[never] = 0.0
    others = (total[known.series] - means + USUAL_ORIGINS * middle) / (origins[known.series] - count + USUAL_ORIGINS)
    apart = relative / np.maximum(others, np.finfo(float).tiny)[:, None]
    half, coverage = {}, {}
    for level in levels:
        quantile = CALIBRATED.get(level, 1.0) * _quantiles(apart, level)
        half[level] = np.where(never, 0.0, factor * usual)[:, None] * growth * quantile
        held = np.where(np.isfinite(apart), apart <= quantile, np.nan)
        coverage[level] = np.where(never, 1.0, _share_by_series(held, known, series_count))
    return Widths(half, coverage)


def widths_by_group(
    known: Past, line: Floats, scale: Floats, size: Floats, horizon: int, levels: tuple[float, ...], groups: Counts
) -> Widths:
    """`widths` of each group of series by itself: a company's errors do not grow as those of its many reps do."""
    half = {level: np.full((len(scale), horizon), np.nan) for level in levels}
    coverage = {level: np.full(len(scale), np.nan) for level in levels}
    for group in np.unique(groups):
        mine, rows = groups == group, groups[known.series] == group
        found = widths(known.of_rows(rows), line[rows], scale, size, horizon, levels)
        for level in levels:
            half[level][mine], coverage[level][mine] = found.half[level][mine], found.coverage[level][mine]
    return Widths(half, coverage)


def own_or_usual_step(scale: Floats, size: Floats) -> Floats:
    """Each series' own; one without borrows the panel's usual share of its mean value. NaN where nobody has one."""
    moved = (scale > 0) & (size > 0)
    share = np.median(scale[moved] / size[moved]) if moved.any() else np.nan
    return np.where(scale > 0, scale, share * size)


def _growth(errors: Floats, horizon: int) -> Floats:
    """How errors grow with the steps ahead: a power of them between 0 (noise) and 1, fitted to all rows; 1 on average."""
    steps = np.arange(1, horizon + 1)
    seen = np.isfinite(errors).sum(axis=0) > 0
    power = 0.5
    if seen.sum() > 2:
        counts = np.isfinite(errors[:, seen]).sum(axis=0)
        means = np.array([_trimmed_mean(errors[:, at]) for at in np.flatnonzero(seen)])
        usable = means > 0
        if usable.sum() > 2:
            power = float(
                np.polyfit(np.log(steps[seen][usable]), np.log(means[usable]), 1, w=np.sqrt(counts[usable]))[0]
            )
    grown = steps ** float(np.clip(power, 0.0, 1.0))
    return grown / grown.mean()


def _trimmed_mean(values: Floats) -> float:
    known = np.sort(values[np.isfinite(values)])
    return float(known[: max(1, int(np.ceil(0.98 * len(known))))].mean())


def _mean_of_rows(values: Floats) -> Floats:
    known = np.isfinite(values)
    return np.where(known, values, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)


def _quantiles(apart: Floats, level: float) -> Floats:
    """One a step, of `apart`, rows × steps."""
    probabilities, quantiles = zip(*BELL, strict=True)
    bell = float(np.interp(level, probabilities, quantiles))
    of_all = _mixed(apart, level, bell, USUAL_ROWS)
    return np.array([_mixed(apart[:, [step]], level, of_all, STEP_ROWS) for step in range(apart.shape[1])])


def _mixed(apart: Floats, level: float, usual: float, usual_rows: float) -> float:
    """The quantile that was measured, mixed with the `usual` one of so many rows."""
    there = np.isfinite(apart)
    rows = float(there.any(axis=1).sum())
    if not rows:
        return usual
    measured = float(np.quantile(apart[there], min(1.0, level * (1 + 1 / rows))))
    return (rows * measured + usual_rows * usual) / (rows + usual_rows)


def _share_by_series(held: Floats, known: Past, series_count: int) -> Floats:
    scored = np.isfinite(held)
    hits = np.bincount(known.series, np.where(scored, held, 0.0).sum(axis=1), series_count)
    counts = np.bincount(known.series, scored.sum(axis=1), series_count)
    return np.divide(hits, counts, out=np.full(series_count, np.nan), where=counts > 0)
