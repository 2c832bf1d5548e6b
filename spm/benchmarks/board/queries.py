"""Teams or reps by metrics, and who of them can be told from the rest."""

from collections.abc import Mapping, Sequence
from math import nan
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from spm.benchmarks.comparing.certainty import Value, against_the_rest, estimates_of
from spm.benchmarks.comparing.queries import sizes_of
from spm.benchmarks.estimates import Estimate
from spm.benchmarks.subjects.model import Level
from spm.benchmarks.subjects.queries import NUMBERS, members
from spm.benchmarks.tiers import tiers
from spm.calendar import Period
from spm.metrics.queries import Scene, answers
from spm.people.roles import MANAGER

UNKNOWN = (nan, nan, nan)


class _Held(NamedTuple):
    """Everyone of a level, a row each: who they are, the places of those held against each other, each metric's values."""

    frame: pd.DataFrame
    alike: Sequence[np.ndarray]
    values: Mapping[str, Sequence[Value]]


def board(scene: Scene, level: Level, keys: Sequence[str], period: Period, where: Mapping[str, str]) -> pd.DataFrame:
    """Everyone of a level by metrics, by name: name, for reps also role, role_label, team, tenure_days; and for each key its
    value.

    Beside each value in `<key>_better` how likely it is truly better than that of the others, NaN where that is not known: of
    reps among those of the same role for the time that each was there; of teams, where a metric adds up, for what people of
    their roles bring on average, and `<key>_of_usual` is its share of that. A team is who is in it themselves; managers are
    left out.
    """
    asked = level, tuple(keys), period, tuple(where.items())
    held = scene.once(_held, *asked)
    columns: dict[str, ArrayLike] = {}
    for key, several in held.values.items():
        better, sizes = np.full(len(several), np.nan), sizes_of(scene, key, period)
        for at, theirs, found in scene.once(_estimated, key, *asked):
            better[at] = np.array(against_the_rest(scene.metric(key), theirs, found, sizes), float)
        columns[key], columns[f"{key}_better"] = [one.value for one in several], better
        if level is Level.TEAM and not scene.metric(key).is_ratio:
            columns[f"{key}_of_usual"] = [one.value / one.exposure if one.exposure else np.nan for one in several]
    told = pd.DataFrame(columns, index=held.frame.index, dtype=float)
    return pd.concat([held.frame, told], axis=1).reset_index(drop=True)


def tiers_on(
    scene: Scene, level: Level, keys: Sequence[str], key: str, period: Period, where: Mapping[str, str]
) -> pd.Series:
    """The tier by one metric of everyone on the board of `keys`, in its order; NaN where it is not known. See `tiers`."""
    asked = level, tuple(keys), period, tuple(where.items())
    found = np.full(len(scene.once(_held, *asked).frame), np.nan)
    for at, _, estimates in scene.once(_estimated, key, *asked):
        found[at] = np.array(tiers(estimates, scene.metric(key).higher_is_better), float)
    return pd.Series(found)


def _held(
    scene: Scene, level: Level, keys: tuple[str, ...], period: Period, where: tuple[tuple[str, str], ...]
) -> _Held:
    there = members(scene, period)
    everyone = there[there["role"] != MANAGER]
    if team := dict(where).get("team"):
        everyone = everyone[everyone["team"].isin(scene.org.within(team))]
    if level is Level.REP:
        frame = everyone.rename(columns={"rep": "name"})[["name", "role", "role_label", "team", "tenure_days"]]
        alike = list(frame.groupby("role").indices.values())
        present = everyone["present_share"].tolist()
    else:
        frame = pd.DataFrame({"name": sorted(everyone[level.value].dropna().unique())}, dtype=object)
        alike, present = [np.arange(len(frame))], None
    typical = _typical(scene, keys, there, period) if present is None else {}
    values = {}
    for key, found in answers(scene, keys, (level.value,), where, period).items():
        exposures = _expected(typical.get(key), everyone, frame["name"]) if present is None else present
        known = dict(zip(found[level.value], found[NUMBERS].to_numpy(float).tolist(), strict=True))
        values[key] = [
            Value._make((*known.get(name, UNKNOWN), exposure))
            for name, exposure in zip(frame["name"].tolist(), exposures, strict=True)
        ]
    return _Held(frame, alike, values)


def _estimated(
    scene: Scene, key: str, level: Level, keys: tuple[str, ...], period: Period, where: tuple[tuple[str, str], ...]
) -> list[tuple[np.ndarray, list[Value], list[Estimate | None]]]:
    """Of each group of those held against each other their places, values and estimates."""
    held = scene.once(_held, level, keys, period, where)
    asked_for, sizes = scene.metric(key), sizes_of(scene, key, period)
    groups = [(at, [held.values[key][place] for place in at]) for at in held.alike]
    return [(at, theirs, estimates_of(asked_for, theirs, sizes)) for at, theirs in groups]


def _typical(scene: Scene, keys: Sequence[str], there: pd.DataFrame, period: Period) -> dict[str, pd.Series]:
    """Of each metric that adds up what a person of a role brings on average who is there all of the period, by role."""
    adding_up = [key for key in keys if not scene.metric(key).is_ratio]
    people_count = there.groupby("role")["present_share"].sum()
    by_role = answers(scene, adding_up, ("role",), (), period)
    return {key: frame.set_index("role")["value"].astype(float) / people_count for key, frame in by_role.items()}


def _expected(typical: pd.Series | None, everyone: pd.DataFrame, teams: pd.Series) -> list[float]:
    """Of each team what people of the roles of its members bring on average, for the time that they were there."""
    if typical is None:
        return [1.0] * len(teams)
    theirs = typical.reindex(everyone["role"]).to_numpy() * everyone["present_share"].to_numpy()
    found: list[float] = pd.Series(theirs, index=everyone["team"]).groupby(level=0).sum().reindex(teams).tolist()
    return found
