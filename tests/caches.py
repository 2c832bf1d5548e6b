"""What the ui keeps between two reruns of one process, and so between two tests."""

import streamlit as st

from spm.ui import questions, remembering


def forget_all() -> None:
    """As in a process that no reader has asked anything."""
    st.cache_data.clear()
    st.cache_resource.clear()
    questions.forget()
    remembering.forget()
