"""Do the ranges of few, short histories hold what they promise? M3 series cut to their last years, in panels as small as a team.

    python -m tests.bench.forecast_ranges ../shared/data/ts_m3 [--panels 12]

The last of the training part is held out; the test part isn't read. The ranges' rules were chosen on such panels (24, 36 and 60
months, 12 to 36 quarters; 5, 10 and 20 series; other draws) and on the M1 and tourism competitions' series cut alike. How wide
the ranges of the shortest are was decided on simulated companies of 40 reps (steady with a season; a deal now and then; the
sample company's, other seeds) and M3's months, with some cut to 3, 4, 6, 9 and 11 months, 12 ahead: of what came 62 to 86 % lay
in their 80 % ranges and 83 to 98 % in the 95 % ones. Since they are made of what others' beginnings and ends missed by
(`accuracy.short`), it is 72 to 90 % and 86 to 100 %, by length on average 79 to 80 and 93 to 95 %, and their interval scores
fell by a seventh. Reps who are really new, and grow, are held less: of those of the sample company, in their first 3 to 9
months, 53 to 70 % and 76 to 96 %.
"""

import argparse
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from spm.forecast import projection
from tests.bench.forecast_accuracy import COMPETITIONS, Competition, parts

CUTS = {"monthly": ((24, 36), 12), "quarterly": ((12, 24), 4)}
FEW, FEW_OF, LONG = (3, 4, 6, 9, 12), (4, 20), {"monthly": 48, "quarterly": 24}
"""Periods of the new ones among long histories; how many of how many they are; periods of the others."""
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
            lasts = [length] * size
            held = [covered(competition, history, came, lasts, size, horizon, seed) for seed in range(drawn_count)]
            print(line(competition, f"last {length}, {size:2d} series", held))
        few_count, size = FEW_OF
        for few in FEW:
            lasts = [few] * few_count + [LONG[competition.name]] * (size - few_count)
            held = [
                covered(competition, history, came, lasts, few_count, horizon, seed) for seed in range(asked.panels)
            ]
            print(line(competition, f"last {few} of some", held))


def line(competition: Competition, of: str, held: list[tuple[float, float]]) -> str:
    shares = np.mean(held, axis=0)
    promised = zip(PROMISED.items(), shares, strict=True)
    miss = [f"{level} %" for (level, (low, high)), share in promised if not low <= share <= high]
    beside = f"   beside {', '.join(miss)}" if miss else ""
    return f"{competition.name:10s} {of:22s} {shares[0]:10.1%} {shares[1]:9.1%}{beside}"


def covered(
    competition: Competition,
    history: pd.DataFrame,
    came: pd.DataFrame,
    lasts: list[int],
    judged_count: int,
    horizon: int,
    seed: int,
) -> tuple[float, float]:
    """Shares of what came in the first `horizon` periods that lay in the ranges of the first `judged_count` series of a panel,
    each cut to as many last periods as `lasts` says."""
    lengths = history.groupby("series").size()
    random = np.random.default_rng([seed, lasts[0], len(lasts)])
    drawn = random.choice(lengths.index[lengths >= max(lasts)], len(lasts), replace=False)
    recent = history[history["series"].isin(drawn)]
    left = recent.groupby("series").cumcount(ascending=False)
    recent = recent[left < recent["series"].map(dict(zip(drawn, lasts, strict=True)))]
    made = projection(recent, horizon, competition.season)
    made = made[made["series"].isin(drawn[:judged_count])]
    made = made.merge(came, on=["series", "period"], suffixes=("", "_came"))
    low_to_high = [made["value_came"].between(made[f"low_{level}"], made[f"high_{level}"]) for level in PROMISED]
    return float(low_to_high[0].mean()), float(low_to_high[1].mean())


if __name__ == "__main__":
    main()
