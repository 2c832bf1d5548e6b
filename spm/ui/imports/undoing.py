"""Taking back what came in: asked first, naming what would go."""

from collections.abc import Callable

import streamlit as st

from spm.errors import Refusal
from spm.intake import actions, queries
from spm.intake.layouts import LAYOUTS
from spm.ui import failures, opening, saving, show


@st.dialog("Undo this import?", icon=":material/undo:")
def ask(batch: int, then: Callable[[], None] | None = None) -> None:
    """Names what a batch brought, and takes it back on a second click; `then` is done after that.

    Where a later change stands in the way, its sentence is shown instead.
    """
    every = queries.imports(opening.store())
    sheets = every[every["batch"] == batch]
    for row in sheets.itertuples():
        counts = [
            f"{count:,} {word}" for count, word in ((row.new_count, "new"), (row.changed_count, "changed")) if count
        ]
        what = f"{LAYOUTS[row.layout].label}: {' and '.join(counts) or 'no rows of its own'}"
        st.markdown(f":material/draft: **{show.plain(row.file_name)}**  \n{what}")
    st.caption(
        "What it brought goes, what it changed is as before, totals included. "
        "The log keeps that it was here, and the files can be brought in again."
    )
    with st.container(horizontal=True):
        if st.button(f"Undo batch {batch}", type="primary", icon=":material/undo:"):
            _undo(batch, then)
        if st.button("Keep it"):
            st.rerun()


def _undo(batch: int, then: Callable[[], None] | None) -> None:
    try:
        with st.spinner("Taking it back …", show_time=True):
            undone = actions.undo(opening.store(), batch, opening.author())
    except Refusal as refusal:
        failures.show_failure(refusal)
        return
    st.session_state[saving.SAID] = f"Undone: {undone}."
    if then:
        then()
    st.rerun()
