"""Where there is nothing to see, is nothing claimed? 200 series of pure noise and 200 random walks, of other lengths and grains.

    python -m tests.bench.forecast_claims [--seeds 3]

At least 90 % of the series must be projected without season or trend, and err within 3 % of what their mean (noise), or last
value (walk), does. The levels of the tests for noise and walks were chosen on simulated series of 60 months with other seeds.
"""

import argparse
from itertools import product

import numpy as np

from spm.forecast import explained
from tests.forecast.series import many, wide

COUNT, AT_LEAST = 200, 0.90
GRAINS = {"months": (12, 12, (24, 36, 60, 120)), "quarters": (4, 8, (24, 36, 60)), "weeks": (52, 12, (110, 156))}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--seeds", type=int, default=3)
    seeds = range(1, 1 + arguments.parse_args().seeds)
    print("                      seed  near the simplest   no trend or season   no season in words   levels that moved")
    for grain, (season, horizon, lengths) in GRAINS.items():
        for length, kind, seed in product(lengths, ("noise", "walk"), seeds):
            near, flat, unseasonal, moved_count = shares(kind, length, horizon, season, seed)
            miss = "" if min(near, flat, unseasonal) >= AT_LEAST else "   under 90 %"
            print(
                f"{length:4d} {grain:9s} {kind:6s} {seed:5d} {near:14.1%} {flat:18.1%} {unseasonal:20.1%}"
                f" {moved_count:16d}{miss}"
            )


def shares(kind: str, length: int, horizon: int, season: int, seed: int) -> tuple[float, float, float, int]:
    """Shares of the series within 3 % of the simplest rule's error, projected flat, and without a season that is claimed; how
    many levels are said to have moved."""
    steps = np.random.default_rng(seed).normal(size=(COUNT, length + horizon))
    values = 100 + (10 * steps if kind == "noise" else steps.cumsum(axis=1))
    past, came = values[:, :length], values[:, length:]
    made = explained(many(past), horizon, season)
    line = wide(made.projection).to_numpy()
    simplest = past.mean(axis=1, keepdims=True) if kind == "noise" else past[:, -1:]
    apart = np.abs(came - line).mean(axis=1) / np.abs(came - simplest).mean(axis=1) - 1
    return (
        float((np.abs(apart) <= 0.03).mean()),
        float((np.ptp(line, axis=1) == 0).mean()),
        float((made.evidence["season_belief"] == 0).mean()),
        int((made.disturbances["kind"] == "level shift").sum()),
    )


if __name__ == "__main__":
    main()
