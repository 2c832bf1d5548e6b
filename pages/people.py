"""People: who is in which role and team, since when?"""

import streamlit as st

from spm.ui import people, person, saving, show

if (person_id := people.opened()) is not None:
    person.panel(person_id)
    st.stop()

everybody = people.everybody()
saving.confirmation()
if everybody.empty:
    show.headline("Nobody is here yet")
    show.empty(
        "People come with the sheets: deals name their owners, a people sheet brings roles, teams and managers.",
        "Or add the first one by hand below.",
        page="upload",
        words="Upload sheets",
    )
    people.newcomer()
    st.stop()

people.answer(everybody)
people.worth_a_look(everybody)
listed, teams, several, newcomer = st.tabs(people.TABS, key=people.TAB, on_change="rerun")
if listed.open:
    with listed:
        people.table(everybody)
if teams.open:
    with teams:
        people.teams(everybody)
if several.open:
    with several:
        people.several(everybody)
if newcomer.open:
    with newcomer:
        people.newcomer()
