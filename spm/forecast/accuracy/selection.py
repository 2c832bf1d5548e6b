"""How much each model counts for each series: what it did at past origins, drawn towards what it does over all series.

Picking each series' own winner believes luck: on the M3 training histories the winner by past origins erred 8 % more than a
combination of all. So eight models of different kinds share the projection, each by how it did, without those far behind.
A simple rule takes a series over only where it is far enough ahead, or where no test tells the history from what that
rule is made for.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spm.forecast.accuracy.origins import Past
from spm.forecast.methods.league import COMBINATION, COMBINED, MODELS, SIMPLE_RULES
from spm.forecast.series.cases import Cases
from spm.forecast.shape.evidence import only_noise, only_walk

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

SHARPNESS = 3.0
"""The power of its error by which a model counts less."""
FAR_BEHIND = 1.35
"""A model whose error is more than this times the best one's takes no part."""
USUAL_ORIGINS = 4.0
"""Origins of what is usual in the panel that a series' own record is mixed with."""
LEAST_ERROR = 1e-3
"""Share of the combination's error below which a model gains no more."""
DOUBTED_ORIGINS = 24.0
"""The same for the question whether a simple rule is better than all of it."""
USUAL_LEAD = 1.12
"""Error of the simple rule over that of the blend, as usual on the M3 training histories; counts as `USUAL_SERIES` series."""
USUAL_SERIES = 20.0
WALK_DOUBT, NOISE_DOUBT = 0.8, 0.93
"""What passes for a walk, or for noise, isn't one where the combination's error was less than this share of the simple rule's:
of simulated walks and noise, one in fifty."""
COMMON, FEW_SERIES = 0.3, 10
"""In a panel where most histories show something, the few that don't are taken to hide it: the simple rule takes over only
where so large a share of the series is silent, counting that many silent ones in advance."""
EXACT = 1e-9
"""A model whose errors stay below this share of a usual step was exact, and is used: a simple rule before the others."""
LEAST_TO_CHOOSE = 6
"""A shorter history stays with its last value: nothing can be held back from it that would mean something."""

BLEND, SIMPLE = "combination", "simple rule: "
AT = {name: row for row, name in enumerate(MODELS)}
MEMBERS = np.array([AT[name] for name in COMBINED])


@dataclass(frozen=True)
class Record:
    """Sums over past origins, models × series, of absolute errors in usual steps; and how many origins there were."""

    error: Floats
    origins: Floats

    @classmethod
    def of(cls, known: Past, series_count: int) -> "Record":
        rows = _row_errors(known)
        totals = np.stack([np.bincount(known.series, row, series_count) for row in rows]).astype(np.float64)
        return cls(totals, np.bincount(known.series, minlength=series_count).astype(float))


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
    record = Record.of(known, len(cases))
    rows = _row_errors(known)
    without = Record(record.error[:, known.series] - rows, record.origins[known.series] - 1)
    usual = _usual(record)
    weights, past_weights = _weights(record, usual), _weights(without, usual)
    simple, past_simple = _simple(record), _simple(without)
    verdict = _verdict(cases, record, known, past_weights, past_simple, simple)
    ruled = verdict >= 0
    weights[:, ruled] = np.eye(len(MODELS))[:, verdict[ruled]]
    past_ruled = ruled[known.series]
    past_weights[:, past_ruled] = np.eye(len(MODELS))[:, verdict[known.series][past_ruled]]
    names = [_name(int(model)) for model in verdict]
    return Choice(weights, past_weights, simple, past_simple, names)


def blended(weights: Floats, forecasts: Floats) -> Floats:
    """Rows × steps from models × rows × steps."""
    return np.einsum("mr,mrh->rh", weights, forecasts)


def _name(model: int) -> str:
    if model < 0:
        return BLEND
    return f"{SIMPLE}{MODELS[model]}" if MODELS[model] in SIMPLE_RULES else MODELS[model]


def _row_errors(known: Past) -> Floats:
    errors = np.nan_to_num(np.abs(known.errors)).sum(axis=2)
    return errors / known.unit


def _usual(record: Record) -> Floats:
    """Per model, its usual error over the combination's, all series counting the same."""
    combination = record.error[AT[COMBINATION]]
    scored = (record.origins > 0) & (combination > 0)
    if not scored.any():
        return np.ones(len(MODELS))
    return np.median(record.error[:, scored] / combination[scored], axis=1)


def _weights(record: Record, usual: Floats) -> Floats:
    combination = record.error[AT[COMBINATION]]
    own = np.divide(record.error, combination, out=np.ones_like(record.error), where=combination > 0)
    mixed = (record.origins * own + USUAL_ORIGINS * usual[:, None]) / (record.origins + USUAL_ORIGINS)
    mixed = np.maximum(mixed[MEMBERS], LEAST_ERROR)
    shares = np.where(mixed <= FAR_BEHIND * mixed.min(axis=0), mixed**-SHARPNESS, 0.0)
    weights = np.zeros(record.error.shape)
    weights[MEMBERS] = shares / shares.sum(axis=0)
    return weights


def _simple(record: Record) -> Counts:
    """The best simple rule, the first of them where they did the same or nothing is known."""
    order = np.array([AT[name] for name in SIMPLE_RULES])
    return order[record.error[order].argmin(axis=0)]


def _verdict(
    cases: Cases, record: Record, known: Past, past_weights: Floats, past_simple: Counts, simple: Counts
) -> Counts:
    """The one model that a series is left to, -1 where it gets the blend."""
    verdict = np.full(len(cases), -1)
    rows = np.arange(len(known.series))
    blend_error = _sum_by_series(known, known.actuals - blended(past_weights, known.forecasts), len(cases))
    simple_error = _sum_by_series(known, known.errors[past_simple, rows], len(cases))
    lead = np.divide(simple_error, blend_error, out=np.ones(len(cases)), where=blend_error > 0)
    scored = (record.origins > 0) & (blend_error > 0)
    usual = (np.median(lead[scored]) * scored.sum() if scored.any() else 0.0) + USUAL_LEAD * USUAL_SERIES
    usual /= scored.sum() + USUAL_SERIES
    ahead = (record.origins * lead + DOUBTED_ORIGINS * usual) / (record.origins + DOUBTED_ORIGINS) < 1.0
    verdict[ahead] = simple[ahead]
    for model, nothing_else, doubt in (("last value", only_walk, WALK_DOUBT), ("mean", only_noise, NOISE_DOUBT)):
        refuted = record.error[AT[COMBINATION]] < doubt * record.error[AT[model]]
        silent = nothing_else(cases)
        if (silent.sum() + FEW_SERIES) / (len(cases) + FEW_SERIES) >= COMMON:
            verdict[silent & ~refuted] = AT[model]
    rarely = cases.intermittent & (cases.lengths >= LEAST_TO_CHOOSE) & (verdict != AT["mean"])
    verdict[rarely] = AT["intermittent demand"]
    exact = record.error.min(axis=0) <= EXACT * record.origins
    verdict[exact] = np.where(record.error <= EXACT * record.origins, 1, 0).argmax(axis=0)[exact]
    verdict[cases.lengths < LEAST_TO_CHOOSE] = AT["last value"]
    return verdict


def _sum_by_series(known: Past, errors: Floats, series_count: int) -> Floats:
    rows = np.nan_to_num(np.abs(errors)).sum(axis=1) / known.unit
    return np.bincount(known.series, rows, series_count).astype(np.float64)
