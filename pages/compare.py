"""Compare: who against whom?"""

import streamlit as st

from spm.ui import asking, filters, show
from spm.ui.compare import choice, page, references, standing

scene = asking.scene()
if scene.covered_span() is None:
    show.empty(
        "There is nobody to compare yet.",
        "Bring a sheet of deals or orders: everyone named in it can be compared.",
        "upload",
        "Upload sheets",
    )
    st.stop()

view = filters.view(scene)
top = st.container()
chosen = choice.drawn(view)
if chosen is None or not chosen.subjects:
    with top:
        page.nobody(chosen)
    st.stop()
found = page.compared(chosen)
with top:
    page.answer(found, chosen)
standing.standing(found, chosen)
page.side_by_side(chosen)
references.references(found, chosen)
references.peers(found)
references.explained(chosen)
