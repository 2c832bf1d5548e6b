"""The league: every candidate's forecast of every case, by the name that people read."""

import numpy as np
from numpy.typing import NDArray

from spm.forecast.methods import candidates
from spm.forecast.series.cases import Cases

Floats = NDArray[np.float64]

SIMPLE_RULES = {
    "last value": candidates.last_value,
    "mean": candidates.mean,
    "seasonal naive": candidates.seasonal_naive,
}
"""The better of these by past origins is the simple rule, which a model has to beat."""

CANDIDATES = {
    **SIMPLE_RULES,
    "simple smoothing": candidates.simple_smoothing,
    "Holt's trend": candidates.holt_trend,
    "damped trend": candidates.damped_trend,
    "damped trend of logarithms": candidates.log_damped_trend,
    "Theta": candidates.theta,
    "Theta of logarithms": candidates.log_theta,
    "seasonal smoothing": candidates.seasonal_smoothing,
    "seasonal smoothing of logarithms": candidates.log_seasonal_smoothing,
    "STL": candidates.stl_trend,
    "intermittent demand": candidates.intermittent_demand,
    "autoregression": candidates.autoregression,
    "several grains": candidates.several_grains,
}

COMBINATION = "middle of eight"
COMBINED = (
    "Theta of logarithms",
    "damped trend of logarithms",
    "seasonal smoothing",
    "seasonal smoothing of logarithms",
    "STL",
    "autoregression",
    "several grains",
    "seasonal naive",
)
"""Eight of different kinds, whose errors differ. What lies half-way between their mean and their median is a candidate too, and
what the others are measured by; the projection weighs them by their record (`selection`)."""

MODELS = (*CANDIDATES, COMBINATION)


def league(cases: Cases, horizon: int) -> Floats:
    """Models (in the order of MODELS) × cases × steps ahead."""
    if not cases.values.size:
        return np.zeros((len(MODELS), len(cases), horizon))
    made = {name: method(cases, horizon) for name, method in CANDIDATES.items()}
    combined = np.stack([made[name] for name in COMBINED])
    made[COMBINATION] = (combined.mean(axis=0) + np.median(combined, axis=0)) / 2
    return np.stack([made[name] for name in MODELS])
