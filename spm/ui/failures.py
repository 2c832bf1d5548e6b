"""What the reader sees when something cannot be done: a sentence, never a traceback."""

import logging

import streamlit as st

from spm.errors import Refusal

log = logging.getLogger("spm")


def show_failure(error: BaseException) -> bool:
    """Shows a Refusal as its sentence and hint; of any other error a sentence, with the traceback in the log.

    Returns True: nothing is left for Streamlit to show. The one place in which errors reach the screen.
    """
    if isinstance(error, Refusal):
        st.warning(f"**{error.sentence}** {error.hint}", icon=":material/info:")
    else:
        log.error("A page failed.", exc_info=error)
        st.error(
            "**This page could not be drawn.** What happened is in the log of the server. "
            "Reload the page; if it happens again, show the log to whoever runs the app.",
            icon=":material/error:",
        )
    return True
