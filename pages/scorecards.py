"""Scorecards: what does each role answer for, and where does everyone stand?"""

import streamlit as st

from spm.ui import asking, filters, saving, scorecards, show

scene = asking.scene()
saving.confirmation()
if scene.org.people.empty:
    show.headline("Nobody to score yet")
    show.empty(
        "Scorecards are about people and what they did.",
        "Bring a sheet of people, deals or activities; the scorecards to start from are there already.",
        "upload",
        "Upload sheets",
    )
    st.stop()

view = filters.view(scene)
everyone, shape, agreed, closed, opinions = st.tabs(scorecards.TABS, key=scorecards.TAB, on_change="rerun")
if everyone.open:
    with everyone:
        scorecards.everyone(view)
if shape.open:
    with shape:
        scorecards.shape(view)
if agreed.open:
    with agreed:
        scorecards.agreed(view)
if closed.open:
    with closed:
        scorecards.closed(view)
if opinions.open:
    with opinions:
        scorecards.opinions()
