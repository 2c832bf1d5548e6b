"""Rep: how is Ana doing?"""

import streamlit as st

from spm.ui import asking, filters, rep, rep_items, show

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
if not card.role_scores:
    rep.absent(card)
    st.stop()
rep.score(card)
rep.notes(card)
rep_items.items(card)
rep.team(card, view)
with st.container(border=True):
    rep.own_past(card)
left, right = st.columns([2, 3])
with left.container(border=True, height="stretch"):
    rep.funnel(card)
with right.container(border=True, height="stretch"):
    rep.deals(card)
