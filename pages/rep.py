"""Rep: how is Ana doing?"""

import streamlit as st

from spm.ui import asking, filters, forecast_landing, rep, rep_portrait, show

scene = asking.scene()
view = filters.view(scene)
if scene.org.people.empty or scene.covered_span() is None:
    show.empty(
        "There is nobody to look at yet.",
        "Bring a sheet of people, deals or orders: everyone named in it gets a page.",
        "upload",
        "Upload sheets",
    )
    st.stop()
if view.rep not in scene.org.people["rep"].values:
    rep.everyone(view)
    st.stop()

card = rep.card(view)
rep.header(card, view)
forecast_landing.caption(view.period, {"rep": view.rep})
if not card.role_scores:
    rep.absent(card)
    st.stop()
rep.parts(card)
rep.notes(card)
rep.team(card, view)
if rep.has_deals():
    left, right = st.columns([5, 3])
    with left.container(border=True, height="stretch"):
        rep.own_past(card)
    with right.container(border=True, height="stretch"):
        rep.funnel(card)
else:
    with st.container(border=True):
        rep.own_past(card)
rep_portrait.gap(card)
if rep.has_deals():
    rep.deals(card)
rep_portrait.activities(card)
rep_portrait.milestones(card)
rep_portrait.alike(card)
