"""Scorecards, first tab: how many are outstanding, on target, near, need help, by role and team, and over time."""

from math import ceil
from typing import Any

import pandas as pd
import streamlit as st

from spm import charts
from spm.metrics.registry import Unit
from spm.metrics.wording import shown_percent
from spm.scorecards.rollup import BAND_WORDS, group_table
from spm.scorecards.standing import queries
from spm.scorecards.standing.queries import Kind, Standing
from spm.ui import asking, filters, menu, picture, show, tables
from spm.ui.filters import View
from spm.ui.scorecards import group
from spm.ui.scorecards.past import over_time
from spm.ui.tables import Column

PEOPLE = "People"
SAID_OF = {
    Kind.TEAMS: " A team counts with the teams below it.",
    Kind.MANAGERS: " A manager’s is that of everyone below; their own scorecard is under People.",
}
MOVED = (
    " Whoever changed within the period counts in each group for the days there; people and bands have everyone once, "
    "where they were last."
)
ROLES_WIDTH, ROLES_LINE, MOST_LINES = 260, 34, 4
"""Of the roles of a group: pixels, letters that surely fit into one line of them, and so many lines at most."""
IN_WORDS = {"needs help": "needing help", "no score": "without a score"}


def everyone(view: View) -> None:
    """The answer in a sentence, the pictures, and the tables that prove them."""
    now = asking.whole(queries.standing, view.period, view.where)
    if not now.whole.roles:
        show.headline(f"Nobody was there in {view.period.title}")
        show.empty("There is nobody to score in this period.", "Choose another one on the left.")
        return
    show.headline(_answer(now), _note(now))
    if not now.whole.people_count:
        _tables(now, view)
        return
    left, right = st.columns(2)
    past = left.container(border=True, height="stretch")
    with right.container(border=True, height="stretch"):
        head = st.container()
        by = st.segmented_control("By", ("Team", "Role"), default="Team", label_visibility="collapsed") or "Team"
        counted = now.bands_by_team if by == "Team" else now.bands_by_role
        shown = counted.rename(columns={"group": "team", "people_count": "reps_count"})
        pick: Any = _look_at_team if by == "Team" else None
        note, file_name = (
            "How many people of each are in which band, everyone where they were last.",
            f"bands by {by.lower()}",
        )
        with head:
            picture.heading("Who is where", shown, charts.bands(), note, file_name)
        show.chart(shown, charts.bands(), f"People by band in each {by.lower()}", key=f"bands_{by}", on_pick=pick)
    _tables(now, view)
    with past:  # the longest to work out, so the last to come
        over_time(view)


def _answer(now: Standing) -> str:
    if not now.whole.people_count:
        return f"Nobody was left in {now.whole.name} at the end of {now.period.title}"
    counts = now.whole.band_counts
    said = ", ".join(f"{counts[word]} {IN_WORDS.get(word, word)}" for word in charts.BANDS if counts.get(word))
    so_far = " so far" if now.is_running else ""
    return f"{now.whole.people_count} people in {now.period.title}{so_far}: {said}"


def _note(now: Standing) -> str:
    score = now.whole.whole.value
    if score is None and now.whole.band_counts["no score"] == now.whole.people_count:
        return (
            "No item that these people answer for has a value: under “Shape a scorecard” take what your sheets count."
        )
    parts = (
        [] if score is None else [f"{now.whole.name} as a whole scores {shown_percent(score)}, {now.whole.whole.band}."]
    )
    if not now.whole.people_count:
        parts.append("That is of the days of those who have moved on.")
    if now.is_running:
        parts.append("All against what is due by now: the period is still running.")
    if now.closing:
        parts.append(f"{now.closing.words}: scores are as they were kept.")
    return " ".join(parts)


def _tables(now: Standing, view: View) -> None:
    shown = [str(kind) for kind in Kind]
    which = st.segmented_control("Scores of", [*shown, PEOPLE], default=shown[0], key="scorecards_groups") or shown[0]
    if which == PEOPLE:
        _people(now)
        return
    kind = Kind(which)
    groups = {Kind.TEAMS: now.teams, Kind.ROLES: now.roles, Kind.MANAGERS: now.managers}[kind]
    st.caption(
        "The score of a group is not the mean of its people’s: what all did together, against what all were asked, "
        "people without a contribution included. A group of several roles is their mean, weighted by the days that people were "
        "there." + SAID_OF.get(kind, "") + (MOVED if now.has_moved else "")
    )
    table = group_table(groups)
    if table.empty:
        st.caption(f"There are no {which.lower()} in this period.")
        return
    rows = table.assign(band=[_band(word) for word in table["band"]])
    has_roles = kind is not Kind.ROLES
    columns = [
        Column("name", which[:-1], is_pinned=True),
        Column(
            "score",
            "Score",
            "score bar",
            "Against what is due by now, or the targets of a period that is over",
            width=95,
        ),
        Column("band", "Band", width=105),
        Column("people_count", "People", Unit.COUNT, width=60),
        *(Column(word, word.capitalize(), Unit.COUNT, width=82) for word in map(str, BAND_WORDS) if table[word].any()),
        *([Column("roles", "Roles", width=ROLES_WIDTH)] if has_roles else []),
    ]
    lines_count = min(MOST_LINES, ceil(table["roles"].str.len().max() / ROLES_LINE)) if has_roles else 1
    tables.table(rows, columns, f"groups_{which}", f"Scores of {which.lower()}", group.choose,
                 file_name=f"scores of {which.lower()}", lines_count=lines_count)  # fmt: skip
    chosen = next((one for one in groups if one.name == st.session_state.get(group.CHOSEN)), None)
    if chosen:
        group.drawn(chosen, kind, now, view)
    else:
        st.caption("Click a row for what its score is made of.")


def _people(now: Standing) -> None:
    if now.people.empty:
        st.caption("Those who were there are listed where they were last.")
        return
    st.caption("Click a row to open the scorecard.")
    rows = now.people.assign(band=[_band(word) for word in now.people["band_to_date"]])
    rows = rows.sort_values("score_to_date", ascending=False, na_position="last")
    columns = [
        Column("rep", "Name", is_pinned=True),
        Column("score_to_date", "Score", "score bar", width=105),
        Column("band", "Band", width=110),
        Column("leading", "Leading", "score", "What comes before the result", width=70),
        Column("lagging", "Lagging", "score", "The result itself", width=70),
        Column("counted", "Rests on", width=95),
        Column("role", "Role", width=205),
        Column("team", "Team", width=160),
    ]
    tables.table(rows, columns, "scorecards_people", "Everyone’s score", _open_rep, file_name="scores")


def _band(word: Any) -> str:
    return charts.BANDS["no score" if pd.isna(word) else str(word)].label


def _look_at_team(mark: dict[str, Any]) -> None:
    if mark.get("team") in set(asking.scene().org.teams["name"]):
        st.session_state[filters.TEAM] = mark["team"]


def _open_rep(row: dict[str, Any]) -> None:
    menu.go_to("rep", rep=row["rep"])
