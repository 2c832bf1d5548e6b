"""Teams: where is it off?"""

import streamlit as st

from spm.ui import asking, filters, show
from spm.ui.forecast import landing
from spm.ui.teams import change, conversion, effort, page, pipeline

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
top = st.container()
page.board(view)
with top:
    page.answer(view)
    landing.caption(view.period, view.where)
explained, funnel, open_deals, origins, time_and_money = st.tabs(
    page.TABS, key="teams_tab", on_change="rerun", bind="query-params"
)
if explained.open:
    with explained:
        change.change(view)
if funnel.open:
    with funnel:
        conversion.funnel(view)
if open_deals.open:
    with open_deals:
        pipeline.pipeline(view)
if origins.open:
    with origins:
        effort.origins(view)
if time_and_money.open:
    with time_and_money:
        effort.effort(view)
