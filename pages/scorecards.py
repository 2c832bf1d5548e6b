"""Scorecards: what does each role answer for, and where does everyone stand?"""

import streamlit as st

from spm.ui import asking, filters, saving, show
from spm.ui.scorecards import page

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
everyone, shape, agreed, closed, opinions = st.tabs(page.TABS, key=page.TAB, on_change="rerun", bind="query-params")
if everyone.open:
    with everyone:
        page.everyone(view)
if shape.open:
    with shape:
        page.shape(view)
if agreed.open:
    with agreed:
        page.agreed(view)
if closed.open:
    with closed:
        page.closed(view)
if opinions.open:
    with opinions:
        page.opinions()
