"""Forecast: what will probably happen, and how good have such forecasts been?"""

import streamlit as st

from spm.ui import (
    asking,
    filters,
    forecast,
    forecast_calls,
    forecast_chosen,
    forecast_quality,
    forecast_shape,
    show,
)

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
now = forecast_chosen.chosen()
with heading:
    forecast.answer(now, view)
    forecast.follow()
if now.future.empty:
    forecast.too_early(now)
    st.stop()
forecast.tiles(now)
with st.container(border=True):
    forecast.picture(now)
    forecast_shape.disturbances(now)
left, right = st.columns(2)
forecast_quality.league(now)
with st.container(border=True):
    forecast_shape.shape(now)
forecast.alerts(now)
with st.container(border=True):
    forecast_calls.calls(now)
forecast.table(now)
forecast.members(now)
with left.container(border=True, height="stretch"):  # what takes longest comes last
    forecast_quality.how_good(now)
with right.container(border=True, height="stretch"):
    forecast_quality.past_forecasts(now)
