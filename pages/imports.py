"""Imports: what came in, when, from whom?"""

import streamlit as st

from spm.ui import imports, saving, show

saving.confirmation()
every = imports.every()
if every.empty:
    show.headline("Nothing has come in yet")
    show.empty(
        "Every file that is brought in is listed here, with its rows, what was said of them, and an undo.",
        page="upload",
        words="Upload sheets",
    )
    st.stop()

imports.answer(every)
imports.table(every)
if (opened := imports.opened(every)) is not None:
    imports.panel(opened)
