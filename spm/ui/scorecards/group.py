"""What the score of a team, a role or a manager's people is made of: what was asked of all together, and what they reached."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from spm.metrics import wording
from spm.metrics.wording import shown_percent
from spm.scorecards.explanation import Explanation, ItemExplanation, explained, points
from spm.scorecards.model import Scope
from spm.scorecards.queries import bands_of
from spm.scorecards.rollup import GroupScore
from spm.scorecards.scoring import Score
from spm.scorecards.standing.queries import Kind, Standing
from spm.ui import asking, origin, show, tables
from spm.ui.filters import View
from spm.ui.scorecards import download
from spm.ui.tables import Column

CHOSEN, ITEM = "scorecards_group", "scorecards_group_item"
"""Under them, in the session: the group that was clicked, and the item of it whose rows are to be shown."""
COLUMNS = (
    Column("item", "Item", is_pinned=True), Column("asked", "Asked of all", width=120),
    Column("reached", "Reached", width=120), Column("counts", "Counts as", width=95),
    Column("points", "Points", width=75), Column("how", "How", width=420),
)  # fmt: skip


def choose(row: Mapping[str, Any]) -> None:
    """The group of this row is opened below the table."""
    st.session_state[CHOSEN] = row["name"]


def drawn(one: GroupScore, kind: Kind, now: Standing, view: View) -> None:
    """The items of each role in the group; a click on one opens the rows behind it."""
    due, where = " Asked is what is due by now." if now.is_running else "", _facts_of(one, kind, view)
    note = f"Of everybody’s days there.{due} A click on an item opens its rows."
    show.section(f"What the score of {one.name} is made of", note)
    explanations = [explained(role.score, asking.answer(bands_of), show.currency()) for role in one.roles]
    download.group_button(one, kind, view, where, [found.sentence for found in explanations])
    for role, found in zip(one.roles, explanations, strict=True):
        who = "1 person" if role.people_count == 1 else f"{role.people_count} people"
        st.markdown(
            show.plain(
                f"{role.label}, {who}, {role.days_count:,} working days: {found.sentence}{_by_timing(role.score)}"
            )
        )
        label = role.label.lower()
        tables.table(rows(found, show.currency()), COLUMNS, f"group_items_{one.name}_{role.role}",
                     f"Items of {label} in {one.name}", partial(_pick, {**where, "role": role.role}), is_searchable=False,
                     file_name=f"{one.name}, {label}, {now.period.title}")  # fmt: skip
        if found.way:
            st.caption(show.plain(found.way))
    if picked := st.session_state.pop(ITEM, None):
        origin.open_rows(picked["metric"], now.period, picked["where"])


def _facts_of(one: GroupScore, kind: Kind, view: View) -> dict[str, str]:
    """Which facts are those of a group, beside its roles."""
    within = {"team": view.team} if view.team else {}
    return within | {Kind.TEAMS: {"team": one.name}, Kind.MANAGERS: {"manager": one.name}}.get(kind, {})


def _by_timing(score: Score) -> str:
    """The part-scores, where there are both: " Leading items 88, lagging 99."."""
    if score.leading is None or score.lagging is None:
        return ""
    return f" Leading items {shown_percent(score.leading)}, lagging {shown_percent(score.lagging)}."


def rows(found: Explanation, currency: str) -> pd.DataFrame:
    """One row an item: its metric, "" where no rows lead to it (it waits, or is of the team), and COLUMNS."""
    return pd.DataFrame([_row(item, currency) for item in found.items])


def _row(one: ItemExplanation, currency: str) -> dict[str, Any]:
    reading, is_own = one.reading, one.item.scope is Scope.OWN
    values = (reading.target, reading.actual) if reading else (None, None)
    asked, reached = (wording.whole(reading.metric.unit, value, currency) if reading else "" for value in values)
    return {
        "metric": one.item.metric if reading and is_own else "",
        "item": one.label if is_own else f"{one.label} of the team",
        "asked": asked,
        "reached": reached,
        "counts": f"{shown_percent(one.score.attainment)} %" if one.score else None,
        "points": points(one.score.points) if one.score else None,
        "how": one.sentence,
    }


def _pick(where: dict[str, str], row: Mapping[str, Any]) -> None:
    if row["metric"]:
        st.session_state[ITEM] = {"metric": row["metric"], "where": where}
