"""Home: will we make the number, and where is it off?"""

import streamlit as st

from spm.ui import asking, filters, forecast_landing, home, home_attention

scene = asking.scene()
if scene.covered_span() is None:
    home.welcome()
    st.stop()

view = filters.view(scene)
home.answer(view)
home.tiles(view)
with st.container(border=True):
    home.results(view)
left, right = st.columns(2)
with left.container(border=True, height="stretch"):
    home.course(view)
with right.container(border=True, height="stretch"):
    home.standing(view)
home_attention.cards(view)
forecast_landing.alerts()
home.teams_and_reps(view)
