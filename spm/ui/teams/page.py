"""What the Teams page shows first: where it is off, in a sentence and in a table of shades."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from spm.benchmarks.board import queries as boards
from spm.benchmarks.comparing import queries as comparing
from spm.benchmarks.subjects.model import Level
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
    level, metrics = _level(view), _metrics()
    if not metrics:
        show.headline(f"{view.period.title}: the sheets say nothing to hold teams against each other by.")
        return
    told, is_known = _told_apart(level, metrics, view)
    where = view.team or asking.scene().standing.company.name
    if told:
        show.headline(f"{view.period.title}: {'; '.join(told)}.")
    else:
        them = "team" if level is Level.TEAM else "rep"
        if asking.kept() and not is_known:
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
        by_key = {metric.key: metric for metric in metrics}
        by = by_key[st.selectbox(
            "Tiers by", list(by_key), format_func=lambda key: by_key[key].label, key=TIERS_BY, bind="query-params", width=220,
            help="A tier holds whoever cannot be told from its best. Neighbours across a tier may be alike.",
        )]  # fmt: skip
        level = _level(view)
        is_rep, found = level is Level.REP, _board(level, metrics, view)
        title, key = f"{LEVELS[level]} in {view.period.title}", f"heat_{level.value}"
        names = [Column("name", LEVELS[level][:-1], is_pinned=True), Column("tier", "Tier", width=50)]
        others = [Column("team", "Team", width=150), Column("role_label", "Role", width=215)] if is_rep else []
        rows = found.assign(tier=_tiers(level, metrics, by, view).astype("Int64")).sort_values(
            ["tier", by.key], ascending=[True, not by.higher_is_better], na_position="last", ignore_index=True
        )
        rows = rows.drop(columns=[one.name for one in others if rows[one.name].nunique() < 2])
        heat.download(rows, [*names, *others], metrics, key, title)
    heat.table(rows, names, metrics, key, title, _open_rep if is_rep else _look_at_team, others)
    against = (
        "Held against the others in the same role, for the time that each was there."
        if is_rep
        else "Held against the other teams. A sum is judged by the share behind it: of what people in the same roles bring on "
        "average."
    )
    st.caption(f"{heat.LEGEND} {heat.by_luck(found)} {against} Click a row to open it, a column's head to sort.")


def _metrics() -> list[Metric]:
    """Those of SHOWN that the sheets speak of; one average, of deals or of orders."""
    known, scene = asking.answer(comparing.comparable_metrics), asking.scene()
    keys = [key for key in SHOWN if key in known]
    if "average_deal_size" in keys and "average_order_value" in keys:
        keys = [key for key in keys if key not in ("average_order_value", "orders")]
    return [scene.metric(key) for key in keys[:MOST_METRICS]]


def _board(level: Level, metrics: Sequence[Metric], view: View) -> pd.DataFrame:
    return asking.answer(boards.board, level, _keys(metrics), view.period, view.where)


def _tiers(level: Level, metrics: Sequence[Metric], by: Metric, view: View) -> pd.Series:
    return asking.answer(boards.tiers_on, level, _keys(metrics), by.key, view.period, view.where)


def _keys(metrics: Sequence[Metric]) -> tuple[str, ...]:
    return tuple(metric.key for metric in metrics)


def _level(view: View) -> Level:
    if view.team or not _has_teams():
        return Level.REP
    return Level(st.session_state.get(LEVEL) or Level.TEAM)


def _has_teams() -> bool:
    return len(asking.scene().org.teams) > 1


def _told_apart(level: Level, metrics: Sequence[Metric], view: View) -> tuple[list[str], bool]:
    """Who leads or trails in what, and whether anything is known to tell them apart by: of each metric with more than one tier
    the smaller end, the most telling metrics first, until MOST_SAID are found."""
    found, is_known = _board(level, metrics, view), False
    said: dict[tuple[str, str], list[str]] = {}
    for metric in metrics:
        if len(said) == MOST_SAID:
            break
        tiers = _tiers(level, metrics, metric, view).dropna()
        is_known = is_known or len(tiers) > 0
        first, last = tiers[tiers == 1].index, tiers[tiers == tiers.max()].index
        if len(tiers) and tiers.max() > 1:
            rows, verb = (first, "lead") if len(first) <= len(last) else (last, "trail")
            names = found["name"][found[metric.key][rows].sort_values(ascending=False).index].tolist()
            who = (wording.named(names, MOST_NAMED), f"{verb}{'s' if len(names) == 1 else ''}")
            said.setdefault(who, []).append(metric.label.lower())
    return _joined({who: wording.listed(of[:MOST_SAID]) for who, of in said.items()}), is_known


def _joined(said: dict[tuple[str, str], str]) -> list[str]:
    """Who leads or trails in what: who does both in different metrics is named once."""
    found: dict[str, str] = {}
    for (who, verb), of in said.items():
        found[who] = f"{found[who]} but {verb} in {of}" if who in found else f"{who} {verb} in {of}"
    return list(found.values())


def _look_at_team(row: dict[str, Any]) -> None:
    st.session_state[filters.TEAM] = row["name"]


def _open_rep(row: dict[str, Any]) -> None:
    menu.go_to("rep", rep=row["name"])
