"""Histories with a known answer."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MONTHS = np.arange(48)
SINE = 100 + 20 * np.sin(2 * np.pi * MONTHS / 12)


def frame(**values: object) -> pd.DataFrame:
    """Long frame of series, each from period 0 on; NaN is missing."""
    parts = [
        pd.DataFrame({"series": name, "period": np.arange(len(one)), "value": np.asarray(one, dtype=float)})
        for name, one in ((name, np.atleast_1d(each)) for name, each in values.items())
    ]
    return pd.concat(parts, ignore_index=True)


def many(values: Floats) -> pd.DataFrame:
    """Long frame of the rows of series × periods."""
    count, width = values.shape
    return pd.DataFrame(
        {
            "series": np.repeat([f"s{number:04d}" for number in range(count)], width),
            "period": np.tile(np.arange(width), count),
            "value": values.ravel(),
        }
    )


def wide(made: pd.DataFrame, column: str = "value") -> pd.DataFrame:
    """Series × future periods."""
    return made.pivot(index="series", columns="period", values=column)


def realistic(count: int, width: int, seed: int = 0) -> Floats:
    """Positive series with a season, some with a trend, of very different sizes."""
    random = np.random.default_rng(seed)
    at = np.arange(width)
    size = random.lognormal(5, 1, (count, 1))
    season = 1 + random.uniform(0, 0.4, (count, 1)) * np.sin(2 * np.pi * (at / 12 + random.uniform(0, 1, (count, 1))))
    trend = 1 + random.uniform(-0.005, 0.02, (count, 1)) * at
    return size * season * trend * random.lognormal(0, 0.12, (count, width))
