"""Teams: where is it off?"""

import streamlit as st

from spm.ui import asking, filters, show
from spm.ui.forecast import landing
from spm.ui.teams import change as teams_change
from spm.ui.teams import effort as teams_effort
from spm.ui.teams import page
from spm.ui.teams import pipeline as teams_pipeline

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
page.answer(view)
landing.caption(view.period, view.where)
page.board(view)
change, funnel, pipeline, origins, effort = st.tabs(page.TABS, key="teams_tab", on_change="rerun", bind="query-params")
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
