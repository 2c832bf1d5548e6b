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
    "drift": candidates.drift,
    "Holt's trend": candidates.holt_trend,
    "damped trend": candidates.damped_trend,
    "Theta": candidates.theta,
    "Theta of logarithms": candidates.log_theta,
    "STL": candidates.stl_trend,
    "autoregression": candidates.autoregression,
    "seasonal autoregression": candidates.seasonal_autoregression,
    "intermittent demand": candidates.intermittent_demand,
}

MODELS = tuple(CANDIDATES)
COMBINED = tuple(name for name in MODELS if name not in {"last value", "mean", "intermittent demand"})
"""Of different kinds, whose errors differ: the combination weighs them by their record (`combination`)."""


def league(cases: Cases, horizon: int) -> Floats:
    """Models (in the order of MODELS) × cases × steps ahead."""
    if not cases.values.size:
        return np.zeros((len(MODELS), len(cases), horizon))
    return np.stack([method(cases, horizon) for method in CANDIDATES.values()])
