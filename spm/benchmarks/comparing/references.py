"""One rep, team or role against the four references: own past, peers, team and organisation, industry. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan, nan

import numpy as np
import pandas as pd

from spm.benchmarks.comparing.certainty import (
    Luck,
    Value,
    estimates_of,
    in_words,
    luck_of,
    mean_of,
    pooled,
    probability_better,
)
from spm.benchmarks.estimates import Estimate, Sizes
from spm.benchmarks.own_past import OwnPast
from spm.benchmarks.peers import Peers, peers_of, percentile
from spm.benchmarks.rates import Interval, interval
from spm.benchmarks.shrinkage import shrunk_averages, shrunk_rates
from spm.benchmarks.subjects.model import Level, Subject
from spm.benchmarks.tiers import tiers
from spm.metrics.registry import Metric

PEERS = "Peers"
TOP_QUARTILE = 0.75
LEAST_FOR_QUARTILE = 4


@dataclass(frozen=True)
class Reference:
    """A value to hold somebody against: where it is from, of how many, how likely one is truly better than it, and what a
    coach can say of that."""

    against: str
    value: float | None
    source: str
    people_count: int | None = None
    probability: float | None = None
    words: str = ""


@dataclass(frozen=True)
class Compared:
    """Somebody's value and what it is held against.

    `now` is the value as it is, `value` as it is compared (see `Field`; None: missing). `estimate` is the value with its luck,
    to tell it from others; None where that is not known, or would not be fair. `likely`
    is the value drawn towards the role (None where no small sample makes it doubtful), `percentile` that among the peers.
    """

    subject: Subject
    now: Value
    value: float | None
    estimate: Estimate | None
    interval: Interval | None
    likely: float | None
    peers: Peers | None
    percentile: float | None
    past: OwnPast
    references: tuple[Reference, ...]

    @property
    def against_peers(self) -> Reference | None:
        """The reference to the peers together, None where there are none."""
        return next((one for one in self.references if one.against == PEERS), None)


def tiers_among(found: Sequence[Compared], metric: Metric) -> list[int | None]:
    """The tier of each among those compared; None where luck is not known, or a sum of parts of any size is no merit."""
    return tiers([one.estimate for one in found], metric.higher_is_better)


@dataclass(frozen=True)
class Field:
    """Everyone of a level in a period, by name: their values, and for reps who they are (see `subjects.members`).

    `cases`, of an average: the single sizes behind each one's. Not `is_fair` is a sum of teams or roles of any size: one is
    not better for being larger. `is_running`: the period is not over. `is_per_day`: the values' exposure is working days, and
    what is compared is a value for one of them.
    """

    metric: Metric
    values: Mapping[str, Value]
    members: pd.DataFrame
    sizes: Sizes | None
    cases: Mapping[str, np.ndarray]
    is_fair: bool = True
    is_running: bool = False
    is_per_day: bool = False

    def as_compared(self, one: Value) -> float:
        """A value as it is, or for each working day; NaN where it is missing, or there is none."""
        if not self.is_per_day:
            return one.value
        return one.value / one.exposure if one.exposure else nan


def compared(field: Field, subject: Subject, past: OwnPast, now: Value, likely: float | None) -> Compared:
    """The subject against everything that the field knows; `now` is its own value, `likely` what `drawn` says of it."""
    peers = _peers(field, subject)
    alike = _alike(field, subject)
    of_peers = [field.values[name] for name in peers.reps if name in field.values] if peers else []
    known = [field.as_compared(one) for one in of_peers if one.is_known]
    value = field.as_compared(now)
    return Compared(
        subject=subject,
        now=now,
        value=None if isnan(value) else value,
        estimate=estimates_of(field.metric, [now], field.sizes)[0] if field.is_fair else None,
        interval=interval(now.rate) if luck_of(field.metric) is Luck.RATE and now.is_known else None,
        likely=likely,
        peers=peers,
        percentile=None if isnan(value) else percentile(value, [value, *known], field.metric.higher_is_better),
        past=past,
        references=(*_own_past(field, past), *_others(field, now, peers, of_peers), *_around(field, subject, alike)),
    )


def _own_past(field: Field, past: OwnPast) -> list[Reference]:
    every = (past.period_before, past.year_earlier, past.trailing_mean)
    named = {one.against: one for one in every}  # of a year the period before is the year earlier
    source = "own past, to the same working day" if field.is_running else "own past"
    return [Reference(against[:1].upper() + against[1:], one.past, source, 1) for against, one in named.items()]


def _peers(field: Field, subject: Subject) -> Peers | None:
    if subject.level is Level.REP and subject.name in set(field.members["rep"]):
        return peers_of(subject.name, field.members)
    others = tuple(name for name in field.values if name != subject.name)
    return Peers(others, f"the other {subject.level.value}s") if subject.level is not Level.COMPANY else None


def _others(field: Field, now: Value, peers: Peers | None, of_peers: Sequence[Value]) -> list[Reference]:
    if peers is None:
        return []
    together = pooled(field.metric, of_peers)
    known_count = sum(one.is_known for one in of_peers)
    likely = probability_better(field.metric, now, together, field.sizes) if known_count and field.is_fair else None
    said = "pooled" if field.metric.is_ratio else "mean"
    words = in_words(likely, now, together, field.metric)
    return [Reference(PEERS, mean_of(field.metric, together), f"{said}: {peers.basis}", known_count, likely, words)]


def _around(field: Field, subject: Subject, alike: Sequence[str]) -> list[Reference]:
    """Team, organisation and top quartile: of a rep everyone of the same role."""
    found = []
    if subject.level is Level.REP:
        own = field.members[field.members["rep"] == subject.name]
        team = own["team"].iloc[0] if len(own) else None
        mates = field.members[(field.members["team"] == team) & field.members["rep"].isin(alike)]["rep"]
        if team is not None and pd.notna(team):
            found.append(_mean("Team", field, list(mates), f"same role in {team}"))
    whole = "same role" if subject.level is Level.REP else f"all {subject.level.value}s"
    if subject.level is not Level.COMPANY:
        found.append(_mean("Organisation", field, alike, whole))
        known = [field.as_compared(field.values[name]) for name in alike if field.values[name].is_known]
        if len(known) >= LEAST_FOR_QUARTILE:
            share = TOP_QUARTILE if field.metric.higher_is_better else 1 - TOP_QUARTILE
            found.append(
                Reference("Top quartile", float(np.quantile(known, share)), f"begins here: {whole}", len(known))
            )
    return found


def _mean(against: str, field: Field, names: Sequence[str], source: str) -> Reference:
    several = [field.values[name] for name in names if name in field.values]
    known_count = sum(one.is_known for one in several)
    return Reference(against, mean_of(field.metric, pooled(field.metric, several)), source, known_count)


def _alike(field: Field, subject: Subject) -> list[str]:
    """The names of everyone of the level that the subject is one of; of reps those in the same role."""
    if subject.level is not Level.REP:
        return list(field.values)
    own = field.members[field.members["rep"] == subject.name]
    same = field.members[field.members["role"].isin(own["role"])]
    return [name for name in same["rep"] if name in field.values]


def drawn(field: Field, subjects: Sequence[Subject]) -> list[float | None]:
    """The value of each drawn towards all alike, of rates and averages; None for others, and whoever is not in the field."""
    groups = [tuple(_alike(field, one)) for one in subjects]
    towards = {alike: dict(zip(alike, _shrunk(field, alike), strict=True)) for alike in set(groups)}
    return [towards[alike].get(one.name) for one, alike in zip(subjects, groups, strict=True)]


def _shrunk(field: Field, alike: Sequence[str]) -> list[float | None]:
    match luck_of(field.metric):
        case Luck.RATE if field.is_fair:
            return shrunk_rates([field.values[name].rate for name in alike])
        case Luck.AVERAGE if field.is_fair and field.cases:
            return shrunk_averages([field.cases.get(name, ()) for name in alike])
    return [None] * len(alike)
