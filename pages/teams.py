"""Teams: where is it off?"""

import streamlit as st

from spm.ui import asking, filters, forecast_landing, show, teams, teams_change, teams_effort, teams_pipeline

scene = asking.scene()
if scene.covered_span() is None:
    show.empty(
        "There are no teams to look at yet.",
        "Bring a sheet of deals or orders; a people sheet brings teams and managers.",
        "upload",
        "Upload sheets",
    )
    st.stop()

view = filters.view(scene)
teams.answer(view)
forecast_landing.caption(view.period, view.where)
teams.board(view)
change, funnel, pipeline, origins, effort = st.tabs(teams.TABS, key="teams_tab", on_change="rerun", bind="query-params")
if change.open:
    with change:
        teams_change.change(view)
if funnel.open:
    with funnel:
        teams_pipeline.funnel(view)
if pipeline.open:
    with pipeline:
        teams_pipeline.pipeline(view)
if origins.open:
    with origins:
        teams_effort.origins(view)
if effort.open:
    with effort:
        teams_effort.effort(view)
