"""A page that is open shows new numbers by itself."""

import streamlit as st

from spm.ui import asking, opening

LOOK_SECONDS = 5.0


@st.fragment(run_every=LOOK_SECONDS)
def when_changed(state: tuple[int, ...]) -> None:
    """Draws the page anew as soon as the store is no longer in `state`, the one that it was drawn from."""
    if opening.store().revision(*asking.AREAS) != state:
        st.rerun()


def follow() -> None:
    """Follows the store from here on."""
    when_changed(opening.store().revision(*asking.AREAS))
