"""What a rep's page says of a closed period, and the workbooks in which a score opens down to the rows."""

from collections.abc import Mapping, Sequence

import streamlit as st

from spm.reports.explained.queries import evidence_of, shared_of
from spm.reports.explained.sheets import group_workbook, scorecard_workbook
from spm.scorecards.queries import results
from spm.scorecards.result import RepScorecard
from spm.scorecards.rollup import GroupScore
from spm.scorecards.standing.queries import Kind, groups
from spm.ui import asking, show, tables
from spm.ui.filters import View


def closed(card: RepScorecard) -> None:
    """That the period is closed, and what the score would be now; nothing of an open one."""
    if card.closing:
        since = f" It {card.since_closed}." if card.since_closed else ""
        st.info(
            show.plain(f"{card.closing.words}: this is the scorecard as it was kept.{since}"), icon=":material/lock:"
        )


def button(card: RepScorecard) -> None:
    """The download of the whole chain: score, items, targets, metrics, facts with file, sheet and row."""
    st.download_button(
        "Excel with the whole arithmetic", lambda: _workbook(card), f"{card.rep} {card.period.title}.xlsx", tables.XLSX,
        on_click="ignore", type="tertiary", icon=":material/function:",
        help="Score, items, targets, metrics and every row behind them, with live formulas",
    )  # fmt: skip


def group_button(one: GroupScore, kind: Kind, view: View, where: Mapping[str, str], sentences: Sequence[str]) -> None:
    """The download of a group's chain: score, items, members, facts; `where` names its facts, `sentences` are its roles'."""
    title = f"{one.name}, {view.period.title}"
    st.download_button(
        "Excel with the whole arithmetic", lambda: _group_workbook(one, kind, view, where, sentences, title),
        f"{title}.xlsx", tables.XLSX, on_click="ignore", type="tertiary", icon=":material/function:",
        help="Score, items, everyone’s part and every row behind it, with live formulas",
    )  # fmt: skip


def _group_workbook(
    one: GroupScore, kind: Kind, view: View, where: Mapping[str, str], sentences: Sequence[str], title: str
) -> bytes:
    scene = asking.scene()
    group = groups(scene, asking.whole(results, view.period), view.team)[kind][one.name]
    shared = shared_of(scene, group, one, view.period, where)
    return group_workbook(one, shared, sentences, title, scene.standing.company.currency)


def _workbook(card: RepScorecard) -> bytes:
    scene = asking.scene()
    return scorecard_workbook(card, evidence_of(scene, card), scene.standing.company.currency)
