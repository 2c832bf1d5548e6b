"""Who else there is beside the rep whose page it is: everyone, the next by name, and a manager's people."""

from typing import Any

import pandas as pd
import streamlit as st

from spm import charts
from spm.scorecards.queries import scores
from spm.ui import asking, filters, show, tables
from spm.ui.filters import View
from spm.ui.tables import Column

IN_WORDS = {"needs help": "needing help", "no score": "without a score"}


def everyone(view: View) -> None:
    """The page while nobody is chosen: all scores, one click from each scorecard."""
    found = _scores_of(view)
    counts = found["band"].value_counts()
    said = ", ".join(f"{counts[word]} {IN_WORDS.get(word, word)}" for word in charts.BANDS if word in counts)
    so_far = "Against what is due by now: the period is still running." if _is_running(found) else ""
    notes = ("Click a row to open a scorecard.", so_far, filters.not_split("Scores are", "targets are"))
    show.headline(f"{len(found)} people in {view.period.title}: {said}.", " ".join(note for note in notes if note))
    _table_of_scores(found, "everyone")


def neighbours(rep: str, view: View) -> None:
    """The buttons to who comes before and after a rep, by name, of those there in the period."""
    before, after = _neighbours(rep, view)
    with st.container(horizontal=True, width="content", gap="small"):
        _neighbour("Previous", before, ":material/chevron_left:", "left")
        _neighbour("Next", after, ":material/chevron_right:", "right")


def team(manager: str, view: View) -> None:
    """The scores of the people who report to a manager; nothing for anyone else."""
    if manager not in set(asking.scene().org.active(view.period)["manager"]):
        return
    found = asking.whole(scores, view.period, {})
    led = found[found["manager"] == manager]
    if len(led):
        untold = filters.not_split("Scores are", "targets are")
        show.section(f"The team of {manager}", f"Click a row to open someone’s scorecard. {untold}".strip())
        _table_of_scores(led, "led")


def _neighbours(rep: str, view: View) -> tuple[str | None, str | None]:
    there = asking.scene().org.active(view.period)
    if view.team:
        there = there[there["team"].isin(asking.scene().org.within(view.team))]
    names = sorted(set(there["rep"]))
    if rep not in names:
        return None, names[0] if names else None
    at = names.index(rep)
    return (names[at - 1] if at else None), (names[at + 1] if at + 1 < len(names) else None)


def _neighbour(words: str, rep: str | None, icon: str, side: Any) -> None:
    st.button(words, help=rep, icon=icon, icon_position=side, type="tertiary", disabled=rep is None, key=f"rep_{words}",
              on_click=_look_at, args=(rep,))  # fmt: skip


def _look_at(rep: str | None) -> None:
    st.session_state[filters.REP] = rep


def _open_row(row: dict[str, Any]) -> None:
    _look_at(row["rep"])


def _scores_of(view: View) -> pd.DataFrame:
    found = asking.whole(scores, view.period, view.where)
    return found.assign(band=found["band_to_date"].fillna("no score").map(str))


def _is_running(found: pd.DataFrame) -> bool:
    known = found.dropna(subset=["score"])
    return bool((known["score"] != known["score_to_date"]).any())


def _table_of_scores(found: pd.DataFrame, key: str) -> None:
    bands = found["band_to_date"].fillna("no score").map(lambda word: charts.BANDS[str(word)].label)
    is_running = _is_running(found)
    rows = found.assign(band=bands).sort_values("score_to_date", ascending=False, na_position="last")
    against = "what is due by now" if is_running else "the targets of the period"
    parts = [Column("leading", "Leading", "score", "What comes before the result", width=70),
             Column("lagging", "Lagging", "score", "The result itself", width=70)]  # fmt: skip
    so_far = [Column("score", "Score so far", "score bar", "Against the targets of the whole period", width=120)]
    columns = [
        Column("rep", "Name", is_pinned=True),
        Column("score_to_date", "Score", "score bar", f"Against {against}", width=105),
        Column("band", "Band", width=110),
        *(so_far if is_running else parts),
        Column("counted", "Rests on", width=95),
        Column("role", "Role", width=205),
        Column("team", "Team", width=160),
    ]
    tables.table(rows, columns, key, "Scores", _open_row, file_name="scores")
