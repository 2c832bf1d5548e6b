"""Ranges of histories too short for a record of their own: as wide as others' had to be while they were as short.

Few periods tell neither how far off a line will be nor how much a series usually moves, and a line through few misses by more
than one through many. So what the others missed by from so few periods says how wide the range has to be: each of them is
projected from its first so many periods, as whoever is new has a beginning, and from the last so many before each past origin.
"""

import numpy as np
from numpy.typing import NDArray

from spm.forecast.accuracy.origins import Past, Standpoint, standpoint, usual_size, usual_step, what_came
from spm.forecast.accuracy.ranges import Widths, own_or_usual_step, widths
from spm.forecast.accuracy.selection import least_to_choose, model_of_short
from spm.forecast.methods.league import CANDIDATES, MODELS
from spm.forecast.series.panel import Panel

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

MOST_ROWS = 300
"""Short histories that are made of longer ones for each length: more tell hardly more."""


def widened(
    found: Widths, of: Panel, season: int, horizon: int, known: Past, now: Standpoint, groups: Counts, outliers: str
) -> Widths:
    """`found` with the half widths of short series replaced, where longer ones of their group can tell of them."""
    scale, size = usual_step(now.cases), usual_size(now.cases)
    half = {level: width.copy() for level, width in found.half.items()}
    is_short = (of.lengths > 0) & (of.lengths < least_to_choose(season))
    for group, length in sorted(set(zip(groups[is_short].tolist(), of.lengths[is_short].tolist(), strict=True))):
        mine = (groups == group) & (of.lengths == length)
        series, back = _cut_to(length, of, known, groups == group)
        if not len(series):
            for width in half.values():  # few periods that were never missed promise nothing
                width[mine] = np.where(width[mine] > 0, width[mine], np.nan)
            continue
        then = standpoint(of, season, series, back, horizon, outliers, length)
        sizes = np.append(usual_size(then.cases), size)
        steps = own_or_usual_step(np.append(usual_step(then.cases), scale), sizes)
        alone = np.arange(len(series))
        past = Past(
            series=alone,
            origin=np.zeros_like(alone),
            back=back,
            forecasts=np.empty((0, len(series), horizon)),
            actuals=what_came(of, series, back, horizon),
            scale=steps[alone],
            unit=steps[alone],
            traits=np.empty((len(series), 0)),
        )
        made = widths(past, _line(then, horizon), steps, sizes, horizon, tuple(half))
        for level, width in made.half.items():
            half[level][mine] = width[len(series) :][mine]
    return Widths(half, found.coverage)


def _cut_to(length: int, of: Panel, known: Past, members: NDArray[np.bool_]) -> tuple[Counts, Counts]:
    """Series and how many periods before its end a history of `length` periods is to end: those that begin with the series, and
    those before the past origins."""
    begun = np.flatnonzero(members & (of.lengths > length))
    later = members[known.series] & (of.lengths[known.series] - known.back > length)
    series = np.concatenate([begun, known.series[later]])
    back = np.concatenate([of.lengths[begun] - length, known.back[later]])
    some = np.unique(np.linspace(0, len(series) - 1, min(len(series), MOST_ROWS)).astype(np.int64))
    return series[some], back[some]


def _line(then: Standpoint, horizon: int) -> Floats:
    made, model = np.empty((len(then.cases), horizon)), model_of_short(then.cases)
    for one in np.unique(model):
        mine = model == one
        made[mine] = CANDIDATES[MODELS[one]](then.cases.only(mine), horizon)
    return made * then.days_ahead
