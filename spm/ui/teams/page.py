"""What the Teams page shows first: where it is off, in a sentence and in a table of shades."""

from typing import Any

import pandas as pd
import streamlit as st

from spm.benchmarks.board import queries as boards
from spm.benchmarks.comparing import queries as comparing
from spm.benchmarks.comparing.subjects import Level
from spm.metrics import wording
from spm.metrics.registry import Metric
from spm.ui import asking, filters, menu, show
from spm.ui.filters import View
from spm.ui.tables import Column
from spm.ui.teams import heat

TABS = ("What explains the change", "Funnel", "Open pipeline", "Where bookings come from", "Time and money")
SHOWN = ("attainment", "bookings", "win_rate", "average_deal_size", "average_order_value", "orders", "sales_cycle",
         "opportunities_opened", "calls_and_emails", "meetings")  # fmt: skip
MOST_METRICS = 7
LEVEL, TIERS_BY = "teams_level", "teams_tiers_by"
LEVELS = {Level.TEAM: "Teams", Level.REP: "Reps"}
MOST_NAMED, MOST_SAID = 2, 2


def answer(view: View) -> None:
    """The headline: who can be told from the others, and in what; or that nobody can."""
    level = _level(view)
    if not _metrics():
        show.headline(f"{view.period.title}: the sheets say nothing to hold teams against each other by.")
        return
    found = _board(level, view)
    told = _told_apart(found)
    where = view.team or asking.scene().standing.company.name
    if told:
        show.headline(f"{view.period.title}: {'; '.join(told)}.")
    else:
        them = "team" if level is Level.TEAM else "rep"
        if asking.kept() and found.filter(like="_tier").isna().all(axis=None):
            show.headline(
                f"{view.period.title}: too little is told of what is looked at to say which {them} stands out."
            )
            return
        show.headline(f"{view.period.title}: no {them} of {where} stands out beyond luck.")


def board(view: View) -> None:
    """Teams or reps by metrics; a click looks at the team, or opens the rep's page."""
    metrics = _metrics()
    if not metrics:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        if _has_teams() and not view.team:
            st.segmented_control(
                "Rows", [one.value for one in LEVELS], format_func=lambda one: LEVELS[Level(one)],
                default=Level.TEAM.value, key=LEVEL, bind="query-params", required=True,
            )  # fmt: skip
        by = asking.scene().metric(st.selectbox(
            "Tiers by", [one.key for one in metrics], format_func=lambda key: asking.scene().metric(key).label, key=TIERS_BY,
            bind="query-params", width=220,
            help="A tier holds whoever cannot be told from its best. Neighbours across a tier may be alike.",
        ))  # fmt: skip
        level = _level(view)
        is_rep, found = level is Level.REP, _board(level, view)
        title, key = f"{LEVELS[level]} in {view.period.title}", f"heat_{level.value}"
        names = [
            Column("name", LEVELS[level][:-1], is_pinned=True, width=160),
            Column("tier", "Tier", width=50),
            *([Column("team", "Team", width=120), Column("role_label", "Role", width=215)] if is_rep else []),
        ]
        rows = found.assign(tier=found[f"{by.key}_tier"].astype("Int64")).sort_values(
            ["tier", by.key], ascending=[True, not by.higher_is_better], na_position="last", ignore_index=True
        )
        heat.download(rows, names, metrics, key, title)
    heat.table(rows, names, metrics, key, title, _open_rep if is_rep else _look_at_team)
    against = (
        "the others in the same role" if is_rep else "the other teams; where it adds up, for the roles that each has"
    )
    st.caption(
        f"{heat.LEGEND} {heat.by_luck(found)} Held against {against}. Click a row to open it, a column's head to sort."
    )


def _metrics() -> list[Metric]:
    """Those of SHOWN that the sheets speak of; one average, of deals or of orders."""
    known = asking.answer(comparing.comparable_metrics)
    keys = [key for key in SHOWN if key in known]
    if "average_deal_size" in keys and "average_order_value" in keys:
        keys = [key for key in keys if key not in ("average_order_value", "orders")]
    return [asking.scene().metric(key) for key in keys[:MOST_METRICS]]


def _board(level: Level, view: View) -> pd.DataFrame:
    keys = tuple(metric.key for metric in _metrics())
    return asking.answer(boards.board, level, keys, view.period, view.where)


def _level(view: View) -> Level:
    if view.team or not _has_teams():
        return Level.REP
    return Level(st.session_state.get(LEVEL) or Level.TEAM)


def _has_teams() -> bool:
    return len(asking.scene().org.teams) > 1


def _told_apart(found: pd.DataFrame) -> list[str]:
    """Who leads or trails in what: of each metric with more than one tier the smaller end, the most telling metrics first."""
    said: dict[str, list[str]] = {}
    for metric in _metrics():
        tiers = found[f"{metric.key}_tier"].dropna()
        first, last = tiers[tiers == 1].index, tiers[tiers == tiers.max()].index
        if len(tiers) and tiers.max() > 1:
            rows, verb = (first, "lead") if len(first) <= len(last) else (last, "trail")
            names = found.loc[rows].sort_values(metric.key, ascending=False)["name"].tolist()
            others = [f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
            who = f"{wording.listed([*names[:MOST_NAMED], *others])} {verb}{'s' if len(names) == 1 else ''}"
            said.setdefault(who, []).append(metric.label.lower())
    return [f"{who} in {wording.listed(of[:MOST_SAID])}" for who, of in list(said.items())[:MOST_SAID]]


def _look_at_team(row: dict[str, Any]) -> None:
    st.session_state[filters.TEAM] = row["name"]


def _open_rep(row: dict[str, Any]) -> None:
    menu.go_to("rep", rep=row["name"])
