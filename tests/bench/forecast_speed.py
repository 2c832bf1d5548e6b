"""How long a forecast of 500 reps takes, and how it stands beside statsforecast's AutoETS on the same series.

    python -m tests.bench.forecast_speed        # the comparison needs `pip install statsforecast`, which the app doesn't

Reps of 25 teams of one company, 48 months and 12 more that are held out: a season, a slow trend, and much noise.
Seconds are the processor's, on one core. Ours are for everything that a page shows: back-test, ranges and reconciliation.
In runs beside statsforecast 2.1.1: 0.66 to 0.73 s and MASE 0.799 against 22.0 to 23.7 s and 0.852, 32 to 36 times as fast.
"""

import os
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read with numpy: threads that wait for each other would count as work

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from spm.forecast import projection
from spm.forecast.accuracy.measures import naive_error

Floats = NDArray[np.float64]

REPS_COUNT, MONTHS_COUNT, HORIZON = 500, 48, 12
SECONDS_AT_MOST, TIMES_FASTER = 3.0, 30.0


def main() -> None:
    values = sales()
    history, came = values[:, :MONTHS_COUNT], values[:, MONTHS_COUNT:]
    ours, seconds = projected(history)
    print(f"{REPS_COUNT} reps x {MONTHS_COUNT} months, {HORIZON} ahead     CPU seconds     WAPE     MASE")
    print(row("spm, whole", ours, history, came, seconds), f"   at most {SECONDS_AT_MOST:g} s")
    try:
        theirs, their_seconds = by_auto_ets(history)
    except ImportError:
        print("statsforecast is not installed: nothing to compare with")
        return
    print(row("statsforecast's AutoETS", theirs, history, came, their_seconds))
    print(f"{their_seconds / seconds:.0f} times as fast; at least {TIMES_FASTER:g}")


def sales() -> Floats:
    """Reps × months, the held-out ones last."""
    random = np.random.default_rng(0)
    month = np.arange(MONTHS_COUNT + HORIZON)
    season = 1 + 0.3 * np.sin(2 * np.pi * month / 12)
    trend = 1 + random.normal(0.0, 0.006, (REPS_COUNT, 1)) * month
    return np.asarray(5000.0 * random.gamma(6.0, 1.0, (REPS_COUNT, len(month))) * season * np.maximum(trend, 0.1))


def projected(history: Floats) -> tuple[Floats, float]:
    """Reps × months ahead, and the seconds that took."""
    periods = pd.date_range("2022-01-01", periods=history.shape[1], freq="MS")
    names = [f"rep {number:03d}" for number in range(len(history))]
    frame = pd.DataFrame(
        {"series": np.repeat(names, len(periods)), "period": np.tile(periods, len(names)), "value": history.ravel()}
    )
    parents = {name: f"team {number // 20}" for number, name in enumerate(names)}
    parents |= dict.fromkeys(set(parents.values()), "company")
    started = time.process_time()
    made = projection(frame, HORIZON, lower=0.0, parents=parents)
    seconds = time.process_time() - started
    reps = made[made["series"].isin(names)]
    return reps.pivot(index="series", columns="period", values="value").to_numpy(), seconds


def by_auto_ets(history: Floats) -> tuple[Floats, float]:
    """The same from statsforecast, without a back-test, with the two ranges."""
    from statsforecast.models import AutoETS

    AutoETS(season_length=12).forecast(
        history[0], HORIZON, level=[80, 95]
    )  # what it compiles on first use is not counted
    started = time.process_time()
    made = [AutoETS(season_length=12).forecast(one, HORIZON, level=[80, 95])["mean"] for one in history]
    return np.array(made), time.process_time() - started


def row(name: str, line: Floats, history: Floats, came: Floats, seconds: float) -> str:
    missed = np.abs(line - came)
    mase = np.mean(missed.mean(axis=1) / naive_error(history, 12))
    return f"{name:36s} {seconds:11.2f} {missed.sum() / came.sum():8.1%} {mase:8.3f}"


if __name__ == "__main__":
    main()
