"""Who and what is compared: the widgets of the Compare page, all of them in the link."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from spm.benchmarks.comparing import queries as comparing
from spm.benchmarks.courses.measures import Measure
from spm.benchmarks.subjects import queries as subjects
from spm.benchmarks.subjects.model import Level, Subject
from spm.calendar import Period
from spm.metrics.queries import Question
from spm.metrics.registry import Metric, Nature
from spm.people.roles import MANAGER
from spm.ui import asking
from spm.ui.filters import View

MOST, AT_FIRST = 8, 4
LEVELS = {Level.REP: "Reps", Level.TEAM: "Teams", Level.ROLE: "Roles", Level.COMPANY: "Organisation"}


@dataclass(frozen=True)
class Choice:
    """What is compared: whom, by which metric, as what, in which period. Bookings as a share of the own target are attainment."""

    subjects: tuple[Subject, ...]
    metric: Metric
    measure: Measure
    period: Period


def drawn(view: View) -> Choice | None:
    """The widgets, and what is chosen in them: all of it is in the link. None where the sheets tell nothing to compare by."""
    keys, metrics = asking.answer(comparing.comparable_metrics), asking.scene().metrics
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        picked = st.segmented_control(
            "Compare", [one.value for one in LEVELS], format_func=lambda one: LEVELS[Level(one)],
            default=Level.REP.value, key="level", bind="query-params", required=True,
        )  # fmt: skip
        if not keys:
            return None
        start = keys.index("win_rate") if "win_rate" in keys else 0
        key = st.selectbox("By", keys, start, format_func=lambda one: metrics[one].label, key="by", bind="query-params",
                           width=230)  # fmt: skip
        metric = metrics[key]
        level = Level(picked or Level.REP)
        shown_as = st.selectbox(
            "Shown as", _measures(metric, level, keys), key="shown_as", bind="query-params", width=220
        )
    names = [asking.scene().standing.company.name]
    if level is not Level.COMPANY:
        known, told_count = _names(level, view, key)
        names = st.multiselect(
            "Side by side", known, known[: min(AT_FIRST, told_count or AT_FIRST)], key=f"{level}s", bind="query-params",
            format_func=lambda name: Subject(level, name).label, max_selections=MOST, placeholder="Choose up to eight",
        )  # fmt: skip
    measure = Measure(shown_as)
    if measure is Measure.OF_TARGET and key == "bookings":  # which is a metric with luck and peers of its own
        metric, measure = metrics["attainment"], Measure.ABSOLUTE
    return Choice(tuple(Subject(level, name) for name in names), metric, measure, view.period)


def _names(level: Level, view: View, key: str) -> tuple[list[str], int]:
    """Who can be chosen, and how many of them have a value: they come first; of reps those of the team looked at, in the role
    that most of them have."""
    everyone = asking.answer(subjects.members, view.period)
    reps = everyone[everyone["role"] != MANAGER]
    if level is Level.TEAM:
        teams = asking.scene().org.teams["name"]
        is_there = teams.isin(reps["team"])
        return [*teams[is_there], *teams[~is_there]], int(is_there.sum())
    found = asking.values(Question(key, (level.value,), span=view.period)).dropna(subset=["value"])
    found = found[found["value"] != 0]
    if level is Level.ROLE:
        roles = everyone["role"].dropna().drop_duplicates().sort_values()
        has_one = roles.isin(found["role"])
        return [*roles[has_one], *roles[~has_one]], int(has_one.sum())
    has_none = ~reps["rep"].isin(found["rep"])
    ordered = reps.assign(
        has_none=has_none,
        elsewhere=(reps["team"] != view.team) if view.team else False,
        is_unusual=~reps["role"].isin(reps.loc[~has_none, "role"].mode()),
    ).sort_values(["elsewhere", "has_none", "is_unusual", "rep"])
    return ordered["rep"].tolist(), len(ordered)


def _measures(metric: Metric, level: Level, keys: Sequence[str]) -> list[str]:
    """As what a metric can be shown: only what adds up has a value per day, no target is split by attributes, that of bookings
    is the quota, and of anything else only reps have one."""
    is_asked = "attainment" in keys if metric.key == "bookings" else level is Level.REP
    has_target = is_asked and not asking.kept()
    never = {
        *(() if metric.nature is Nature.SUM else (Measure.PER_DAY,)),
        *(() if has_target else (Measure.OF_TARGET,)),
    }
    return [one.value for one in Measure if one not in never]
