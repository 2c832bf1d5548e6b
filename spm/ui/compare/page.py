"""What the Compare page shows first: who and what is chosen, the answer in words, and all of them side by side."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from spm import charts
from spm.benchmarks.comparing import queries as comparing
from spm.benchmarks.comparing.certainty import Luck, luck_of
from spm.benchmarks.comparing.measures import Measure
from spm.benchmarks.comparing.references import Compared, tiers_among
from spm.benchmarks.comparing.subjects import Level, Subject
from spm.benchmarks.rates import verdict
from spm.calendar import Period
from spm.charts.specification import Specification
from spm.metrics.queries import Question
from spm.metrics.registry import Metric, Nature, Unit
from spm.metrics.wording import listed
from spm.people.roles import MANAGER
from spm.ui import asking, picture, show
from spm.ui.filters import View

MOST, AT_FIRST = 8, 4
LEVELS = {Level.REP: "Reps", Level.TEAM: "Teams", Level.ROLE: "Roles", Level.COMPANY: "Organisation"}
MONTHS_SHOWN = 24
EVEN = 0.5


@dataclass(frozen=True)
class Choice:
    """What is compared: whom, by which metric, as what, in which period."""

    subjects: tuple[Subject, ...]
    metric: Metric
    measure: Measure
    period: Period


def choice(view: View) -> Choice | None:
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
        measure = st.selectbox("Shown as", _measures(metric, level), key="shown_as", bind="query-params", width=220)
    names = [asking.scene().standing.company.name]
    if level is not Level.COMPANY:
        known, told_count = _names(level, view, key)
        names = st.multiselect(
            "Side by side", known, known[: min(AT_FIRST, told_count or AT_FIRST)], key=f"{level}s", bind="query-params",
            format_func=lambda name: Subject(level, name).label, max_selections=MOST, placeholder="Choose up to eight",
        )  # fmt: skip
    return Choice(tuple(Subject(level, name) for name in names), metric, Measure(measure), view.period)


def nobody(chosen: Choice | None) -> None:
    """The headline where nobody is side by side."""
    show.headline("Choose up to eight to see them side by side" if chosen else "The sheets tell nothing to compare by")


def compared(chosen: Choice) -> list[Compared]:
    """Each of the chosen against its own past, peers, team and organisation."""
    return asking.answer(comparing.compared, chosen.metric.key, chosen.subjects, chosen.period)


def answer(every: list[Compared], chosen: Choice) -> None:
    """Whether they can be told apart, in a sentence."""
    found = [one for one in every if one.value is not None]
    name = chosen.metric.label.lower()
    if not found:
        show.headline(f"Nobody has a {name} in {chosen.period.title} yet.")
    elif len(found) == 1:
        show.headline(
            f"{found[0].subject.label}: {name} of {show.in_full(found[0].value, chosen.metric)} in {chosen.period.title}."
        )
    else:
        show.headline(_told(found, chosen), _between_two(found, chosen))


def side_by_side(chosen: Choice) -> None:
    """One picture each, on one scale: its months in front of those of the others, with its range of normal."""
    key, unit = chosen.metric.key, chosen.metric.unit
    if chosen.measure is Measure.OF_TARGET and key == "bookings":
        key, unit = "attainment", Unit.SHARE
    frame = asking.answer(comparing.months_as, key, chosen.subjects, chosen.period, chosen.measure, MONTHS_SHOWN)
    if frame.empty:
        st.caption(f"No whole month of {chosen.metric.label.lower()} yet.")
        return
    if chosen.measure is Measure.CHANGE:
        unit = Unit.SHARE
    if unit is Unit.MONEY:
        frame = show.major(frame, "value", "normal_low", "normal_high")
    drawing = charts.beside_others(unit.value, show.symbol())
    with st.grid(2 if len(chosen.subjects) > 1 else 1, min_column_width=340, gap="small"):
        for one in chosen.subjects:
            with st.container(border=True, height="stretch"):
                _one_of(one, frame, drawing, chosen)
    others = " Grey: the others." if len(chosen.subjects) > 1 else ""
    st.caption(
        "The band is what is normal for each by its own months before, the season taken out; a triangle marks more than "
        f"luck.{others}"
    )


def _one_of(one: Subject, frame: pd.DataFrame, drawing: Specification, chosen: Choice) -> None:
    own = frame.assign(is_own=frame["name"] == one.label)
    title = f"{chosen.metric.label} of {one.label} by month"
    picture.drawn(one.label, own, drawing, title, file_name=title, key=f"beside_{one.level}_{one.name}")


def _names(level: Level, view: View, key: str) -> tuple[list[str], int]:
    """Who can be chosen, and how many of them have a value: they come first; of reps those of the team looked at, in the role
    that most of them have."""
    everyone = asking.answer(comparing.members, view.period)
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


def _measures(metric: Metric, level: Level) -> list[str]:
    """As what a metric can be shown: only what adds up has a value per day, no target is split by attributes, and of teams,
    roles and the organisation none is of anything but bookings."""
    has_target = not asking.kept() and (level is Level.REP or metric.key == "bookings")
    never = {
        *(() if metric.nature is Nature.SUM else (Measure.PER_DAY,)),
        *(() if has_target else (Measure.OF_TARGET,)),
    }
    return [one.value for one in Measure if one not in never]


def _told(found: list[Compared], chosen: Choice) -> str:
    """Who leads among the chosen, or that nobody can be told from the others."""
    name, placed = chosen.metric.label.lower(), tiers_among(found, chosen.metric)
    if not any(placed):
        values = sorted(one.value or 0.0 for one in found)
        low, high = (show.number(value, chosen.metric) for value in (values[0], values[-1]))
        return f"{chosen.period.title}: {name} from {low} to {high}."
    first, behind = (
        [one.subject.label for one, tier in zip(found, placed, strict=True) if tier and (tier == 1) is is_first]
        for is_first in (True, False)
    )
    if not behind:
        return f"{chosen.period.title}: in {name} the {len(first)} cannot be told apart."
    if len(first) > len(behind):
        them = "the others cannot be told from the best"
        return f"{chosen.period.title}: {listed(behind)} {_verb(behind, 'is')} clearly behind in {name}; {them}."
    others = f"{behind[0]} is" if len(behind) == 1 else "the others are"
    return f"{chosen.period.title}: {listed(first)} {_verb(first, 'leads')} in {name}; {others} clearly behind."


def _verb(names: list[str], of_one: str) -> str:
    return of_one if len(names) == 1 else {"is": "are", "leads": "lead"}[of_one]


def _between_two(found: list[Compared], chosen: Choice) -> str:
    """Of a rate, where two are chosen, the likely higher one against the other in a coach's words."""
    if luck_of(chosen.metric) is not Luck.RATE or len(found) != 2:
        return ""
    first, second = found
    said = verdict(first.now.rate, second.now.rate)
    if said.probability < EVEN:
        first, second, said = second, first, verdict(second.now.rate, first.now.rate)
    likely = f"{said.probability:.0%}".replace("%", " %")
    return f"{first.subject.label} against {second.subject.label}, {said.words} ({likely} likely the higher one)."
