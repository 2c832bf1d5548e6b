"""Do the ranges of a rep with few months hold what they promise, beside colleagues with many?"""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from spm.forecast import projection
from tests.forecast.series import Floats, many

REPS_COUNT, MONTHS_COUNT, HORIZON, NEW_COUNT, COMPANIES_COUNT = 40, 36, 6, 12, 8
LENGTHS = (3, 4, 6, 9)


def steady(luck: np.random.Generator) -> Floats:
    """Many deals a month, a season that begins anywhere in the year."""
    season = 1 + 0.2 * np.sin(2 * np.pi * (np.arange(MONTHS_COUNT + HORIZON) + luck.integers(12)) / 12)
    return 5000 * luck.gamma(6.0, 1 / 6, (REPS_COUNT, len(season))) * season


def seldom(luck: np.random.Generator) -> Floats:
    """A deal in one of six to one of two months."""
    shape = (REPS_COUNT, MONTHS_COUNT + HORIZON)
    happens = luck.random(shape) < luck.uniform(0.17, 0.5, (REPS_COUNT, 1))
    return np.where(happens, luck.lognormal(8.0, 0.7, shape), 0.0)


def walking(luck: np.random.Generator) -> Floats:
    """Each month is the one before, moved."""
    return 1000 * np.exp(luck.normal(0, 0.1, (REPS_COUNT, MONTHS_COUNT + HORIZON)).cumsum(axis=1))


def held(values: Floats, length: int) -> list[float]:
    """The shares of what came of the new ones in their 80 % and 95 % ranges, when only their last `length` months are known."""
    past, came = values[:, :MONTHS_COUNT].copy(), values[:NEW_COUNT, MONTHS_COUNT:].ravel()
    past[:NEW_COUNT, : MONTHS_COUNT - length] = np.nan
    made = projection(many(past), HORIZON, lower=0.0)
    new = made[made["series"] < f"s{NEW_COUNT:04d}"].sort_values(["series", "period"]).reset_index(drop=True)
    return [float(pd.Series(came).between(new[f"low_{level}"], new[f"high_{level}"]).mean()) for level in (80, 95)]


@pytest.mark.parametrize("kind", [steady, seldom, walking])
def test_ranges_of_few_months_hold_what_they_promise(kind: Callable[[np.random.Generator], Floats]) -> None:
    shares = [
        held(kind(np.random.default_rng([company, length])), length)
        for company in range(COMPANIES_COUNT)
        for length in LENGTHS
    ]
    near, far = np.mean(shares, axis=0)
    assert 0.76 <= near <= 0.84
    assert 0.91 <= far <= 0.99


def test_who_is_new_is_less_sure_than_who_is_not() -> None:
    values = steady(np.random.default_rng(1))[:, :MONTHS_COUNT]
    values[:NEW_COUNT, :-4] = np.nan
    made = projection(many(values), HORIZON)
    width = ((made["high_80"] - made["low_80"]) / made["value"]).groupby(made["series"]).mean().to_numpy()
    assert width[:NEW_COUNT].mean() > 1.1 * width[NEW_COUNT:].mean()
