"""How likely a plan is: bookings simulated rep by rep. Section 6 of the definitions.

A rep's bookings in one run: max(0, expected + error × z) × the share of the plan that they are there for, where z is
normal and one part of it, the shock, is the same for everyone. Quotas are only held against the result; they change it
through `Assumptions.gain_per_tenth` alone.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator, SeedSequence, default_rng
from numpy.typing import NDArray

from spm.errors import Refusal
from spm.planning.odds.crew import AS_PROJECTED, Assumptions, Crew, Floats

RUNS = 10_000
CHUNK_CELLS = 250_000  # runs × reps at a time: what fits a processor's cache, and how often progress is told
MOST_PERCENT = 1_000  # attainments above are counted there
ROUNDING = 1e-9  # 99.99999999999999 % is 100 %
HIRES_STREAM, CREW_STREAM = 2, 1  # random numbers of their own beside the shock, which is stream 0

Progress = Callable[[float], None]
"""Called with the share that is done."""


@dataclass(frozen=True, eq=False)
class Odds:
    """The result of a simulation.

    `totals_cents`: bookings of the company in each run. `attainment_counts`: how many attainments of reps fell on each
    whole percent, 0 to `MOST_PERCENT`, reps with a quota above 0, over all runs. `groups`: level, name, quota_cents,
    target_cents (the quota's part of the company target, NaN without a quota), expected_cents, probability (of the target).
    """

    target_cents: int
    assumptions: Assumptions
    seed: int
    totals_cents: Floats
    attainment_counts: NDArray[np.int64]
    groups: pd.DataFrame

    @property
    def probability(self) -> float:
        """P(the company's bookings reach the target)."""
        return float((self.totals_cents >= self.target_cents).mean())

    @property
    def standard_error(self) -> float:
        """Of the probability, by the number of runs."""
        return float(np.sqrt(self.probability * (1 - self.probability) / len(self.totals_cents)))

    def share_of_reps(self, attainment: float, quota_factor: float = 1.0) -> float | None:
        """The expected share of reps at an attainment (1.0 is 100 %) or more; with every quota × `quota_factor`.

        In whole percent. None where nobody has a quota above 0.
        """
        whole = int(self.attainment_counts.sum())
        percent = min(round(100 * attainment * quota_factor), MOST_PERCENT)
        return float(self.attainment_counts[percent:].sum() / whole) if whole else None

    def quantile_cents(self, share: float) -> int:
        """The bookings that a share of the runs (0.1 is the worst tenth) stays below."""
        return int(np.quantile(self.totals_cents, share))


def odds(
    crew: Crew,
    target_cents: int,
    assumptions: Assumptions = AS_PROJECTED,
    seed: int = 0,
    runs_count: int = RUNS,
    progress: Progress | None = None,
) -> Odds:
    """The odds of a plan; the same seed gives the same numbers, for other assumptions too (the same luck)."""
    totals, counts = np.zeros(runs_count), np.zeros(MOST_PERCENT + 1, dtype=np.int64)
    named, inside = crew.members()
    quotas = np.nan_to_num(crew.quota_cents) @ inside
    whole_quota = np.nansum(crew.quota_cents)
    targets = np.where(quotas > 0, quotas, np.nan) * (target_cents / whole_quota if whole_quota > 0 else np.nan)
    reached, brought = np.zeros(len(named)), np.zeros(len(named))
    for runs, bookings in simulated(crew, assumptions, seed, runs_count):
        totals[runs] = bookings.sum(axis=1)
        by_group = bookings @ inside
        reached += (by_group >= targets).sum(axis=0)
        brought += by_group.sum(axis=0)
        counts += _attainment_counts(bookings, crew.quota_cents)
        if progress:
            progress(runs.stop / runs_count)
    groups = pd.DataFrame(named, columns=["level", "name"]).assign(
        quota_cents=quotas,
        target_cents=targets,
        expected_cents=brought / runs_count,
        probability=np.where(np.isnan(targets), np.nan, reached / runs_count),
    )
    return Odds(target_cents, assumptions, seed, totals, counts, groups)


def _attainment_counts(bookings: Floats, quota_cents: Floats) -> NDArray[np.int64]:
    has_quota = quota_cents > 0
    percent = bookings[:, has_quota] * (100 / quota_cents[has_quota]) + ROUNDING
    return np.bincount(np.minimum(percent, MOST_PERCENT).astype(np.int64).ravel(), minlength=MOST_PERCENT + 1)


def simulated(
    crew: Crew, assumptions: Assumptions, seed: int, runs_count: int, stream: int = CREW_STREAM
) -> Iterator[tuple[slice, Floats]]:
    """Bookings in minor units, runs × reps, some runs at a time, with which runs they are.

    The shock of a run depends on the seed alone, all else on the stream too: two crews with streams of their own are hit
    by the same shocks.
    """
    shocks = default_rng(SeedSequence((seed, 0)))
    noise, leaving, starting = (default_rng(each) for each in SeedSequence((seed, stream)).spawn(3))
    expected = crew.expected_cents.sum(axis=1) * assumptions.level * _gain(crew, assumptions)
    error = crew.error_cents * assumptions.error_scale
    until = _share_until(crew.expected_cents)
    shared, own = np.sqrt(assumptions.correlation), np.sqrt(1 - assumptions.correlation)
    step = max(CHUNK_CELLS // len(crew.reps), 1)
    for first in range(0, runs_count, step):
        runs = slice(first, min(first + step, runs_count))
        shape = (runs.stop - first, len(crew.reps))
        bookings = noise.standard_normal(shape)
        bookings *= own
        bookings += shared * shocks.standard_normal((shape[0], 1))
        bookings *= error
        bookings += expected
        np.maximum(bookings, 0, out=bookings)
        _leave(bookings, until, assumptions.yearly_attrition_share, leaving)
        _start_late(bookings, until, crew.is_hire, assumptions.mean_delay_months, starting)
        yield runs, bookings


def _gain(crew: Crew, assumptions: Assumptions) -> Floats:
    """What higher quotas bring by the named assumption; 1 without it."""
    if not assumptions.gain_per_tenth:
        return np.ones(len(crew.reps))
    above = crew.quota_cents / crew.reference_cents - 1
    if not np.isfinite(above).all():
        raise Refusal(
            "A gain from higher quotas needs a quota to hold each one against.",
            "Leave the gain at 0, or give every rep a reference, such as last year's quota.",
        )
    return np.maximum(1 + assumptions.gain_per_tenth * above / 0.1, 0)


def _share_until(expected_cents: Floats) -> Floats:
    """Reps × (months + 1): the share of a rep's expected bookings that lies before each month."""
    sums = np.concatenate([np.zeros((len(expected_cents), 1)), expected_cents.cumsum(axis=1)], axis=1)
    return np.divide(sums, sums[:, -1:], out=np.ones_like(sums), where=sums[:, -1:] > 0)


def _leave(bookings: Floats, until: Floats, yearly_share: float, luck: Generator) -> None:
    """Who leaves in a month keeps what lies before it: each month with the same chance, a year's in twelve."""
    if not yearly_share:
        return
    draws = luck.random(bookings.shape)
    monthly_stay = (1 - yearly_share) ** (1 / 12)
    months_count = until.shape[1] - 1
    runs, reps = np.nonzero(draws > monthly_stay**months_count)
    months = (np.log(draws[runs, reps]) / np.log(monthly_stay)).astype(int)
    bookings[runs, reps] *= until[reps, months]


def _start_late(
    bookings: Floats, until: Floats, is_hire: NDArray[np.bool_], mean_months: float, luck: Generator
) -> None:
    """A hire who starts so many months late (Poisson) loses the last so many months of the ramp: all comes later."""
    hires = np.flatnonzero(is_hire)
    delays = luck.poisson(mean_months, (len(bookings), len(hires)))
    months_count = until.shape[1] - 1
    bookings[:, hires] *= until[hires, np.maximum(months_count - delays, 0)]
