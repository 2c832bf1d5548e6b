"""How much wider the range of a landing must be than its months say, from how far off past landings were. Pure.

Past landings are rebuilt: what was said at the end of each of the last months, held against what came from the same
share of the month on. Each miss is measured in widths of the range that was given then; the quantile of all members'
misses, mixed with what is usual the fewer origins they come from, is the stretch that would have held what is promised.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from spm.forecast.landings.landing import LEAST_PERIODS

Floats = NDArray[np.float64]

SHARES = (0.0, 0.25, 0.5, 0.75, 0.9)
"""Shares of the running month at which past landings are rebuilt; between them it is interpolated."""
LEVELS = (0.80, 0.95)
USUAL_LANDINGS = 3.0
"""Past landings that the usual stretch counts as."""
USUAL_GROWTH = 0.35
"""The range of n months together is usually n to this power wider than if they missed independently: what a month is missed
by is partly missed by for months."""
PART = "team"
"""The level as which those that are not measured count: products are parts of the company as teams are."""


@dataclass(frozen=True)
class Stretches:
    """`measured`: level of members → months to come, from 0 (what the running one should have brought by now) → share of
    the running month that is over (as in SHARES) → stretch of the 80 % and of the 95 % range."""

    measured: Mapping[str, Sequence[Sequence[Sequence[float]]]] = field(default_factory=dict)

    def at(self, level: str, months_count: int, elapsed_share: float) -> tuple[float, float]:
        """The stretches of a landing with `months_count` months to come, the first of them over to `elapsed_share`.

        Of a level that was not measured, and of more months than were, the usual ones.
        """
        known = self.measured.get(level) or self.measured.get(PART) or usual_stretches(months_count)
        reach = min(months_count, len(known) - 1)
        beyond = (max(months_count, 1) / max(reach, 1)) ** USUAL_GROWTH
        by_share = np.asarray(known[reach])
        near, far = (float(np.interp(elapsed_share, SHARES, by_share[:, at])) for at in range(len(LEVELS)))
        return near * beyond, far * beyond


def usual_stretches(months_count: int) -> list[list[list[float]]]:
    """The stretches where nothing is known of past landings, for 0 to `months_count` months to come."""
    nothing = np.full((months_count + 1, len(SHARES), 0), np.nan)
    return _fitted(dict.fromkeys(LEVELS, nothing), np.zeros((months_count + 1, len(SHARES))))


def booked_by_share(bookings: pd.DataFrame, places: Mapping[str, tuple[date, int, int]]) -> pd.DataFrame:
    """What every member had booked of each month by each share of its working days, as a frame of (member, month) × SHARES
    and 1.0, the whole month.

    `bookings`: member, day, value; `places`: day → its month, how many working days of it came before, and how many it
    has. A part of a working day counts with that part of its bookings.
    """
    known = bookings[bookings["day"].isin(places)].dropna(subset=["value"])
    month, before, count = zip(*known["day"].map(places), strict=True) if len(known) else ((), (), ())
    position, days_count = np.array(before, dtype=np.float64), np.array(count, dtype=np.float64)
    parts = {share: known["value"] * np.clip(share * days_count - position, 0.0, 1.0) for share in (*SHARES, 1.0)}
    return pd.DataFrame(parts).groupby([known["member"], pd.Series(month, index=known.index, name="month")]).sum()


def usual_left(booked: pd.DataFrame, months_count: int) -> pd.DataFrame:
    """Month × SHARES: what part of a month was usually still to come, by the `months_count` months before it, or as the
    share says where those are fewer than LEAST_PERIODS.

    `booked`: month × SHARES and 1.0 of the whole company, every month in order of time.
    """
    left = 1.0 - booked[list(SHARES)].div(booked[1.0].where(booked[1.0] > 0), axis=0)
    usual = left.rolling(months_count, min_periods=LEAST_PERIODS).median().shift(1)
    return usual.fillna({share: 1.0 - share for share in SHARES})


def stretches_of(said: pd.DataFrame, booked: pd.DataFrame, left: pd.DataFrame) -> list[list[list[float]]]:
    """The stretches of one level, measured on what was `said` of it at past origins.

    `said`: run_id, member, step, start and the columns of a projection (see `published.forecasts`); `booked` of the
    same level as of `booked_by_share`; `left` as of `usual_left`, which lists every month that is over.
    """
    wide = said.sort_values("step").pivot(index=["run_id", "member"], columns="step")
    value = wide["value"].to_numpy(dtype=np.float64)
    starts = wide["start"]
    members = wide.index.get_level_values("member")
    over = starts.isin(left.index).to_numpy()
    whole = _looked_up(booked[1.0], members, starts)
    came = np.where(over, whole, np.nan)
    first = pd.MultiIndex.from_arrays([members, starts.iloc[:, 0]])
    by_now = booked[list(SHARES)].reindex(first).fillna(0.0).to_numpy()
    part = left.reindex(starts.iloc[:, 0])[list(SHARES)].to_numpy(dtype=np.float64)
    landed, projected = np.cumsum(came, axis=1), np.cumsum(value, axis=1)
    running = value[:, :1] * (1.0 - part)
    missed = [by_now - running]
    missed += [landed[:, [at]] - by_now - (projected[:, [at]] - running) for at in range(value.shape[1])]
    misses = np.stack(missed)  # months to come × rows × shares
    apart = {}
    for held in LEVELS:
        low, high = (_spread(wide, value, f"{side}_{held * 100:g}", part) for side in ("low", "high"))
        width = np.where(misses < 0, low, high)
        apart[held] = np.abs(misses) / np.where(width > 0, width, np.nan)
    runs = wide.index.get_level_values("run_id").to_numpy()
    known = np.isfinite(apart[LEVELS[0]])
    origins = np.stack([known[:, runs == run].any(axis=1) for run in np.unique(runs)]).sum(axis=0).astype(np.float64)
    return _fitted({held: np.moveaxis(rows, 1, 2) for held, rows in apart.items()}, origins)


def _spread(wide: pd.DataFrame, value: Floats, side: str, part: Floats) -> Floats:
    """How far an end of each range lies from its value, as `landing.summed` has it without a stretch: months × rows × shares."""
    squares = (wide[side].to_numpy(dtype=np.float64) - value) ** 2
    running = squares[:, :1] * part
    later = np.cumsum(squares, axis=1) - squares[:, :1]
    ahead = [running + later[:, [at]] for at in range(value.shape[1])]
    return np.sqrt(np.stack([squares[:, :1] * (1.0 - part), *ahead]))


def _looked_up(amounts: pd.Series, members: pd.Index, starts: pd.DataFrame) -> Floats:
    """Rows × steps: what each member booked in each month, 0 where they booked nothing."""
    asked = pd.MultiIndex.from_arrays([members.repeat(starts.shape[1]), starts.to_numpy().ravel()])
    return amounts.reindex(asked).fillna(0.0).to_numpy(dtype=np.float64).reshape(starts.shape)


def _fitted(apart: Mapping[float, Floats], origins: Floats) -> list[list[list[float]]]:
    """`apart`: 80 or 95 % → months to come × shares × misses in widths of that range; `origins` that they come from.

    Landings of n months overlap: their origins tell as much as √n times fewer. The measured quantile is mixed with the
    usual one, and widened by how unsure a mean of so few is of one more.
    """
    months = np.maximum(np.arange(len(origins)), 1)[:, None]
    counted = origins / np.sqrt(months)
    known = counted + USUAL_LANDINGS
    usual = np.broadcast_to(months**USUAL_GROWTH, origins.shape)
    mixed = [(counted * _quantile(rows, held, usual) + USUAL_LANDINGS * usual) / known for held, rows in apart.items()]
    return (np.stack(mixed, axis=-1) * np.sqrt(1 + 1 / known)[:, :, None]).round(4).tolist()


def _quantile(rows: Floats, level: float, otherwise: Floats) -> Floats:
    """The quantile of what is known along the last axis; `otherwise` where nothing is."""
    known = np.isfinite(rows).any(axis=2)
    found = otherwise.copy()
    found[known] = np.nanquantile(rows[known], level, axis=1)
    return found
