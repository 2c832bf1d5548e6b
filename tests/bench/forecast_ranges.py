"""Do the ranges of few, short histories hold what they promise? M3 series cut to their last years, in panels as small as a team.

    python -m tests.bench.forecast_ranges ../shared/data/ts_m3 [--panels 12]

The last of the training part is held out; the test part isn't read. The ranges' rules were chosen on such panels (24, 36 and 60
months, 12 to 36 quarters; 5, 10 and 20 series; other draws) and on the M1 and tourism competitions' series cut alike.
"""

import argparse
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from spm.forecast import projection
from tests.bench.forecast_accuracy import COMPETITIONS, Competition, parts

CUTS = {"monthly": ((24, 36), 12), "quarterly": ((12, 24), 4)}
PROMISED = {80: (0.76, 0.84), 95: (0.92, 0.975)}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path, help="where m3_monthly.csv and m3_quarterly.csv are")
    arguments.add_argument(
        "--panels", type=int, default=12, help="panels of ten series for each line; more of smaller ones"
    )
    asked = arguments.parse_args()
    print("                                    in 80 %   in 95 %")
    for competition in COMPETITIONS:
        history, came = parts(asked.folder, competition, inside=True)
        lengths, horizon = CUTS[competition.name]
        for length, size in product(lengths, (5, 10, 20)):
            drawn_count = max(1, asked.panels * 10 // size)
            held = np.mean(
                [covered(competition, history, came, length, horizon, size, seed) for seed in range(drawn_count)],
                axis=0,
            )
            miss = [
                f"{level} %"
                for (level, (low, high)), share in zip(PROMISED.items(), held, strict=True)
                if not low <= share <= high
            ]
            print(
                f"{competition.name:10s} last {length}, {size:2d} series   {held[0]:10.1%} {held[1]:9.1%}"
                f"{'   beside ' + ', '.join(miss) if miss else ''}"
            )


def covered(
    competition: Competition,
    history: pd.DataFrame,
    came: pd.DataFrame,
    length: int,
    horizon: int,
    size: int,
    seed: int,
) -> tuple[float, float]:
    """Shares of what came in the first `horizon` periods that lay in the ranges of one panel of `size` series."""
    lengths = history.groupby("series").size()
    drawn = np.random.default_rng([seed, length, size]).choice(lengths.index[lengths >= length], size, replace=False)
    recent = history[history["series"].isin(drawn)].groupby("series").tail(length)
    made = projection(recent, horizon, competition.season).merge(came, on=["series", "period"], suffixes=("", "_came"))
    low_to_high = [made["value_came"].between(made[f"low_{level}"], made[f"high_{level}"]) for level in PROMISED]
    return float(low_to_high[0].mean()), float(low_to_high[1].mean())


if __name__ == "__main__":
    main()
