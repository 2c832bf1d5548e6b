"""Forecast: what will probably happen, and how good have such forecasts been?"""

import streamlit as st

from spm.ui import asking, filters, show
from spm.ui.forecast import calls, chosen, landing, page, quality, shape

scene = asking.scene()
if scene.covered_span() is None:
    show.empty(
        "There is nothing to project from yet.",
        "A few months of deals or orders are enough to begin with; two years of them show the season.",
        "upload",
        "Upload sheets",
    )
    st.stop()

view = filters.view(scene)
heading = st.container()
now = chosen.chosen()
with heading:
    page.answer(now, view)
    landing.follow()
if now.future.empty:
    page.too_early(now)
    st.stop()
page.tiles(now)
with st.container(border=True):
    page.picture(now)
    shape.disturbances(now)
left, right = st.columns(2)
quality.league(now)
with st.container(border=True):
    shape.shape(now)
page.alerts(now)
with st.container(border=True):
    calls.calls(now)
page.table(now)
page.members(now)
with left.container(border=True, height="stretch"):  # what takes longest comes last
    quality.how_good(now)
with right.container(border=True, height="stretch"):
    quality.past_forecasts(now)
