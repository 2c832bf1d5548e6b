"""A metric projected for the company and its parts, such that the parts add up. Pure: histories in, frames out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from spm.forecast import engine
from spm.forecast.accuracy.study import Study
from spm.forecast.outlook.histories import By, Timeline, Tree, split_of
from spm.forecast.outlook.open_pipeline import numbered
from spm.forecast.shape.explained import explained
from spm.metrics.registry import Metric
from spm.money import split

RANGES = ("low_80", "high_80", "low_95", "high_95")
AMOUNTS = ("value", *RANGES)
SCORES = ("wape", "mase", "coverage_80", "coverage_95", "value_added")
ADDED_UP = "added up"
"""The model of whose line is another's than its own, so that the parts make the whole."""
DIVIDED = "divided"
"""The model of a ratio both of whose sides are projected; `scores` of its level are of the ratio by itself."""
MOVED_SHARE = 0.02
"""A line that is moved by less than this is still its own model's."""


@dataclass(frozen=True)
class Level:
    """One split of a metric: `by` names the columns of its members, none for the whole.

    `history`: by, start (the period's first day), value. `future`: by, period (its label), start, AMOUNTS, model.
    `scores`: by, model, SCORES of the back-test.
    """

    by: By
    history: pd.DataFrame
    future: pd.DataFrame
    scores: pd.DataFrame


@dataclass(frozen=True)
class Outlook:
    """A projected metric: its periods, and its levels by the dimensions that split it; () is the whole."""

    metric: Metric
    times: Timeline
    levels: dict[By, Level]

    def level_of(self, by: Sequence[str]) -> Level | None:
        """The level of dimensions as they were asked for; None without a complete period."""
        return self.levels.get(split_of(by))


def levels_of(
    tree: Tree,
    times: Timeline,
    ends: Mapping[str, date],
    working_days: Mapping[date, int],
    steps: int | None,
    outliers: str,
    pipeline: pd.DataFrame | None = None,
) -> dict[By, Level]:
    """Every level of a tree, projected for the periods ahead.

    `ends`: series → the first day of the last period of those who leave. Nothing that never was below 0 gets there.
    `steps`: amounts are in whole parts, so many to a unit, and add up in every period; None for ratios, as fine as they
    are. `outliers`: see `engine.projection`. `pipeline`: series, origin, start, value of what was open, of this
    timeline's first period ahead and of earlier ones.
    """
    number = {one.start: at for at, one in enumerate((*times.complete, *times.ahead))}
    history = tree.history.assign(period=tree.history["period"].map(number).astype("int64"))
    least = history.groupby("series")["value"].min()
    last = {series: number[day] for series, day in ends.items() if series in tree.names}
    days = {number[day]: count for day, count in working_days.items()}
    found = explained(
        history,
        len(times.ahead),
        times.season,
        lower=dict.fromkeys(least[least >= 0].index, 0.0),
        ends=last,
        calendar=days,
        parents=tree.parents,
        outliers=outliers,
        pipeline=None if pipeline is None else numbered(pipeline, number, len(times.complete)),
    )
    made = _told_apart(found.projection, found.found)
    made[list(RANGES)] = made[list(RANGES)].where(made["high_95"].notna())  # of a range, both ends are known or none
    ahead = dict(enumerate(times.ahead, start=len(times.complete)))
    if steps:
        made = in_whole_parts(made, tree.parents, steps)
    made = made.assign(
        start=made["period"].map(lambda at: ahead[at].start), period=made["period"].map(lambda at: ahead[at].label)
    )
    past = tree.history.rename(columns={"period": "start"})
    future = made[["series", "period", "start", *AMOUNTS, "model"]]
    scores = found.backtest[["series", "model", *SCORES]]
    levels = {}
    for by in dict.fromkeys(by for by, _ in tree.names.values()):
        levels[by] = Level(
            by,
            history=tree.of_level(past, by),
            future=tree.of_level(future, by),
            scores=tree.of_level(scores, by),
        )
    return levels


