"""Changing something from a page: refused with a sentence, or done and said so when the page is drawn again."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from spm.errors import Refusal
from spm.ui import failures, opening

SAID = "what was done"


def save(done: str, action: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
    """Does `action(store, author, …)` and draws the page anew with the sentence `done`; a Refusal is shown in place."""
    try:
        action(opening.store(), opening.author(), *args, **kwargs)
    except Refusal as refusal:
        failures.show_failure(refusal)
    else:
        st.session_state[SAID] = done
        st.rerun()


def confirmation() -> None:
    """What was done last, once."""
    if done := st.session_state.pop(SAID, None):
        st.success(done, icon=":material/check_circle:")
