"""What is looked at on the Forecast page: the pickers, and the history and projection that they choose."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from spm.calendar import Grain
from spm.forecast import published, queries
from spm.forecast.histories import By
from spm.forecast.projecting import AMOUNTS
from spm.forecast.queries import PROJECTED, Asked, Run
from spm.metrics.queries import columns_of
from spm.metrics.registry import Metric
from spm.ui import asking

METRIC, LEVEL, MEMBER, GRAIN, WITHOUT = "projected", "of", "member", "grain", "without"
COMPANY = "company"
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
        """The projection of the member that is looked at."""
        return self.futures[self.futures["member"] == self.member].reset_index(drop=True)

    @property
    def model(self) -> str:
        """What it is projected by; "" where nothing is."""
        return str(self.future["model"].iloc[0]) if len(self.future) else ""

    def score(self, name: str) -> float | None:
        """A number of the member's back-test, None where nothing could be held back."""
        mine = self.scores[self.scores["member"] == self.member]
        return None if mine.empty or pd.isna(mine[name].iloc[0]) else float(mine[name].iloc[0])

    @property
    def by(self) -> By:
        return published.by_of(self.level)

    @property
    def where(self) -> dict[str, str]:
        return {self.level: self.member} if self.by else {}

    @property
    def name(self) -> str:
        return member_name(self.level, self.member)


def member_name(level: str, member: str) -> str:
    """A member as a reader says it."""
    if level == COMPANY:
        return asking.scene().standing.company.name
    return member or f"without a {level}"


def chosen() -> Chosen:
    """The pickers, and what they choose."""
    scene = asking.scene()
    metrics = [key for key, one in scene.metrics.items() if one.nature in PROJECTED and _is_covered(one)]
    levels = [COMPANY, *(("team", "rep") if len(scene.org.people) else ()), *scene.filters]
    labels = {row.key: row.label for row in asking.answer(columns_of).itertuples()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = st.selectbox("Metric", metrics, format_func=lambda one: scene.metrics[one].label, key=METRIC,
                           bind="query-params", width=220)  # fmt: skip
        level = st.selectbox("Of", levels, format_func=lambda one: labels.get(one, one.capitalize()), key=LEVEL,
                             bind="query-params", width=160)  # fmt: skip
        grain = Grain(
            st.selectbox(
                "By", list(GRAINS), format_func=lambda one: GRAINS[one], key=GRAIN, bind="query-params", width=130
            )
        )
        histories = asking.answer(queries.histories_of, key, published.by_of(level), grain)
        named = published.named(histories, published.by_of(level))
        member = _member(named, level)
    return _found(scene.metrics[key], level, member, grain, named)


def _member(named: pd.DataFrame, level: str) -> str:
    """Who is looked at: picked from the level's members, the one with most in the last year first."""
    if level == COMPANY:
        return ""
    latest = named.groupby("member")["value"].apply(lambda own: own.tail(12).sum()).sort_values(ascending=False)
    return st.selectbox("Who", latest.index.tolist() or [""], format_func=lambda one: member_name(level, one), key=MEMBER,
                        bind="query-params", width=240)  # fmt: skip


def _found(metric: Metric, level: str, member: str, grain: Grain, named: pd.DataFrame) -> Chosen:
    """The published forecast where there is one of it; otherwise it is projected now, once for the state of the facts."""
    run, by = queries.latest_run(asking.scene()), published.by_of(level)
    history = named.loc[named["member"] == member, ["start", "value"]].reset_index(drop=True)
    outliers = "leave out" if st.session_state.get(WITHOUT) else "bound"
    if run and outliers == "bound" and metric.key == "bookings" and grain is Grain.MONTH and level in published.LEVELS:
        future = asking.answer(queries.published_future, run.id, level)
        if member in future["member"].values:
            scores = asking.answer(queries.scores_of, run.id, level)
            return Chosen(metric, level, member, grain, history, future, scores, run)
    with st.spinner(f"Projecting {metric.label.lower()} …"):
        found = asking.answer(queries.outlook, Asked(metric.key, by, grain=grain, outliers=outliers))
    made = found.levels.get(by)
    future, scores = (made.future, made.scores) if made else (pd.DataFrame(columns=EMPTY), pd.DataFrame(columns=list(by)))
    return Chosen(metric, level, member, grain, history, published.named(future, by), published.named(scores, by), None)


def _is_covered(one: Metric) -> bool:
    scene = asking.scene()
    parts = [part for part in (one.numerator, one.denominator) if part]
    return one.key != "quota" and all(any(key in scene.covered for key in scene.measures(part)) for part in parts)
