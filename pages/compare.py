"""Compare: who against whom?"""

import streamlit as st

from spm.ui import asking, compare, compare_references, filters, show

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
chosen = compare.choice(view)
if chosen is None or not chosen.subjects:
    with top:
        compare.nobody(chosen)
    st.stop()
with top:
    compare.answer(chosen)
compare.side_by_side(chosen)
compare_references.standing(chosen)
compare_references.references(chosen)
compare_references.peers(chosen)
compare_references.explained(chosen)
