"""What is looked at on the Forecast page: the pickers, and the history and projection that they choose."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from spm.calendar import Grain
from spm.forecast import queries
from spm.forecast.outlook import queries as reading
from spm.forecast.outlook import words
from spm.forecast.outlook.histories import By
from spm.forecast.outlook.projecting import AMOUNTS
from spm.forecast.outlook.queries import Asked, Series
from spm.forecast.publishing import published
from spm.forecast.publishing import queries as publishing
from spm.forecast.publishing.queries import Run
from spm.forecast.queries import PROJECTED
from spm.metrics.registry import Metric
from spm.ui import asking, filters
from spm.ui.forecast.landing import COMPANY, LEVEL, MEMBER

METRIC, GRAIN, WITHOUT = "projected", "grain", "without"
GRAINS = {"month": "Months", "quarter": "Quarters", "week": "Weeks"}
EMPTY = ["start", "period", *AMOUNTS, "model"]


@dataclass(frozen=True)
class Chosen:
    """What the reader looks at: a metric of one member of a level ("" for the company, and for nobody's), by a grain.

    `history`: start, value. `futures`: member, start, period, the amounts and model, of every member of the level; `scores`:
    member, model and the back-test's numbers. `run`: the published forecast that it is from, None where it was projected
    for this reader.
    """

    metric: Metric
    level: str
    member: str
    grain: Grain
    history: pd.DataFrame
    futures: pd.DataFrame
    scores: pd.DataFrame
    run: Run | None

    @property
    def future(self) -> pd.DataFrame:
        """The projection of the member that is looked at, as far as it reaches."""
        mine = self.futures[self.futures["member"] == self.member]
        return mine.dropna(subset=["value"]).reset_index(drop=True)

    @property
    def model(self) -> str:
        """What it is projected by; "" where nothing is."""
        return str(self.future["model"].iloc[0]) if len(self.future) else ""

    @property
    def has_left(self) -> bool:
        return self.model == "left"

    def score(self, name: str) -> float | None:
        """A number of the member's back-test, None where nothing could be held back."""
        mine = self.scores[self.scores["member"] == self.member]
        return None if mine.empty or pd.isna(mine[name].iloc[0]) else float(mine[name].iloc[0])

    @property
    def is_divided(self) -> bool:
        """Whether it is a ratio both of whose sides are projected: its back-test says nothing of the line that is shown."""
        return reading.is_divided(self.metric)

    @property
    def good(self) -> str:
        """How good it has been on periods held out, in words."""
        if self.is_divided:
            return words.divided(self.metric.formula)
        return words.how_good(self.score("wape"), self.score("value_added"), self.model)

    @property
    def by(self) -> By:
        return published.by_of(self.level)

    @property
    def kind(self) -> str:
        """What members of its level are called: "lead source"."""
        return filters.dimension_label(self.level).lower()

    @property
    def where(self) -> dict[str, str]:
        return {self.level: self.member} if self.by else {}

    @property
    def is_nobodys(self) -> bool:
        """Whether it is what nobody owns, of which no question can be asked."""
        return bool(self.by) and not self.member

    @property
    def is_branch(self) -> bool:
        """Whether it is a team with those below it."""
        return self.level == "team" and self.member in filters.teams_above(asking.scene())

    @property
    def series(self) -> Series:
        """The history that is looked at."""
        return series_of(self.level, self.member)

    @property
    def name(self) -> str:
        return member_name(self.level, self.member)


def member_name(level: str, member: str) -> str:
    """A member as a reader says it."""
    if level == COMPANY:
        return asking.scene().standing.company.name
    return member or f"without a {filters.dimension_label(level).lower()}"


def chosen() -> Chosen:
    """The pickers, and what they choose."""
    scene = asking.scene()
    known = [key for key, one in scene.metrics.items() if one.nature in PROJECTED and _is_covered(one)]
    metrics = sorted(known, key="bookings".__ne__)
    levels = [COMPANY, *(("team", "rep") if len(scene.org.people) else ()), *scene.filters]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = st.selectbox("Metric", metrics, format_func=lambda one: scene.metrics[one].label, key=METRIC,
                           bind="query-params", width=220)  # fmt: skip
        level = st.selectbox("Of", levels, format_func=filters.dimension_label, key=LEVEL,
                             bind="query-params", width=160)  # fmt: skip
        grain = Grain(
            st.selectbox(
                "By", list(GRAINS), format_func=lambda one: GRAINS[one], key=GRAIN, bind="query-params", width=130
            )
        )
        member = _member(key, level, grain)
    return found(scene.metrics[key], level, member, grain, "leave out" if st.session_state.get(WITHOUT) else "bound")


def as_with(now: Chosen, outliers: str) -> Chosen:
    """The same with huge amounts treated otherwise: "bound" or "leave out"."""
    return found(now.metric, now.level, now.member, now.grain, outliers)


def _member(key: str, level: str, grain: Grain) -> str:
    """Who is looked at: picked from the level's members, the one with most in the last year first."""
    if level == COMPANY:
        return ""
    histories = asking.answer(reading.histories_of, key, published.by_of(level), grain)
    latest = (
        published.named(histories, published.by_of(level))
        .groupby("member")["value"]
        .apply(lambda own: own.tail(12).sum())
        .sort_values(ascending=False)
    )
    return st.selectbox("Who", latest.index.tolist() or [""], format_func=lambda one: member_name(level, one), key=MEMBER,
                        bind="query-params", width=240)  # fmt: skip


def series_of(level: str, member: str) -> Series:
    """A team above others is looked at with those below it, all others by themselves."""
    by = published.by_of(level)
    where = ((level, member),) if by and member else ()
    return (
        Series((), where)
        if level == "team" and member in filters.teams_above(asking.scene())
        else Series(by, where, member)
    )


def found(metric: Metric, level: str, member: str, grain: Grain, outliers: str) -> Chosen:
    """The published forecast where there is one of it; otherwise it is projected now, once for the state of the facts."""
    run, by, series = publishing.latest_run(asking.scene()), published.by_of(level), series_of(level, member)
    history = asking.answer(reading.history_of, metric.key, series, grain)
    alone = Asked(metric.key, series.by, series.where, grain, outliers=outliers, is_alone=True)
    branch = asking.answer(queries.outlook, alone).levels.get(()) if by and not series.by else None
    if run and outliers == "bound" and metric.key == "bookings" and grain is Grain.MONTH and level in published.LEVELS:
        mine = asking.answer(publishing.future_of, run.id, level, member)
        if len(mine):
            futures = asking.answer(publishing.published_future, run.id, level)
            scores = _with(
                asking.answer(publishing.scores_of, run.id, level), branch.scores if branch else None, member
            )
            return Chosen(metric, level, member, grain, history, _with(futures, mine, member), scores, run)
    with st.spinner(f"Projecting {metric.label.lower()} …"):
        outlook = asking.answer(queries.outlook, Asked(metric.key, by, grain=grain, outliers=outliers))
    made = outlook.levels.get(by)
    futures = made.future if made else pd.DataFrame(columns=[*by, *EMPTY])
    scores = made.scores if made else pd.DataFrame(columns=list(by))
    futures = _with(published.named(futures, by), branch.future if branch else None, member)
    scores = _with(published.named(scores, by), branch.scores if branch else None, member)
    return Chosen(metric, level, member, grain, history, futures, scores, None)


def _with(rows: pd.DataFrame, mine: pd.DataFrame | None, member: str) -> pd.DataFrame:
    """`rows` with those of one member replaced, where there are others for it."""
    if mine is None:
        return rows
    return pd.concat([mine.assign(member=member), rows[rows["member"] != member]], ignore_index=True)


def _is_covered(one: Metric) -> bool:
    scene = asking.scene()
    parts = [part for part in (one.numerator, one.denominator) if part]
    return one.key != "quota" and all(any(key in scene.covered for key in scene.measures(part)) for part in parts)