def _told_apart(made: pd.DataFrame, found: Study) -> pd.DataFrame:
    """The projection in which whoever adding up has moved away from their own model is said to be "added up"."""
    own = np.nan_to_num(found.line)
    shown = np.nan_to_num(made["value"].to_numpy()).reshape(own.shape)
    apart = np.abs(shown - np.maximum(own, 0.0)).sum(axis=1) > MOVED_SHARE * np.abs(own).sum(axis=1)
    has_left = (made["model"] == engine.LEFT).to_numpy()
    return made.assign(model=made["model"].mask(np.repeat(apart, own.shape[1]) & ~has_left, ADDED_UP))


def in_whole_parts(made: pd.DataFrame, parents: Mapping[str, str], steps: int) -> pd.DataFrame:
    """The projection in whole parts of a unit, `steps` to one: whoever has no parts is rounded, all others are moved to the
    sum of theirs."""
    below: dict[str, list[str]] = {}
    for child, parent in parents.items():
        below.setdefault(parent, []).append(child)
    rounded = made.assign(value=(made["value"].fillna(0.0) * steps).round())
    wide = rounded.pivot(index="period", columns="series", values="value")
    for parent in _upwards(parents):
        wide[parent] = wide[below[parent]].sum(axis=1)
    values = wide.unstack().reindex(pd.MultiIndex.from_frame(rounded[["series", "period"]])).to_numpy()
    moved = made.assign(value=values / steps)
    return _around(moved, {name: made[name] for name in RANGES}, steps)


def _around(made: pd.DataFrame, ranges: Mapping[str, pd.Series], steps: int) -> pd.DataFrame:
    """`made` with these ranges in whole parts, none of which leaves out the value."""
    whole = {name: (ends * steps).round() / steps for name, ends in ranges.items()}
    held = {name: np.minimum(ends, made["value"]) for name, ends in whole.items() if name.startswith("low")}
    held |= {name: np.maximum(ends, made["value"]) for name, ends in whole.items() if name.startswith("high")}
    return made.assign(**held)


def _upwards(parents: Mapping[str, str]) -> list[str]:
    """Every parent after those below it."""
    heights: dict[str, int] = {}
    for name in parents:
        height, above = 0, parents.get(name)
        while above is not None:
            height += 1
            heights[above] = max(heights.get(above, 0), height)
            above = parents.get(above)
    return sorted(heights, key=heights.__getitem__)


def raked(parts: pd.DataFrame, whole: pd.DataFrame, steps: int) -> pd.DataFrame:
    """`parts` such that in each period they add up to `whole`'s value to the step, their ranges in proportion.

    Where they can't in proportion (some are below 0, or all are 0 and the whole is not), they stay as they are.
    """
    totals = whole.set_index("start")["value"]
    pieces = [_raked(own, float(totals.get(start, np.nan)), steps) for start, own in parts.groupby("start", sort=False)]
    return pd.concat(pieces).sort_index() if pieces else parts


def _raked(own: pd.DataFrame, total: float, steps: int) -> pd.DataFrame:
    before = float(own["value"].sum())
    if not before > 0 or own["value"].min() < 0 or not total >= 0:
        return own
    shares = split(round(total * steps), own["value"].tolist())
    moved = own.assign(value=pd.Series(shares, index=own.index, dtype=float) / steps)
    return _around(moved, {name: own[name] * (total / before) for name in RANGES}, steps)


def divided_by(numerator: pd.DataFrame, known: pd.Series) -> pd.DataFrame:
    """A projected sum, value and ranges, divided by amounts that are certain, row by row; missing without one above 0."""
    certain = known.where(known > 0).to_numpy(dtype=float)
    return numerator.assign(**{name: numerator[name] / certain for name in AMOUNTS})


def divided(numerator: pd.DataFrame, denominator: pd.DataFrame, own: pd.DataFrame, most: float | None) -> pd.DataFrame:
    """A ratio's projection: numerator ÷ denominator, with the ranges that the ratio's own projection has around its line.

    The three frames have the same rows. A period without a denominator is missing. `most`: what the ratio can't exceed.
    """
    value = numerator["value"] / denominator["value"].where(denominator["value"] > 0)
    nothing_to_divide = own["model"].isin([engine.LEFT, engine.NO_HISTORY])
    found = numerator.assign(value=value, model=own["model"].where(nothing_to_divide, DIVIDED))
    for name in RANGES:
        found[name] = (value + own[name] - own["value"]).clip(lower=0.0, upper=most)
    return found
