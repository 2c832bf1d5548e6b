"""Which model a series is left to: the combination of all, unless its own history speaks clearly for something simpler.

A simple rule takes a series over where it did better at past origins than the combination by more than luck explains, which the
page then says; and where no test tells the history from what that rule is made for. To be a little ahead at six origins is luck:
left to whatever rule was ahead, the held-out ends of the M3, M1 and tourism histories were missed by 4 % more.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spm.forecast.accuracy.combination import AT, blended, combination
from spm.forecast.accuracy.origins import Past
from spm.forecast.methods.league import MODELS, SIMPLE_RULES
from spm.forecast.series.cases import Cases
from spm.forecast.shape.evidence import only_noise, only_walk
from spm.forecast.shape.traits import traits

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

DOUBTED_ORIGINS = 48.0
"""Origins of what is usual in the panel that a series' own record is mixed with, for whether a simple rule is better."""
USUAL_LEAD = 1.12
"""Error of the simple rule over that of the combination, as usual on the M3 training histories; counts as `USUAL_SERIES`."""
USUAL_SERIES = 20.0
WALK_DOUBT, NOISE_DOUBT = 0.65, 0.9
"""What passes for a walk, or for noise, isn't one where the combination's error was less than this share of the simple rule's:
of simulated walks and noise of two years, one in seventy."""
COMMON, FEW_SERIES = 0.4, 10
"""In a panel where most histories show something, the few that don't are taken to hide it: the simple rule takes over only
where so large a share of the series is silent, counting that many silent ones in advance. Up to 0.31 of M3's quarters pass for
walks; left to their last values at two of seven cuts, those were missed by 1 % more."""
EXACT = 1e-9
"""A model whose errors stay below this share of a usual step was exact, and is used: a simple rule before the others."""
LEAST_EXACT = 3
"""Past origins at which a model was exact before that is no accident: three points on a line are no trend."""
LEAST_PERIODS, LEAST_YEARS = 12, 4
"""A shorter history, of years or of anything less, is smoothed: nothing can be held back from it that would mean something. Of
simulated reps and of M3's months cut to 6, 9 and 11 periods the combination missed by a fifth more; of those cut to 3 to 5 their
last values by as much. Years are different: of those of M1 and tourism cut to 4 and more, smoothing missed by a fifth more."""
LEAST_FOR_SELDOM = 6
"""Periods that can tell that something comes seldom."""

BLEND, SIMPLE = "combination", "simple rule: "


@dataclass(frozen=True)
class Choice:
    """Weights (models × series, summing to 1), their like at each past row chosen without that row, and names."""

    weights: Floats
    past_weights: Floats
    simple: Counts
    past_simple: Counts
    names: list[str]


def choice(known: Past, cases: Cases) -> Choice:
    """`cases`: the full histories, one per series of the panel."""
    found = combination(known, traits(cases))
    weights, past_weights = found.weights, found.past_weights
    errors = known.sizes(known.actuals - known.forecasts)
    record = known.by_series(errors, len(cases))
    simple, past_simple = _simple(record), _simple(record[:, known.series] - errors)
    verdict = _verdict(cases, record, known, past_weights, past_simple, simple)
    ruled = verdict >= 0
    weights[:, ruled] = np.eye(len(MODELS))[:, verdict[ruled]]
    past_ruled = ruled[known.series]
    past_weights[:, past_ruled] = np.eye(len(MODELS))[:, verdict[known.series][past_ruled]]
    names = [_name(int(model)) for model in verdict]
    return Choice(weights, past_weights, simple, past_simple, names)


def least_to_choose(season: int) -> int:
    """The periods from which on models are chosen from: two seasons always do."""
    return min(LEAST_PERIODS, 2 * season) if season > 1 else LEAST_YEARS


def model_of_short(cases: Cases) -> Counts:
    """The model that a history of fewer periods is left to."""
    seldom = cases.intermittent & (cases.lengths >= LEAST_FOR_SELDOM)
    return np.where(seldom, AT["intermittent demand"], AT["simple smoothing"])


def _name(model: int) -> str:
    if model < 0:
        return BLEND
    return f"{SIMPLE}{MODELS[model]}" if MODELS[model] in SIMPLE_RULES else MODELS[model]


def _simple(record: Floats) -> Counts:
    """The best simple rule, the first of them where they did the same or nothing is known."""
    order = np.array([AT[name] for name in SIMPLE_RULES])
    return order[record[order].argmin(axis=0)]


def _verdict(
    cases: Cases, record: Floats, known: Past, past_weights: Floats, past_simple: Counts, simple: Counts
) -> Counts:
    """The one model that a series is left to, -1 where it gets the combination."""
    verdict = np.full(len(cases), -1)
    rows = np.arange(len(known.series))
    origins = np.bincount(known.series, minlength=len(cases))
    combined, simply = (
        known.by_series(known.sizes(known.actuals - line), len(cases))
        for line in (blended(past_weights, known.forecasts), known.forecasts[past_simple, rows])
    )
    lead = np.divide(simply, combined, out=np.ones(len(cases)), where=combined > 0)
    scored = (origins > 0) & (combined > 0)
    usual = (np.median(lead[scored]) * scored.sum() if scored.any() else 0.0) + USUAL_LEAD * USUAL_SERIES
    usual /= scored.sum() + USUAL_SERIES
    ahead = (origins * lead + DOUBTED_ORIGINS * usual) / (origins + DOUBTED_ORIGINS) < 1.0
    verdict[ahead] = simple[ahead]
    for model, nothing_else, doubt in (("last value", only_walk, WALK_DOUBT), ("mean", only_noise, NOISE_DOUBT)):
        refuted = combined < doubt * record[AT[model]]
        silent = nothing_else(cases)
        if (silent.sum() + FEW_SERIES) / (len(cases) + FEW_SERIES) >= COMMON:
            verdict[silent & ~refuted] = AT[model]
    short = cases.lengths < least_to_choose(cases.season)
    verdict[cases.intermittent & (verdict != AT["mean"])] = AT["intermittent demand"]
    verdict[short] = model_of_short(cases)[short]
    perfect = record <= EXACT * origins
    exact = perfect.any(axis=0) & (origins >= LEAST_EXACT)
    verdict[exact] = perfect.argmax(axis=0)[exact]
    return verdict
