"""What a rep's page says of a closed period, and the workbook in which a score opens down to the rows."""

import streamlit as st

from spm.reports.explained.queries import evidence_of
from spm.reports.explained.sheets import scorecard_workbook
from spm.scorecards.result import RepScorecard
from spm.ui import asking, show, tables


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


def _workbook(card: RepScorecard) -> bytes:
    scene = asking.scene()
    return scorecard_workbook(card, evidence_of(scene, card), scene.standing.company.currency)
