"""The baseline split by the segments that a scenario's levers act on, from what each rep booked of them before."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from spm.calendar import Span
from spm.forecast.outlook.queries import Asked, times_of
from spm.metrics.queries import Question, Scene, measure_sums
from spm.planning.baseline.course import NO_TEAM, NOBODY, Baseline
from spm.planning.scenarios.outlook import Segment
from spm.planning.segments.shares import SEASON_MONTHS, YEAR_MONTHS, Array, rep_shares, team_shares

MOST_KINDS = 300  # combinations of values above which those that no lever names count as one
ELSEBODY = "everybody else"
WON, LOST, CYCLE = "won_deals", "lost_deals", "won_cycle_days"


@dataclass(frozen=True)
class KnownSegment:
    """A segment that bookings of the last twelve months tell of, with its share of them."""

    segment: Segment
    share: float


def known_segments(scene: Scene) -> list[KnownSegment]:
    """Every value of an attribute that is marked to filter by and told by bookings: by attribute, those with few values first,
    and of each the largest first."""
    months = times_of(scene, Asked("bookings")).complete[-YEAR_MONTHS:]
    (measure,) = scene.measures(["bookings"])
    if not months or measure not in scene.covered:
        return []
    span, found = Span(months[0].start, months[-1].end), list[list[KnownSegment]]()
    for attribute in scene.filters:
        if not scene.tells(measure, [(attribute, "")]):
            continue
        rows = measure_sums(scene, [measure], scene.dimensions(Question("", (attribute,))), span)
        whole = rows[measure].sum()
        told = rows[rows[attribute].notna() & (rows[measure] > 0)].sort_values(measure, ascending=False)
        pairs = zip(told[attribute], told[measure], strict=True)
        found.append([KnownSegment((attribute, value), float(booked / whole)) for value, booked in pairs])
    return [one for of_attribute in sorted(found, key=len) for one in of_attribute]


def split(scene: Scene, baseline: Baseline, segments: Sequence[Segment]) -> Baseline:
    """The baseline whose outlook tells these segments from the rest; itself where bookings tell none of them.

    Each rep's months go by `shares.rep_shares`, a team's funnel by what it closed of each segment in the last twelve months;
    the parts add up to what they are parts of.
    """
    (measure,) = scene.measures(["bookings"])
    told = [name for name in scene.filters if scene.tells(measure, [(name, "")])]
    attributes = [name for name in told if name in dict(segments)]
    past = times_of(scene, Asked("bookings")).complete[-SEASON_MONTHS:]
    if not attributes or not past:
        return baseline
    span, year = Span(past[0].start, past[-1].end), Span(past[-YEAR_MONTHS:][0].start, past[-1].end)
    booked = _sums(scene, [measure], ["rep", "month", *attributes], span)
    closed = _sums(scene, [WON, LOST, CYCLE], ["team", *attributes], year)
    counted = WON if scene.bookings_from == "deals" else "orders"
    counts = _sums(scene, [counted], ["rep", "month"], span)

    values = pd.MultiIndex.from_frame(pd.concat([booked, closed])[attributes].fillna(""))
    kind, kinds = values.factorize()
    in_segments = [frozenset(segments) & frozenset(zip(attributes, each, strict=True)) for each in kinds]
    part_of, parts = pd.factorize(pd.Series(in_segments, dtype=object))
    if len(kinds) > MOST_KINDS:
        kind, part_of = part_of[kind], np.arange(len(parts))
    into = np.eye(len(parts))[part_of]  # kinds × parts

    reps, months = [*baseline.reps["rep"], ELSEBODY], [period.label for period in past]
    shares = rep_shares(
        _grid(booked, measure, reps, months, kind[: len(booked)], len(into)),
        _grid(counts, counted, reps, months, np.zeros(len(counts), int), 1)[:, 0],
        [*baseline.reps["team"], ""], [period.start for period in past], baseline.months,
    )[:-1]  # fmt: skip
    return baseline.in_parts(
        tuple(parts),
        np.einsum("rkm,kp->rpm", shares, into),
        {name: found @ into for name, found in _funnel(closed, kind[len(booked) :], baseline, len(into)).items()},
    )


def _sums(scene: Scene, measures: list[str], by: list[str], span: Span) -> pd.DataFrame:
    """One row a group, 0 where nothing is known of it; whoever is in no team, or nobody, by the name that a plan has for it."""
    rows = measure_sums(scene, measures, scene.dimensions(Question("", tuple(by))), span)
    owner, name = by[0], NOBODY if by[0] == "rep" else NO_TEAM
    return rows.assign(**{owner: rows[owner].astype(object).fillna(name)}, **rows[measures].fillna(0.0))


def _grid(
    rows: pd.DataFrame, measure: str, reps: list[str], months: list[str], kind: np.ndarray, kinds_count: int
) -> Array:
    """Reps × kinds × months of rows, each of a kind; the last of `reps` stands for who is not among the others."""
    found = np.zeros((len(reps), kinds_count, len(months)))
    at = pd.Index(reps).get_indexer(rows["rep"])
    np.add.at(found, (at, kind, pd.Index(months).get_indexer(rows["month"])), rows[measure].to_numpy(float))
    return found


def _funnel(closed: pd.DataFrame, kind: np.ndarray, baseline: Baseline, kinds_count: int) -> dict[str, Array]:
    """Each part of the funnel → its shares, units × kinds."""
    units = list(baseline.outlook.units)
    at = pd.Index(units).get_indexer(closed["team"])
    sums = {}
    for measure in (WON, LOST, CYCLE):
        whole = np.zeros((len(units) + 1, kinds_count))  # the last for teams that are not in the plan
        np.add.at(whole, (at, kind), closed[measure].to_numpy(float))
        sums[measure] = whole
    flows = {"won_deals": sums[WON], "closed_deals": sums[WON] + sums[LOST], "cycle_days": sums[CYCLE]}
    deals = flows | {"cycle_days": sums[WON]}
    return {name: team_shares(flow, deals[name].sum(axis=1))[:-1] for name, flow in flows.items()}
