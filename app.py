"""The front door: `streamlit run app.py`."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from spm.ui.failures import show_failure
from spm.ui.server.security import SecurityHeaders
from spm.ui.server.starting import prepared

app = st.App(
    Path(__file__).parent / "spm" / "ui" / "frame.py",
    lifespan=prepared,
    middleware=[Middleware(SecurityHeaders)],
    on_script_error=show_failure,
)
