"""Scorecards, fifth tab: what reps say of the items they answer for, and the form in which one says it."""

from typing import Any

import pandas as pd
import streamlit as st

from spm.metrics.registry import Unit
from spm.people.roles import label_of
from spm.scorecards import queries
from spm.scorecards.model import Item
from spm.scorecards.opinions import actions
from spm.scorecards.opinions.model import FEWEST, Opinion, Summary
from spm.scorecards.opinions.queries import opinions_by, summaries_of
from spm.scorecards.versions.difference import item_label
from spm.scorecards.versions.queries import scorecard_for
from spm.ui import asking, opening, saving, show, tables
from spm.ui.tables import Column

YES, NO = "Yes", "No"
ANSWERS: dict[bool | None, str | None] = {True: YES, False: NO, None: None}


def opinions() -> None:
    """What is known of all roles, then the reader's own answers."""
    found = summaries_of(asking.scene())
    known = [one for one in found if one.is_known]
    show.headline(
        _answer(known), f"Shown from {FEWEST} answers to a question on; below that nothing is, not even how many."
    )
    if known:
        _table(known)
        _comments(known)
    else:
        show.empty(
            "Nothing can be shown yet.",
            f"It takes {FEWEST} answers of one role to a question, so that nobody’s own can be told.",
        )
    own(_reader())


def own(person_id: int | None) -> None:
    """The reader's own answers, item by item; a sentence for who is not on the list of people."""
    show.section("What do you say?", "Of each item of your scorecard: is it fair, and within your reach?")
    if person_id is None:
        st.caption("Choose your name under “You are” on the left: each person answers for their own scorecard.")
        return
    scene = asking.scene()
    held = scene.org.on(person_id, scene.today)
    role = held["role"] if held is not None else None
    if role is None:
        st.caption("Nobody says what your role is today, so there is no scorecard to answer for.")
        return
    said = opinions_by(scene, person_id)
    for item in asking.answer(scorecard_for, role, scene.today).items:
        if not item.is_waiting:
            _asked(person_id, role, item, said.get((item.metric, item.scope)))


def _asked(person_id: int, role: str, item: Item, before: Opinion | None) -> None:
    metrics = asking.answer(queries.metrics_of)
    key = f"opinion_{person_id}_{item.metric}_{item.scope}"
    with st.container(border=True, horizontal=True, vertical_alignment="bottom"):
        st.markdown(f"**{item_label(item, metrics.__getitem__)}**", width=220)
        fair = _tap("Fair?", before.is_fair if before else None, f"{key}_fair")
        reach = _tap("Within reach?", before.is_within_reach if before else None, f"{key}_reach")
        comment = st.text_input("Comment", before.comment if before else "", key=f"{key}_comment", width=360,
                                placeholder="If you like")  # fmt: skip
        if st.button("Say it", key=f"{key}_save"):
            saving.save("Thank you, it is kept without your name in the log.", actions.give_opinion, person_id, role, item,
                        fair, reach, comment, asking.real_today())  # fmt: skip


def _tap(label: str, before: bool | None, key: str) -> bool | None:
    tapped = st.segmented_control(label, (YES, NO), default=ANSWERS[before], key=key, width="content")
    return None if tapped is None else tapped == YES


def _reader() -> int | None:
    people = asking.scene().org.people
    found = people.loc[people["name"] == st.session_state.get(opening.READER), "id"]
    return int(found.iloc[0]) if len(found) == 1 else None


def _answer(known: list[Summary]) -> str:
    if not known:
        return "Are the scorecards fair? Too few have said"
    worst = min(known, key=lambda one: min(_shares(one)))
    label = _label(worst)
    fair, reach = worst.fair_share, worst.reach_share
    if min(_shares(worst)) >= 0.5:
        return f"Most call every item fair and within reach; least so {label}"
    what = "fair" if reach is None or (fair is not None and fair <= reach) else "within reach"
    share = min(_shares(worst))
    return f"{label}: {100 * share:.0f} % of the {label_of(worst.role).lower()}s who answered call it {what}"


def _shares(one: Summary) -> list[float]:
    return [share for share in (one.fair_share, one.reach_share) if share is not None]


def _label(one: Summary) -> str:
    metrics = asking.answer(queries.metrics_of)
    return metrics[one.metric].label if one.metric in metrics else one.metric.replace("_", " ")


def _table(known: list[Summary]) -> None:
    rows: list[dict[str, Any]] = [
        {"role": label_of(one.role), "item": _label(one), "fair": one.fair_share, "fair_count": one.fair_count,
         "reach": one.reach_share, "reach_count": one.reach_count}
        for one in known
    ]  # fmt: skip
    columns = [
        Column("item", "Item", width=130),
        Column("fair", "Fair", "share bar", "Share of those who answered", width=110),
        Column("reach", "Within reach", "share bar", "Share of those who answered", width=110),
        Column("role", "Role", width=200),
        Column("fair_count", "Answers on fair", Unit.COUNT, width=120),
        Column("reach_count", "Answers on reach", Unit.COUNT, width=130),
    ]
    frame = pd.DataFrame(rows)
    tables.table(frame, columns, "opinions", "What reps say of the items", file_name="what reps say")


def _comments(known: list[Summary]) -> None:
    with_words = [one for one in known if one.comments]
    if not with_words:
        return
    with st.expander("Comments", icon=":material/chat:"):
        for one in with_words:
            st.markdown(f"**{label_of(one.role)}: {_label(one)}**")
            st.markdown("\n".join(f"- {show.plain(comment)}" for comment in one.comments))
