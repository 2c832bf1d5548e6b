"""What share of a rep's month is of which kind of deal, by what they sold before. Pure: arrays in, arrays out.

By the last twelve months: territories and products change. Small samples are drawn towards those around, a rep's towards the
team's and a team's towards the company's, as if `STRENGTH` deals more had been as theirs. What a month of the year makes of a
kind is the company's, where three years are known and alike: with two, what looked like a season was mostly luck.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from spm.benchmarks.seasons import month_indexes

Array = NDArray[np.float64]

STRENGTH = 10
YEAR_MONTHS, SEASON_MONTHS = 12, 36


def rep_shares(
    booked: Array, deals: Array, teams: Sequence[str], past: Sequence[date], months: Sequence[date]
) -> Array:
    """Reps × kinds × `months`, each rep's month adding up to 1.

    `booked`: reps × kinds × past months; `deals`: how many, reps × past months; `teams`: each rep's; `past` and `months`: first
    days.
    """
    year, counts = booked[:, :, -YEAR_MONTHS:].sum(axis=2), deals[:, -YEAR_MONTHS:].sum(axis=1)
    company, own = _shares(year.sum(axis=0)), np.empty(year.shape)
    for team in dict.fromkeys(teams):
        inside = np.array([one == team for one in teams])
        usual = shrunk(year[inside].sum(axis=0), counts[inside].sum(), company)
        own[inside] = shrunk(year[inside], counts[inside], usual)
    found = own[:, :, None] * _season(booked.sum(axis=0), past, months)
    return np.asarray(found / found.sum(axis=1, keepdims=True))


def team_shares(own: Array, deals: Array) -> Array:
    """Teams × kinds, each team adding up to 1: of `own`, such as won deals, with so many `deals` of each team behind."""
    return shrunk(own, deals, _shares(own.sum(axis=0)))


def shrunk(own: Array, deals: Array, around: Array) -> Array:
    """The shares of kinds (the last axis) in `own`, drawn towards those `around` by how many deals are behind each row.

    A row without anything has those around.
    """
    sums = np.maximum(own, 0.0)
    whole = sums.sum(axis=-1, keepdims=True)
    shares = np.divide(sums, whole, out=np.zeros_like(sums), where=whole > 0)
    weights = np.where(whole > 0, np.asarray(deals)[..., None], 0.0)
    return np.asarray((weights * shares + STRENGTH * around) / (weights + STRENGTH))


def _season(booked: Array, past: Sequence[date], months: Sequence[date]) -> Array:
    """Kinds × `months`: the share of all that a kind has in such a month ÷ that in a mean month; 1 where its years differ."""
    if len(past) < SEASON_MONTHS:
        return np.ones((len(booked), len(months)))
    whole = booked.sum(axis=0)
    shares = np.divide(booked, whole, out=np.full_like(booked, np.nan), where=whole > 0)
    indexes = [month_indexes(dict(zip(past, of_kind.tolist(), strict=True))) for of_kind in shares]
    return np.array([[index.get(month.month, 1.0) for month in months] for index in indexes])


def _shares(sums: Array) -> Array:
    """Shares of what is above 0; even where nothing is."""
    kept = np.maximum(sums, 0.0)
    return np.asarray(kept / kept.sum() if kept.any() else np.full(len(kept), 1 / len(kept)))
