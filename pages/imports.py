"""Imports: what came in, when, from whom?"""

import streamlit as st

from spm.ui import saving, show
from spm.ui.imports import inbox, page

saving.confirmation()
every = page.every()
if every.empty:
    show.headline("Nothing has come in yet")
    show.empty(
        "Every file that is brought in is listed here, with its rows, what was said of them, and an undo.",
        page="upload",
        words="Upload sheets",
    )
    inbox.refused(every)
    st.stop()

page.answer(every)
inbox.refused(every)
page.table(every)
if (opened := page.opened(every)) is not None:
    page.panel(opened)
