"""People: who is in which role and team, since when?"""

import streamlit as st

from spm.ui import saving, show
from spm.ui.people import page, person

if (person_id := page.opened()) is not None:
    person.panel(person_id)
    st.stop()

everybody = page.everybody()
saving.confirmation()
if everybody.empty:
    show.headline("Nobody is here yet")
    show.empty(
        "People come with the sheets: deals name their owners, a people sheet brings roles, teams and managers.",
        "Or add the first one by hand below.",
        page="upload",
        words="Upload sheets",
    )
    page.newcomer()
    st.stop()

page.answer(everybody)
page.worth_a_look(everybody)
listed, teams, several, newcomer = st.tabs(page.TABS, key=page.TAB, on_change="rerun")
if listed.open:
    with listed:
        page.table(everybody)
if teams.open:
    with teams:
        page.teams(everybody)
if several.open:
    with several:
        page.several(everybody)
if newcomer.open:
    with newcomer:
        page.newcomer()
