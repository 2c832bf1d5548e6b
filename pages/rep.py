"""Rep: how is Ana doing?"""

import streamlit as st

from spm.ui import asking, filters, show
from spm.ui.forecast import landing
from spm.ui.rep import others, page, portrait

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
    others.everyone(view)
    st.stop()

card = page.card(view)
page.header(card, view)
landing.caption(view.period, {"rep": view.rep})
if not card.role_scores:
    page.absent(card)
    st.stop()
page.parts(card)
page.notes(card)
others.team(card.rep, view)
if page.has_deals():
    left, right = st.columns([5, 3])
    with left.container(border=True, height="stretch"):
        page.own_past(card)
    with right.container(border=True, height="stretch"):
        page.funnel(card)
else:
    with st.container(border=True):
        page.own_past(card)
portrait.gap(card)
if page.has_deals():
    page.deals(card)
portrait.activities(card)
portrait.milestones(card)
portrait.alike(card)
