"""Home: will we make the number, and where is it off?"""

import streamlit as st

from spm.ui import asking, filters
from spm.ui.forecast import landing
from spm.ui.home import attention, page

scene = asking.scene()
if scene.covered_span() is None:
    page.welcome()
    st.stop()

view = filters.view(scene)
page.answer(view)
page.tiles(view)
landing.caption(view.period, view.where)
with st.container(border=True):
    page.results(view)
left, right = st.columns(2)
with left.container(border=True, height="stretch"):
    page.course(view)
with right.container(border=True, height="stretch"):
    page.standing(view)
attention.cards(view)
page.teams_and_reps(view)
