"""Scorecards, second tab: shape a role's scorecard, see at once what it would have made of the last period, save it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from spm.calendar import plus_months
from spm.errors import Refusal
from spm.metrics.registry import Metric
from spm.people.roles import label_of
from spm.scorecards import queries
from spm.scorecards.bands import Bands
from spm.scorecards.model import Item, Scorecard, advice
from spm.scorecards.starting import STARTING
from spm.scorecards.versions import actions
from spm.scorecards.versions.model import Versions, overtaken, scorecard_on, version_on
from spm.scorecards.versions.queries import holders_count, roles_of, versions_of
from spm.ui import asking, failures, menu, saving, show
from spm.ui.filters import View
from spm.ui.scorecards import draft as scorecard_draft
from spm.ui.scorecards import item as scorecard_item
from spm.ui.scorecards import trial
from spm.ui.scorecards import versions as scorecard_versions
from spm.ui.scorecards.draft import EQUAL

ROLE, OWN, NEXT = "scorecards_role", "scorecards_new_role", "scorecards_next_role"
NAME, NAMING = "scorecards_role_name", "scorecards_naming"
"""Under them: the name of a new role as it is typed, and whether the reader is at it."""
COPIED = "scorecards_copied_role"
"""Under it, in the session: the role that the reader started, and the one that it is a copy of."""
DAY_FORMAT = "YYYY-MM-DD"
LATEST = date.max  # by then the version that was saved last is in force


def shape(view: View) -> None:
    """The editor of one role's scorecard."""
    versions = asking.answer(versions_of)
    role = _role(versions)
    if not scorecard_draft.of(role):
        scorecard_draft.start(scorecard_on(versions, role, LATEST))
    show.headline(f"What {_one(label_of(role))} answers for", _since(versions, role))
    is_held = asking.answer(holders_count, role) > 0
    tried_on = role if is_held else st.session_state.get(COPIED, {}).get(role, role)
    if role in versions and not is_held:
        _give_it_to_people(role)
    left, right = st.columns([8, 5], gap="medium")
    with left:
        items = _items(tried_on, asking.answer(queries.metrics_of))
    draft = scorecard_draft.scorecard(role, items)
    with right:
        trial.drawn(draft, tried_on, view)
    _save(draft, versions)
    scorecard_versions.drawn(draft, versions)


def _role(versions: Versions) -> str:
    """Which role; a new one is a copy of another, under a name of the company's own."""
    known = asking.answer(roles_of)
    mine = st.session_state.get(OWN)
    options = [*known, *([mine] if mine and mine not in known else [])]
    if NEXT in st.session_state:  # a new role was started
        st.session_state[NAME], st.session_state[NAMING] = "", False
    wanted = st.session_state.pop(NEXT, st.session_state.get(ROLE))
    most_held = max(options, key=lambda one: asking.answer(holders_count, one))
    st.session_state[ROLE] = wanted if wanted in options else most_held
    with st.container(horizontal=True, vertical_alignment="bottom"):
        role: str = st.selectbox("Role", options, format_func=label_of, key=ROLE, width=360)
        with st.popover("New role", icon=":material/add:", key=NAMING, on_change="rerun"):
            _new_role(versions, known, role)
        st.button("Start over", icon=":material/restart_alt:", type="tertiary", on_click=scorecard_draft.drop,
                  help="Back to the scorecard that was saved last")  # fmt: skip
    return role


def _new_role(versions: Versions, known: list[str], role: str) -> None:
    name = st.text_input("Name of the new role", key=NAME)
    usual = known.index(role) if role in known else 0
    source = st.selectbox("Copy the scorecard of", known, usual, format_func=label_of, key="scorecards_role_source")
    if not st.button("Start it", type="primary"):
        return
    try:
        role = actions.checked_role(name, known)
    except Refusal as refusal:
        failures.show_failure(refusal)
        return
    copied = scorecard_on(versions, source, asking.scene().today)
    st.session_state[OWN] = st.session_state[NEXT] = role
    st.session_state[COPIED] = {role: source}
    scorecard_draft.start(Scorecard(role, copied.items))
    st.rerun()


def _one(label: str) -> str:
    """One of a role: "an account executive"."""
    return f"{'an' if label[0] in 'AEIOU' else 'a'} {label.lower()}"


def _since(versions: Versions, role: str) -> str:
    now, last = (version_on(versions, role, day) for day in (asking.scene().today, LATEST))
    if last is None:
        return "As it started; nobody has changed it yet."
    if last == now:
        return f"In force {last.title}: {last.reason}"
    until_then = f"by the one {now.title}" if now else "as it started"
    return f"Now scored {until_then}. The one below holds {last.title}: {last.reason}"


def _give_it_to_people(role: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(f"Nobody is {_one(label_of(role))} yet: give people this role, then they are scored by it.",
                icon=":material/group_add:")  # fmt: skip
        if st.button("To the people", icon=":material/arrow_forward:"):
            menu.go_to("people")


def _items(role: str, metrics: Mapping[str, Metric]) -> list[Item]:
    found = []
    for name, item in scorecard_draft.items().items():
        now = scorecard_item.drawn(name, item, role, metrics)
        scorecard_draft.keep(name, now)
        found.append(now)
    total = sum(item.weight for item in found)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Add an item", icon=":material/add:", on_click=_add, args=(found, metrics))
        if found and total != EQUAL:
            st.button("Make the weights 100", icon=":material/balance:", on_click=scorecard_draft.even_out)
        st.markdown(_weights(total), width="content")
    for sentence in advice(Scorecard(role, tuple(found))):
        st.warning(sentence, icon=":material/lightbulb:")
    return found


def _weights(total: float) -> str:
    if total == EQUAL:
        return ":green[:material/check: Weights add up to 100]"
    left = EQUAL - total
    return f":orange[Weights {total:g} of 100: {f'{left:g} to give' if left > 0 else f'{-left:g} too many'}]"


def _add(items: list[Item], metrics: Mapping[str, Metric]) -> None:
    taken = {item.metric for item in items}
    free = next((metric for key, metric in metrics.items() if key not in taken), None)
    if free:
        scorecard_draft.add(Item(free.key, max(EQUAL - sum(item.weight for item in items), 5.0), free.timing))


def _save(draft: Scorecard, versions: Versions) -> None:
    show.section("Save it", "A version holds from its first day on. Periods that are closed keep the scores they have.")
    is_first = draft.role not in STARTING and draft.role not in versions
    usual = None if is_first else plus_months(asking.scene().today, 1)
    with st.container(border=True):
        left, middle, right = st.columns([1.3, 3, 1], vertical_alignment="bottom")
        day = left.date_input("First day", usual, format=DAY_FORMAT, key=f"scorecards_from_{draft.role}",
                              help="Empty: for all time, until a later version")  # fmt: skip
        saved_count = len(versions.get(draft.role, ()))  # a version that was saved leaves no reason for the next one
        reason = middle.text_input("Why", placeholder="What it is to change", key=f"scorecards_reason_{saved_count}")
        if until := overtaken(versions, draft.role, day):
            st.info(show.plain(until), icon=":material/event_upcoming:")
        if right.button("Save the version", type="primary", width="stretch"):
            bands = asking.answer(queries.bands_of)
            saving.save(
                f"The scorecard of {label_of(draft.role)} was saved.", _save_and_drop, draft, day, reason, bands
            )


def _save_and_drop(
    store: Any, author: Any, draft: Scorecard, effective_on: date | None, reason: str, bands: Bands
) -> None:
    actions.save_versions(store, author, [draft], effective_on, reason, bands)
    scorecard_draft.drop()
